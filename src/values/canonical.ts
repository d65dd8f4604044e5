import { z } from "zod";

/** A text in the form in which it is kept, or why it is not kept: what to write instead. */
export type Canonical = { readonly value: string } | { readonly problem: string };

/** The rule of a text that has a canonical form: it refuses a text with a problem, and its output is that form. */
export const canonical = (formOf: (text: string) => Canonical, error: string) =>
  z.string({ error }).transform((text, context) => {
    const form = formOf(text);
    if ("value" in form) return form.value;
    context.addIssue({ code: "custom", message: form.problem });
    return z.NEVER;
  });

/** How a text is searched for: from the start of a value, or anywhere in it. */
export type Search = "startsWith" | "contains";

/** The form in which values are kept that can be written in several. Filters take any of them. */
export interface Form {
  /** The form of a whole value. */
  readonly whole: (text: string) => Canonical;
  /** What else to search kept values for where this part of one is given; unless told, the form of a part that is a whole. */
  readonly parts?: (part: string, search: Search) => readonly string[];
}
