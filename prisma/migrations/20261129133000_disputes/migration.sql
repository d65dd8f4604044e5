-- The dispute about a proposition: its sides, their voices, what conflicts, and the status. docs/disputes.md has the rules.

create type dispute_status as enum (
  'NO_POSITION', 'SINGLE_SOURCED', 'CORROBORATED', 'CONTESTED', 'CONCEDED', 'NOT_COMPARABLE', 'RETRACTED');
create type conflict_kind as enum ('STANCE', 'FIGURE', 'RELATION');

-- ---------------------------------------------------------------------------------------------------
-- Figures (6).
-- ---------------------------------------------------------------------------------------------------

-- A figure as it is compared: an interval, of which an end that is open is infinite, and a time, if it has one.
create type figure_span as (
  low numeric,
  high numeric,
  -- The best number, or the middle of an interval that has two ends.
  best numeric,
  first_day date,
  last_day date,
  -- Whether the time was given as that of the figure; else it is that of the claim.
  as_of boolean
);

create function figure_spans(c claim, accumulates boolean) returns setof figure_span
  language sql immutable parallel safe rows 1 as $$
  select
    case when c.figure_approximator = 'AT_MOST' or low is null then '-infinity'
      when c.figure_approximator = 'ABOUT' then low - abs(low) * 0.1 else low end,
    case when c.figure_approximator = 'AT_LEAST' or high is null then 'infinity'
      when c.figure_approximator = 'ABOUT' then high + abs(high) * 0.1 else high end,
    coalesce(c.figure_best, (c.figure_low + c.figure_high) / 2),
    day_of(earliest), day_of(latest), c.figure_as_of_earliest is not null
  from (select
      coalesce(c.figure_low, case when c.figure_high is null then c.figure_best end) as low,
      coalesce(c.figure_high, case when c.figure_low is null then c.figure_best end) as high,
      case when c.figure_as_of_earliest is not null then c.figure_as_of_earliest
        when accumulates then c.asserted_at_earliest end as earliest,
      case when c.figure_as_of_earliest is not null then c.figure_as_of_latest
        when accumulates then c.asserted_at_latest end as latest) ends
$$;

-- Whether two figures have a common number.
create function figures_meet(low1 numeric, high1 numeric, low2 numeric, high2 numeric) returns boolean
  language sql immutable parallel safe
  return greatest(low1, low2) <= least(high1, high2);

create function figures_are_comparable(
    first1 date, last1 date, as_of1 boolean, first2 date, last2 date, as_of2 boolean, apart integer)
  returns boolean language sql immutable parallel safe
  return case
    when first1 is null or first2 is null then true
    when as_of1 and as_of2 then first1 <= last2 and first2 <= last1
    else greatest(first1 - last2, first2 - last1) <= apart
  end;

-- Comparable figures conflict when they have no common number, others only if a number that can only grow had shrunk.
create function figures_conflict(
    low1 numeric, high1 numeric, first1 date, last1 date, as_of1 boolean,
    low2 numeric, high2 numeric, first2 date, last2 date, as_of2 boolean, accumulates boolean, apart integer)
  returns boolean language sql immutable parallel safe
  return case
    when figures_are_comparable(first1, last1, as_of1, first2, last2, as_of2, apart)
      then not figures_meet(low1, high1, low2, high2)
    when accumulates then case when last1 < first2 then low1 > high2 else low2 > high1 end
    else false
  end;

-- ---------------------------------------------------------------------------------------------------
-- Sides (4) and voices (5).
-- ---------------------------------------------------------------------------------------------------

create type position_change as (
  stance side_stance,
  claim_id uuid
);

-- One position, at the end: `figure_id` names the claim whose figure it holds or rejects.
create type dispute_position as (
  proposition_id uuid,
  day date,
  reading date_reading,
  actor_id uuid,
  side_id uuid,
  stance side_stance,
  deciding_n integer,
  deciding_id uuid,
  since_edtf text,
  since_earliest timestamptz,
  since_latest timestamptz,
  figure_id uuid,
  history position_change[],
  increments uuid[]
);

