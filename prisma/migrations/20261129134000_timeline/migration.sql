-- How a dispute became what it is: its timeline (8), and the figures that were given.

create type dispute_change as (
  -- Nothing for what has been so on every day.
  day date,
  status dispute_status,
  -- The sides whose stance changed, as they are on that day.
  sides dispute_side[],
  claims uuid[]
);

-- One entry for each day on which the status or the stance of a side differs from the day before. Asking for the dispute on
-- that day gives the same.
--
-- Claims count in the order of their days, so going through them once gives all days, but for two things: a claim that is
-- struck holds nothing on any day from the day of the one that strikes it, and a claim that supersedes one of a later day
-- moves behind it on that day. These days divide the time into parts, each of which is gone through by itself.
create function dispute_days(about uuid) returns setof dispute_change language plpgsql stable as $$
#variable_conflict use_variable
declare
  d dispute := dispute_about(about, null, 'POSSIBLY');
  -- From which day on somebody had taken a stance, in a claim that counts or not.
  taken_on constant date := (
    select min(coalesce(start_of(c.asserted_at_edtf, c.asserted_at_earliest), '-infinity')) from claim c
    where c.proposition_id = about and c.status in ('PUBLISHED', 'RETRACTED')
      and (c.stance <> 'NEUTRAL' or (c.figure_approximator is not null and not c.figure_additional)));
  parts constant date[] := array(
    select '-infinity'::date
    union
    select start_of(f.asserted_at_edtf, f.asserted_at_earliest)
      from claim c join claim_relation r on r.to_id = c.id and r.type = 'RETRACTS' join claim f on f.id = r.from_id
      where c.proposition_id = about and c.status = 'PUBLISHED' and c.rank <> 'DEPRECATED'
        and f.status = 'PUBLISHED' and f.rank <> 'DEPRECATED'
        and start_of(f.asserted_at_edtf, f.asserted_at_earliest) is not null
    union
    select start_of(c.asserted_at_edtf, c.asserted_at_earliest)
      from claim c join claim_relation r on r.to_id = c.id and r.type = 'SUPERSEDES' join claim f on f.id = r.from_id
      where c.proposition_id = about and f.proposition_id = about
        and start_of(c.asserted_at_edtf, c.asserted_at_earliest) is not null
        and coalesce(day_of(f.asserted_at_earliest), '-infinity') <= day_of(c.asserted_at_earliest)
    order by 1);
  linked constant boolean := may_be_linked(about);
  steps dispute_step[];
  until dispute_step[];
  event record;
  status dispute_status := 'NO_POSITION';
  former dispute_status;
  ids uuid[] := '{}';
  stances side_stance[] := '{}';
  former_ids uuid[];
  former_stances side_stance[];
  changed dispute_side[];
  side dispute_side;
  at integer;
  gone boolean;
begin
  for part in 1..cardinality(parts) loop
    steps := array(select s from dispute_steps(about, parts[part + 1] - 1, 'POSSIBLY') s);
    for event in
      select days.moment, touched.sides
      from (
        select parts[part] as moment
        union select taken_on where taken_on >= parts[part] and (part = cardinality(parts) or taken_on < parts[part + 1])
        union select coalesce(s.day, '-infinity') from unnest(steps) s where coalesce(s.day, '-infinity') > parts[part]) days
      left join (
        select latest.moment, array_agg(latest.side order by (latest.side).since_n) as sides
        from (
          select distinct on (greatest(s.day, parts[part]), (s.side).actor_id) greatest(s.day, parts[part]) as moment, s.side
          from side_states(about, d.accumulates, steps, null, 'POSSIBLY') s
          order by greatest(s.day, parts[part]), (s.side).actor_id, s.nth desc) latest
        group by latest.moment) touched on touched.moment = days.moment
      order by days.moment
    loop
      former := status;
      changed := '{}';
      gone := false;
      former_ids := ids;
      former_stances := stances;
      if event.moment = parts[part] then
        -- All sides come anew.
        ids := '{}';
        stances := '{}';
        d.sides := '{}';
        d.example := null;
      end if;
      foreach side in array coalesce(event.sides, '{}') loop
        at := array_position(former_ids, side.actor_id);
        side.day := greatest(event.moment, '0001-01-01');
        if at is null or former_stances[at] <> side.stance then
          changed := changed || side;
        end if;
        at := coalesce(array_position(ids, side.actor_id), cardinality(ids) + 1);
        side.n := at;
        ids[at] := side.actor_id;
        stances[at] := side.stance;
        d.sides[at] := side;
        if at = any(d.example[1:1][1:2]) then
          d.example := null;
        end if;
      end loop;
      if event.moment = parts[part] then
        gone := not former_ids <@ ids;
      end if;
      if not d.quantity and 'AFFIRMS' = any(stances) and 'REJECTS' = any(stances) then
        status := 'CONTESTED';
      elsif d.example is null then
        until := array(select s from unnest(steps) s where coalesce(s.day, '-infinity') <= event.moment);
        d.links := case when linked then links_after(until, ids) else '{}' end;
        d.taken := coalesce(taken_on <= event.moment, false);
        d := dispute_judged(d);
        status := d.status;
        if status = 'CONCEDED' and divided_sides(until, d.quantity, d.accumulates, d.apart) <> '{}' then
          status := case when d.voices > 1 then 'CORROBORATED' else 'SINGLE_SOURCED' end;
        end if;
      end if;
      if status <> former or gone or cardinality(changed) > 0 then
        return next row(nullif(event.moment, '-infinity'), status, changed, null)::dispute_change;
      end if;
    end loop;
  end loop;
end
$$;

-- The same with the claims that came on those days and count, strike others, or stand retracted; the latest entries only.
create function dispute_timeline(about uuid, most integer) returns setof dispute_change language plpgsql stable as $$
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
  linked constant boolean := may_be_linked(now.proposition_id);
  -- The places of the claims that may have changed the status.
  turns integer[];
  since integer;
begin
  if cardinality(steps) = 0 then
    return now;
  end if;
  turns := array(
    select distinct s.n from unnest(steps) s
    where s.changes or s.side_changes or (s.decides and (linked or now.quantity or exists (
      select from claim c join citation on citation.claim_id = c.id
        join source on source.id = citation.source_id and source.publisher_id = c.asserted_by_id
        where c.id = s.claim_id)))
    order by s.n);
  loop
    since := case when d.status = 'CONTESTED' then d.example[1][3]
      else (select max(t) from unnest(turns) t where since is null or t < since) end;
    exit when since is null or since = 1;
    -- The dispute as it was before the claim at this place.
    former := array(select s from unnest(steps) s where s.n < since);
    d.sides := array(
      select s.side from side_states(
          now.proposition_id, now.accumulates, last_of_sides(former), now.day, now.reading,
          divided_sides(former, now.quantity, now.accumulates, now.apart)) s
        order by (s.side).n);
    d.links := '{}';
    if linked then
      d.links := links_after(former, array(select s.actor_id from unnest(d.sides) s order by s.n));
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
create function dispute_on(about uuid, on_day date, as_read date_reading) returns dispute language plpgsql stable as $$
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

create function figure_points(about uuid) returns setof figure_point language plpgsql stable as $$
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
