-- Claims by what their events are, and by what is said about one, are found by their links, without looking at a claim that
-- does not fit. So the links tell also how a claim is said and where it stands: who denies, admits or rejects something
-- about an event is what is asked most.

-- First the claims, as whoever records one: a server of before may still run.
lock table claim, claim_event in access exclusive mode;

alter table claim_event add column act speech_act, add column stance stance;

-- Both for the reasons, and with the lock, that the migration "status_of_links" gives.
create or replace function claim_event_copies_its_claim() returns trigger language plpgsql as $$
begin
  select asserted_at_earliest, asserted_at_latest, recorded_at, status, asserted_by_id, proposition_id, act, stance
    into new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at, new.status, new.asserted_by_id,
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
    set asserted_at_earliest = new.asserted_at_earliest,
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
  after update of asserted_at_earliest, asserted_at_latest, recorded_at, status, asserted_by_id, proposition_id, act, stance
  on claim
  for each row
  when ((old.asserted_at_earliest, old.asserted_at_latest, old.recorded_at, old.status, old.asserted_by_id,
      old.proposition_id, old.act, old.stance)
    is distinct from
    (new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at, new.status, new.asserted_by_id,
      new.proposition_id, new.act, new.stance))
  execute function claim_tells_its_events();

-- The indexes that are made anew below; without them, the links are changed sooner.
drop index claim_event_by_event_asserted_desc, claim_event_by_event_actor_asserted_desc;

-- What is there already, and the rows of former versions, which are read as if they stood in the table.
update claim_event set act = claim.act, stance = claim.stance from claim where claim.id = claim_id;
update revision
  set rows = jsonb_set(rows, '{claim_event}', (
    select coalesce(jsonb_agg(link || jsonb_build_object(
        'act', rows #> '{claim,0,act}', 'stance', rows #> '{claim,0,stance}')), '[]')
    from jsonb_array_elements(rows -> 'claim_event') link))
  where record_type = 'CLAIM' and rows is not null;

-- All links, the newest first, and those of each event. The dates stand in both twice, because PostgreSQL reads a column from
-- an index only if it is there by itself.
create index claim_event_by_asserted_desc on claim_event (
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id)
  include (event_id, asserted_by_id, status, act, stance, asserted_at_earliest, asserted_at_latest);
create index claim_event_by_event_asserted_desc on claim_event (
  event_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id)
  include (asserted_by_id, status, act, stance, asserted_at_earliest, asserted_at_latest);

-- With the actor before the event, what is said by those who say little is found as well as what one actor says about an
-- event.
create index claim_event_by_actor_event_asserted_desc on claim_event (
  asserted_by_id, event_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id) include (status, act, stance);
