-- Two propositions about which very much is said, a YES_NO and a QUANTITY; runs after rows.sql in the same session.

-- One claim in a hundred is about each of them, in small sets more, so that there are a hundred at least.
create function pg_temp.long_dispute_every() returns bigint stable language sql as
  $$ select greatest(10, least(100, pg_temp.claims() / 100)) $$;
-- They come after those of which the other claims have their share.
create function pg_temp.long_dispute(kind proposition_kind) returns bigint stable language sql as
  $$ select pg_temp.propositions() + case kind when 'YES_NO' then 1 else 2 end $$;

-- Their texts come last in the order of texts, so that pages of propositions stay as they are.
insert into proposition (id, slug, text, kind, measure, unit, accumulates, recorded_at, updated_at)
select pg_temp.proposition_key(pg_temp.long_dispute(kind)), slug, text, kind, measure::measure, unit, kind = 'QUANTITY', at, at
from (values
  ('long-dispute', 'Whether the dam was blown up on purpose.', 'YES_NO'::proposition_kind, null, null),
  ('long-dispute-of-figures', 'Which number of people was killed by the flood.', 'QUANTITY', 'KILLED', 'persons')
) v (slug, text, kind, measure, unit)
cross join lateral (select pg_temp.moment(1, pg_temp.propositions()) as at) r;

-- Who says something there, and where he leans. Three claims in five are those of the first state and its offices;
-- the others are those of other states and of some who are nobody's office: fifty-five actors, on more than forty
-- sides. An office leans as its state does, and every side may lean another way in the later half of the years.
create temporary table speaking as
select i, kind, actor, case when actor between 21 and 25 then 1 else actor end * 2 + i * 2 / (pg_temp.claims() + 1) as leaning
from generate_series(1, pg_temp.claims()) i
join (values (7, 'YES_NO'::proposition_kind), (8, 'QUANTITY')) v (place, kind) on i % pg_temp.long_dispute_every() = place
cross join lateral (select floor(pg_temp.dice(90, i) * 49)::bigint as other) o
cross join lateral (select case
  when pg_temp.dice(91, i) < 0.6 then (array[1, 21, 22, 23, 24, 25])[1 + floor(pg_temp.dice(92, i) * 6)::int]
  when other < 19 then other + 2
  else other + 102 end as actor) a;

-- What they say: one in seven takes no stance, one in fifty strays from where he leans. All lean towards their figures.
create temporary table long_dispute as
select i, kind, actor, leaning, pg_temp.long_dispute(kind) as proposition, stance, pg_temp.one_of(case
  when pg_temp.dice(93, i) < 0.005 then '{RETRACT}'::text[]
  when stance = 'NEUTRAL' then '{NO_STATEMENT,DECLINE_COMMENT,ASSERT}'
  when kind = 'QUANTITY' then '{ESTIMATE,ESTIMATE,ASSERT,CONFIRM,CORRECT}'
  when stance = 'REJECTS' then '{DENY,DENY,ASSERT,ACCUSE}'
  else '{ASSERT,ASSERT,ACCUSE,CONFIRM,ADMIT}' end, pg_temp.dice(94, i)) as act
from speaking
cross join lateral (
  select pg_temp.dice(95, i) as chance, kind = 'QUANTITY' or pg_temp.dice(96, leaning) < 0.5 as affirms) d
cross join lateral (select case
  when chance < 0.15 then 'NEUTRAL' when affirms = (chance > 0.17) then 'AFFIRMS' else 'REJECTS' end as stance) s;

-- Three in four of those who do say something about how many give a figure, which grows with the years and differs by
-- side: a best one, a range, or a bound. One in twenty is an increment, and one in five says of which day it is true.
create temporary table long_dispute_figure as
select i, approximator,
  case when approximator = 'AT_LEAST' or ranged then round(about * 0.8) end as low,
  case when approximator = 'ABOUT' then round(about, -1) when approximator = 'EXACT' and not ranged then about end as best,
  case when approximator = 'AT_MOST' or ranged then round(about * 1.2) end as high,
  pg_temp.dice(97, i) < 0.05 as additional, pg_temp.dice(98, i) < 0.2 as dated
from long_dispute
cross join lateral (select
  floor((100 + 900.0 * i / pg_temp.claims()) * (0.5 + pg_temp.dice(99, leaning)) * (0.95 + pg_temp.dice(100, i) / 10))::numeric as about,
  pg_temp.one_of('{EXACT,EXACT,EXACT,ABOUT,ABOUT,AT_LEAST,AT_MOST}', pg_temp.dice(101, i)) as approximator) f
cross join lateral (select approximator = 'EXACT' and pg_temp.dice(102, i) < 0.4 as ranged) r
where kind = 'QUANTITY' and act not in ('RETRACT', 'NO_STATEMENT', 'DECLINE_COMMENT') and pg_temp.dice(103, i) < 0.75;

analyze long_dispute;
analyze long_dispute_figure;
