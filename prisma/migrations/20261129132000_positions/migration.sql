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
-- another one of that kind, whatever that is about.
create function counted_claims(about uuid, day date, reading date_reading) returns setof claim
  language sql stable parallel safe as $$
  select c.* from claim c
  where c.proposition_id = about and c.status = 'PUBLISHED' and c.rank <> 'DEPRECATED'
    and lies_by(c.asserted_at_earliest, c.asserted_at_latest, day, reading)
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

-- The counted claims in their order (2), with what else is asked of each. Positions and sides are numbered, those of one side
-- one after the other.
create type ordered_claim as (
  n bigint,
  id uuid,
  actor_id uuid,
  side_id uuid,
  position integer,
  side integer,
  act speech_act,
  stance stance,
  has_figure boolean,
  additional boolean,
  start date,
  supersedes uuid[],
  -- Whether it retracts a claim of the same actor.
  takes_back boolean
);

create function ordered_claims(about uuid, day date, reading date_reading) returns setof ordered_claim
  language plpgsql stable parallel safe as $$
#variable_conflict use_column
declare
  -- Which claims supersede which, by their places. There are few.
  ones bigint[];
  others bigint[];
  found ordered_claim[];
begin
  found := array(
    select row(
        -- Instants of one day stand in their own order, at the places that they have among all.
        case when instant is null then n
          else (array_agg(n) over (partition by first_day, instant is null order by n rows between unbounded preceding and unbounded following))[
            row_number() over (partition by first_day, instant is null order by instant, n)] end,
        id, actor_id, side_id, dense_rank() over (order by side_id, actor_id), dense_rank() over (order by side_id), act, stance,
        has_figure, additional, start, supersedes, takes_back)::ordered_claim
    from (
      select c.id, c.asserted_by_id as actor_id, c.side_id, c.act, c.stance, c.figure_approximator is not null as has_figure,
        coalesce(c.figure_additional, false) as additional, start_of(c.asserted_at_edtf, c.asserted_at_earliest) as start,
        day_of(c.asserted_at_earliest) as first_day, instant_of(c.asserted_at_edtf, c.asserted_at_earliest) as instant,
        (select array_agg(r.to_id) from claim_relation r where r.from_id = c.id and r.type = 'SUPERSEDES') as supersedes,
        exists (select from claim_relation r join claim other on other.id = r.to_id
          where r.from_id = c.id and r.type = 'RETRACTS' and other.asserted_by_id = c.asserted_by_id) as takes_back,
        row_number() over (order by c.asserted_at_earliest is not null, day_of(c.asserted_at_earliest),
          day_of(c.asserted_at_latest), c.recorded_at, c.id) as n
      from counted_claims(about, day, reading) c) counted);
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
  select row_number() over (order by coalesce(m.place[1], f.n), m.place nulls first), f.id, f.actor_id, f.side_id, f.position,
    f.side, f.act, f.stance, f.has_figure, f.additional, f.start, f.supersedes, f.takes_back
  from unnest(found) f left join moved m on m.one = f.n and m.place[1] <> f.n
  order by 1;
end
$$;

-- What one claim makes of one position, and of the side that it is on.
create type dispute_step as (
  -- Its place among all steps, and that of the claim among all claims.
  nth integer,
  n integer,
  claim_id uuid,
  -- The day from which on it is so: that of the claim, or of one that comes before it and is later; nothing where it has been
  -- so on every day.
  day date,
  -- The position.
  actor_id uuid,
  side_id uuid,
  -- The position as it is afterwards, and whether the claim put its stance or figure there.
  stance side_stance,
  changes boolean,
  decides boolean,
  increment boolean,
  deciding_n integer,
  deciding_id uuid,
  since_id uuid,
  figure_id uuid,
  -- The side as it is afterwards.
  side_stance side_stance,
  side_changes boolean,
  side_deciding_id uuid,
  side_since_n integer,
  side_since_id uuid,
  side_figure_id uuid,
  -- The place of the claim from which on stance and figure have been so.
  side_held_n integer,
  side_conceded boolean
);

-- Goes through the counted claims in their order and keeps the position of each actor on each side (3), and the stance of
-- each side (4). A side concedes when it comes to the present stance from the opposite one, or to AFFIRMS from SILENT by an
-- admission, after another side had taken it (7).
create function dispute_steps(about uuid, day date, reading date_reading) returns setof dispute_step
  language plpgsql stable as $$
declare
  quantity constant boolean := (select kind = 'QUANTITY' from proposition where id = about);
  c record;
  step dispute_step;
  -- By position: these are numbered side by side, so those of one side stand together.
  stances side_stance[];
  deciding_ns integer[];
  deciding uuid[];
  since uuid[];
  figure_ns integer[];
  figures uuid[];
  actors uuid[];
  -- By side.
  first_of integer[];
  last_of integer[];
  side_stances side_stance[];
  side_deciding uuid[];
  side_since_ns integer[];
  side_since uuid[];
  side_figures uuid[];
  side_held_ns integer[];
  conceded boolean[];
  -- The first side that took a stance, and whether another one did after it.
  affirmed_by integer;
  affirmed_by_others boolean := false;
  rejected_by integer;
  rejected_by_others boolean := false;
  puts side_stance;
  concerned integer[];
  at integer;
  best integer;
  former side_stance;
  former_side side_stance;
  former_figure integer;
  former_side_figure uuid;
