-- What recording needs beside the records: their history, which is the change feed as well, the keys with which people
-- and programs speak for themselves, and the answers that a repeated request gets again.

create type role as enum ('READER', 'ANALYST', 'EDITOR', 'ADMIN');
create type record_type as enum ('ACTOR', 'EVENT', 'SOURCE', 'PROPOSITION', 'CLAIM');
create type revision_action as enum ('CREATED', 'UPDATED', 'DELETED', 'RESTORED', 'HISTORY_ERASED');

create table api_key (
  id uuid not null,
  public_id text not null generated always as (type_id('key', id)) stored,
  name text not null,
  role role not null,
  hash text not null,
  created_at timestamptz(3) not null default current_timestamp,
  created_by text not null,
  expires_at timestamptz(3),
  revoked_at timestamptz(3),
  revoked_by text,
  revocation_reason text,
  constraint api_key_pkey primary key (id),
  constraint api_key_name_is_not_blank check (name ~ '\S'),
  constraint api_key_hash_is_hexadecimal check (hash ~ '^[0-9a-f]{64}$'),
  constraint api_key_is_revoked_by_somebody check (num_nulls(revoked_at, revoked_by) in (0, 2)),
  constraint api_key_is_revoked_for_a_reason check (revocation_reason is null or revoked_at is not null)
);
create index api_key_created_at_id_idx on api_key (created_at, id);

create table idempotency_key (
  author_id text not null,
  key text not null,
  input_hash text not null,
  answer jsonb,
  created_at timestamptz(3) not null default current_timestamp,
  constraint idempotency_key_pkey primary key (author_id, key)
);
create index idempotency_key_created_at_idx on idempotency_key (created_at);

-- ---------------------------------------------------------------------------------------------------
-- The texts that sources had. Revisions name a text by its hash: it is kept once, and can be withheld.
-- ---------------------------------------------------------------------------------------------------

create table source_text (
  sha256 text not null,
  text text not null,
  constraint source_text_pkey primary key (sha256)
);

create function source_keeps_former_text() returns trigger language plpgsql as $$
begin
  if old.text is not null and old.content_sha256 is not null then
    insert into source_text (sha256, text) values (old.content_sha256, old.text) on conflict do nothing;
  end if;
  return null;
end
$$;

create trigger source_keeps_former_text
  after update of text on source
  for each row when (old.text is distinct from new.text)
  execute function source_keeps_former_text();
create trigger source_keeps_text_of_deleted
  after delete on source
  for each row execute function source_keeps_former_text();

-- ---------------------------------------------------------------------------------------------------
-- Revisions.
-- ---------------------------------------------------------------------------------------------------

-- The public id of a record whose type is only known from the row. The text of an enum would not be immutable.
create function record_key(kind record_type, key uuid) returns text language sql immutable strict parallel safe as $$
  select type_id(
    case kind
      when 'ACTOR' then 'actor'
      when 'EVENT' then 'event'
      when 'SOURCE' then 'source'
      when 'PROPOSITION' then 'proposition'
      when 'CLAIM' then 'claim'
    end, key)
$$;

create table revision (
  seq bigserial not null,
  id uuid not null,
  public_id text not null generated always as (type_id('revision', id)) stored,
  record_type record_type not null,
  record_id uuid not null,
  record_key text not null generated always as (record_key(record_type, record_id)) stored,
  version integer not null,
  action revision_action not null,
  recorded_at timestamptz(3) not null default current_timestamp,
  author_id text not null,
  author_name text not null,
  author_role role not null,
  reason text,
  patch jsonb not null,
  inverse jsonb not null,
  rows jsonb,
  public boolean not null,
  concerns uuid[] not null,
  constraint revision_pkey primary key (seq),
  constraint revision_version_counts_from_1 check (version > 0)
);
create unique index revision_id_key on revision (id);
create unique index revision_record_id_version_key on revision (record_id, version);
create index revision_record_id_seq_idx on revision (record_id, seq);

-- The feed of one type, of what readers may see, and of what concerns a record.
create index revision_record_type_seq_idx on revision (record_type, seq);
create index revision_public on revision (seq) where public;
create index revision_concerns on revision using gin (concerns) where concerns is not null;
-- What was deleted, to show it as it was.
create index revision_deletions on revision (recorded_at, record_id) where action = 'DELETED';

-- Numbers follow the order of commits: whoever takes one holds this lock until the transaction ends, so no change is
-- committed later under an earlier number, and a reader who has seen a number has seen all before it. The lock is taken
-- last, when the records themselves are written; nobody who holds it waits for anything else.
create function revision_takes_its_turn() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7204611944);
  return null;
end
$$;
create trigger revision_takes_its_turn
  before insert on revision
  for each statement execute function revision_takes_its_turn();

-- A wake-up and nothing more: who hears it looks what is new, who misses it looks a little later.
create function revision_wakes_listeners() returns trigger language plpgsql as $$
begin
  perform pg_notify('claimgraph_changes', '');
  return null;
end
$$;
create trigger revision_wakes_listeners
  after insert on revision
  for each statement execute function revision_wakes_listeners();