-- The positions of one side.
create type side_positions as (
  side_id uuid,
  positions dispute_position[]
);

create type dispute_side as (
  proposition_id uuid,
  day date,
  reading date_reading,
  -- Its number among the sides, in the order in which they came to their stances.
  n integer,
  actor_id uuid,
  stance side_stance,
  divided boolean,
  conceded boolean,
  deciding_id uuid,
  since_n integer,
  since_edtf text,
  since_earliest timestamptz,
  since_latest timestamptz,
  figure_id uuid,
  -- The place of the claim from which on its stance and figure have been so.
  held_n integer,
  low numeric,
  high numeric,
  best numeric,
  first_day date,
  last_day date,
  as_of boolean,
  -- The origins of the sources that its deciding claim cites and whose publisher is the one who speaks.
  origins uuid[],
  -- Nothing where they are found when they are asked for.
  positions dispute_position[]
);

-- A relation by which a holding claim of one side REPEATS, DENIES or CONTRADICTS one of another. Sides by their numbers.
create type dispute_link as (
  type claim_relation_type,
  from_side integer,
  to_side integer,
  from_id uuid,
  to_id uuid,
  -- The place in the order of claims from which on both are there.
  n integer
);

create type dispute_conflict as (
  kind conflict_kind,
  side1 integer,
  side2 integer,
  claim1 uuid,
  claim2 uuid,
  -- The place in the order of claims from which on it has stood.
  since_n integer
);

create type dispute as (
  proposition_id uuid,
  day date,
  reading date_reading,
  status dispute_status,
  stance side_stance,
  divided boolean,
  voices integer,
  side_count integer,
  since_edtf text,
  since_earliest timestamptz,
  since_latest timestamptz,
  kinds conflict_kind[],
  envelope_low numeric,
  envelope_high numeric,
  overlap_low numeric,
  overlap_high numeric,
  spread numeric,
  sides dispute_side[],
  links dispute_link[],
  -- Of the conflict that has stood for longest, both sides and the place of the claim from which on it has.
  example integer[],
  -- Whether anybody took a stance, in a claim that counts or not.
  taken boolean,
  quantity boolean,
  accumulates boolean,
  apart integer
);

-- Where the syndication of a source leads at the end.
create function origin_of(source uuid) returns uuid language plpgsql stable strict parallel safe as $$
declare
  origin uuid := source;
  next uuid;
begin
  for step in 1..1000 loop
    select s.syndication_of_id into next from source s where s.id = origin;
    if next is null then
      return origin;
    end if;
    origin := next;
  end loop;
  return origin;
end
$$;

-- How many origins the claims that count cite.
create function dispute_origins(about uuid, day date, reading date_reading) returns integer
  language sql stable parallel safe as $$
  select count(distinct case when s.syndication_of_id is null then s.id else origin_of(s.id) end)::integer
    from (select distinct source_id from counted_claims(about, day, reading) c join citation on claim_id = c.id) cited
    join source s on s.id = cited.source_id
$$;

-- A side as a claim leaves it.
create type side_state as (
  -- Its place among all, and the part of time that it is of.
  nth integer,
  part integer,
  -- The day of the claim.
  day date,
  -- Without a stance, where nothing is left that the side has said.
  side dispute_side
);

-- What steps made of their sides. Of one step for each side, these are numbered as they came to their stances. @param on_day
-- the day that is asked about; each has that of its step where there is none @param divided the sides that are divided, @param
-- told the positions of the sides: where they are not given, they are found when they are asked for
create function side_states(
    about uuid, accumulates boolean, steps dispute_step[], on_day date, as_read date_reading,
    divided uuid[] default null, told side_positions[] default null)
  returns setof side_state language plpgsql stable as $$
