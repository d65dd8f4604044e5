import { Float } from "type-graphql";
import type * as models from "../generated/prisma/models.js";
import { declare } from "../reading/declare.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { Approximator } from "./claim.vocabulary.js";

/** The declaration of figures, for claims. */
export const figures = declare<models.ClaimModel>("claim", {
  name: "Figure",
  description:
    "A number as it was given, with its vagueness. For comparison it spans [low, high], or [best, best].",
});

@figures.type
export class Figure {
  @figures.column(() => Float, {
    nullable: true,
    description: "The lower end of a range.",
    from: "figureLow",
    filter: true,
  })
  low!: number | null;

  @figures.column(() => Float, {
    nullable: true,
    description: "The one number given, or the best.",
    from: "figureBest",
    filter: true,
  })
  best!: number | null;

  @figures.column(() => Float, {
    nullable: true,
    description: "The upper end of a range.",
    from: "figureHigh",
    filter: true,
  })
  high!: number | null;

  @figures.column(() => Approximator, {
    description: "How the number is meant.",
    from: "figureApproximator",
    filter: true,
  })
  approximator!: Approximator;

  @figures.column(() => Boolean, {
    description: "An increment (“an additional 3,000”), which is never compared with totals.",
    from: "figureAdditional",
    filter: true,
  })
  additional!: boolean;

  @figures.fuzzyDate({
    description: "The date of which the number is true.",
    from: "figureAsOf",
    filter: true,
  })
  asOf!: FuzzyDate | null;

  @figures.column(() => String, {
    nullable: true,
    description: "The words in which it was given.",
    from: "figureText",
  })
  text!: string | null;
}
