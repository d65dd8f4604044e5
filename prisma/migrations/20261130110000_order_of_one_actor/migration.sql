-- Whether no other counted claim of the actor, which would put another stance or figure there, is undated or overlaps the
-- date of the deciding one (2). It reads the claims of this one actor: a dispute asks it for each of its positions.
create or replace function order_is_certain(
    about uuid, on_day date, as_read date_reading, of_actor uuid, of_side uuid, held side_stance, deciding uuid, figure uuid)
  returns boolean language plpgsql stable
  set plan_cache_mode = force_generic_plan as $$
begin
  return not exists (
    select from counted_claims(about, on_day, as_read) c
    join claim d on d.id = deciding
    left join claim f on f.id = figure
    cross join lateral (select c.figure_approximator is not null as has_figure,
      (c.figure_low, c.figure_best, c.figure_high, c.figure_approximator, c.figure_as_of_edtf)
        is distinct from (f.figure_low, f.figure_best, f.figure_high, f.figure_approximator, f.figure_as_of_edtf) as other) figures
    where c.asserted_by_id = of_actor and c.side_id = of_side and c.id <> deciding
      and case
        when c.act = 'RETRACT' or (c.stance = 'NEUTRAL' and not has_figure and exists (
            select from claim_relation r join claim t on t.id = r.to_id
            where r.from_id = c.id and (r.type = 'RETRACTS' and t.asserted_by_id = of_actor
              or r.type = 'SUPERSEDES' and t.id = deciding)))
          then held <> 'WITHDRAWN'
        when c.figure_additional then false
        when c.stance = 'AFFIRMS' then held <> 'AFFIRMS' or (has_figure and other)
        when c.stance = 'REJECTS' then held <> 'REJECTS' or other
        when c.act in ('NO_STATEMENT', 'DECLINE_COMMENT') then held in ('WITHDRAWN', 'NEUTRAL')
        when has_figure and c.act <> 'DENY' then held <> 'AFFIRMS' or other
        else false
      end
      and case
        when c.asserted_at_edtf is null then true
        when d.asserted_at_edtf is null then false
        when instant_of(c.asserted_at_edtf, c.asserted_at_earliest) is not null
          and instant_of(d.asserted_at_edtf, d.asserted_at_earliest) is not null then false
        else day_of(c.asserted_at_earliest) <= day_of(d.asserted_at_latest)
          and day_of(d.asserted_at_earliest) <= day_of(c.asserted_at_latest)
      end);
end
$$;
