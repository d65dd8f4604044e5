-- Who asserts a claim and its proposition stand on claim_event too: who has said something about an event, what is asserted
-- about it, and what one actor says about it, are then each read from one index, also when the event has very many claims.

-- Both at once: a server of before that still runs would otherwise lock them in the other order.
lock table claim, claim_event in access exclusive mode;

alter table claim_event add column asserted_by_id uuid, add column proposition_id uuid;

-- Both for the reasons, and with the lock, that the migration "status_of_links" gives.
create or replace function claim_event_copies_its_claim() returns trigger language plpgsql as $$
begin
  select asserted_at_earliest, asserted_at_latest, recorded_at, status, asserted_by_id, proposition_id
    into new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at, new.status, new.asserted_by_id, new.proposition_id
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
        proposition_id = new.proposition_id
    where claim_id = new.id;
  return null;
end
$$;

drop trigger claim_tells_its_events on claim;
create trigger claim_tells_its_events
  after update of asserted_at_earliest, asserted_at_latest, recorded_at, status, asserted_by_id, proposition_id on claim
  for each row
  when ((old.asserted_at_earliest, old.asserted_at_latest, old.recorded_at, old.status, old.asserted_by_id, old.proposition_id)
    is distinct from
    (new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at, new.status, new.asserted_by_id, new.proposition_id))
  execute function claim_tells_its_events();

-- What is there already, and the rows of former versions, which are read as if they stood in the table.
update claim_event set asserted_by_id = claim.asserted_by_id, proposition_id = claim.proposition_id
  from claim where claim.id = claim_id;
update revision
  set rows = jsonb_set(rows, '{claim_event}', (
    select coalesce(jsonb_agg(link || jsonb_build_object(
        'asserted_by_id', rows #> '{claim,0,asserted_by_id}', 'proposition_id', rows #> '{claim,0,proposition_id}')), '[]')
    from jsonb_array_elements(rows -> 'claim_event') link))
  where record_type = 'CLAIM' and rows is not null;

-- What one actor says about an event, and what is said about it on one proposition, the newest first. With the
-- status, the index alone tells whether there is anything that readers may see.
create index claim_event_by_event_actor_asserted_desc on claim_event (
  event_id, asserted_by_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id) include (status);
create index claim_event_by_event_proposition_asserted_desc on claim_event (
  event_id, proposition_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id) include (status);
