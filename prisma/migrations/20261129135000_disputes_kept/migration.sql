-- What lists of propositions and claims are filtered by, ordered by and counted by: the dispute without arguments, beside its
-- proposition, and what became of each claim. Every statement that changes what they are made of brings them up to date.

create type claim_standing as enum (
  'CURRENT', 'EARLIER', 'SUPERSEDED', 'STRUCK', 'DEPRECATED', 'RETRACTED', 'NOT_COUNTED');

alter table proposition
  add column dispute_status dispute_status not null default 'NO_POSITION',
  add column dispute_stance side_stance,
  add column dispute_divided boolean not null default false,
  add column dispute_side_count integer not null default 0,
  add column dispute_voices integer not null default 0,
  add column dispute_kinds conflict_kind[] not null default '{}',
  add column dispute_since_edtf text,
  add column dispute_since_earliest timestamptz(3),
  add column dispute_since_latest timestamptz(3),
  add column dispute_latest_claim timestamptz(3);

create index proposition_by_status_text on proposition (dispute_status, text, id);
create index proposition_by_status_since_desc on proposition (
  dispute_status,
  coalesce(dispute_since_earliest, '-infinity'::timestamptz),
  coalesce(dispute_since_latest, '-infinity'::timestamptz), id);
create index proposition_by_status_sides on proposition (dispute_status, dispute_side_count, id);
create index proposition_by_status_latest_claim_desc on proposition (
  dispute_status, coalesce(dispute_latest_claim, '-infinity'::timestamptz), id);
create index proposition_since_asc on proposition (
  coalesce(dispute_since_earliest, 'infinity'::timestamptz),
  coalesce(dispute_since_latest, 'infinity'::timestamptz), id);
create index proposition_since_desc on proposition (
  coalesce(dispute_since_earliest, '-infinity'::timestamptz),
  coalesce(dispute_since_latest, '-infinity'::timestamptz), id);
create index proposition_sides on proposition (dispute_side_count, id);
create index proposition_latest_claim_asc on proposition (coalesce(dispute_latest_claim, 'infinity'::timestamptz), id);
create index proposition_latest_claim_desc on proposition (coalesce(dispute_latest_claim, '-infinity'::timestamptz), id);

-- What an actor speaks about.
create index claim_asserted_by_id_proposition_id_idx on claim (asserted_by_id, proposition_id);

-- One row for each claim about a proposition that is or was published; of others it is known without. It has a table of its
-- own, because a claim that is changed takes thirty indexes with it.
create table standing (
  claim_id uuid not null,
  standing claim_standing not null,
  constraint standing_pkey primary key (claim_id),
  constraint standing_claim_id_fkey foreign key (claim_id) references claim (id) on delete cascade on update cascade
);
create index standing_standing_claim_id_idx on standing (standing, claim_id);

