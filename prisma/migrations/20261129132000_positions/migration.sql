-- Where each actor and each side stands on a proposition, computed from its claims. docs/disputes.md has the rules and their
-- numbers; each function here says which of them it follows.

create type side_stance as enum ('AFFIRMS', 'REJECTS', 'SILENT', 'WITHDRAWN', 'NEUTRAL');
create type date_reading as enum ('POSSIBLY', 'DEFINITELY');

-- Whether a date lies by the end of a day: an end that is open or unknown never does, a start that is always does.
create function lies_by(earliest timestamptz, latest timestamptz, day date, reading date_reading) returns boolean
  language sql immutable parallel safe
  return case
    when day is null then true
    when reading = 'POSSIBLY' then coalesce(day_of(earliest) <= day, true)
    else coalesce(day_of(latest) <= day and latest < '9999-12-31 23:59:59.999+00', false)
  end;

-- Which claims about a proposition count (1): those that are published, not deprecated, lie by the day and are not struck by
-- another one of that kind, whatever that is about. @param since leaves out those of which the date begins before this day
create function counted_claims(about uuid, day date, reading date_reading, since date default '-infinity') returns setof claim
  language sql stable parallel safe as $$
  select c.* from claim c
  where c.proposition_id = about and c.status = 'PUBLISHED' and c.rank <> 'DEPRECATED'
    and lies_by(c.asserted_at_earliest, c.asserted_at_latest, day, reading)
    -- An index knows between which instants the date begins.
    and coalesce(c.asserted_at_earliest, '-infinity') >= since::timestamp at time zone 'UTC'
    and coalesce(c.asserted_at_earliest, '-infinity') <= coalesce((day + 1)::timestamp at time zone 'UTC', 'infinity')
    -- Few are, so each is looked up.
    and not exists (
      select from claim_relation r join claim f on f.id = r.from_id
      where r.to_id = c.id and r.type = 'RETRACTS' and f.status = 'PUBLISHED' and f.rank <> 'DEPRECATED'
        and lies_by(f.asserted_at_earliest, f.asserted_at_latest, day, reading))
$$;

-- The day on which a claim begins to count; nothing, where it has counted on every day: without a date, and with an open start.
create function start_of(edtf text, earliest timestamptz) returns date language sql immutable parallel safe
  return case when edtf !~ '^([.][.])?/' then day_of(earliest) end;

-- The instant of a claim that is dated so finely.
create function instant_of(edtf text, earliest timestamptz) returns timestamptz language sql immutable parallel safe
  return case when edtf like '%T%' and edtf not like '%/%' then earliest end;

-- The counted claims in their order (2), with what else is asked of each.
create type ordered_claim as (
  n bigint,
  id uuid,
  actor_id uuid,
  side_id uuid,
  act speech_act,
  stance stance,
  has_figure boolean,
  additional boolean,
  start date,
  first_day date,
  instant timestamptz,
  supersedes uuid[],
  -- Whether it retracts a claim of the same actor.
  takes_back boolean
);

-- The first day of a date as it is ordered: what has none comes before everything.
create function first_day_of(earliest timestamptz) returns date language sql immutable parallel safe
  return coalesce(day_of(earliest), '-infinity');

-- @param since leaves out what comes before this day: nothing of that may be put behind what is there
create function ordered_claims(about uuid, day date, reading date_reading, since date default '-infinity')
  returns setof ordered_claim language plpgsql stable parallel safe as $$
#variable_conflict use_column
declare
  -- Which claims supersede which, by their places. There are few.
  ones bigint[];
  others bigint[];
  found ordered_claim[];
