import { canonicalLine } from "../values/name.js";
import { tags } from "../values/rules.js";
import { column } from "../writing/record.js";

/** How the tags of any record are read. */
export const TAGS = {
  description: "Free keywords, in the order in which they were given.",
  form: { whole: canonicalLine },
  filter: true,
} as const;

/** How they are written. */
export const tagList = () => column(tags, { default: [] });
