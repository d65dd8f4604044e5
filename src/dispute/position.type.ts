import sql from "sql-template-tag";
import { type Actor, actors } from "../actor/actor.type.js";
import { type Claim, claims } from "../claim/claim.type.js";
import { type Figure, figures } from "../claim/figure.type.js";
import { declare } from "../reading/declare.js";
import { heldIn } from "../reading/ties.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { SideStance } from "./dispute.vocabulary.js";
import type { ChangeModel, PositionModel } from "./models.js";
import { columns, itsClaim, itsFigure } from "./parts.js";

const changes = declare<ChangeModel>(undefined, {
  name: "PositionChange",
  description: "A claim by which an actor changed its stance.",
});

@changes.type
export class PositionChange {
  @changes.column(() => SideStance, { description: "The stance from then on." })
  stance!: SideStance;

  @changes.one(() => claims, {
    description: "The claim: one of the actor, or of another one of its side that supersedes what it said.",
    ...itsClaim<ChangeModel>("claimId"),
  })
  claim!: Claim;

  @changes.fuzzyDate({ description: "When that was asserted; null when unknown." })
  on!: FuzzyDate | null;
}

const CERTAIN = [
  "proposition_id",
  "day",
  "reading",
  "actor_id",
  "side_id",
  "stance",
  "deciding_id",
  "figure_id",
];

/** The declaration of positions, for sides. */
export const positions = declare<PositionModel>(undefined, {
  name: "Position",
  description: "Where one actor stands on a proposition, by what it asserted while it was on one side.",
});

@positions.type
export class Position {
  @positions.one(() => actors, { description: "Who stands there.", ...heldIn<PositionModel>("actorId") })
  actor!: Actor;

  @positions.one(() => actors, {
    description: "The side that it was on when it asserted its claims.",
    ...heldIn<PositionModel>("sideId"),
  })
  side!: Actor;

  @positions.column(() => SideStance, { description: "The stance." })
  stance!: SideStance;

  @positions.one(() => figures, {
    nullable: true,
    description: "The number that it gives, or the one that it rejects, if any.",
    ...itsFigure,
  })
  figure!: Figure | null;

  @positions.fuzzyDate({
    description: "The date of the first claim from which the stance has been held without a break.",
  })
  since!: FuzzyDate | null;

  @positions.column(() => Boolean, {
    description:
      "Whether the order of its claims is sure. It is not when another one, which would put another stance or figure there, has no date, or one that overlaps the date of the deciding claim.",
    expression: (position) => sql`order_is_certain(${columns(position, CERTAIN)})`,
  })
  orderCertain!: boolean;

  @positions.one(() => claims, {
    description: "The last claim that put the stance or figure there.",
    ...itsClaim<PositionModel>("decidingId"),
  })
  decidingClaim!: Claim;

  @positions.list(() => changes, {
    description: "Every change of its stance, the first one first.",
    rows: (position) =>
      sql`select h.n, h.stance, h.claim_id, c.asserted_at_edtf as on_edtf, c.asserted_at_earliest as on_earliest, c.asserted_at_latest as on_latest
        from unnest(${position.column("history")}) with ordinality h (stance, claim_id, n) join claim c on c.id = h.claim_id`,
    order: (_position, change) => change.column("n"),
  })
  history!: PositionChange[];

  @positions.list(() => claims, {
    description: "Its claims that give increments, which hold no figure.",
    on: (position, claim) => sql`${claim.column("id")} = any(${position.column("increments")})`,
    order: (position, claim) => sql`array_position(${position.column("increments")}, ${claim.column("id")})`,
  })
  increments!: Claim[];
}
