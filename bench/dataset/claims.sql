-- The claims and what hangs on them; runs after rows.sql and long-disputes.sql in the same session.

-- What several tables need of a claim, and what a key is made from, drawn once. One actor in ten says anything, and
-- the first few of those say most; three claims in five have a proposition.
create temporary table draft as
select i, pg_temp.claim_key(i) as id, pg_temp.moment(i, pg_temp.claims()) as at, (date).edtf, (date).earliest, (date).latest,
  coalesce(long.actor, 1 + floor(power(pg_temp.dice(48, i), 6) * (pg_temp.actors() / 10))::bigint) as actor,
  coalesce(long.proposition, case when pg_temp.dice(49, i) < 0.6
    then 1 + floor(power(pg_temp.dice(50, i), 2) * pg_temp.propositions())::bigint end) as proposition,
  long.act as given_act, long.stance as given_stance
from generate_series(1, pg_temp.claims()) i
left join long_dispute long using (i)
cross join lateral (
  select pg_temp.vague_date(pg_temp.moment(i, pg_temp.claims()), pg_temp.dice(53, i)) as date offset 0) d
order by i;

-- Whom each actor speaks for, which nobody's affiliations change in these years.
create temporary table speaking_for as
select i as actor, side_of(pg_temp.actor_key(i), '2018-01-01') as side_id from generate_series(1, pg_temp.actors()) i;
analyze speaking_for;

-- Nine claims in ten are published, and one in ten is long.
insert into claim (id, statement, language, act, stance, certainty, attribution, asserted_by_id, side_id, tags,
  speaker_id, attributed_as, asserted_at_edtf, asserted_at_earliest, asserted_at_latest, proposition_id,
  figure_low, figure_best, figure_high, figure_approximator, figure_additional, figure_text,
  figure_as_of_edtf, figure_as_of_earliest, figure_as_of_latest,
  credibility, rank, status, recorded_at, updated_at)
select id,
  case when pg_temp.dice(41, i) < 0.1
    then repeat('The ministry describes in its statement at some length what had happened before and after. ', 3 + (i % 6)::int) || i
    else pg_temp.one_of('{Says that the bridge was hit,"Отрицает удар по мосту",ينفي وقوع الهجوم,Spricht von mehreren Toten,Admits that troops were sent,Calls the report invented}',
      pg_temp.dice(42, i)) || ', ' || i end,
  pg_temp.one_of('{en,en,en,ru,ar,de,fr,uk}', pg_temp.dice(43, i)),
  coalesce(given_act, pg_temp.one_of(acts, power(pg_temp.dice(44, i), 2)))::speech_act,
  coalesce(given_stance, pg_temp.one_of('{AFFIRMS,REJECTS,NEUTRAL}', pg_temp.dice(45, i)))::stance,
  pg_temp.one_of(certainties, pg_temp.dice(46, i))::certainty,
  pg_temp.one_of(attributions, pg_temp.dice(47, i))::attribution_mode,
  pg_temp.actor_key(actor), side_id, case when i % 20 = 0 then array['topic-' || i % 4000] else '{}' end,
  case when i % 20 = 1 then pg_temp.actor_key(121 + i % (pg_temp.actors() - 120)) end, case when i % 20 = 1 then 'an official of office ' || i % 900 end,
  edtf, earliest, latest,
  case when proposition is not null then pg_temp.proposition_key(proposition) end,
  long.low, figure.best, long.high, figure.approximator::approximator, figure.additional,
  case figure.approximator when 'EXACT' then '' when 'AT_LEAST' then 'at least ' when 'AT_MOST' then 'at most ' else 'about ' end
    || coalesce(figure.best::text, concat_ws(' to ', long.low, long.high)),
  (as_of).edtf, (as_of).earliest, (as_of).latest,
  1 + i % 6, (case when i % 50 = 0 then 'PREFERRED' else 'NORMAL' end)::rank,
  (case when pg_temp.dice(51, i) < 0.92 then 'PUBLISHED' when pg_temp.dice(51, i) < 0.94 then 'RETRACTED'
    else pg_temp.one_of('{DRAFT,IN_REVIEW,REJECTED}', pg_temp.dice(52, i)) end)::review_status,
  at, at
