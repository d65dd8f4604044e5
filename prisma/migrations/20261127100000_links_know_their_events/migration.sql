-- Who goes through claims by what their events are passes over many for each that fits, and looked an event up for most of
-- them. So the links tell an event's type and time as well, and only the events of those that fit are looked up.

-- First the events, then the claims, as whoever records a claim: a server of before may still run.
lock table event in share row exclusive mode;
lock table claim, claim_event in access exclusive mode;

alter table claim_event
  add column type event_type,
  add column occurred_earliest timestamptz(3),
  add column occurred_latest timestamptz(3);

-- A link that is made while its event changes would miss the change, and be missed by it. So whoever makes one takes the lock
-- that its foreign key takes anyhow, and whoever changes what links tell takes one that excludes that; other changes of
-- an event and claims about it do not wait for each other. An event that does not exist is left to the foreign key to refuse.
create function claim_event_copies_its_event() returns trigger language plpgsql as $$
begin
  select type, occurred_earliest, occurred_latest
    into new.type, new.occurred_earliest, new.occurred_latest
    from event
    where id = new.event_id
    for key share;
  return new;
end
$$;

create trigger claim_event_copies_its_event
  before insert or update of event_id on claim_event
  for each row execute function claim_event_copies_its_event();

create function event_excludes_new_links() returns trigger language plpgsql as $$
begin
  perform from event where id = old.id for update;
  return new;
end
$$;

create trigger event_excludes_new_links
  before update of type, occurred_earliest, occurred_latest on event
  for each row
  when ((old.type, old.occurred_earliest, old.occurred_latest)
    is distinct from (new.type, new.occurred_earliest, new.occurred_latest))
  execute function event_excludes_new_links();

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

-- What is there already.
update claim_event
  set type = event.type, occurred_earliest = event.occurred_earliest, occurred_latest = event.occurred_latest
  from event
  where event.id = event_id;

create index claim_event_by_asserted_desc on claim_event (
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), claim_id)
  include (event_id, asserted_by_id, status, act, stance, asserted_at_earliest, asserted_at_latest,
    type, occurred_earliest, occurred_latest);

-- The rows of a claim's versions do not say what was known of its events: nobody asks them, and what is erased from an event's
-- history must stand nowhere else.
create or replace function record_rows(kind record_type, key uuid) returns jsonb language plpgsql stable as $$
begin
  case kind
    when 'ACTOR' then
      return jsonb_build_object(
        'actor', (select jsonb_agg(to_jsonb(t)) from actor t where t.id = key),
        'actor_name', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from actor_name t where t.actor_id = key),
        'external_id', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from external_id t where t.actor_id = key),
        'affiliation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from affiliation t where t.actor_id = key));
    when 'EVENT' then
      return jsonb_build_object(
        'event', (select jsonb_agg(to_jsonb(t)) from event t where t.id = key),
        'participation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from participation t where t.event_id = key));
    when 'SOURCE' then
      return jsonb_build_object(
        'source', (select jsonb_agg(to_jsonb(t) - 'text') from source t where t.id = key));
    when 'PROPOSITION' then
      return jsonb_build_object(
        'proposition', (select jsonb_agg(to_jsonb(t)) from proposition t where t.id = key));
    when 'CLAIM' then
      return jsonb_build_object(
        'claim', (select jsonb_agg(to_jsonb(t)) from claim t where t.id = key),
        'claim_event', (
          select coalesce(jsonb_agg(to_jsonb(t) - '{type,occurred_earliest,occurred_latest}'::text[] order by t.event_id), '[]')
          from claim_event t where t.claim_id = key),
        'claim_relay', (select coalesce(jsonb_agg(to_jsonb(t) order by t.position, t.actor_id), '[]') from claim_relay t where t.claim_id = key),
        'citation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.position, t.id), '[]') from citation t where t.claim_id = key),
        'claim_relation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from claim_relation t where t.from_id = key));
  end case;
end
$$;
