-- What the other contenders are given beside the tables; Claimgraph and the limit use none of it.

-- Their orders are written "nulls last", which no index of the migrations gives: each order asked for here gets
-- one that does, so that nobody sorts.
create index peers_claim_asserted on claim
  (asserted_at_earliest desc nulls last, asserted_at_latest desc nulls last, id desc nulls last);
create index peers_claim_by_actor_asserted on claim
  (asserted_by_id, asserted_at_earliest desc nulls last, asserted_at_latest desc nulls last, id desc nulls last);
create index peers_claim_event_asserted on claim_event
  (event_id, asserted_at_earliest desc nulls last, asserted_at_latest desc nulls last, claim_id desc nulls last);
create index peers_event_occurred on event
  (occurred_earliest desc nulls last, occurred_latest desc nulls last, id desc nulls last);
create index peers_affiliation_from on affiliation (actor_id, from_earliest, from_latest);

-- PostGraphile shows a schema as it is. What the questions ask beyond plain tables is given to it the way its
-- manual advises: a function, which PostgreSQL inlines, and a row policy that hides what is not published. Its
-- conditions for the filtered questions stand in its server's own file.
create schema peers;
create function peers.actor_parent(actor public.actor) returns public.actor stable language sql as $$
  select whole.* from public.actor whole where whole.id = (
    select a.with_actor_id from public.affiliation a
    where a.actor_id = actor.id and a.role = 'PART_OF'
      and coalesce(a.from_earliest <= now(), true) and coalesce(a.until_latest >= now(), true)
    order by a.from_latest desc nulls last, a.id limit 1) $$;
create function peers.source_claims(source public.source) returns setof public.claim stable language sql as $$
  select claim.* from public.claim
  where claim.id in (select claim_id from public.citation where source_id = source.id)
  order by asserted_at_earliest desc nulls last, asserted_at_latest desc nulls last, id desc $$;

do $$ begin
  create role claimgraph_bench_reader;
exception when duplicate_object then null;
end $$;
grant usage on schema public, peers to claimgraph_bench_reader;
grant select on all tables in schema public to claimgraph_bench_reader;
alter table claim enable row level security;
create policy readers_see_what_was_published on claim for select to claimgraph_bench_reader
  using (status in ('PUBLISHED', 'RETRACTED'));
