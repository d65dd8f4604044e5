-- Who goes through claims by what their events are passes over many for each that fits, and looked an event up for most of
-- them. So the links tell an event's type and time as well, and only the events of those that fit are looked up.

-- First the claims, as whoever records one: a server of before may still run.
lock table claim, claim_event, event in access exclusive mode;

alter table claim_event
  add column type event_type,
  add column occurred_earliest timestamptz(3),
  add column occurred_latest timestamptz(3);

-- The share lock is taken for the same reason as that of the claim: without it, a link that is made while its event
-- changes would miss the change, and be missed by it. An event that does not exist is left to the foreign key to refuse.
create function claim_event_copies_its_event() returns trigger language plpgsql as $$
begin
  select type, occurred_earliest, occurred_latest
    into new.type, new.occurred_earliest, new.occurred_latest
    from event
    where id = new.event_id
    for share;
  return new;
end
$$;

create trigger claim_event_copies_its_event
  before insert or update of event_id on claim_event
  for each row execute function claim_event_copies_its_event();

create function event_tells_its_claims() returns trigger language plpgsql as $$
begin
  update claim_event
    set type = new.type,
        occurred_earliest = new.occurred_earliest,
        occurred_latest = new.occurred_latest
    where event_id = new.id;
  return null;
end
$$;

create trigger event_tells_its_claims
  after update of type, occurred_earliest, occurred_latest on event
  for each row
  when ((old.type, old.occurred_earliest, old.occurred_latest)
    is distinct from (new.type, new.occurred_earliest, new.occurred_latest))
  execute function event_tells_its_claims();

-- The index that is made anew below; without it, the links are changed sooner.
drop index claim_event_by_asserted_desc;

-- What is there already. The rows of former versions are left as they are: what a link says of its event is asked only of
-- how things are now.
update claim_event
  set type = event.type, occurred_earliest = event.occurred_earliest, occurred_latest = event.occurred_latest
  from event
  where event.id = event_id;

create index claim_event_by_asserted_desc on claim_event (
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id)
  include (event_id, asserted_by_id, status, act, stance, asserted_at_earliest, asserted_at_latest,
    type, occurred_earliest, occurred_latest);
