-- A claim belongs to a side: the last of the actors that its actor was part of when it was asserted.

-- Whether the number that a QUANTITY asks for can only grow, and how many days apart two figures may be and still be compared.
alter table proposition
  add column accumulates boolean not null default false,
  add column comparable_days integer not null default 30,
  add constraint proposition_comparable_days_is_not_negative check (comparable_days >= 0),
  add constraint proposition_yes_no_does_not_accumulate check (kind <> 'YES_NO' or not accumulates);

-- What is written in UTC is read in UTC, whatever the session's time zone.
create function day_of(moment timestamptz) returns date language sql immutable parallel safe
  return (moment at time zone 'UTC')::date;

-- The last of the actors that an actor is part of, at any remove, on a day: itself, when it is part of nothing. An affiliation
-- holds when it possibly does; of several, the one that began last counts. A circle ends before its first actor comes again.
create function side_of(actor uuid, day date) returns uuid language plpgsql stable strict parallel safe as $$
declare
  side uuid := actor;
  whole uuid;
  path uuid[] := array[actor];
begin
  loop
    select a.with_actor_id into whole
      from affiliation a
      where a.actor_id = side and a.role = 'PART_OF'
        and coalesce(day_of(a.from_earliest) <= day, true) and coalesce(day_of(a.until_latest) >= day, true)
      order by a.from_latest desc nulls last, a.id desc
      limit 1;
    if whole is null or whole = any(path) then
      return side;
    end if;
    path := path || whole;
    side := whole;
  end loop;
end
$$;

-- The day on which a claim counts for a side: the earliest on which it may have been asserted, the latest if its start is
-- open, and that of its recording if there is no date.
create function claim_day(edtf text, earliest timestamptz, latest timestamptz, recorded timestamptz) returns date
  language sql immutable parallel safe
  return day_of(case
    when edtf !~ '^([.][.])?/' then earliest
    when edtf !~ '/([.][.])?$' then latest
    else recorded
  end);

alter table claim add column side_id uuid;

-- Whoever changes affiliations waits for those who record claims, and they for him: otherwise each would miss what the other
-- writes. The lock is the one under which affiliations are kept free of circles.
create function claim_has_a_side() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(7204611947);
  new.side_id := side_of(new.asserted_by_id,
    claim_day(new.asserted_at_edtf, new.asserted_at_earliest, new.asserted_at_latest, new.recorded_at));
  return new;
end
$$;
create trigger claim_has_a_side
  before insert or update of asserted_by_id, asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at on claim
  for each row execute function claim_has_a_side();

update claim set side_id = side_of(asserted_by_id,
  claim_day(asserted_at_edtf, asserted_at_earliest, asserted_at_latest, recorded_at));

alter table claim alter column side_id set not null;

create index claim_by_side_asserted_asc on claim (
  side_id,
  coalesce(asserted_at_earliest, 'infinity'::timestamptz),
  coalesce(asserted_at_latest, 'infinity'::timestamptz), id);
create index claim_by_side_asserted_desc on claim (
  side_id,
  coalesce(asserted_at_earliest, '-infinity'::timestamptz),
  coalesce(asserted_at_latest, '-infinity'::timestamptz), id);

-- Propositions of before have what was not asked yet. A version that is read as of a moment is complete.
update revision
  set rows = jsonb_set(rows, '{proposition,0}', rows #> '{proposition,0}' || '{"accumulates": false, "comparable_days": 30}')
  where record_type = 'PROPOSITION' and rows is not null;
