-- A time lies on the day of its zone: who speaks at half past midnight in Rome speaks on that day, though it is the day before in
-- UTC. What is by days takes these. What orders, and what an index is searched by, are instants as before.

-- First the claims, as whoever records one: a server of before may still run.
lock table claim, claim_event in access exclusive mode;

-- ---------------------------------------------------------------------------------------------------
-- The days of a date.
-- ---------------------------------------------------------------------------------------------------

-- Whether the first and the last end of a date were written as times: `2026-03-11T00:30:00+01:00`.
create function first_is_timed(edtf text) returns boolean language sql immutable parallel safe
  return substr(edtf, 11, 1) = 'T';
create function last_is_timed(edtf text) returns boolean language sql immutable parallel safe
  return substr(edtf, strpos(edtf, '/') + 11, 1) = 'T';

-- The day that stands in a time; midnight at the end of a day, 24:00, is the next one.
create function day_written(moment text) returns date language sql immutable parallel safe
  return make_date(substr(moment, 1, 4)::integer, substr(moment, 6, 2)::integer, substr(moment, 9, 2)::integer)
    + case when substr(moment, 12, 2) = '24' then 1 else 0 end;

-- The first and the last day of a date. Only times have a zone: the bounds of whatever else are days in UTC.
create function first_day(edtf text, earliest timestamptz) returns date language sql immutable parallel safe
  return case when first_is_timed(edtf) then day_written(edtf) else day_of(earliest) end;
create function last_day(edtf text, latest timestamptz) returns date language sql immutable parallel safe
  return case when last_is_timed(edtf) then day_written(substr(edtf, strpos(edtf, '/') + 1)) else day_of(latest) end;

-- ---------------------------------------------------------------------------------------------------
-- Sides and affiliations.
-- ---------------------------------------------------------------------------------------------------

create or replace function side_of(actor uuid, day date) returns uuid language plpgsql stable strict parallel safe as $$
declare
  side uuid := actor;
  whole uuid;
  path uuid[] := array[actor];
begin
  loop
    select a.with_actor_id into whole
      from affiliation a
      where a.actor_id = side and a.role = 'PART_OF'
        and coalesce(first_day(a.from_edtf, a.from_earliest) <= day, true)
        and coalesce(last_day(a.until_edtf, a.until_latest) >= day, true)
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

create or replace function claim_day(edtf text, earliest timestamptz, latest timestamptz, recorded timestamptz) returns date
  language sql immutable parallel safe
  return case
    when edtf !~ '^([.][.])?/' then first_day(edtf, earliest)
    when edtf !~ '/([.][.])?$' then last_day(edtf, latest)
    else day_of(recorded)
  end;

create or replace function affiliation_is_in_no_circle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7204611947);
  -- Whatever the actor is part of, with the days on which it is so.
  if exists (
    with recursive whole(id, since, until) as (
      select new.with_actor_id, coalesce(first_day(new.from_edtf, new.from_earliest), '-infinity'),
        coalesce(last_day(new.until_edtf, new.until_latest), 'infinity')
      union
      select a.with_actor_id, days.since, days.until
        from whole
        join affiliation a on a.actor_id = whole.id and a.role = 'PART_OF'
        cross join lateral (
          select greatest(whole.since, first_day(a.from_edtf, a.from_earliest)) as since,
            least(whole.until, last_day(a.until_edtf, a.until_latest)) as until) days
        where days.since <= days.until)
    select from whole where id = new.actor_id)
  then
    raise exception 'actor % violates "affiliation_is_in_no_circle"', new.actor_id
      using errcode = '23514', constraint = 'affiliation_is_in_no_circle';
  end if;
  return null;
end
$$;

-- ---------------------------------------------------------------------------------------------------
-- Disputes.
-- ---------------------------------------------------------------------------------------------------

-- Whether a date lies by the end of a day: an end that is open or unknown never does, a start that is always does.
create function lies_by(edtf text, earliest timestamptz, latest timestamptz, day date, reading date_reading) returns boolean
  language sql immutable parallel safe
  return case
    when day is null then true
    when reading = 'POSSIBLY' then coalesce(first_day(edtf, earliest) <= day, true)
    else coalesce(last_day(edtf, latest) <= day and latest < '9999-12-31 23:59:59.999+00', false)
  end;

