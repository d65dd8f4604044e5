-- How a dispute became what it is: its timeline (8), and the figures that were given.

create type dispute_change as (
  -- Nothing for what has been so on every day.
  day date,
  status dispute_status,
  -- The sides whose stance changed, as they are on that day.
  sides dispute_side[],
  claims uuid[]
);

-- A side from a day on.
create type side_moment as (
  day date,
  side dispute_side
);

-- The sides on each day on which a claim touched them. @param steps what was made of the claims up to the end of a part of the
-- time @param part_start its first day, on which all sides are given as they are then
create function side_moments(
    about uuid, accumulates boolean, steps dispute_step[], part_start date)
  returns setof side_moment language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  with latest as (
    select distinct on (greatest(coalesce(s.day, '-infinity'), part_start), s.side_id)
      greatest(coalesce(s.day, '-infinity'), part_start) as moment, s.*
    from unnest(steps) s where s.side_stance is not null
    order by greatest(coalesce(s.day, '-infinity'), part_start), s.side_id, s.n desc),
  own as (
    select c.id, array_agg(distinct case when s.syndication_of_id is null then s.id else origin_of(s.id) end) as origins
    from claim c
    join citation on citation.claim_id = c.id
    join source s on s.id = citation.source_id and s.publisher_id = c.asserted_by_id
    where c.proposition_id = about group by c.id)
  select l.moment, row(about, greatest(l.moment, '0001-01-01'), 'POSSIBLY', 0, l.side_id, l.side_stance, null, l.side_conceded,
      l.side_deciding_id, l.side_since_n, l.side_since_id, since.asserted_at_edtf, since.asserted_at_earliest,
      since.asserted_at_latest, l.side_figure_n, l.side_figure_id, f.low, f.high, f.best, f.first_day, f.last_day, f.as_of,
      own.origins, null)::dispute_side
    from latest l
    join claim since on since.id = l.side_since_id
    left join claim figured on figured.id = l.side_figure_id
    left join lateral figure_spans(figured, accumulates) f on figured.id is not null
    left join own on own.id = l.side_deciding_id;
end
$$;

-- The links between holding claims on a day, where the sides stand at their places in `ids`.
create function links_on(about uuid, steps dispute_step[], on_day date, ids uuid[]) returns dispute_link[]
  language plpgsql stable as $$
#variable_conflict use_column
begin
  return array(
    with step as materialized (
      select * from unnest(steps) s where coalesce(s.day, '-infinity') <= on_day),
    latest as (
      select distinct on (side_id, actor_id) * from step order by side_id, actor_id, n desc),
    stood as (
      select distinct on (side_id) side_id, side_stance from step where side_stance is not null order by side_id, n desc),
    holding as (
      select step.claim_id, array_position(ids, step.side_id) as number
      from step
      join latest l on (l.side_id, l.actor_id, l.since_id) = (step.side_id, step.actor_id, step.since_id)
      join stood on stood.side_id = step.side_id and stood.side_stance = l.stance
      where step.decides and step.stance = l.stance and l.stance in ('AFFIRMS', 'REJECTS'))
    select row(r.type, f.number, t.number, r.from_id, r.to_id)::dispute_link
      from holding f
      join claim_relation r on r.from_id = f.claim_id and r.type in ('REPEATS', 'DENIES', 'CONTRADICTS')
      join holding t on t.claim_id = r.to_id and t.number <> f.number);
end
$$;

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
  linked constant boolean := exists (
    select from claim c join claim_relation r on r.from_id = c.id
    where c.proposition_id = about and r.type in ('REPEATS', 'DENIES', 'CONTRADICTS'));
  steps dispute_step[];
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
        select m.day, array_agg(m.side order by (m.side).since_n) as sides
        from side_moments(about, d.accumulates, steps, parts[part]) m group by m.day) touched on touched.day = days.moment
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
        if at is null or former_stances[at] <> side.stance then
          changed := changed || side;
        end if;
        at := coalesce(array_position(ids, side.actor_id), cardinality(ids) + 1);
        side.n := at;
        ids[at] := side.actor_id;
        stances[at] := side.stance;
        d.sides[at] := side;
        if at = any(d.example) then
          d.example := null;
        end if;
      end loop;
      if event.moment = parts[part] then
        gone := not former_ids <@ ids;
      end if;
      if not d.quantity and 'AFFIRMS' = any(stances) and 'REJECTS' = any(stances) then
        status := 'CONTESTED';
      elsif d.example is null then
        d.links := case when linked then links_on(about, steps, event.moment, ids) else '{}' end;
        d := dispute_judged(d, coalesce(taken_on <= event.moment, false));
        status := d.status;
        -- Whether a side is divided is not known here.
        if status = 'CONCEDED' then
          status := (dispute_of(about, greatest(event.moment, '0001-01-01'), 'POSSIBLY')).status;
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
    select distinct on (side_id, actor_id) figure_id from step order by side_id, actor_id, n desc)
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