#variable_conflict use_column
begin
  return query
  -- The origins of the sources that deciding claims cite and whose publisher is the one who speaks (5).
  with own as (
    select c.id, array_agg(distinct case when s.syndication_of_id is null then s.id else origin_of(s.id) end) as origins
    from claim c
    join citation on citation.claim_id = c.id
    join source s on s.id = citation.source_id and s.publisher_id = c.asserted_by_id
    where c.id in (select side_deciding_id from unnest(steps)) group by c.id)
  select l.nth, l.part, coalesce(l.day, '-infinity'),
      row(about, on_day, as_read, row_number() over (order by l.side_since_n, l.side_id), l.side_id, l.side_stance,
        l.side_id = any(side_states.divided), l.side_conceded, l.side_deciding_id, l.side_since_n,
        since.asserted_at_edtf, since.asserted_at_earliest, since.asserted_at_latest, l.side_figure_id, l.side_held_n,
        f.low, f.high, f.best, f.first_day, f.last_day, f.as_of, own.origins, p.positions)::dispute_side
    from unnest(steps) l
    left join claim since on since.id = l.side_since_id
    left join claim figured on figured.id = l.side_figure_id
    left join lateral figure_spans(figured, accumulates) f on figured.id is not null
    left join own on own.id = l.side_deciding_id
    left join unnest(told) p on p.side_id = l.side_id;
end
$$;

-- How long a list is, is not known to who plans a statement. `(… in (…)) is true` makes it hash what is searched, so that two long
-- lists cost the sum of their lengths and not the product.

-- The last step of each side.
create function last_of_sides(steps dispute_step[]) returns dispute_step[] language plpgsql immutable parallel safe as $$
begin
  return array(
    select s from unnest(steps) s
    where s.side_stance is not null and (s.nth in (select max(l.nth) from unnest(steps) l group by l.side_id)) is true);
end
$$;

-- The last step of each position.
create function last_of_positions(steps dispute_step[]) returns dispute_step[] language plpgsql immutable parallel safe as $$
begin
  return array(
    select s from unnest(steps) s
    where s.stance is not null and (s.nth in (select max(l.nth) from unnest(steps) l group by l.side_id, l.actor_id)) is true);
end
$$;

-- The claims about a proposition that REPEAT, DENY or CONTRADICT others, and these.
create function related_claims(about uuid) returns uuid[] language plpgsql stable parallel safe as $$
begin
  return array(
    select unnest(array[r.from_id, r.to_id])
    from claim c join claim_relation r on r.from_id = c.id
    where c.proposition_id = about and r.type in ('REPEATS', 'DENIES', 'CONTRADICTS'));
end
$$;

-- The links between holding claims (5, 7) after some steps, of which the last ones of sides and positions are given. @param related
-- the claims that may be linked @param ids the sides, by their numbers
create function links_after(
    steps dispute_step[], sides dispute_step[], positions dispute_step[], related uuid[], ids uuid[])
  returns dispute_link[] language plpgsql stable as $$
#variable_conflict use_column
begin
  return array(
    with spoken as materialized (
      select * from unnest(steps) s
      where s.decides and s.stance in ('AFFIRMS', 'REJECTS') and (s.claim_id in (select unnest(related))) is true),
    holding as materialized (
      select s.claim_id, s.n, array_position(ids, s.side_id) as number
      from spoken s
      join unnest(positions) l on (l.side_id, l.actor_id, l.since_id, l.stance) = (s.side_id, s.actor_id, s.since_id, s.stance)
      join unnest(sides) side on side.side_id = s.side_id and side.side_stance = l.stance)
    select row(r.type, f.number, t.number, r.from_id, r.to_id, greatest(f.n, t.n))::dispute_link
      from holding f
      join claim_relation r on r.from_id = f.claim_id and r.type in ('REPEATS', 'DENIES', 'CONTRADICTS')
      join holding t on t.claim_id = r.to_id and t.number <> f.number
      order by r.id);
end
$$;

-- The sides that are divided (4), by the last steps of sides and positions.
create function divided_sides(
    sides dispute_step[], positions dispute_step[], quantity boolean, accumulates boolean, apart integer)
  returns uuid[] language plpgsql stable as $$
