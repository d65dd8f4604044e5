import { queries } from "../reading/queries.js";
import { propositions } from "./proposition.type.js";

/** Reads propositions. */
export const PropositionResolver = queries(propositions, {
  one: [
    "proposition",
    "One proposition by its id or its slug, exactly one of the two; null when there is none.",
  ],
  many: ["propositions", "All propositions that you may see, page by page."],
});
