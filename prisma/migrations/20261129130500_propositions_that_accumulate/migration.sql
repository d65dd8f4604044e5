-- Filters by whether the number can only grow, and by the days between figures.
create index proposition_accumulates_text_id_idx on proposition (accumulates, text, id);
create index proposition_comparable_days_text_id_idx on proposition (comparable_days, text, id);

comment on column proposition.accumulates is 'Whether the number can only grow, as a count of all who died does. If so, a figure without `asOf` counts for the day on which it was said.';
comment on column proposition.comparable_days is 'How many days may lie between two figures that are compared, when one of them counts for the day on which it was said.';
comment on column claim.side_id is 'The side for which it was asserted: made by the database, and never written.';
