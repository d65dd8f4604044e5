import { Float } from "type-graphql";
import { type Actor, actors } from "../actor/actor.type.js";
import { type Claim, claims } from "../claim/claim.type.js";
import { Approximator } from "../claim/claim.vocabulary.js";
import { declare } from "../reading/declare.js";
import { heldIn } from "../reading/ties.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import type { FigurePointModel } from "./models.js";

/** The declaration of the points of a chart of figures, for propositions. */
export const figurePoints = declare<FigurePointModel>(undefined, {
  name: "FigurePoint",
  description: "A figure of a claim that counts, as a point of a chart.",
  list: { defaultOrder: ["ON", "ASC"] },
});

@figurePoints.type
export class FigurePoint {
  @figurePoints.one(() => claims, {
    description: "The claim that gives it.",
    ...heldIn<FigurePointModel>("id"),
    seen: true,
  })
  claim!: Claim;

  @figurePoints.one(() => actors, {
    description: "Who gives it.",
    ...heldIn<FigurePointModel>("actorId"),
    filter: true,
  })
  actor!: Actor;

  @figurePoints.one(() => actors, {
    description: "For which side.",
    ...heldIn<FigurePointModel>("sideId"),
    filter: true,
  })
  side!: Actor;

  @figurePoints.fuzzyDate({
    description: "When the claim was asserted; null when unknown.",
    filter: true,
    order: { field: "ON", meaning: "By the earliest, then the latest reading of `on`." },
  })
  on!: FuzzyDate | null;

  @figurePoints.fuzzyDate({
    description: "The date of which the number is true.",
    filter: true,
    order: { field: "AS_OF", meaning: "By the earliest, then the latest reading of `asOf`." },
  })
  asOf!: FuzzyDate | null;

  @figurePoints.column(() => Float, {
    nullable: true,
    description: "The lower end of a range.",
    filter: true,
  })
  low!: number | null;

  @figurePoints.column(() => Float, {
    nullable: true,
    description: "The one number given, or the best.",
    filter: true,
  })
  best!: number | null;

  @figurePoints.column(() => Float, {
    nullable: true,
    description: "The upper end of a range.",
    filter: true,
  })
  high!: number | null;

  @figurePoints.column(() => Approximator, { description: "How the number is meant.", filter: true })
  approximator!: Approximator;

  @figurePoints.column(() => Boolean, {
    description: "An increment, which is never compared with totals: draw it apart.",
    filter: true,
  })
  additional!: boolean;

  @figurePoints.column(() => Boolean, {
    description: "Whether it is the figure that its actor gives, or rejects, now.",
    filter: true,
  })
  current!: boolean;
}
