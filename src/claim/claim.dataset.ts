import { z } from "zod";
import { fields } from "../values/fields.js";
import { locateQuote, QuoteError, type QuoteSelector } from "../values/quote.js";
import { figureOfProposition, text } from "../values/rules.js";
import type { Entry, EntryFormat, FindEntry } from "../writing/entry.js";

/** How claims stand in data sets. */
export const claimEntries: EntryFormat = {
  fields: {
    language: { ofSet: true },
    citations: {
      least: "cite at least one source",
      fields: {
        /** Just the words, or the words with what stands directly around them. */
        quote: {
          rule: z
            .union(
              [
                text.transform((exact) => ({ exact, prefix: undefined, suffix: undefined })),
                fields({ exact: text, prefix: text.optional(), suffix: text.optional() }),
              ],
              { error: "write the quoted words, or the keys exact, prefix and suffix" },
            )
            .optional(),
        },
      },
    },
  },
  check,
};

interface ClaimEntry {
  readonly proposition?: string;
  readonly figure?: unknown;
  readonly citations?: readonly { readonly source: string; readonly quote?: QuoteSelector }[];
}

function check({ value, problem }: Entry, find: FindEntry): void {
  const { proposition, figure, citations = [] } = value as ClaimEntry;
  const asked = find("PROPOSITION", proposition)?.value.kind as string | undefined;
  const misfit = figure === undefined ? undefined : figureOfProposition(asked);
  if (misfit) problem(["figure"], misfit);
  for (const [at, { source, quote }] of citations.entries()) {
    const wrong = wrongQuote(find("SOURCE", source)?.texts.get("text"), quote);
    if (wrong !== undefined) problem(["citations", at, "quote"], wrong);
  }
}

/** What is wrong with a quote from a source; nothing can be held against one without stored text. */
function wrongQuote(text: string | undefined, quote: QuoteSelector | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!quote) return "quote words of the source's text";
  try {
    locateQuote(text, quote);
    return undefined;
  } catch (error) {
    if (error instanceof QuoteError) return error.message;
    throw error;
  }
}