-- What the database derives is no part of a record's history. The side of a former version is found anew.
create or replace function record_rows(kind record_type, key uuid) returns jsonb language plpgsql stable as $$
begin
  case kind
    when 'ACTOR' then
      return jsonb_build_object(
        'actor', (select jsonb_agg(to_jsonb(t)) from actor t where t.id = key),
        'actor_name', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from actor_name t where t.actor_id = key),
        'external_id', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from external_id t where t.actor_id = key),
        'affiliation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from affiliation t where t.actor_id = key));
    when 'EVENT' then
      return jsonb_build_object(
        'event', (select jsonb_agg(to_jsonb(t)) from event t where t.id = key),
        'participation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from participation t where t.event_id = key));
    when 'SOURCE' then
      return jsonb_build_object(
        'source', (select jsonb_agg(to_jsonb(t) - 'text') from source t where t.id = key));
    when 'PROPOSITION' then
      return jsonb_build_object(
        'proposition', (
          select jsonb_agg(to_jsonb(t) - '{dispute_status,dispute_stance,dispute_divided,dispute_side_count,dispute_voices,dispute_kinds,dispute_since_edtf,dispute_since_earliest,dispute_since_latest,dispute_latest_claim}'::text[])
          from proposition t where t.id = key));
    when 'CLAIM' then
      return jsonb_build_object(
        'claim', (select jsonb_agg(to_jsonb(t) - 'side_id') from claim t where t.id = key),
        'claim_event', (
          select coalesce(jsonb_agg(to_jsonb(t) - '{type,occurred_earliest,occurred_latest}'::text[] order by t.event_id), '[]')
          from claim_event t where t.claim_id = key),
        'claim_relay', (select coalesce(jsonb_agg(to_jsonb(t) order by t.position, t.actor_id), '[]') from claim_relay t where t.claim_id = key),
        'citation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.position, t.id), '[]') from citation t where t.claim_id = key),
        'claim_relation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from claim_relation t where t.from_id = key));
  end case;
end
$$;

-- Brings one proposition up to date.
create function settle_dispute(about uuid) returns void language plpgsql as $$
declare
  steps constant dispute_step[] := array(select s from dispute_steps(about, null, 'POSSIBLY') s);
  d constant dispute := since_after(steps, dispute_after(steps, about, null, 'POSSIBLY'));
  latest constant timestamptz := steps[cardinality(steps)].day::timestamp at time zone 'UTC';
  deciding constant uuid[] := array(
    select p.deciding_id from unnest(d.sides) s, unnest(s.positions) p);
begin
  update proposition set
      dispute_status = d.status, dispute_stance = d.stance, dispute_divided = d.divided,
      dispute_side_count = d.side_count, dispute_voices = d.voices, dispute_kinds = d.kinds,
      dispute_since_edtf = d.since_edtf, dispute_since_earliest = d.since_earliest,
      dispute_since_latest = d.since_latest, dispute_latest_claim = latest
    where id = about
      and (dispute_status, dispute_stance, dispute_divided, dispute_side_count, dispute_voices, dispute_kinds,
        dispute_since_edtf, dispute_since_earliest, dispute_since_latest, dispute_latest_claim)
      is distinct from (d.status, d.stance, d.divided, d.side_count, d.voices, d.kinds,
        d.since_edtf, d.since_earliest, d.since_latest, latest);
  insert into standing (claim_id, standing)
    select now.id, now.standing
    from (
      select c.id, (case
          when c.status = 'RETRACTED' then 'RETRACTED'
          when c.status <> 'PUBLISHED' then 'NOT_COUNTED'
          when c.rank = 'DEPRECATED' then 'DEPRECATED'
          when others.struck then 'STRUCK'
          when c.id = any(deciding) then 'CURRENT'
          when c.figure_additional then 'NOT_COUNTED'
          when others.superseded then 'SUPERSEDED'
          else 'EARLIER'
        end)::claim_standing as standing
      from claim c
      -- Whether another claim takes it out, and whether another one that counts is the later word.
      left join lateral (
        select bool_or(r.type = 'RETRACTS') as struck, bool_or(r.type = 'SUPERSEDES' and not exists (
            select from claim_relation s join claim g on g.id = s.from_id
            where s.to_id = f.id and s.type = 'RETRACTS' and g.status = 'PUBLISHED' and g.rank <> 'DEPRECATED')) as superseded
          from claim_relation r join claim f on f.id = r.from_id
          where r.to_id = c.id and r.type in ('RETRACTS', 'SUPERSEDES')
            and f.status = 'PUBLISHED' and f.rank <> 'DEPRECATED') others on true
      where c.proposition_id = about) now
    left join standing kept on kept.claim_id = now.id
    where coalesce(kept.standing, 'NOT_COUNTED') <> now.standing
    on conflict (claim_id) do update set standing = excluded.standing;
end
$$;

-- The dispute as it is now, with what is kept of since when it stands so.
create function dispute_now(about uuid) returns dispute language plpgsql stable as $$
declare
  d dispute := dispute_of(about, null, 'POSSIBLY');
begin
  select dispute_since_edtf, dispute_since_earliest, dispute_since_latest into d.since_edtf, d.since_earliest, d.since_latest
    from proposition where id = about;
  return d;
end
$$;

-- Brings propositions up to date. Two who change one take turns here; who comes second sees what the first has written.
create function settle_disputes(touched uuid[]) returns void language plpgsql
  set plan_cache_mode = force_generic_plan as $$
declare
  one uuid;
begin
  perform from proposition where id = any(touched) order by id for no key update;
  foreach one in array array(select distinct id from proposition where id = any(touched) order by id) loop
    perform settle_dispute(one);
  end loop;
end
$$;

create function settle_all_disputes() returns void language plpgsql as $$
begin
  perform settle_disputes(array(select id from proposition));
end
$$;

-- ---------------------------------------------------------------------------------------------------
-- What changes a dispute.
-- ---------------------------------------------------------------------------------------------------

-- The propositions on which some claims have a say: their own, those of the claims that they take back or supersede, and those
-- of the claims that these supersede, which stand again when these are struck. All may be about different things. @param former
-- propositions that they were about
create function settle_disputes_of(claims uuid[], former uuid[] default null) returns void language plpgsql
  set plan_cache_mode = force_generic_plan as $$
begin
  perform settle_disputes(array(
    with own as (
      select id from unnest(claims) o (id)),
    spoken_of as (
      select r.to_id as id from own join claim_relation r on r.from_id = own.id where r.type in ('RETRACTS', 'SUPERSEDES')),
    behind as (
      select r.to_id as id from spoken_of join claim_relation r on r.from_id = spoken_of.id where r.type = 'SUPERSEDES')
    select proposition_id from claim
      where id in (select id from own union select id from spoken_of union select id from behind)
        and status in ('PUBLISHED', 'RETRACTED')
    union
    select unnest(former)));
end
$$;

-- Claims that are or were published.
create function claim_settles_disputes() returns trigger language plpgsql as $$
declare
  changed uuid[];
  former uuid[];
begin
  case tg_op
    when 'INSERT' then
      changed := array(select id from added where status in ('PUBLISHED', 'RETRACTED'));
    when 'DELETE' then
      former := array(select proposition_id from gone where status in ('PUBLISHED', 'RETRACTED'));
    else
      delete from standing where claim_id in (
        select a.id from added a join gone g on g.id = a.id where a.proposition_id is null and g.proposition_id is not null);
      select array_agg(a.id), array_agg(g.proposition_id) into changed, former
        from added a join gone g on g.id = a.id
        where (a.status in ('PUBLISHED', 'RETRACTED') or g.status in ('PUBLISHED', 'RETRACTED'))
          and (a.proposition_id, a.status, a.rank, a.act, a.stance, a.asserted_by_id, a.asserted_at_edtf, a.recorded_at,
              a.figure_low, a.figure_best, a.figure_high, a.figure_approximator, a.figure_additional, a.figure_as_of_edtf)
            is distinct from
            (g.proposition_id, g.status, g.rank, g.act, g.stance, g.asserted_by_id, g.asserted_at_edtf, g.recorded_at,
              g.figure_low, g.figure_best, g.figure_high, g.figure_approximator, g.figure_additional, g.figure_as_of_edtf);
  end case;
  perform settle_disputes_of(changed, former);
  return null;
end
$$;
create trigger claim_added_settles after insert on claim referencing new table as added
  for each statement execute function claim_settles_disputes();
create trigger claim_changed_settles after update on claim referencing new table as added old table as gone
  for each statement execute function claim_settles_disputes();
create trigger claim_removed_settles after delete on claim referencing old table as gone
  for each statement execute function claim_settles_disputes();

-- Relations. Whoever makes one waits for a transaction that is changing the claim which it leads to, and makes such a one wait.
create function claim_relation_holds_its_claim() returns trigger language plpgsql as $$
begin
  perform from claim where id = new.to_id for share;
  return new;
end
$$;
create trigger claim_relation_holds_its_claim
  before insert or update on claim_relation
  for each row execute function claim_relation_holds_its_claim();

create function claim_relation_settles_disputes() returns trigger language plpgsql as $$
declare
  ends uuid[];
begin
  case tg_op
    when 'INSERT' then ends := array(select unnest(array[from_id, to_id]) from added);
    when 'DELETE' then ends := array(select unnest(array[from_id, to_id]) from gone);
    else ends := array(
      select unnest(array[a.from_id, a.to_id, g.from_id, g.to_id]) from added a join gone g on g.id = a.id
      where (a.from_id, a.to_id, a.type) is distinct from (g.from_id, g.to_id, g.type));
  end case;
  perform settle_disputes_of(ends);
  return null;
end
$$;
create trigger claim_relation_added_settles after insert on claim_relation referencing new table as added
  for each statement execute function claim_relation_settles_disputes();
create trigger claim_relation_changed_settles after update on claim_relation referencing new table as added old table as gone
  for each statement execute function claim_relation_settles_disputes();
create trigger claim_relation_removed_settles after delete on claim_relation referencing old table as gone
  for each statement execute function claim_relation_settles_disputes();

-- Citations of what the speaking actor itself publishes: they may make two voices one.
create function citation_settles_disputes() returns trigger language plpgsql as $$
declare
  cited uuid[];
  citing uuid[];
begin
  case tg_op
    when 'INSERT' then
      cited := array(select source_id from added);
      citing := array(select claim_id from added);
    when 'DELETE' then
      cited := array(select source_id from gone);
      citing := array(select claim_id from gone);
    else
      cited := array(select source_id from added union select source_id from gone);
      citing := array(
        select unnest(array[a.claim_id, g.claim_id]) from added a join gone g on g.id = a.id
        where (a.claim_id, a.source_id) is distinct from (g.claim_id, g.source_id));
  end case;
  perform settle_disputes(array(
    select c.proposition_id from claim c
    where c.id = any(citing) and c.status = 'PUBLISHED'
      and c.asserted_by_id in (select publisher_id from source where id = any(cited))));
  return null;
end
$$;
create trigger citation_added_settles after insert on citation referencing new table as added
  for each statement execute function citation_settles_disputes();
create trigger citation_changed_settles after update on citation referencing new table as added old table as gone
  for each statement execute function citation_settles_disputes();
create trigger citation_removed_settles after delete on citation referencing old table as gone
  for each statement execute function citation_settles_disputes();

-- Sources: who published one, and of what it is a copy. Whoever changes that excludes those who begin to cite it or its copies.
create function copies_of(source uuid) returns setof uuid language sql stable
begin atomic
  with recursive copy (id) as (
    select copies_of.source
    union select s.id from source s join copy on s.syndication_of_id = copy.id)
  select id from copy;
end;

create function source_excludes_new_citations() returns trigger language plpgsql as $$
begin
  perform from source where id in (select copies_of(old.id)) order by id for update;
  return new;
end
$$;
create trigger source_excludes_new_citations
  before update of publisher_id, syndication_of_id on source
  for each row
  when ((old.publisher_id, old.syndication_of_id) is distinct from (new.publisher_id, new.syndication_of_id))
  execute function source_excludes_new_citations();

create function source_settles_disputes() returns trigger language plpgsql as $$
begin
  perform settle_disputes(array(
    select c.proposition_id
    from copies_of(new.id) copy
    join source s on s.id = copy
    join citation on citation.source_id = s.id
    join claim c on c.id = citation.claim_id and c.status = 'PUBLISHED'
    where c.asserted_by_id in (s.publisher_id, old.publisher_id)));
  return null;
end
$$;
create trigger source_settles_disputes
  after update of publisher_id, syndication_of_id on source
  for each row
  when ((old.publisher_id, old.syndication_of_id) is distinct from (new.publisher_id, new.syndication_of_id))
  execute function source_settles_disputes();

-- Propositions: how their figures are compared.
create function proposition_settles_dispute() returns trigger language plpgsql as $$
begin
  perform settle_disputes(array[new.id]);
  return null;
end
$$;
create trigger proposition_settles_dispute
  after update of kind, accumulates, comparable_days on proposition
  for each row
  when ((old.kind, old.accumulates, old.comparable_days) is distinct from (new.kind, new.accumulates, new.comparable_days))
  execute function proposition_settles_dispute();

-- Affiliations: the sides of the claims of their actors and of everything that was ever part of these, and who is still of a side.
create function affiliation_moves_claims(actors uuid[]) returns void language plpgsql as $$
declare
  parts uuid[];
begin
  if cardinality(actors) = 0 then
    return;
  end if;
  perform pg_advisory_xact_lock(7204611947);
  parts := array(
    with recursive part(id) as (
      select unnest(actors)
      union select a.actor_id from affiliation a join part on a.with_actor_id = part.id where a.role = 'PART_OF')
    select id from part);
  update claim c
    set side_id = now.side_id
    from (
      select id, side_of(asserted_by_id,
          claim_day(asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at)) as side_id
        from claim where asserted_by_id = any(parts)) now
    where c.id = now.id and c.side_id is distinct from now.side_id;
  perform settle_disputes(array(
    select distinct proposition_id from claim
    where asserted_by_id = any(parts) and status in ('PUBLISHED', 'RETRACTED')));
end
$$;

create function affiliation_settles_disputes() returns trigger language plpgsql as $$
begin
  case tg_op
    when 'INSERT' then perform affiliation_moves_claims(array(select actor_id from added where role = 'PART_OF'));
    when 'DELETE' then perform affiliation_moves_claims(array(select actor_id from gone where role = 'PART_OF'));
    else perform affiliation_moves_claims(array(
      select actor_id from added where role = 'PART_OF' union select actor_id from gone where role = 'PART_OF'));
  end case;
  return null;
end
$$;
create trigger affiliation_added_settles after insert on affiliation referencing new table as added
  for each statement execute function affiliation_settles_disputes();
create trigger affiliation_changed_settles after update on affiliation referencing new table as added old table as gone
  for each statement execute function affiliation_settles_disputes();
create trigger affiliation_removed_settles after delete on affiliation referencing old table as gone
  for each statement execute function affiliation_settles_disputes();

select settle_all_disputes();