#variable_conflict use_column
begin
  return array(
    with stood as materialized (
      select l.side_id, l.actor_id, l.stance, l.figure_id, f.*
      from unnest(positions) l
      left join claim figured on figured.id = l.figure_id
      left join lateral figure_spans(figured, accumulates) f on figured.id is not null
      where l.stance in ('AFFIRMS', 'REJECTS'))
    select distinct a.side_id
    from stood a
    join stood b on b.side_id = a.side_id and b.actor_id > a.actor_id
    join unnest(sides) side on side.side_id = a.side_id
    join claim d on d.id = side.side_deciding_id
    cross join lateral (
      select claim_day(d.asserted_at_edtf, d.asserted_at_earliest, d.asserted_at_latest, d.recorded_at) as day) decided
    where case when a.stance <> b.stance
        then not quantity
          or case when a.stance = 'REJECTS' then a.figure_id else b.figure_id end is null
          or (a.figure_id is not null and b.figure_id is not null and figures_meet(a.low, a.high, b.low, b.high))
        else a.stance = 'AFFIRMS' and a.figure_id is not null and b.figure_id is not null
          and figures_conflict(a.low, a.high, a.first_day, a.last_day, a.as_of,
            b.low, b.high, b.first_day, b.last_day, b.as_of, accumulates, apart)
      end
      and side_of(a.actor_id, decided.day) = a.side_id and side_of(b.actor_id, decided.day) = a.side_id);
end
$$;

-- The positions after some steps, side by side.
create function positions_after(
    steps dispute_step[], positions dispute_step[], about uuid, on_day date, as_read date_reading) returns side_positions[]
  language plpgsql stable as $$
#variable_conflict use_column
begin
  return array(
    with told as (
      select side_id, actor_id,
        array_agg(row(stance, claim_id)::position_change order by n) filter (where changes) as history,
        array_agg(claim_id order by n) filter (where increment) as increments
      from unnest(steps) where changes or increment group by side_id, actor_id)
    select row(l.side_id, array_agg(row(about, on_day, as_read, l.actor_id, l.side_id, l.stance, l.deciding_n, l.deciding_id,
        since.asserted_at_edtf, since.asserted_at_earliest, since.asserted_at_latest, l.figure_id, told.history,
        told.increments)::dispute_position))::side_positions
      from unnest(positions) l
      join claim since on since.id = l.since_id
      join told on (told.side_id, told.actor_id) = (l.side_id, l.actor_id)
      group by l.side_id);
end
$$;

-- What conflicts (7): each pair of sides at most once, by the first kind that fits.
create function dispute_conflicts(
    sides dispute_side[], links dispute_link[], quantity boolean, accumulates boolean, apart integer)
  returns setof dispute_conflict language plpgsql immutable parallel safe as $$
#variable_conflict use_column
begin
  return query with side as materialized (select * from unnest(dispute_conflicts.sides) where stance in ('AFFIRMS', 'REJECTS')),
  apart_from as (
    select 'STANCE'::conflict_kind as kind, a.n as side1, b.n as side2, a.deciding_id as claim1, b.deciding_id as claim2,
      case when quantity then greatest(a.held_n, b.held_n) else greatest(a.since_n, b.since_n) end as since_n
    from side a, side b
    where a.stance = 'AFFIRMS' and b.stance = 'REJECTS'
      and (not quantity or b.figure_id is null
        or (a.figure_id is not null and figures_meet(a.low, a.high, b.low, b.high)))
    union all
    select 'FIGURE', a.n, b.n, a.figure_id, b.figure_id, greatest(a.held_n, b.held_n)
    from side a, side b
    where quantity and a.n < b.n and a.stance = 'AFFIRMS' and b.stance = 'AFFIRMS'
      and a.figure_id is not null and b.figure_id is not null
      and figures_conflict(a.low, a.high, a.first_day, a.last_day, a.as_of,
        b.low, b.high, b.first_day, b.last_day, b.as_of, accumulates, apart))
  select kind, least(side1, side2), greatest(side1, side2),
    case when side1 < side2 then claim1 else claim2 end, case when side1 < side2 then claim2 else claim1 end, since_n
  from apart_from
  union all
  select * from (
    select distinct on (least(l.from_side, l.to_side), greatest(l.from_side, l.to_side))
      'RELATION'::conflict_kind, least(l.from_side, l.to_side), greatest(l.from_side, l.to_side),
      case when l.from_side < l.to_side then l.from_id else l.to_id end,
      case when l.from_side < l.to_side then l.to_id else l.from_id end, greatest(l.n, a.since_n, b.since_n)
    from unnest(links) with ordinality l (type, from_side, to_side, from_id, to_id, n, nth)
    join side a on a.n = l.from_side join side b on b.n = l.to_side
    where l.type in ('DENIES', 'CONTRADICTS') and not exists (
      select from apart_from o
      where least(o.side1, o.side2) = least(l.from_side, l.to_side) and greatest(o.side1, o.side2) = greatest(l.from_side, l.to_side))
    order by 2, 3, nth) related;
