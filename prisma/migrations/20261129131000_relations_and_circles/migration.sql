-- What is refused from now on. Rows of before that break these rules stay: only what is recorded or changed is checked.

-- ---------------------------------------------------------------------------------------------------
-- A claim takes back or replaces a claim of the same actor, or of its side, and never itself by way of others.
-- ---------------------------------------------------------------------------------------------------

-- Whether one claim may take back or replace another one: both actors were on one side on the day of the one that does it.
create function relation_is_within_a_side(from_id uuid, to_id uuid) returns boolean language sql stable strict as $$
  select later.asserted_by_id = earlier.asserted_by_id
      or side_of(later.asserted_by_id, day) = side_of(earlier.asserted_by_id, day)
    from claim later
    cross join claim earlier
    cross join lateral (
      select claim_day(later.asserted_at_edtf, later.asserted_at_earliest, later.asserted_at_latest, later.recorded_at) as day) d
    where later.id = relation_is_within_a_side.from_id and earlier.id = relation_is_within_a_side.to_id
$$;

-- Whether such relations lead from the earlier claim to the later one. It is asked of what leads there: to a new claim nothing
-- does, while a chain of earlier words may be long.
create function relation_closes_a_circle(from_id uuid, to_id uuid) returns boolean language sql stable strict as $$
  with recursive later(id) as (
    select relation_closes_a_circle.from_id
    union
    select r.from_id from claim_relation r join later on r.to_id = later.id where r.type in ('RETRACTS', 'SUPERSEDES'))
  select exists (select from later where id = relation_closes_a_circle.to_id)
$$;

-- Those who change such relations, or the claims at their ends, take turns: two of them could break a rule together without
-- either seeing it. Whoever writes several rows puts the triggers off until all of them are there.
create function claim_relation_is_allowed() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7204611948);
  if not relation_is_within_a_side(new.from_id, new.to_id) then
    raise exception 'claim relation % violates "claim_relation_is_within_a_side"', new.id
      using errcode = '23514', constraint = 'claim_relation_is_within_a_side';
  end if;
  if relation_closes_a_circle(new.from_id, new.to_id) then
    raise exception 'claim relation % violates "claim_relation_is_in_no_circle"', new.id
      using errcode = '23514', constraint = 'claim_relation_is_in_no_circle';
  end if;
  return null;
end
$$;
create constraint trigger claim_relation_is_allowed
  after insert or update of from_id, to_id, type on claim_relation
  deferrable
  for each row when (new.type in ('RETRACTS', 'SUPERSEDES'))
  execute function claim_relation_is_allowed();

create function claim_keeps_its_relations() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7204611948);
  if exists (
    select from claim_relation r
      where (r.from_id = new.id or r.to_id = new.id) and r.type in ('RETRACTS', 'SUPERSEDES')
        and not relation_is_within_a_side(r.from_id, r.to_id))
  then
    raise exception 'claim % violates "claim_relation_is_within_a_side"', new.id
      using errcode = '23514', constraint = 'claim_relation_is_within_a_side';
  end if;
  return null;
end
$$;
create constraint trigger claim_keeps_its_relations
  after update of asserted_by_id, asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at on claim
  deferrable
  for each row when (
    (old.asserted_by_id, old.asserted_at_edtf, old.asserted_at_earliest, old.asserted_at_latest, old.recorded_at)
      is distinct from
    (new.asserted_by_id, new.asserted_at_edtf, new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at))
  execute function claim_keeps_its_relations();

-- ---------------------------------------------------------------------------------------------------
-- On no day an actor is part of itself, by way of others. Each tie counts at its widest reading.
-- ---------------------------------------------------------------------------------------------------

create or replace function affiliation_is_in_no_circle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7204611947);
  -- Whatever the actor is part of, with the days on which it is so.
  if exists (
    with recursive whole(id, since, until) as (
      select new.with_actor_id, coalesce(day_of(new.from_earliest), '-infinity'), coalesce(day_of(new.until_latest), 'infinity')
      union
      select a.with_actor_id, days.since, days.until
        from whole
        join affiliation a on a.actor_id = whole.id and a.role = 'PART_OF'
        cross join lateral (
          select greatest(whole.since, day_of(a.from_earliest)) as since, least(whole.until, day_of(a.until_latest)) as until) days
        where days.since <= days.until)
    select from whole where id = new.actor_id)
  then
    raise exception 'actor % violates "affiliation_is_in_no_circle"', new.actor_id
      using errcode = '23514', constraint = 'affiliation_is_in_no_circle';
  end if;
  return null;
end
$$;
drop trigger affiliation_is_in_no_circle on affiliation;
create constraint trigger affiliation_is_in_no_circle
  after insert or update of with_actor_id, actor_id, role, from_edtf, from_earliest, until_edtf, until_latest on affiliation
  for each row when (new.role = 'PART_OF')
  execute function affiliation_is_in_no_circle();
