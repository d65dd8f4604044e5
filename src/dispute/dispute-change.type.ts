import sql from "sql-template-tag";
import { type Claim, claims } from "../claim/claim.type.js";
import { CalendarDate } from "../graphql/scalars.js";
import { declare } from "../reading/declare.js";
import { DisputeStatus } from "./dispute.vocabulary.js";
import type { DisputeChangeModel } from "./models.js";
import { type Side, sides } from "./side.type.js";

/** How many entries of a timeline are given at most. */
export const MOST_CHANGES = 1_000;

/** The declaration of the entries of timelines, for propositions. */
export const disputeChanges = declare<DisputeChangeModel>(undefined, {
  name: "DisputeChange",
  description: "A day on which a dispute changed: its status, or the stance of a side.",
});

@disputeChanges.type
export class DisputeChange {
  @disputeChanges.column(() => CalendarDate, {
    nullable: true,
    description:
      "The day; null for what has been so on every day, because the claims have no date or an open start.",
    from: "day",
  })
  on!: string | null;

  @disputeChanges.column(() => DisputeStatus, { description: "The status on that day." })
  status!: DisputeStatus;

  @disputeChanges.list(() => sides, {
    description: "The sides whose stance changed, as they are on that day.",
    rows: (change) => sql`select s.* from unnest(${change.column("sides")}) s`,
    order: (_change, side) => sql`${side.column("since_n")}, ${side.column("actor_id")}`,
  })
  sides!: Side[];

  @disputeChanges.list(() => claims, {
    description:
      "The claims that came on that day and count, retract another one, or were retracted by an editor since.",
    on: (change, claim) => sql`${claim.column("id")} = any(${change.column("claims")})`,
    order: (change, claim) => sql`array_position(${change.column("claims")}, ${claim.column("id")})`,
  })
  claims!: Claim[];
}