end
$$;

-- The voices of the sides, what conflicts, and the status (5, 7).
create function dispute_judged(given dispute) returns dispute language plpgsql immutable parallel safe as $$
declare
  d dispute := given;
  voice_of integer[];
  link record;
  at integer;
  affirming integer;
  rejecting integer;
begin
  d.side_count := cardinality(d.sides);
  d.kinds := '{}';
  d.example := null;

  -- Sides of one stance that repeat each other, or pass on one text, are one voice.
  voice_of := array(select n from generate_series(1, d.side_count) n);
  for link in
    select l.from_side, l.to_side from unnest(d.links) l
      where l.type = 'REPEATS' and d.sides[l.from_side].stance = d.sides[l.to_side].stance
    union all
    select own.first, own.n
    from (
      select side.n, min(side.n) over (partition by side.stance, origin) as first
      from unnest(d.sides) side, unnest(side.origins) origin
      where side.stance in ('AFFIRMS', 'REJECTS')) own
    where own.n <> own.first
  loop
    at := voice_of[link.to_side];
    if at <> voice_of[link.from_side] then
      voice_of := array_replace(voice_of, at, voice_of[link.from_side]);
    end if;
  end loop;

  select count(*) filter (where stance = 'AFFIRMS'), count(*) filter (where stance = 'REJECTS'), coalesce(bool_or(divided), false),
      count(distinct voice_of[n]) filter (where stance in ('AFFIRMS', 'REJECTS'))
    into affirming, rejecting, d.divided, d.voices
    from unnest(d.sides);
  d.stance := case when affirming > 0 and rejecting = 0 then 'AFFIRMS' when rejecting > 0 and affirming = 0 then 'REJECTS' end;

  -- The status: the first that fits.
  if affirming + rejecting > 1 and not d.quantity then
    -- Every side that affirms conflicts with every one that rejects; of the others, those that are related.
    select coalesce(array_agg(distinct kind), '{}'), (array_agg(array[side1, side2, since_n] order by since_n))[1:1]
      into d.kinds, d.example
      from (
        (select 'STANCE'::conflict_kind as kind, a.n as side1, b.n as side2, greatest(a.since_n, b.since_n) as since_n
          from unnest(d.sides) a, unnest(d.sides) b
          where affirming > 0 and rejecting > 0 and a.stance = 'AFFIRMS' and b.stance = 'REJECTS'
            and a.since_n = (select min(since_n) from unnest(d.sides) where stance = 'AFFIRMS')
            and b.since_n = (select min(since_n) from unnest(d.sides) where stance = 'REJECTS'))
        union all
        select 'RELATION', l.from_side, l.to_side, greatest(l.n, d.sides[l.from_side].since_n, d.sides[l.to_side].since_n)
          from unnest(d.links) l
          where l.type in ('DENIES', 'CONTRADICTS') and d.sides[l.from_side].stance = d.sides[l.to_side].stance) pairs;
  elsif affirming + rejecting > 1 then
    select coalesce(array_agg(distinct kind), '{}'), (array_agg(array[side1, side2, since_n] order by since_n))[1:1]
      into d.kinds, d.example
      from dispute_conflicts(d.sides, d.links, d.quantity, d.accumulates, d.apart);
  end if;
  if d.kinds <> '{}' then
    d.status := 'CONTESTED';
  elsif affirming + rejecting = 0 then
    d.status := case when d.taken then 'RETRACTED' else 'NO_POSITION' end;
  elsif not d.quantity and d.stance is not null and not d.divided
    and exists (select from unnest(d.sides) where conceded and stance = d.stance)
  then
    d.status := 'CONCEDED';
  elsif d.quantity and exists (select from unnest(d.sides) where stance = 'AFFIRMS' and figure_id is not null) then
    select case
        when bool_or(figures_are_comparable(a.first_day, a.last_day, a.as_of, b.first_day, b.last_day, b.as_of, d.apart))
          then 'CORROBORATED'
        when count(*) > 0 then 'NOT_COMPARABLE'
        else 'SINGLE_SOURCED'
      end
      into d.status
      from unnest(d.sides) a, unnest(d.sides) b
      where a.stance = 'AFFIRMS' and b.stance = 'AFFIRMS' and a.figure_id is not null and b.figure_id is not null
        and voice_of[a.n] < voice_of[b.n];
  else
    d.status := case when exists (
        select from unnest(d.sides) where stance in ('AFFIRMS', 'REJECTS')
          group by stance having count(distinct voice_of[n]) > 1)
      then 'CORROBORATED' else 'SINGLE_SOURCED' end;
  end if;
  return d;