from vocabulary, draft
join speaking_for using (actor)
-- Figures answer quantities only, and every third proposition is one. One in ten says of which day it is true.
left join long_dispute_figure long using (i)
cross join lateral (
  select case when given_act is null and i % 5 = 0 and coalesce(proposition % 3, 0) = 0
    then floor(pg_temp.dice(54, i) * 5000)::numeric end as about offset 0) plain
cross join lateral (
  select coalesce(long.best, about) as best, coalesce(long.approximator, case when about is not null then 'ABOUT' end) as approximator,
    coalesce(long.additional, case when about is not null then false end) as additional,
    coalesce(long.dated, about is not null and i % 50 = 0) as dated) figure
cross join lateral (select case when figure.dated then pg_temp.vague_date(at, 1) end as as_of offset 0) o;

-- Three events have every tenth claim each; the fourth has a thousand or so however many claims there are; the
-- others share what is left, the first more than the last. A third of the claims is about a second event.
insert into claim_event (claim_id, event_id, asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at, status,
  asserted_by_id, proposition_id, act, stance, type, occurred_earliest, occurred_latest)
select claim.id, event.id, edtf, earliest, latest, at, claim.status, asserted_by_id, proposition_id, act, stance, event.type,
  occurred_earliest, occurred_latest
from draft join claim using (id)
cross join lateral (
  select case when i % 10 < 3 then 1 + i % 10 when i % greatest(10, pg_temp.claims() / 1000) = 3 then 4
    else 5 + floor(power(pg_temp.dice(61, i), 1.5) * (pg_temp.events() - 4))::bigint end
  union
  select 5 + floor(pg_temp.dice(62, i) * (pg_temp.events() - 4))::bigint where i % 3 = 0) about (e)
join event on event.id = pg_temp.event_key(e)
order by i;

insert into citation (id, claim_id, source_id, exact, prefix, suffix, start, "end", anchor, position)
select pg_temp.key(60 + n, i, pg_temp.claims()), id,
  pg_temp.source_key(source),
  'it was said that ' || i, 'On the day ', ', and no more', 11, 11 + length('it was said that ' || i), 'EXACT', n - 1
from draft, generate_series(1, 3) n
cross join lateral (select 1 + floor(pg_temp.dice(70 + n, i) * pg_temp.sources())::bigint as source offset 0) s
where n = 1 or (n = 2 and i % 4 = 0) or (n = 3 and i % 12 = 0);

insert into claim_relay (claim_id, actor_id, position)
select id, pg_temp.actor_key(121 + i % (pg_temp.actors() - 120)), 0
from draft
where i % 10 = 1;

-- One claim in a hundred is about a source.
insert into claim_source (claim_id, source_id)
select id, pg_temp.source_key(1 + i % pg_temp.sources())
from draft
where i % 100 = 3;

-- Who retracts or supersedes a claim has made it: it is his last one before, about the same. Other links lead anywhere;
-- in the long disputes, to the one before.
insert into claim_relation (id, from_id, to_id, type)
select pg_temp.key(70, i, pg_temp.claims()), id, pg_temp.claim_key(case when type in ('RETRACTS', 'SUPERSEDES') then own else other end),
  type::claim_relation_type
from vocabulary, (
  select i, id, given_act is not null as long, lag(i) over (partition by proposition, actor order by i) as own,
    case when given_act is not null then lag(i) over (partition by proposition order by i) else i - 5 end as other
  from draft) linked
cross join lateral (select pg_temp.one_of(relation_types, pg_temp.dice(81, i)) as type offset 0) t
where (i % 10 = 0 or long and pg_temp.dice(82, i) < 0.05)
  and case when type in ('RETRACTS', 'SUPERSEDES') then own else other end is not null;
