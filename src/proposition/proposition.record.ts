import { externalIdParts } from "../identity/external-id.js";
import { tagList } from "../identity/tags.js";
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
    unit: column(line),
    population: column(line),
    basis: column(line),
    accumulates: column(yesOrNo, { default: false }),
    comparableDays: column(comparableDays, { default: 30 }),
    externalIds: externalIdParts("propositionId"),
    tags: tagList(),
  },
  { problem: propositionProblem, problemAt: "kind" },
);