end
$$;

-- A dispute of which nothing is known yet but its proposition; nothing, when there is none.
create function dispute_about(about uuid, on_day date, as_read date_reading) returns dispute language plpgsql stable as $$
declare
  d dispute;
begin
  select p.id, p.kind = 'QUANTITY', p.accumulates, p.comparable_days into d.proposition_id, d.quantity, d.accumulates, d.apart
    from proposition p where p.id = about;
  d.day := on_day;
  d.reading := as_read;
  d.sides := '{}';
  d.links := '{}';
  return d;
end
$$;

-- The whole but for `since`: see `Dispute` of the GraphQL schema. @param steps what is made of the claims that count
create function dispute_after(steps dispute_step[], about uuid, on_day date, as_read date_reading) returns dispute
  language plpgsql stable as $$
declare
  d dispute := dispute_about(about, on_day, as_read);
  sides constant dispute_step[] := last_of_sides(steps);
  positions constant dispute_step[] := last_of_positions(steps);
  related constant uuid[] := related_claims(about);
begin
  d.sides := array(
    select s.side from side_states(about, d.accumulates, sides, on_day, as_read,
        divided_sides(sides, positions, d.quantity, d.accumulates, d.apart),
        positions_after(steps, positions, about, on_day, as_read)) s
      order by (s.side).n);
  if related <> '{}' then
    d.links := links_after(steps, sides, positions, related, array(select s.actor_id from unnest(d.sides) s order by s.n));
  end if;
  d.taken := exists (
    select from claim c
    where c.proposition_id = about and c.status in ('PUBLISHED', 'RETRACTED')
      and lies_by(c.asserted_at_earliest, c.asserted_at_latest, on_day, as_read)
      and (c.stance <> 'NEUTRAL' or (c.figure_approximator is not null and not c.figure_additional)));
  d := dispute_judged(d);

  -- What the affirmed figures span together (7).
  if d.quantity then
    select min(low), max(high), max(low), min(high),
        case when min(best) > 0 then max(best) / min(best) end
      into d.envelope_low, d.envelope_high, d.overlap_low, d.overlap_high, d.spread
      from unnest(d.sides) where stance = 'AFFIRMS' and figure_id is not null;
    if d.overlap_low > d.overlap_high then
      d.overlap_low := null;
      d.overlap_high := null;
    end if;
  end if;
  return d;