begin
  for c in
    select * from ordered_claims(about, day, reading) o order by o.n
  loop
    step.n := c.n;
    step.claim_id := c.id;
    step.day := greatest(step.day, c.start);
    step.actor_id := c.actor_id;
    step.side_id := c.side_id;
    former := stances[c.position];
    -- What the claim puts there, if anything: the first that fits.
    puts := case
      when c.act = 'RETRACT'
        or (c.stance = 'NEUTRAL' and not c.has_figure and (c.takes_back or deciding[c.position] = any(c.supersedes)))
        then 'WITHDRAWN'
      when c.additional then null
      when c.stance = 'AFFIRMS' then 'AFFIRMS'
      when c.stance = 'REJECTS' then 'REJECTS'
      when c.act in ('NO_STATEMENT', 'DECLINE_COMMENT')
        then case when former is null or former in ('WITHDRAWN', 'NEUTRAL') then 'SILENT' end
      when c.has_figure and quantity and c.act <> 'DENY' then 'AFFIRMS'
      when former is null then 'NEUTRAL'
    end;
    step.increment := c.additional and puts is null;
    concerned := array[c.position];
    if c.supersedes is not null then
      -- A claim of another actor of the side that supersedes what decides withdraws the position.
      concerned := concerned || array(
        select k from generate_series(first_of[c.side], last_of[c.side]) k
        where k <> c.position and deciding[k] = any(c.supersedes));
    end if;
    foreach at in array concerned loop
      if at <> c.position then
        step.actor_id := actors[at];
        step.increment := false;
        puts := 'WITHDRAWN';
      end if;
      former := stances[at];
      former_side := side_stances[c.side];
      former_figure := figure_ns[at];
      former_side_figure := side_figures[c.side];
      step.decides := puts is not null;
      step.changes := puts is distinct from former and step.decides;
      if step.decides then
        first_of[c.side] := least(first_of[c.side], at);
        last_of[c.side] := greatest(last_of[c.side], at);
        actors[at] := step.actor_id;
        stances[at] := puts;
        deciding[at] := c.id;
        deciding_ns[at] := step.n;
        if step.changes then
          since[at] := c.id;
        end if;
        if c.has_figure and puts in ('AFFIRMS', 'REJECTS') then
          figures[at] := c.id;
          figure_ns[at] := step.n;
        elsif puts <> 'AFFIRMS' or step.changes then
          figures[at] := null;
          figure_ns[at] := null;
        end if;

        if puts in ('AFFIRMS', 'REJECTS') or first_of[c.side] = last_of[c.side] then
          side_stances[c.side] := puts;
          side_deciding[c.side] := c.id;
        else
          -- The last of those who hold a stance; else who is silent, who withdrew, who is neutral.
          select k into best from generate_series(first_of[c.side], last_of[c.side]) k
            where stances[k] is not null
            order by case stances[k] when 'SILENT' then 1 when 'WITHDRAWN' then 2 when 'NEUTRAL' then 3 else 0 end,
              deciding_ns[k] desc
            limit 1;
          side_stances[c.side] := stances[best];
          side_deciding[c.side] := deciding[best];
        end if;

        -- The last figure held by an actor with the side's stance: mostly that of this claim, or the one of before.
        if figures[at] = c.id then
          side_figures[c.side] := c.id;
        elsif first_of[c.side] = last_of[c.side] then
          side_figures[c.side] := figures[at];
        elsif side_stances[c.side] is distinct from former_side or figure_ns[at] is distinct from former_figure then
          select k into best from generate_series(first_of[c.side], last_of[c.side]) k
            where stances[k] = side_stances[c.side] and figures[k] is not null
            order by figure_ns[k] desc
            limit 1;
          side_figures[c.side] := figures[best];
        end if;
      end if;
      step.stance := stances[at];
      step.deciding_id := deciding[at];
      step.deciding_n := deciding_ns[at];
      step.since_id := since[at];
      step.figure_id := figures[at];

      step.side_stance := side_stances[c.side];
      step.side_changes := step.side_stance is distinct from former_side;
      if step.side_changes then
        side_since[c.side] := c.id;
        side_since_ns[c.side] := step.n;
        conceded[c.side] := coalesce(case step.side_stance
          when 'AFFIRMS' then (former_side = 'REJECTS' or (former_side = 'SILENT' and c.act = 'ADMIT'))
            and (affirmed_by <> c.side or affirmed_by_others)
          when 'REJECTS' then former_side = 'AFFIRMS' and (rejected_by <> c.side or rejected_by_others)
        end, false);
      end if;
      if step.side_changes or side_figures[c.side] is distinct from former_side_figure then
        side_held_ns[c.side] := step.n;
      end if;
      if puts = 'AFFIRMS' then
        affirmed_by := coalesce(affirmed_by, c.side);
        affirmed_by_others := affirmed_by_others or affirmed_by <> c.side;
      elsif puts = 'REJECTS' then
        rejected_by := coalesce(rejected_by, c.side);
        rejected_by_others := rejected_by_others or rejected_by <> c.side;
      end if;
      step.side_deciding_id := side_deciding[c.side];
      step.side_since_id := side_since[c.side];
      step.side_since_n := side_since_ns[c.side];
      step.side_figure_id := side_figures[c.side];
      step.side_held_n := side_held_ns[c.side];
      step.side_conceded := conceded[c.side];
      step.nth := coalesce(step.nth, 0) + 1;
      return next step;
    end loop;
  end loop;
end
$$;
