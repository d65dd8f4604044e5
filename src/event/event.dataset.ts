import { text } from "../values/rules.js";
import type { EntryFormat } from "../writing/entry.js";

/** How events stand in data sets: whoever gives a place there gives its name. */
export const eventEntries: EntryFormat = { fields: { place: { fields: { name: { rule: text } } } } };
