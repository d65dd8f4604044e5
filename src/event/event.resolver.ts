import { queries } from "../reading/queries.js";
import { events } from "./event.type.js";

/** Reads events. */
export const EventResolver = queries(events, {
  one: ["event", "One event by its id or its slug, exactly one of the two; null when there is none."],
  many: ["events", "All events that you may see, page by page."],
});
