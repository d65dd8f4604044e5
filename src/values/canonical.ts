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