create or replace function start_of(edtf text, earliest timestamptz) returns date language sql immutable parallel safe
  return case when edtf !~ '^([.][.])?/' then first_day(edtf, earliest) end;

-- The first day of a date as it is ordered: what has none comes before everything.
create function first_day_of(edtf text, earliest timestamptz) returns date language sql immutable parallel safe
  return coalesce(first_day(edtf, earliest), '-infinity');

create or replace function counted_claims(about uuid, day date, reading date_reading, since date default '-infinity') returns setof claim
  language sql stable parallel safe as $$
  select c.* from claim c
  where c.proposition_id = about and c.status = 'PUBLISHED' and c.rank <> 'DEPRECATED'
    and lies_by(c.asserted_at_edtf, c.asserted_at_earliest, c.asserted_at_latest, day, reading)
    and first_day_of(c.asserted_at_edtf, c.asserted_at_earliest) >= since
    -- An index knows between which instants the date begins: clocks are ahead of UTC by 14 hours at most, and behind by 12.
    and coalesce(c.asserted_at_earliest, '-infinity') >= (since::timestamp - interval '14 hours') at time zone 'UTC'
    and coalesce(c.asserted_at_earliest, '-infinity')
      <= coalesce(((day + 1)::timestamp + interval '12 hours') at time zone 'UTC', 'infinity')
    -- Few are, so each is looked up.
    and not exists (
      select from claim_relation r join claim f on f.id = r.from_id
      where r.to_id = c.id and r.type = 'RETRACTS' and f.status = 'PUBLISHED' and f.rank <> 'DEPRECATED'
        and lies_by(f.asserted_at_edtf, f.asserted_at_earliest, f.asserted_at_latest, day, reading))
$$;

create or replace function ordered_claims(about uuid, day date, reading date_reading, since date default '-infinity')
  returns setof ordered_claim language plpgsql stable parallel safe as $$
#variable_conflict use_column
declare
  -- Which claims supersede which, by their places. There are few.
  ones bigint[];
  others bigint[];
  found ordered_claim[];
begin
  found := array(
    select row(row_number() over (order by c.asserted_at_earliest is not null, first_day,
          last_day(c.asserted_at_edtf, c.asserted_at_latest), c.recorded_at, c.id),
        c.id, c.asserted_by_id, c.side_id, c.act, c.stance, c.figure_approximator is not null, coalesce(c.figure_additional, false),
        start_of(c.asserted_at_edtf, c.asserted_at_earliest), first_day, instant_of(c.asserted_at_edtf, c.asserted_at_earliest),
        link.supersedes, coalesce(link.takes_back, false))::ordered_claim
    from counted_claims(about, day, reading, since) c
    cross join lateral (select first_day_of(c.asserted_at_edtf, c.asserted_at_earliest) as first_day) date
    cross join lateral (
      select array_agg(r.to_id) filter (where r.type = 'SUPERSEDES') as supersedes,
        bool_or(r.type = 'RETRACTS' and c.asserted_by_id = (select other.asserted_by_id from claim other where other.id = r.to_id))
          as takes_back
      from claim_relation r where r.from_id = c.id and r.type in ('SUPERSEDES', 'RETRACTS')) link);
  if exists (select from unnest(found) f where f.instant is not null group by f.first_day having count(*) > 1) then
    -- Instants of one day stand in their own order, at the places that they have among all.
    found := array(
      select row(
          case when instant is null then n
            else (array_agg(n) over (partition by first_day, instant is null order by n rows between unbounded preceding and unbounded following))[
              row_number() over (partition by first_day, instant is null order by instant, n)] end,
          id, actor_id, side_id, act, stance, has_figure, additional, start, first_day, instant, supersedes, takes_back)::ordered_claim
      from unnest(found));
  end if;
  select array_agg(f.n), array_agg(t.n) into ones, others
    from (select f.n, unnest(f.supersedes) as superseded from unnest(found) f where f.supersedes is not null) f
    join unnest(found) t on t.id = f.superseded;
  if not exists (select from unnest(ones, others) b (one, other) where one < other) then
    return query select f.* from unnest(found) f order by f.n;
    return;
  end if;
  -- A claim that is put behind one that it supersedes has the other's place, and its own number after it.
  return query
  with recursive chain (one, at, place) as (
    select distinct one, one, array[one] from unnest(ones) b (one)
    union all
    select chain.one, b.other, b.other || chain.place
      from chain join unnest(ones, others) b (one, other) on b.one = chain.at),
  moved as materialized (
    select one, max(place) as place from chain group by one)
  select row_number() over (order by coalesce(m.place[1], f.n), m.place nulls first), f.id, f.actor_id, f.side_id,
    f.act, f.stance, f.has_figure, f.additional, f.start, f.first_day, f.instant, f.supersedes, f.takes_back
  from unnest(found) f left join moved m on m.one = f.n and m.place[1] <> f.n
  order by 1;
