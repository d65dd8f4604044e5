-- A claim belongs to a side: the last of the actors that its actor was part of when it was asserted.

-- Whether the number that a QUANTITY asks for can only grow, and how many days apart two figures may be and still be compared.
alter table proposition
  add column accumulates boolean not null default false,
  add column comparable_days integer not null default 30,
  add constraint proposition_comparable_days_is_not_negative check (comparable_days >= 0),
  add constraint proposition_yes_no_does_not_accumulate check (kind <> 'YES_NO' or not accumulates);

-- What is written in UTC is read in UTC, whatever the session's time zone.
create function day_of(moment timestamptz) returns date language sql immutable parallel safe
  return (moment at time zone 'UTC')::date;

-- The last of the actors that an actor is part of, at any remove, on a day: itself, when it is part of nothing. An affiliation
-- holds when it possibly does; of several, the one that began last counts. A circle ends before its first actor comes again.
create function side_of(actor uuid, day date) returns uuid language plpgsql stable strict parallel safe as $$
declare
  side uuid := actor;
  whole uuid;
  path uuid[] := array[actor];
begin
  loop
    select a.with_actor_id into whole
      from affiliation a
      where a.actor_id = side and a.role = 'PART_OF'
        and coalesce(day_of(a.from_earliest) <= day, true) and coalesce(day_of(a.until_latest) >= day, true)
      order by a.from_latest desc nulls last, a.id desc
      limit 1;
    if whole is null or whole = any(path) then
      return side;
    end if;
    path := path || whole;
    side := whole;
  end loop;
end
$$;

-- The day on which a claim counts for a side: the earliest on which it may have been asserted, the latest if its start is
-- open, and that of its recording if there is no date.
create function claim_day(edtf text, earliest timestamptz, latest timestamptz, recorded timestamptz) returns date
  language sql immutable parallel safe
  return day_of(case
    when edtf !~ '^([.][.])?/' then earliest
    when edtf !~ '/([.][.])?$' then latest
    else recorded
  end);

alter table claim add column side_id uuid;

-- Whoever changes affiliations waits for those who record claims, and they for him: otherwise each would miss what the other
-- writes. The lock is the one under which affiliations are kept free of circles.
create function claim_has_a_side() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(7204611947);
  new.side_id := side_of(new.asserted_by_id,
    claim_day(new.asserted_at_edtf, new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at));
  return new;
end
$$;
create trigger claim_has_a_side
  before insert or update of asserted_by_id, asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at on claim
  for each row execute function claim_has_a_side();

update claim set side_id = side_of(asserted_by_id,
  claim_day(asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at));

alter table claim alter column side_id set not null;

create index claim_by_side_asserted_asc on claim (
  side_id,
  coalesce(asserted_at_earliest, 'infinity'::timestamptz),
  coalesce(asserted_at_latest, 'infinity'::timestamptz), id);
create index claim_by_side_asserted_desc on claim (
  side_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);

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
        'proposition', (select jsonb_agg(to_jsonb(t)) from proposition t where t.id = key));
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

-- Propositions of before have what was not asked yet. A version that is read as of a moment is complete.
update revision
  set rows = jsonb_set(rows, '{proposition,0}', rows #> '{proposition,0}' || '{"accumulates": false, "comparable_days": 30}')
  where record_type = 'PROPOSITION' and rows is not null;

-- What an affiliation changes: the sides of the claims of its actor and of everything that was ever part of it.
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
end
$$;

create function affiliation_was_added() returns trigger language plpgsql as $$
begin
  perform affiliation_moves_claims(array(select distinct actor_id from added where role = 'PART_OF'));
  return null;
end
$$;
create trigger affiliation_was_added
  after insert on affiliation referencing new table as added
  for each statement execute function affiliation_was_added();

create function affiliation_was_changed() returns trigger language plpgsql as $$
begin
  perform affiliation_moves_claims(array(
    select actor_id from added where role = 'PART_OF' union select actor_id from gone where role = 'PART_OF'));
  return null;
end
$$;
create trigger affiliation_was_changed
  after update on affiliation referencing new table as added old table as gone
  for each statement execute function affiliation_was_changed();

create function affiliation_was_removed() returns trigger language plpgsql as $$
begin
  perform affiliation_moves_claims(array(select distinct actor_id from gone where role = 'PART_OF'));
  return null;
end
$$;
create trigger affiliation_was_removed
  after delete on affiliation referencing old table as gone
  for each statement execute function affiliation_was_removed();
