-- The status of a claim stands on claim_event beside its sort keys, so that those of an event's claims that readers may
-- see are counted within one index, and read in the order of one.
alter table claim_event add column status review_status not null default 'DRAFT';

drop trigger claim_event_copies_sort_keys on claim_event;
drop function claim_event_copies_sort_keys;
drop trigger claim_passes_on_sort_keys on claim;
drop function claim_passes_on_sort_keys;

-- The share lock waits for a transaction that is changing the claim, and makes such a one wait: otherwise each would
-- miss the other's row and the two would differ from then on. A claim that does not exist is left to the foreign key
-- to refuse.
create function claim_event_copies_its_claim() returns trigger language plpgsql as $$
begin
  select asserted_at_earliest, asserted_at_latest, recorded_at, status
    into new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at, new.status
    from claim
    where id = new.claim_id
    for share;
  new.recorded_at := coalesce(new.recorded_at, now());
  new.status := coalesce(new.status, 'DRAFT');
  return new;
end
$$;

create trigger claim_event_copies_its_claim
  before insert or update of claim_id on claim_event
  for each row execute function claim_event_copies_its_claim();

create function claim_tells_its_events() returns trigger language plpgsql as $$
begin
  update claim_event
    set asserted_at_earliest = new.asserted_at_earliest,
        asserted_at_latest = new.asserted_at_latest,
        recorded_at = new.recorded_at,
        status = new.status
    where claim_id = new.id;
  return null;
end
$$;

create trigger claim_tells_its_events
  after update of asserted_at_earliest, asserted_at_latest, recorded_at, status on claim
  for each row
  when ((old.asserted_at_earliest, old.asserted_at_latest, old.recorded_at, old.status)
    is distinct from (new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at, new.status))
  execute function claim_tells_its_events();

-- What is there already, and the rows of former versions, which are read as if they stood in the table.
update claim_event set status = claim.status from claim where claim.id = claim_id;
update revision
  set rows = jsonb_set(rows, '{claim_event}', (
    select coalesce(jsonb_agg(link || jsonb_build_object('status', rows #> '{claim,0,status}')), '[]')
    from jsonb_array_elements(rows -> 'claim_event') link))
  where record_type = 'CLAIM' and rows is not null;

-- To count: an event's claims, an actor's and those of a proposition, by their status.
create index claim_event_event_id_status_idx on claim_event (event_id, status);
create index claim_asserted_by_id_status_idx on claim (asserted_by_id, status);
create index claim_proposition_id_status_idx on claim (proposition_id, status);
