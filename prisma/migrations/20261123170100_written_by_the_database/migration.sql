-- An answer leaves the server as the text that the database wrote. What stood only in the program before, the public
-- form of a key and the ends of a figure's date, therefore stands in a column.

-- The TypeID of a key (https://github.com/jetify-com/typeid): 26 digits of Crockford's base 32 behind a prefix. Two
-- halves of 64 bits, because whole numbers end there; the digit in the middle takes bits of both.
create function type_id(prefix text, key uuid) returns text language plpgsql immutable strict parallel safe as $$
declare
  digits constant text := '0123456789abcdefghjkmnpqrstvwxyz';
  hi constant bigint := ('x' || replace(left(key::text, 18), '-', ''))::bit(64)::bigint;
  lo constant bigint := ('x' || replace(right(key::text, 17), '-', ''))::bit(64)::bigint;
begin
  return prefix || '_'
    || substr(digits, (hi >> 61 & 7)::integer + 1, 1)
    || substr(digits, (hi >> 56 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 51 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 46 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 41 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 36 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 31 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 26 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 21 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 16 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 11 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 6 & 31)::integer + 1, 1)
    || substr(digits, (hi >> 1 & 31)::integer + 1, 1)
    || substr(digits, (((hi & 1) << 4) | ((lo >> 60) & 15))::integer + 1, 1)
    || substr(digits, (lo >> 55 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 50 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 45 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 40 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 35 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 30 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 25 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 20 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 15 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 10 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 5 & 31)::integer + 1, 1)
    || substr(digits, (lo >> 0 & 31)::integer + 1, 1);
end
$$;


alter table actor add column public_id text not null generated always as (type_id('actor', id)) stored;
alter table event add column public_id text not null generated always as (type_id('event', id)) stored;
alter table claim add column public_id text not null generated always as (type_id('claim', id)) stored;
alter table source add column public_id text not null generated always as (type_id('source', id)) stored;
alter table proposition add column public_id text not null generated always as (type_id('proposition', id)) stored;

-- A figure's date gets its two ends, as every other date has them. Figures that are there already get theirs from the
-- text, read as the program reads it.
alter table claim
  add column figure_as_of_earliest timestamptz(3),
  add column figure_as_of_latest timestamptz(3);

create function pg_temp.first_moment(part text) returns timestamp language sql as $$
  select case
    when part = '' or part = '..' then '0001-01-01'
    when part ~ 'T' then (part::timestamptz at time zone 'UTC')
    when part ~ '^\d{4}-2[1-4]$' then make_date(left(part, 4)::int, (right(part, 1)::int * 3), 1)
    when part ~ '^\d{4}-\d\d-\d\d$' then part::date
    when part ~ '^\d{4}-\d\d' then (left(part, 7) || '-01')::date
    else greatest(make_date(greatest(replace(left(part, 4), 'X', '0')::int, 1), 1, 1), '0001-01-01')
  end::timestamp
$$;

create function pg_temp.length_of(part text) returns interval language sql as $$
  select case
    when part ~ 'T\d\d:\d\d:\d\d\.' then '1 ms'
    when part ~ 'T\d\d:\d\d:\d\d' then '1 s'
    when part ~ 'T\d\d:\d\d' then '1 min'
    when part ~ 'T' then '1 h'
    when part ~ '^\d{4}-2[1-4]$' then '3 months'
    when part ~ '^\d{4}-\d\d-\d\d$' then '1 day'
    when part ~ '^\d{4}-\d\d' then '1 month'
    when part ~ '^\d{4}' then '1 year'
    -- The first decade and century begin with the year 1.
    when part = '000X' then '9 years'
    when part = '00XX' then '99 years'
    when part ~ '^\d{3}X' then '10 years'
    else '100 years'
  end::interval
$$;

with ends as (
  select id,
    regexp_replace(split_part(figure_as_of_edtf, '/', 1), '[?~%]$', '') as from_text,
    regexp_replace(split_part(figure_as_of_edtf, '/', greatest(1, 1 + (figure_as_of_edtf ~ '/')::int)), '[?~%]$', '') as to_text
  from claim where figure_as_of_edtf is not null
)
update claim set
  figure_as_of_earliest = pg_temp.first_moment(from_text) at time zone 'UTC',
  figure_as_of_latest = least('9999-12-31 23:59:59.999', case
    when to_text in ('', '..') then '9999-12-31 23:59:59.999'
    else pg_temp.first_moment(to_text) + pg_temp.length_of(to_text) - interval '1 ms' end) at time zone 'UTC'
from ends where ends.id = claim.id;

alter table claim
  add constraint claim_figure_as_of_is_complete
    check (num_nulls(figure_as_of_edtf, figure_as_of_earliest, figure_as_of_latest) in (0, 3)),
  add constraint claim_figure_as_of_is_in_order check (figure_as_of_earliest <= figure_as_of_latest);
