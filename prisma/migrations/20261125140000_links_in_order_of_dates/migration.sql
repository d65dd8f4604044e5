-- Claims by what their events are, the newest first: the first index has all that is compared, so that claims that do not fit
-- are not looked at; by the second, those about a few events are gathered. The dates stand in both twice, because PostgreSQL
-- reads a column from an index only if it is there by itself.
create index claim_event_by_asserted_desc on claim_event (
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id)
  include (event_id, asserted_by_id, status, asserted_at_earliest, asserted_at_latest);
drop index claim_event_by_event_asserted_desc;
create index claim_event_by_event_asserted_desc on claim_event (
  event_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id)
  include (asserted_by_id, status, asserted_at_earliest, asserted_at_latest);

-- With the actor before the event, what is said by those who say little is found by it as well as what one actor says about
-- an event.
drop index claim_event_by_event_actor_asserted_desc;
create index claim_event_by_actor_event_asserted_desc on claim_event (
  asserted_by_id, event_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id) include (status);
