import { queries } from "../reading/queries.js";
import { actors } from "./actor.type.js";

/** Reads actors. */
export const ActorResolver = queries(actors, {
  one: ["actor", "One actor by its id or its slug, exactly one of the two; null when there is none."],
  many: ["actors", "All actors that you may see, page by page."],
});
