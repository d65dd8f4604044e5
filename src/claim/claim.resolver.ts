import { queries } from "../reading/queries.js";
import { claims } from "./claim.type.js";

/** Reads claims. */
export const ClaimResolver = queries(claims, {
  one: ["claim", "One claim by its id; null when there is none that you may see."],
  many: ["claims", "All claims that you may see, page by page."],
});
