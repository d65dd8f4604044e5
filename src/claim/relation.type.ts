import sql from "sql-template-tag";
import { ID } from "type-graphql";
import type * as models from "../generated/prisma/models.js";
import { seesEverything } from "../graphql/viewer.js";
import { declare } from "../reading/declare.js";
import { heldIn, ownId } from "../reading/ties.js";
import { visible } from "../reading/visible.js";
import { type Claim, claims } from "./claim.type.js";
import { ClaimRelationType, RelationBasis } from "./claim.vocabulary.js";

/** The declaration of links between claims, for claims. */
export const relations = declare<models.ClaimRelationModel>("claim_relation", {
  name: "ClaimRelation",
  description: "What one claim does to another: `from` DENIES `to`.",
  // A link would give away that a hidden claim exists, and what it is about.
  visible: (relation, viewer) => {
    if (seesEverything(viewer)) return undefined;
    // Of "is not null" the planner expects that it mostly holds, and so it does.
    const shown = (key: string) =>
      sql`(select claim.id from claim where claim.id = ${relation.column(key)} and ${visible(claims, "claim", viewer)}) is not null`;
    return sql`(${shown("from_id")} and ${shown("to_id")})`;
  },
});

@relations.type
export class ClaimRelation {
  @relations.column(() => ID, {
    description: "The id by which mutations name it.",
    expression: ownId("relation"),
  })
  id!: string;

  @relations.column(() => ClaimRelationType, {
    description: "What `from` does to `to`.",
    filter: true,
  })
  type!: ClaimRelationType;

  @relations.column(() => RelationBasis, { description: "Who drew the link." })
  basis!: RelationBasis;

  @relations.column(() => String, { nullable: true, description: "Why, in words." })
  note!: string | null;

  @relations.one(() => claims, {
    description: "The claim that speaks.",
    ...heldIn<models.ClaimRelationModel>("fromId"),
    filter: true,
  })
  from!: Claim;

  @relations.one(() => claims, {
    description: "The claim that is spoken of.",
    ...heldIn<models.ClaimRelationModel>("toId"),
    filter: true,
  })
  to!: Claim;
}
