-- The whole dispute as it is now, so that whoever asks for it need not go through all claims. It is brought up to date with what
-- lists go by. Most changes are one more claim that comes after all others: what was kept is then still true of the claims before
-- it, and less is worked out anew.

create table kept_dispute (
  proposition_id uuid not null,
  dispute dispute not null,
  constraint kept_dispute_pkey primary key (proposition_id),
  constraint kept_dispute_proposition_id_fkey foreign key (proposition_id) references proposition (id)
    on delete cascade on update cascade
);
comment on table kept_dispute is 'The dispute about a proposition as it is now: made by the database, and never written.';
comment on column kept_dispute.proposition_id is 'The proposition.';
comment on column kept_dispute.dispute is 'The dispute with its sides, their positions, and what links them.';

-- The dispute as it is now. Nothing is kept of a proposition about which nobody has said anything.
create or replace function dispute_now(about uuid) returns dispute language plpgsql stable as $$
begin
  return coalesce((select k.dispute from kept_dispute k where k.proposition_id = about), dispute_of(about, null, 'POSSIBLY'));
end
$$;

create or replace function figure_points(about uuid) returns setof figure_point language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  select c.id, c.asserted_by_id, c.side_id, c.asserted_at_edtf, c.asserted_at_earliest, c.asserted_at_latest,
    c.figure_as_of_edtf, c.figure_as_of_earliest, c.figure_as_of_latest, c.figure_low, c.figure_best, c.figure_high,
    c.figure_approximator, c.figure_additional,
    (c.id in (
      select p.figure_id from unnest((select (dispute_now(about)).sides)) s, unnest(s.positions) p
      where p.figure_id is not null)) is true
  from counted_claims(about, null, 'POSSIBLY') c
  where c.figure_approximator is not null;
end
$$;

drop function settle_dispute(uuid);

-- Brings one proposition up to date. @param added the only claim that it has got, if nothing else about it has changed
create function settle_dispute(about uuid, added uuid default null) returns void language plpgsql as $$
declare
  steps constant dispute_step[] := array(select s from dispute_steps(about, null, 'POSSIBLY') s);
  last constant dispute_step := steps[cardinality(steps)];
  latest constant timestamptz := last.day::timestamp at time zone 'UTC';
  follows constant boolean := coalesce(added = last.claim_id, false);
  d dispute := dispute_after(steps, about, null, 'POSSIBLY');
  deciding constant uuid[] := array(select p.deciding_id from unnest(d.sides) s, unnest(s.positions) p);
  kept proposition;
  -- The claims of which something may have become.
  concerned uuid[];
begin
  select * into kept from proposition where id = about;
  -- Whether a claim without stance or figure comes after another one makes no difference to what has been taken.
  if not follows or d.status in ('NO_POSITION', 'RETRACTED') then
    d := since_after(steps, d);
  elsif d.status = kept.dispute_status then
    d.since_edtf := kept.dispute_since_edtf;
    d.since_earliest := kept.dispute_since_earliest;
    d.since_latest := kept.dispute_since_latest;
  else
    select c.asserted_at_edtf, c.asserted_at_earliest, c.asserted_at_latest
      into d.since_edtf, d.since_earliest, d.since_latest from claim c where c.id = added;
  end if;
  if (kept.dispute_status, kept.dispute_stance, kept.dispute_divided, kept.dispute_side_count, kept.dispute_voices,
      kept.dispute_kinds, kept.dispute_since_edtf, kept.dispute_since_earliest, kept.dispute_since_latest,
      kept.dispute_latest_claim)
    is distinct from (d.status, d.stance, d.divided, d.side_count, d.voices, d.kinds, d.since_edtf, d.since_earliest,
      d.since_latest, latest)
  then
    update proposition set
        dispute_status = d.status, dispute_stance = d.stance, dispute_divided = d.divided,
        dispute_side_count = d.side_count, dispute_voices = d.voices, dispute_kinds = d.kinds,
        dispute_since_edtf = d.since_edtf, dispute_since_earliest = d.since_earliest,
        dispute_since_latest = d.since_latest, dispute_latest_claim = latest
      where id = about;
  end if;
  insert into kept_dispute as k (proposition_id, dispute) values (about, d)
    on conflict (proposition_id) do update set dispute = excluded.dispute where k.dispute is distinct from excluded.dispute;
  concerned := case
    when added is null then array(select c.id from claim c where c.proposition_id = about)
    else added || deciding || array(
      select t.claim_id from unnest(steps) t
      where (select s.standing from standing s where s.claim_id = t.claim_id) = 'CURRENT')
  end;
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
      where c.id = any(concerned)) now
    where coalesce((select s.standing from standing s where s.claim_id = now.id), 'NOT_COUNTED') <> now.standing
    on conflict (claim_id) do update set standing = excluded.standing;
end
$$;

drop function settle_disputes(uuid[]);

-- Brings propositions up to date. Two who change one take turns here; who comes second sees what the first has written. @param
-- added the only claim that one of them has got, if nothing else about it has changed
create function settle_disputes(touched uuid[], added uuid default null) returns void language plpgsql
  set plan_cache_mode = force_generic_plan as $$
declare
  one uuid;
begin
  perform from proposition where id = any(touched) order by id for no key update;
  foreach one in array array(select distinct id from proposition where id = any(touched) order by id) loop
    perform settle_dispute(one, added);
  end loop;
end
$$;

-- Claims that are or were published.
create or replace function claim_settles_disputes() returns trigger language plpgsql as $$
declare
  changed uuid[];
  former uuid[];
begin
  case tg_op
    when 'INSERT' then
      changed := array(select id from added where status in ('PUBLISHED', 'RETRACTED'));
      -- What it takes back or supersedes is told afterwards.
      if cardinality(changed) = 1 then
        perform settle_disputes(array(select proposition_id from added where id = changed[1]), changed[1]);
        return null;
      end if;
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

-- To plan this anew for each citation takes longer than to do it.
alter function citation_settles_disputes() set plan_cache_mode = force_generic_plan;

select settle_all_disputes();
