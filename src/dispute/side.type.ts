import sql, { type Sql } from "sql-template-tag";
import { type Actor, actors } from "../actor/actor.type.js";
import { type Claim, claims } from "../claim/claim.type.js";
import { type Figure, figures } from "../claim/figure.type.js";
import { declare } from "../reading/declare.js";
import type { Row } from "../reading/entity.js";
import { heldIn } from "../reading/ties.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { SideStance } from "./dispute.vocabulary.js";
import type { SideModel } from "./models.js";
import { columns, itsClaim, itsFigure } from "./parts.js";
import { type Position, positions } from "./position.type.js";

/** A side of a timeline, where more is asked of it than what changed. */
const foundAlone = (side: Row): Sql =>
  sql`side_on(${columns(side, ["proposition_id", "day", "reading", "actor_id"])})`;

/** The declaration of sides, for disputes, conflicts and timelines. */
export const sides = declare<SideModel>(undefined, {
  name: "Side",
  description:
    "Where one side stands on a proposition: an actor that is part of nothing, and all that is part of it.",
});

@sides.type
export class Side {
  @sides.one(() => actors, { description: "The side.", ...heldIn<SideModel>("actorId") })
  actor!: Actor;

  @sides.column(() => SideStance, {
    description:
      "The stance of the last deciding claim among its positions. If nobody holds one: SILENT if somebody is, else WITHDRAWN, else NEUTRAL.",
  })
  stance!: SideStance;

  @sides.one(() => figures, {
    nullable: true,
    description:
      "The last number held by an actor with that stance; of a side that rejects, the one it rejects.",
    ...itsFigure,
  })
  figure!: Figure | null;

  @sides.fuzzyDate({
    description: "The date of the first claim from which the side has held its stance without a break.",
  })
  since!: FuzzyDate | null;

  @sides.column(() => Boolean, {
    description: "Whether two of its actors oppose each other, and both are still of this side.",
    expression: (side) => sql`coalesce(${side.column("divided")}, (${foundAlone(side)}).divided)`,
  })
  divided!: boolean;

  @sides.one(() => claims, {
    description: "The last claim that put its stance there.",
    ...itsClaim<SideModel>("decidingId"),
  })
  decidingClaim!: Claim;

  @sides.list(() => positions, {
    description: "The positions of its actors, the one that decided last first.",
    rows: (side) =>
      sql`select p.* from unnest(coalesce(${side.column("positions")}, (${foundAlone(side)}).positions)) p`,
    order: (_side, position) => sql`${position.column("deciding_n")} desc, ${position.column("actor_id")}`,
  })
  positions!: Position[];
}