end
$$;

create or replace function figure_spans(c claim, accumulates boolean) returns setof figure_span
  language sql immutable parallel safe rows 1 as $$
  select
    case when c.figure_approximator = 'AT_MOST' or low is null then '-infinity'
      when c.figure_approximator = 'ABOUT' then low - abs(low) * 0.1 else low end,
    case when c.figure_approximator = 'AT_LEAST' or high is null then 'infinity'
      when c.figure_approximator = 'ABOUT' then high + abs(high) * 0.1 else high end,
    coalesce(c.figure_best, (c.figure_low + c.figure_high) / 2),
    first_day(edtf, earliest), last_day(edtf, latest), c.figure_as_of_earliest is not null
  from (select
      coalesce(c.figure_low, case when c.figure_high is null then c.figure_best end) as low,
      coalesce(c.figure_high, case when c.figure_low is null then c.figure_best end) as high,
      case when c.figure_as_of_earliest is not null then c.figure_as_of_edtf
        when accumulates then c.asserted_at_edtf end as edtf,
      case when c.figure_as_of_earliest is not null then c.figure_as_of_earliest
        when accumulates then c.asserted_at_earliest end as earliest,
      case when c.figure_as_of_earliest is not null then c.figure_as_of_latest
        when accumulates then c.asserted_at_latest end as latest) ends
$$;

create or replace function order_is_certain(
    about uuid, on_day date, as_read date_reading, of_actor uuid, of_side uuid, held side_stance, deciding uuid, figure uuid)
  returns boolean language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
begin
  return not exists (
    select from counted_claims(about, on_day, as_read) c
    join claim d on d.id = deciding
    left join claim f on f.id = figure
    cross join lateral (select c.figure_approximator is not null as has_figure,
      (c.figure_low, c.figure_best, c.figure_high, c.figure_approximator, c.figure_as_of_edtf)
        is distinct from (f.figure_low, f.figure_best, f.figure_high, f.figure_approximator, f.figure_as_of_edtf) as other) figures
    where c.asserted_by_id = of_actor and c.side_id = of_side and c.id <> deciding
      and case
        when c.act = 'RETRACT' or (c.stance = 'NEUTRAL' and not has_figure and exists (
            select from claim_relation r join claim t on t.id = r.to_id
            where r.from_id = c.id and (r.type = 'RETRACTS' and t.asserted_by_id = of_actor
              or r.type = 'SUPERSEDES' and t.id = deciding)))
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
        else first_day(c.asserted_at_edtf, c.asserted_at_earliest) <= last_day(d.asserted_at_edtf, d.asserted_at_latest)
          and first_day(d.asserted_at_edtf, d.asserted_at_earliest) <= last_day(c.asserted_at_edtf, c.asserted_at_latest)
      end);
end
$$;

create or replace function dispute_parts(about uuid, out starts date[], out turns date[]) language plpgsql stable as $$
#variable_conflict use_column
declare
  -- The claims that supersede one of a later day, and these, by their days.
  moved date[];
  behind date[];
  turn date;
