import { queries } from "../reading/queries.js";
import { sources } from "./source.type.js";

/** Reads sources. */
export const SourceResolver = queries(sources, {
  one: ["source", "One source by its id or its slug, exactly one of the two; null when there is none."],
  many: ["sources", "All sources that you may see, page by page."],
});
