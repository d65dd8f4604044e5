-- Claims are filtered by the type and the time of their events one by one: their links are looked up, and the events that
-- these lead to. What is compared stands in this index, so that the rows of the events are not read for it. Measured at a
-- million claims, a page of such claims takes PostgreSQL 6 to 7 % less.
create index event_id_type_occurred_earliest_occurred_latest_idx on event (id, type, occurred_earliest, occurred_latest);
