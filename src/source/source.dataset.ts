import type { EntryFormat } from "../writing/entry.js";

/** How sources stand in data sets: their texts are files of their own. */
export const sourceEntries: EntryFormat = { fields: { text: { as: "textFile", file: true } } };