-- A record as it stands, with the parts that it owns, as rows by table. Texts of sources stand in source_text.
create function record_rows(kind record_type, key uuid) returns jsonb language plpgsql stable as $$
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
        'claim_event', (select coalesce(jsonb_agg(to_jsonb(t) order by t.event_id), '[]') from claim_event t where t.claim_id = key),
        'claim_relay', (select coalesce(jsonb_agg(to_jsonb(t) order by t.position, t.actor_id), '[]') from claim_relay t where t.claim_id = key),
        'citation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.position, t.id), '[]') from citation t where t.claim_id = key),
        'claim_relation', (select coalesce(jsonb_agg(to_jsonb(t) order by t.id), '[]') from claim_relation t where t.from_id = key));
  end case;
end
$$;

-- Which claims a link leads to is shown by `relations`, to those who may see both ends. A patch that spoke of a link
-- would give a hidden claim away.
create function readable_patch(patch jsonb) returns jsonb language sql immutable strict parallel safe as $$
  select coalesce(jsonb_agg(
      case when step ->> 'path' = '' and jsonb_typeof(step -> 'value') = 'object'
        then jsonb_set(step, '{value}', (step -> 'value') - 'relations')
        else step
      end order by place), '[]')
    from jsonb_array_elements(patch) with ordinality as steps(step, place)
    where step ->> 'path' not like '/relations%'
$$;

-- ---------------------------------------------------------------------------------------------------
-- Nothing is part of a part of itself. Those who change such a tie take turns, or two of them could close a circle
-- between them without either seeing it.
-- ---------------------------------------------------------------------------------------------------

create function event_is_in_no_circle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7204611945);
  if exists (
    with recursive whole(id) as (
      select new.part_of_id
      union select e.part_of_id from event e join whole on e.id = whole.id where e.part_of_id is not null)
    select from whole where id = new.id)
  then
    raise exception 'event % violates "event_is_in_no_circle"', new.id using errcode = '23514', constraint = 'event_is_in_no_circle';
  end if;
  return null;
end
$$;
create constraint trigger event_is_in_no_circle
  after insert or update of part_of_id on event
  for each row when (new.part_of_id is not null)
  execute function event_is_in_no_circle();

create function source_is_in_no_circle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7204611946);
  if exists (
    with recursive original(id) as (
      select new.syndication_of_id
      union select s.syndication_of_id from source s join original on s.id = original.id
        where s.syndication_of_id is not null)
    select from original where id = new.id)
  then
    raise exception 'source % violates "source_is_in_no_circle"', new.id using errcode = '23514', constraint = 'source_is_in_no_circle';
  end if;
  return null;
end
$$;
create constraint trigger source_is_in_no_circle
  after insert or update of syndication_of_id on source
  for each row when (new.syndication_of_id is not null)
  execute function source_is_in_no_circle();

-- Only ties that have not ended: a part may have become the whole.
create function affiliation_is_in_no_circle() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7204611947);
  if exists (
    with recursive whole(id) as (
      select new.with_actor_id
      union select a.with_actor_id from affiliation a join whole on a.actor_id = whole.id
        where a.role = 'PART_OF' and a.until_edtf is null)
    select from whole where id = new.actor_id)
  then
    raise exception 'actor % violates "affiliation_is_in_no_circle"', new.actor_id
      using errcode = '23514', constraint = 'affiliation_is_in_no_circle';
  end if;
  return null;
end
$$;
create constraint trigger affiliation_is_in_no_circle
  after insert or update of with_actor_id, actor_id, role, until_edtf on affiliation
  for each row when (new.role = 'PART_OF' and new.until_edtf is null)
  execute function affiliation_is_in_no_circle();

-- ---------------------------------------------------------------------------------------------------
-- A link belongs to the claim that makes it. It does not vanish with the other, unless its own history says so.
-- ---------------------------------------------------------------------------------------------------

alter table claim_relation
  drop constraint claim_relation_to_id_fkey,
  add constraint claim_relation_to_id_fkey foreign key (to_id) references claim (id) on delete restrict on update cascade;

-- ---------------------------------------------------------------------------------------------------
-- A figure answers a quantity.
-- ---------------------------------------------------------------------------------------------------

create function claim_figure_answers_a_quantity() returns trigger language plpgsql as $$
begin
  -- Whatever it is, it is locked: it must not become a YES_NO before this claim can be seen.
  if (select kind from proposition where id = new.proposition_id for share) = 'YES_NO' then
    raise exception 'claim % violates "claim_figure_answers_a_quantity"', new.id
      using errcode = '23514', constraint = 'claim_figure_answers_a_quantity';
  end if;
  return null;
end
$$;
create constraint trigger claim_figure_answers_a_quantity
  after insert or update of proposition_id, figure_approximator on claim
  for each row when (new.proposition_id is not null and new.figure_approximator is not null)
  execute function claim_figure_answers_a_quantity();

create function proposition_keeps_its_figures() returns trigger language plpgsql as $$
begin
  if exists (select from claim where proposition_id = new.id and figure_approximator is not null) then
    raise exception 'proposition % violates "proposition_keeps_its_figures"', new.id
      using errcode = '23514', constraint = 'proposition_keeps_its_figures';
  end if;
  return null;
end
$$;
create constraint trigger proposition_keeps_its_figures
  after update of kind on proposition
  for each row when (old.kind = 'QUANTITY' and new.kind = 'YES_NO')
  execute function proposition_keeps_its_figures();