begin
  found := array(
    select row(row_number() over (order by c.asserted_at_earliest is not null, first_day, day_of(c.asserted_at_latest), c.recorded_at, c.id),
        c.id, c.asserted_by_id, c.side_id, c.act, c.stance, c.figure_approximator is not null, coalesce(c.figure_additional, false),
        start_of(c.asserted_at_edtf, c.asserted_at_earliest), first_day, instant_of(c.asserted_at_edtf, c.asserted_at_earliest),
        link.supersedes, coalesce(link.takes_back, false))::ordered_claim
    from counted_claims(about, day, reading, since) c
    cross join lateral (select first_day_of(c.asserted_at_earliest) as first_day) date
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

-- What one claim makes of one position, and of the side that it is on.
create type dispute_step as (
  -- The claim: its place among all, the first day of its date, and the claim itself.
  n integer,
  first_day date,
  claim_id uuid,
  -- The position as it is afterwards, and whether the claim put its stance or figure there.
  stance side_stance,
  deciding_n integer,
  deciding_id uuid,
  since_id uuid,
  figure_n integer,
  figure_id uuid,
  actor_id uuid,
  side_id uuid,
  changes boolean,
  decides boolean,
  increment boolean,
  -- The side as it is afterwards.
  side_stance side_stance,
  side_changes boolean,
  side_deciding_id uuid,
  side_since_n integer,
  side_since_id uuid,
  side_figure_id uuid,
  -- The place of the claim from which on stance and figure have been so.
  side_held_n integer,
  side_conceded boolean,
  -- How many of its actors affirm and reject.
  side_affirming integer,
  side_rejecting integer,
  -- The day from which on it is so: that of the claim, or of one that comes before it and is later; nothing where it has been
  -- so on every day.
  day date,
  -- Its place among all steps.
  nth integer,
  -- The numbers of its position and side, and which steps were the last of these before.
  position integer,
  side integer,
  former integer,
  former_of_side integer,
  -- The part of time that it is of, and whether it is a step of an earlier one, to which a side goes back: none, if nobody of
  -- the side has said anything that still counts.
  part integer,
  again boolean
);

-- Which stance of its actors is that of a side: that of who affirms or rejects; else who is silent, who withdrew, who is neutral.
create function preference(stance side_stance) returns integer language sql immutable parallel safe
  return case stance when 'NEUTRAL' then 0 when 'WITHDRAWN' then 1 when 'SILENT' then 2 else 3 end;

-- Goes through the counted claims in their order and keeps the position of each actor on each side (3), and the stance of
-- each side (4). A side concedes when it comes to the present stance from the opposite one, or to AFFIRMS from SILENT by an
-- admission, after another side had taken it (7).
--
-- Time may be divided into parts, in each of which the order of claims only grows. @param days the last day of each part @param
-- turns the day from which on its claims are others than before, or in another order: steps from there on are taken back
create function dispute_steps(about uuid, days date[], turns date[], reading date_reading) returns setof dispute_step
  language plpgsql stable as $$
declare
  quantity constant boolean := (select kind = 'QUANTITY' from proposition where id = about);
  -- The positions that there may be: their sides and actors. Those of one side stand together.
  side_ids uuid[];
  actor_ids uuid[];
  numbers integer[];
  first_of integer[];
  last_of integer[];
  -- The steps that stand, and which of them is the last of each position and side.
  steps dispute_step[] := '{}';
  top integer := 0;
  of_position integer[];
  of_side integer[];
  c record;
  step dispute_step;
  was dispute_step;
  beside dispute_step;
  nth integer := 0;
  n integer := 0;
  running date;
  touched integer[];
  -- The place of the claim by which a side took a stance as the first, and of that by which another one did after it.
  affirmed_by integer;
  affirmed_n integer;
  affirmed_by_others_n integer;
  rejected_by integer;
  rejected_n integer;
  rejected_by_others_n integer;
  puts side_stance;
  concerned integer[];
  at integer;
  former_stance side_stance;
  former_figure integer;
  best dispute_step;
begin
  select array_agg(side_id order by position), array_agg(actor_id order by position), array_agg(side order by position)
    into side_ids, actor_ids, numbers
    from (
      select side_id, actor_id, row_number() over (order by side_id, actor_id) as position,
        dense_rank() over (order by side_id)::integer as side
      from (select distinct side_id, asserted_by_id as actor_id from claim where proposition_id = about) spoken) numbered;
  select array_agg(lowest order by side), array_agg(highest order by side) into first_of, last_of
    from (
      select side, min(position) as lowest, max(position) as highest
      from unnest(numbers) with ordinality o (side, position) group by side) sides;

  for part in 1..cardinality(days) loop
    touched := '{}';
    while top > 0 loop
      was := steps[top];
      exit when was.first_day < turns[part];
      of_position[was.position] := was.former;
      of_side[was.side] := was.former_of_side;
      if was.side <> all(touched) then
        touched := touched || was.side;
      end if;
      top := top - 1;
    end loop;
    if part > 1 then
      was := steps[top];
      n := coalesce(was.n, 0);
      running := was.day;
      if affirmed_n > n then
        affirmed_n := null;
        affirmed_by := null;
      end if;
      if affirmed_by_others_n > n then
        affirmed_by_others_n := null;
      end if;
      if rejected_n > n then
        rejected_n := null;
        rejected_by := null;
      end if;
      if rejected_by_others_n > n then
        rejected_by_others_n := null;
      end if;
      foreach at in array touched loop
        step := steps[of_side[at]];
        step.side_id := side_ids[first_of[at]];
        nth := nth + 1;
        step.nth := nth;
        step.part := part;
        step.again := true;
        return next step;
      end loop;
    end if;

    for c in
      select o.*, p.position::integer, p.side from ordered_claims(about, days[part], reading, turns[part]) o
        join unnest(side_ids, actor_ids, numbers) with ordinality p (side_id, actor_id, side, position)
          on (p.side_id, p.actor_id) = (o.side_id, o.actor_id)
        order by o.n
    loop
      n := n + 1;
      running := greatest(running, c.start);
      was := steps[of_position[c.position]];
      -- What the claim puts there, if anything: the first that fits.
      puts := case
        when c.act = 'RETRACT'
          or (c.stance = 'NEUTRAL' and not c.has_figure and (c.takes_back or was.deciding_id = any(c.supersedes)))
          then 'WITHDRAWN'
        when c.additional then null
        when c.stance = 'AFFIRMS' then 'AFFIRMS'
        when c.stance = 'REJECTS' then 'REJECTS'
        when c.act in ('NO_STATEMENT', 'DECLINE_COMMENT')
          then case when was.stance is null or was.stance in ('WITHDRAWN', 'NEUTRAL') then 'SILENT' end
        when c.has_figure and quantity and c.act <> 'DENY' then 'AFFIRMS'
        when was.stance is null then 'NEUTRAL'
      end;
      concerned := array[c.position];
      if c.supersedes is not null then
        -- A claim of another actor of the side that supersedes what decides withdraws the position.
        for other in first_of[c.side]..last_of[c.side] loop
          if other <> c.position and steps[of_position[other]].deciding_id = any(c.supersedes) then
            concerned := concerned || other;
          end if;
        end loop;
      end if;
      foreach at in array concerned loop
        if at <> c.position then
          puts := 'WITHDRAWN';
        end if;
        was := steps[of_position[at]];
        beside := steps[of_side[c.side]];
        step := was;
        step.n := n;
        step.first_day := c.first_day;
        step.claim_id := c.id;
        step.actor_id := actor_ids[at];
        step.side_id := c.side_id;
        step.day := running;
        step.part := part;
        step.position := at;
        step.side := c.side;
        step.former := of_position[at];
        step.former_of_side := of_side[c.side];
        step.increment := at = c.position and c.additional and puts is null;
        step.decides := puts is not null;
        step.changes := step.decides and puts is distinct from was.stance;
        if step.decides then
          step.stance := puts;
          step.deciding_n := n;
          step.deciding_id := c.id;
          if step.changes then
            step.since_id := c.id;
          end if;
          if c.has_figure and puts in ('AFFIRMS', 'REJECTS') then
            step.figure_n := n;
            step.figure_id := c.id;
          elsif puts <> 'AFFIRMS' or step.changes then
            step.figure_n := null;
            step.figure_id := null;
          end if;
        end if;
        former_stance := was.stance;
        former_figure := was.figure_n;
        -- It is looked at beside the others of its side.
        top := top + 1;
        steps[top] := step;
        of_position[at] := top;

        step.side_stance := beside.side_stance;
        step.side_deciding_id := beside.side_deciding_id;
        step.side_since_n := beside.side_since_n;
        step.side_since_id := beside.side_since_id;
        step.side_figure_id := beside.side_figure_id;
        step.side_held_n := beside.side_held_n;
        step.side_conceded := beside.side_conceded;
        step.side_affirming := coalesce(beside.side_affirming, 0);
        step.side_rejecting := coalesce(beside.side_rejecting, 0);
        step.side_changes := false;
        if step.changes then
          step.side_affirming := step.side_affirming + (puts = 'AFFIRMS')::integer - coalesce(former_stance = 'AFFIRMS', false)::integer;
          step.side_rejecting := step.side_rejecting + (puts = 'REJECTS')::integer - coalesce(former_stance = 'REJECTS', false)::integer;
        end if;
        if step.decides then
          if puts in ('AFFIRMS', 'REJECTS') or first_of[c.side] = last_of[c.side] then
            step.side_stance := puts;
            step.side_deciding_id := c.id;
          else
            -- The last of those whose stance comes first.
            best := null;
            for other in first_of[c.side]..last_of[c.side] loop
              was := steps[of_position[other]];
              if was.stance is not null and (best.stance is null
                or (preference(was.stance), was.deciding_n) > (preference(best.stance), best.deciding_n))
              then
                best := was;
              end if;
            end loop;
            step.side_stance := best.stance;
            step.side_deciding_id := best.deciding_id;
          end if;
          step.side_changes := step.side_stance is distinct from beside.side_stance;

          -- The last figure held by an actor with the side's stance: mostly that of this claim, or the one of before.
          if step.figure_id = c.id then
            step.side_figure_id := c.id;
          elsif first_of[c.side] = last_of[c.side] then
            step.side_figure_id := step.figure_id;
          elsif step.side_changes or step.figure_n is distinct from former_figure then
            best := null;
            for other in first_of[c.side]..last_of[c.side] loop
              was := steps[of_position[other]];
              if was.stance = step.side_stance and was.figure_n > coalesce(best.figure_n, 0) then
                best := was;
              end if;
            end loop;
            step.side_figure_id := best.figure_id;
          end if;
          if step.side_changes then
            step.side_since_id := c.id;
            step.side_since_n := n;
            step.side_conceded := coalesce(case step.side_stance
              when 'AFFIRMS' then (beside.side_stance = 'REJECTS' or (beside.side_stance = 'SILENT' and c.act = 'ADMIT'))
                and (affirmed_by <> c.side or affirmed_by_others_n is not null)
              when 'REJECTS' then beside.side_stance = 'AFFIRMS' and (rejected_by <> c.side or rejected_by_others_n is not null)
            end, false);
          end if;
          if step.side_changes or step.side_figure_id is distinct from beside.side_figure_id then
            step.side_held_n := n;
          end if;
          if puts = 'AFFIRMS' then
            if affirmed_by is null then
              affirmed_by := c.side;
              affirmed_n := n;
            elsif affirmed_by <> c.side then
              affirmed_by_others_n := coalesce(affirmed_by_others_n, n);
            end if;
          elsif puts = 'REJECTS' then
            if rejected_by is null then
              rejected_by := c.side;
              rejected_n := n;
            elsif rejected_by <> c.side then
              rejected_by_others_n := coalesce(rejected_by_others_n, n);
            end if;
          end if;
        end if;
        nth := nth + 1;
        step.nth := nth;
        steps[top] := step;
        of_side[c.side] := top;
        return next step;
      end loop;
    end loop;
  end loop;
end
$$;

create function dispute_steps(about uuid, day date, reading date_reading) returns setof dispute_step language sql stable as $$
  select * from dispute_steps(about, array[day], array['-infinity'::date], reading)
$$;
