-- How a dispute became what it is: its timeline (8), and the figures that were given.

create type dispute_change as (
  -- Nothing for what has been so on every day.
  day date,
  status dispute_status,
  -- The sides whose stance changed, as they are on that day.
  sides dispute_side[],
  claims uuid[]
);

-- The parts of time in which the order of claims only grows. A claim that is struck holds nothing on any day from the day of the
-- one that strikes it, and a claim that supersedes one of a later day moves behind it on that day: so each such day begins a
-- part. @param turn the day from which on claims are others than in the part before, or in another order
create function dispute_parts(about uuid, out starts date[], out turns date[]) language plpgsql stable as $$
#variable_conflict use_column
declare
  -- The claims that supersede one of a later day, and these, by their days.
  moved date[];
  behind date[];
  turn date;
begin
  with link as materialized (
    select r.type, first_day_of(c.asserted_at_earliest) as first_day, start_of(c.asserted_at_edtf, c.asserted_at_earliest) as start,
      first_day_of(f.asserted_at_earliest) as from_first_day, start_of(f.asserted_at_edtf, f.asserted_at_earliest) as from_start
    from claim c
    join claim_relation r on r.to_id = c.id and r.type in ('RETRACTS', 'SUPERSEDES')
    join claim f on f.id = r.from_id and f.status = 'PUBLISHED' and f.rank <> 'DEPRECATED'
    where c.proposition_id = about and c.status = 'PUBLISHED' and c.rank <> 'DEPRECATED'
      and (r.type = 'RETRACTS' or f.proposition_id = about)),
  moves as (
    select from_first_day, first_day, start from link where type = 'SUPERSEDES' and from_first_day < first_day),
  begun as (
    select day, min(turn) as turn
    from (
      select '-infinity'::date as day, '-infinity'::date as turn
      union all select from_start, first_day from link where type = 'RETRACTS' and from_start is not null
      union all select start, from_first_day from moves where start is not null) event
    group by day)
  select (select array_agg(from_first_day) from moves), (select array_agg(first_day) from moves),
      array_agg(day order by day), array_agg(least(turn, day) order by day)
    into moved, behind, starts, turns
    from begun;
  -- What is moved behind a claim that is taken back is taken back with it.
  for part in 2..cardinality(starts) loop
    loop
      turn := (
        select min(f) from unnest(moved, behind) m (f, c)
        where f < turns[part] and c >= turns[part] and (part = cardinality(starts) or c < starts[part + 1]));
      exit when turn is null;
      turns[part] := turn;
    end loop;
  end loop;
end
$$;

-- The sides of which somebody speaks in what he publishes himself: with the claim that decides, their voice may change (5).
create function publishing_sides(about uuid) returns uuid[] language plpgsql stable parallel safe as $$
begin
  return array(
    with speaker as materialized (
      select distinct asserted_by_id as id from claim where proposition_id = about),
    publisher as materialized (
      select id from speaker where exists (select from source where publisher_id = speaker.id))
    select distinct c.side_id
    from publisher
    join claim c on c.proposition_id = about and c.asserted_by_id = publisher.id
    -- An actor may publish thousands of sources, so what each claim cites is looked up.
    cross join lateral (select source_id from citation where claim_id = c.id offset 0) cited
    where (select publisher_id from source where id = cited.source_id) = publisher.id);
end
$$;

-- The steps that may change more than which claim decides, by their places: all others leave status and conflicts as they are.
create function turning_steps(steps dispute_step[], about uuid) returns integer[] language plpgsql stable as $$
declare
  publishing constant uuid[] := publishing_sides(about);
  related constant uuid[] := related_claims(about);
begin
  return array(
    select s.nth from unnest(steps) s
    where s.again or s.changes or s.side_changes or s.side_held_n = s.n or (s.decides and (
      -- Who is of a side, and so whether it is divided, goes by the date of the claim that decides.
      (s.side_affirming > 0 and s.side_rejecting > 0)
      or s.side_id in (select unnest(publishing)) or s.claim_id in (select unnest(related)))));
end
$$;

-- One entry for each day on which the status or the stance of a side differs from the day before. Asking for the dispute on
-- that day gives the same. Claims count in the order of their days, so going through them once gives all days of a part.
create function dispute_days(about uuid) returns setof dispute_change language plpgsql stable as $$
#variable_conflict use_variable
declare
  d dispute := dispute_about(about, null, 'POSSIBLY');
  -- From which day on somebody had taken a stance, in a claim that counts or not.
  taken_on constant date := (
    select min(coalesce(start_of(c.asserted_at_edtf, c.asserted_at_earliest), '-infinity')) from claim c
    where c.proposition_id = about and c.status in ('PUBLISHED', 'RETRACTED')
      and (c.stance <> 'NEUTRAL' or (c.figure_approximator is not null and not c.figure_additional)));
  related constant uuid[] := related_claims(about);
  starts date[];
  turns date[];
  steps dispute_step[];
  turning integer[];
  until dispute_step[];
  last_sides dispute_step[];
  last_positions dispute_step[];
  event record;
  status dispute_status := 'NO_POSITION';
  former dispute_status;
  sides dispute_side[] := '{}';
  ids uuid[] := '{}';
  changed dispute_side[];
  side dispute_side;
  at integer;
  gone boolean;