end
$$;

-- Its statements are planned once, like those of all that is asked for from outside: to plan them anew for every proposition takes
-- several times as long as to run them.
create function dispute_of(about uuid, on_day date, as_read date_reading) returns dispute language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
begin
  return dispute_after(array(select s from dispute_steps(about, on_day, as_read) s), about, on_day, as_read);
end
$$;

-- ---------------------------------------------------------------------------------------------------
-- What is said of single positions, and the sentence.
-- ---------------------------------------------------------------------------------------------------

-- Whether no other counted claim of the actor, which would put another stance or figure there, is undated or overlaps the
-- date of the deciding one (2).
create function order_is_certain(
    about uuid, on_day date, as_read date_reading, of_actor uuid, of_side uuid, held side_stance, deciding uuid, figure uuid)
  returns boolean language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
begin
  return not exists (
    select from ordered_claims(about, on_day, as_read) o
    join claim c on c.id = o.id
    join claim d on d.id = deciding
    left join claim f on f.id = figure
    cross join lateral (select (c.figure_low, c.figure_best, c.figure_high, c.figure_approximator, c.figure_as_of_edtf)
        is distinct from (f.figure_low, f.figure_best, f.figure_high, f.figure_approximator, f.figure_as_of_edtf) as other) figures
    where o.actor_id = of_actor and o.side_id = of_side and o.id <> deciding
      and case
        when c.act = 'RETRACT' or (c.stance = 'NEUTRAL' and not has_figure and (o.takes_back or deciding = any(o.supersedes)))
          then held <> 'WITHDRAWN'
        when c.figure_additional then false
        when c.stance = 'AFFIRMS' then held <> 'AFFIRMS' or (has_figure and other)
        when c.stance = 'REJECTS' then held <> 'REJECTS' or other
        when c.act in ('NO_STATEMENT', 'DECLINE_COMMENT') then held in ('WITHDRAWN', 'NEUTRAL')
        when has_figure and c.act <> 'DENY' then held <> 'AFFIRMS' or other
        else false
      end
      and case
        when c.asserted_at_edtf is null then true
        when d.asserted_at_edtf is null then false
        when instant_of(c.asserted_at_edtf, c.asserted_at_earliest) is not null
          and instant_of(d.asserted_at_edtf, d.asserted_at_earliest) is not null then false
        else day_of(c.asserted_at_earliest) <= day_of(d.asserted_at_latest)
          and day_of(d.asserted_at_earliest) <= day_of(c.asserted_at_latest)
      end);
end
$$;

-- The words of the sentence: all of them stand here, by language.
create function rule_words(language text, key text) returns text language sql immutable parallel safe
  return case language when 'en' then case key
    when 'CONTESTED' then 'Contested: %s.'
    when 'CONTESTED by RELATION' then 'Contested, because a claim of one speaks against a claim of the other: %s.'
    when 'CONCEDED' then 'Conceded: %s.'
    when 'NOT_COMPARABLE' then 'Not comparable: %s.'
    when 'CORROBORATED' then 'Corroborated: %s.'
    when 'SINGLE_SOURCED' then 'Single-sourced: %s.'
    when 'RETRACTED' then 'Retracted: nobody holds a stance any more; %s.'
    when 'RETRACTED by all' then 'Retracted: nobody holds a stance any more.'
    when 'NO_POSITION' then 'No position: nobody has taken a stance; %s.'
    when 'NO_POSITION by anybody' then 'No position: nobody has taken a stance.'
    -- The sides: name, date, figure.
    when 'AFFIRMS' then '%1$s affirms it%2$s'
    when 'REJECTS' then '%1$s rejects it%2$s'
    when 'AFFIRMS a figure' then '%1$s says %3$s%2$s'
    when 'REJECTS a figure' then '%1$s rejects %3$s%2$s'
    when 'SILENT' then '%1$s is silent%2$s'
    when 'WITHDRAWN' then '%1$s has withdrawn%2$s'
    when 'NEUTRAL' then '%1$s is neutral%2$s'
    when 'since' then ' since %s'
    when 'conceded' then '%s and did not before'
    when 'divided' then '%s, divided,'
    when 'more' then ' and %s more'
    when 'ABOUT' then 'about %s'
    when 'AT_LEAST' then 'at least %s'
    when 'AT_MOST' then 'at most %s'
    when 'EXACT' then '%s'
    when 'range' then '%s to %s'
    when 'as of' then '%s as of %s'
  end end;

