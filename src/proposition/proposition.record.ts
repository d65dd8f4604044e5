import { comparableDays, line, propositionProblem, slug, yesOrNo } from "../values/rules.js";
import { column, record } from "../writing/record.js";
import { propositions } from "./proposition.type.js";

/** How propositions are written. */
export const propositionRecord = record(
  "PROPOSITION",
  propositions,
  {
    slug: column(slug),
    text: column(line),
    kind: column(),
    measure: column(),
    unit: column(),
    population: column(),
    basis: column(),
    accumulates: column(yesOrNo, { default: false }),
    comparableDays: column(comparableDays, { default: 30 }),
  },
  { problem: propositionProblem, problemAt: "kind" },
);