begin
  select p.starts, p.turns into starts, turns from dispute_parts(about) p;
  steps := array(
    select s from dispute_steps(about, array(select start - 1 from unnest(array_append(starts[2:], null)) start), turns, 'POSSIBLY') s);
  turning := turning_steps(steps, about);
  for event in
    with latest as (
      -- The step to which each side has come on each day, if one of that day turns something.
      select max(s.nth) as nth from unnest(steps) s
      group by s.part, greatest(coalesce(s.day, '-infinity'), starts[s.part]), s.side_id
      having bool_or(s.nth in (select unnest(turning)))),
    state as (
      select s.part, greatest(s.day, starts[s.part]) as moment, array_agg(s.side order by (s.side).since_n) as sides
      from side_states(about, d.accumulates,
        array(select s from unnest(steps) s where (s.nth in (select nth from latest)) is true), null, 'POSSIBLY') s
      group by 1, 2),
    day as (
      select part, moment from state
      union
      select part, starts[part] from generate_series(1, cardinality(starts)) part
      union
      select max(part), taken_on from unnest(starts) with ordinality p (start, part) where start <= taken_on having taken_on is not null)
    select day.part, day.moment, state.sides from day left join state using (part, moment) order by day.part, day.moment
  loop
    former := status;
    changed := '{}';
    gone := false;
    foreach side in array coalesce(event.sides, '{}') loop
      at := array_position(ids, side.actor_id);
      if side.stance is null then
        if at is not null then
          gone := true;
          ids := ids[:at - 1] || ids[at + 1:];
          sides := sides[:at - 1] || sides[at + 1:];
          for other in at..cardinality(sides) loop
            sides[other].n := other;
          end loop;
          d.example := null;
        end if;
        continue;
      end if;
      side.day := greatest(event.moment, '0001-01-01');
      if at is null or sides[at].stance <> side.stance then
        changed := changed || side;
      end if;
      -- What conflicts goes on as long as stances and figures are the same; relations are looked at again.
      if at = any(d.example[1:1][1:2])
        and (d.kinds = '{RELATION}' or (sides[at].stance, sides[at].figure_id) is distinct from (side.stance, side.figure_id))
      then
        d.example := null;
      end if;
      at := coalesce(at, cardinality(ids) + 1);
      side.n := at;
      ids[at] := side.actor_id;
      sides[at] := side;
    end loop;
    if d.example is null then
      d.sides := sides;
      d.links := '{}';
      d.taken := coalesce(taken_on <= event.moment, false);
      d := dispute_judged(d);
      if d.status <> 'CONTESTED' and (related <> '{}' or d.status = 'CONCEDED') then
        until := array(
          select s from unnest(steps) s
          where s.part <= event.part and s.again is not true and coalesce(s.day, '-infinity') <= event.moment
            and not exists (
              select from unnest(turns) with ordinality later (turn, part)
              where later.part > s.part and later.part <= event.part and later.turn <= s.first_day));
        last_sides := last_of_sides(until);
        last_positions := last_of_positions(until);
        if related <> '{}' then
          d.links := links_after(until, last_sides, last_positions, related, ids);
          d := dispute_judged(d);
        end if;
      end if;
      status := d.status;
      if status = 'CONCEDED' and divided_sides(last_sides, last_positions, d.quantity, d.accumulates, d.apart) <> '{}' then
        status := case when d.voices > 1 then 'CORROBORATED' else 'SINGLE_SOURCED' end;
      end if;
    end if;
    if status <> former or gone or cardinality(changed) > 0 then
      return next row(nullif(event.moment, '-infinity'), status, changed, null)::dispute_change;
    end if;
  end loop;
end
$$;