-- A figure in words.
create function rule_figure(c claim, language text) returns text language sql immutable parallel safe as $$
  select case when c.figure_as_of_edtf is null then figure
      else format(rule_words(language, 'as of'), figure, c.figure_as_of_edtf) end
  from (select format(
      rule_words(language, case
        when c.figure_low is not null and c.figure_high is null and c.figure_approximator <> 'ABOUT' then 'AT_LEAST'
        when c.figure_high is not null and c.figure_low is null and c.figure_approximator <> 'ABOUT' then 'AT_MOST'
        else c.figure_approximator::text end),
      case when c.figure_low is not null and c.figure_high is not null
        then format(rule_words(language, 'range'), trim_scale(c.figure_low), trim_scale(c.figure_high))
        else trim_scale(coalesce(c.figure_low, c.figure_high, c.figure_best))::text end) as figure) words
$$;

-- The status in a sentence that names the sides which decided it, four at most.
create function dispute_rule(
    result dispute_status, kinds conflict_kind[], sides dispute_side[], links dispute_link[], quantity boolean,
    accumulates boolean, apart integer, tongue text default 'en')
  returns text language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
begin
  return (with conflict as materialized (
    select c.side1, c.side2 from dispute_conflicts(sides, links, quantity, accumulates, apart) c
      where result = 'CONTESTED' and (quantity or 'STANCE' <> all(kinds))),
  deciding as materialized (
    select s.*, row_number() over (partition by s.stance order by s.since_n) as nth
    from unnest(sides) s
    where case result
      when 'CONTESTED' then case when not quantity and 'STANCE' = any(kinds) then s.stance in ('AFFIRMS', 'REJECTS')
        else s.n in (select side1 from conflict union all select side2 from conflict) end
      when 'RETRACTED' then true
      when 'NO_POSITION' then true
      when 'NOT_COMPARABLE' then s.stance = 'AFFIRMS' and s.figure_id is not null
      else s.stance in ('AFFIRMS', 'REJECTS')
    end),
  named as (select * from deciding order by nth, since_n limit 4),
  clause as (
    select named.since_n, format(
        case when result = 'CONCEDED' and named.conceded then format(rule_words(tongue, 'conceded'), words.clause) else words.clause end,
        case when named.divided then format(rule_words(tongue, 'divided'), actor.name) else actor.name end,
        case when told.edtf is null or f.figure_as_of_edtf is not null then '' else format(rule_words(tongue, 'since'), told.edtf) end,
        told.figure) as clause
    from named
    join actor on actor.id = named.actor_id
    left join claim f on f.id = named.figure_id and named.stance in ('AFFIRMS', 'REJECTS')
    cross join lateral (select
      case when f.id is null then named.since_edtf else f.asserted_at_edtf end as edtf,
      case when f.id is not null then rule_figure(f, tongue) end as figure) told
    cross join lateral (select
      rule_words(tongue, named.stance::text || case when f.id is null then '' else ' a figure' end) as clause) words)
  select case when string_agg(clause, '') is null
      then rule_words(tongue, case result when 'RETRACTED' then 'RETRACTED by all' else 'NO_POSITION by anybody' end)
      else format(
        rule_words(tongue, case
          when result = 'CONTESTED' and kinds = '{RELATION}' then 'CONTESTED by RELATION'
          else result::text end),
        string_agg(clause, ', ' order by since_n)
          || case when (select count(*) from deciding) > 4
            then format(rule_words(tongue, 'more'), (select count(*) from deciding) - 4) else '' end)
    end
  from clause);
end
$$;