begin
  with link as materialized (
    select r.type, first_day_of(c.asserted_at_edtf, c.asserted_at_earliest) as first_day,
      start_of(c.asserted_at_edtf, c.asserted_at_earliest) as start,
      first_day_of(f.asserted_at_edtf, f.asserted_at_earliest) as from_first_day,
      start_of(f.asserted_at_edtf, f.asserted_at_earliest) as from_start
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

create or replace function dispute_after(steps dispute_step[], about uuid, on_day date, as_read date_reading) returns dispute
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
      and lies_by(c.asserted_at_edtf, c.asserted_at_earliest, c.asserted_at_latest, on_day, as_read)
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

drop function lies_by(timestamptz, timestamptz, date, date_reading);
drop function first_day_of(timestamptz);

-- ---------------------------------------------------------------------------------------------------
-- Links tell the text of a claim's date beside its bounds: by these alone nobody knows its day.
-- ---------------------------------------------------------------------------------------------------

alter table claim_event add column asserted_at_edtf text collate "C";
comment on column claim_event.asserted_at_edtf is 'Of the claim: when it was said, as it was written, in EDTF.';

create or replace function claim_event_copies_its_claim() returns trigger language plpgsql as $$
begin
  select asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at, status, asserted_by_id, proposition_id, act, stance
    into new.asserted_at_edtf, new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at, new.status, new.asserted_by_id,
      new.proposition_id, new.act, new.stance
    from claim
    where id = new.claim_id
    for share;
  new.recorded_at := coalesce(new.recorded_at, now());
  new.status := coalesce(new.status, 'DRAFT');
  return new;
end
$$;

create or replace function claim_tells_its_events() returns trigger language plpgsql as $$
begin
  update claim_event
    set asserted_at_edtf = new.asserted_at_edtf,
        asserted_at_earliest = new.asserted_at_earliest,
        asserted_at_latest = new.asserted_at_latest,
        recorded_at = new.recorded_at,
        status = new.status,
        asserted_by_id = new.asserted_by_id,
        proposition_id = new.proposition_id,
        act = new.act,
        stance = new.stance
    where claim_id = new.id;
  return null;
end
$$;

drop trigger claim_tells_its_events on claim;
create trigger claim_tells_its_events
  after update of asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at, status, asserted_by_id,
    proposition_id, act, stance
  on claim
  for each row
  when ((old.asserted_at_edtf, old.asserted_at_earliest, old.asserted_at_latest, old.recorded_at, old.status,
      old.asserted_by_id, old.proposition_id, old.act, old.stance)
    is distinct from
    (new.asserted_at_edtf, new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at, new.status,
      new.asserted_by_id, new.proposition_id, new.act, new.stance))
  execute function claim_tells_its_events();

-- The indexes that are made anew below; without them, the links are changed sooner.
drop index claim_event_by_asserted_desc, claim_event_by_event_asserted_desc, event_id_type_occurred_earliest_occurred_latest_idx;

-- What is there already, and the rows of former versions, which are read as if they stood in the table.
update claim_event set asserted_at_edtf = claim.asserted_at_edtf from claim where claim.id = claim_id;
update revision
  set rows = jsonb_set(rows, '{claim_event}', (
    select coalesce(jsonb_agg(link || jsonb_build_object('asserted_at_edtf', rows #> '{claim,0,asserted_at_edtf}')), '[]')
    from jsonb_array_elements(rows -> 'claim_event') link))
  where record_type = 'CLAIM' and rows is not null;

create index claim_event_by_asserted_desc on claim_event (
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id)
  include (event_id, asserted_by_id, status, act, stance, asserted_at_edtf, asserted_at_earliest, asserted_at_latest,
    type, occurred_earliest, occurred_latest);
create index claim_event_by_event_asserted_desc on claim_event (
  event_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id)
  include (asserted_by_id, status, act, stance, asserted_at_edtf, asserted_at_earliest, asserted_at_latest);

-- What is asked of the time of a claim's events stands in this index, so that the rows of the events are not read for it.
create index event_type_and_time_by_id
  on event (id, type, occurred_earliest, occurred_latest, occurred_edtf);

-- ---------------------------------------------------------------------------------------------------
-- What was recorded with an offset was on the day in UTC until now.
-- ---------------------------------------------------------------------------------------------------

select affiliation_moves_claims(array(
  select actor_id from affiliation
  where role = 'PART_OF' and concat(from_edtf, ' ', until_edtf) ~ 'T[0-9:.]+[^0-9:.Z]'));

update claim
  set side_id = side_of(asserted_by_id, claim_day(asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at))
  where asserted_at_edtf ~ 'T[0-9:.]+[^0-9:.Z]';
select settle_disputes_of(array(
  select id from claim where concat(asserted_at_edtf, ' ', figure_as_of_edtf) ~ 'T[0-9:.]+[^0-9:.Z]'));