-- The same with the claims that came on those days and count, strike others, or stand retracted; the latest entries only.
create function dispute_timeline(about uuid, most integer) returns setof dispute_change language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
begin
  return query
  with entry as materialized (
    select * from dispute_days(about) d order by d.day desc nulls last limit most),
  own as materialized (
    select c.id, c.status, c.recorded_at, start_of(c.asserted_at_edtf, c.asserted_at_earliest) as start,
      (select min(coalesce(start_of(f.asserted_at_edtf, f.asserted_at_earliest), '-infinity'))
        from claim_relation r join claim f on f.id = r.from_id
        where r.to_id = c.id and r.type = 'RETRACTS' and f.status = 'PUBLISHED' and f.rank <> 'DEPRECATED') as struck_on
    from claim c
    where c.proposition_id = about and (c.status = 'RETRACTED' or (c.status = 'PUBLISHED' and c.rank <> 'DEPRECATED'))),
  came as (
    select id, start, recorded_at from own where status = 'RETRACTED' or struck_on is null or struck_on > coalesce(start, '-infinity')
    union
    select f.id, start_of(f.asserted_at_edtf, f.asserted_at_earliest), f.recorded_at
      from claim c join claim_relation r on r.to_id = c.id and r.type = 'RETRACTS' join claim f on f.id = r.from_id
      where c.proposition_id = about and f.status = 'PUBLISHED' and f.rank <> 'DEPRECATED'),
  on_day as (
    select start, array_agg(id order by recorded_at, id) as ids from came group by start)
  select e.day, e.status, e.sides, coalesce(o.ids, '{}')
    from entry e left join on_day o on o.start is not distinct from e.day
    order by e.day nulls first;
end
$$;

-- ---------------------------------------------------------------------------------------------------
-- Since when a dispute has its status: the date of the first claim, in their order, from which on it has had it without a
-- break. It is looked for from the end, one claim after the other; a conflict that has stood for long is passed over at once.
-- ---------------------------------------------------------------------------------------------------

create function since_after(steps dispute_step[], now dispute) returns dispute language plpgsql stable as $$
#variable_conflict use_variable
declare
  d dispute := now;
  former dispute_step[];
  sides dispute_step[];
  positions dispute_step[];
  related constant uuid[] := related_claims(now.proposition_id);
  -- The places of the claims that may have changed the status.
  turns integer[];
  since integer;
begin
  if cardinality(steps) = 0 then
    return now;
  end if;
  loop
    if d.status = 'CONTESTED' then
      since := d.example[1][3];
    else
      turns := coalesce(turns, array(
        select s.n from unnest(steps) s where (s.nth in (select unnest(turning_steps(steps, now.proposition_id)))) is true));
      since := (select max(t) from unnest(turns) t where since is null or t < since);
    end if;
    exit when since is null or since = 1;
    -- The dispute as it was before the claim at this place.
    former := array(select s from unnest(steps) s where s.n < since);
    sides := last_of_sides(former);
    positions := last_of_positions(former);
    d.sides := array(
      select s.side from side_states(
          now.proposition_id, now.accumulates, sides, now.day, now.reading,
          divided_sides(sides, positions, now.quantity, now.accumulates, now.apart)) s
        order by (s.side).n);
    d.links := '{}';
    if related <> '{}' then
      d.links := links_after(former, sides, positions, related, array(select s.actor_id from unnest(d.sides) s order by s.n));
    end if;
    d := dispute_judged(d);
    exit when d.status <> now.status;
  end loop;
  select c.asserted_at_edtf, c.asserted_at_earliest, c.asserted_at_latest
    into now.since_edtf, now.since_earliest, now.since_latest
    from claim c where c.id = (select s.claim_id from unnest(steps) s where s.n = coalesce(since, 1) limit 1);
  return now;
end
$$;

-- The dispute by a day, with all that it has.
create function dispute_on(about uuid, on_day date, as_read date_reading) returns dispute language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
declare
  steps constant dispute_step[] := array(select s from dispute_steps(about, on_day, as_read) s);
begin
  return since_after(steps, dispute_after(steps, about, on_day, as_read));
end
$$;

-- The figures of the claims that count, as points of a chart.
create type figure_point as (
  -- The claim's key.
  id uuid,
  actor_id uuid,
  side_id uuid,
  on_edtf text,
  on_earliest timestamptz,
  on_latest timestamptz,
  as_of_edtf text,
  as_of_earliest timestamptz,
  as_of_latest timestamptz,
  low numeric,
  best numeric,
  high numeric,
  approximator approximator,
  additional boolean,
  -- Whether it is the figure of a position now.
  current boolean
);

create function figure_points(about uuid) returns setof figure_point language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query
  with step as materialized (
    select * from dispute_steps(about, null, 'POSSIBLY')),
  latest as (
    select distinct on (side_id, actor_id) figure_id from step order by side_id, actor_id, nth desc)
  select c.id, c.asserted_by_id, c.side_id, c.asserted_at_edtf, c.asserted_at_earliest, c.asserted_at_latest,
    c.figure_as_of_edtf, c.figure_as_of_earliest, c.figure_as_of_latest, c.figure_low, c.figure_best, c.figure_high,
    c.figure_approximator, c.figure_additional, c.id in (select figure_id from latest where figure_id is not null)
  from claim c
  where c.figure_approximator is not null and c.id in (select claim_id from step);
end
$$;

-- The positions of a side on a day, where they are asked for alone; and whether it is divided.
create function side_on(about uuid, on_day date, as_read date_reading, side uuid) returns dispute_side
  language sql stable as $$
  select s from unnest((dispute_of(about, on_day, as_read)).sides) s where s.actor_id = side
$$;
