import sql from "sql-template-tag";
import { decodeIdOf } from "../graphql/id.js";
import { UserErrorCode } from "../graphql/user-error.js";
import { contextOf, locateQuote, QuoteError, type QuoteSelector, reanchor } from "../values/quote.js";
import { ask } from "../writing/ask.js";
import { type Change, type Draft, type Path, placeIn } from "../writing/change.js";

/** A citation as the claim's document has it. */
interface Citation {
  readonly id: string;
  readonly source?: string;
  readonly quote: (QuoteSelector & { readonly start: number | null; readonly end: number | null }) | null;
  readonly anchor?: string;
}

/**
 * Finds the quotes of claims in the texts of their sources. One that a person gives must be found, in one place; one
 * that had a place, and whose text was replaced since, finds it again or is marked as ORPHANED.
 */
export async function locateQuotes(change: Change, drafts: readonly Draft[]): Promise<void> {
  const texts = await textsOf(change, drafts);
  for (const draft of drafts) {
    const former = new Map(citationsOf(draft.before).map((citation) => [citation.id, citation]));
    const citations = citationsOf(draft.after).map((citation, at) => {
      const text = citation.source === undefined ? undefined : (texts.get(citation.source) ?? null);
      if (text === undefined) return citation;
      const placed = draft.action === "RESTORED" || samePlace(citation, former.get(citation.id));
      return placed
        ? placedAgain(citation, text)
        : placedFirst(change, citation, text, placeIn(draft, ["citations", at, "quote"]));
    });
    draft.after = { ...draft.after, citations };
  }
}

const citationsOf = (document: Draft["after"]): Citation[] => (document?.citations ?? []) as Citation[];

const samePlace = (citation: Citation, former: Citation | undefined): boolean =>
  citation.source === former?.source && JSON.stringify(citation.quote) === JSON.stringify(former?.quote);

/** The texts of the sources that are cited, by id; null where none is stored. */
async function textsOf(change: Change, drafts: readonly Draft[]): Promise<Map<string, string | null>> {
  const ids = new Set(
    drafts.flatMap(({ after }) => citationsOf(after).flatMap(({ source }) => source ?? [])),
  );
  const keys = new Map([...ids].map((id) => [decodeIdOf("source", id), id]));
  const rows = await ask<{ id: string; text: string | null }>(
    change.tx,
    sql`select id::text, text from source where id = any(${[...keys.keys()]}::uuid[])`,
  );
  const texts = new Map(rows.map(({ id, text }) => [keys.get(id) as string, text]));
  for (const [key, id] of keys) {
    const content = change.draft(key)?.after?.text;
    if (content !== undefined) texts.set(id, content as string | null);
  }
  return texts;
}

const UNPLACED = { start: null, end: null };

/** A quote that a person gives. */
function placedFirst(change: Change, citation: Citation, text: string | null, path: Path): Citation {
  const { quote } = citation;
  if (text === null) return { ...citation, quote: quote && { ...quote, ...UNPLACED }, anchor: "UNCHECKED" };
  if (!quote) {
    change.problem(UserErrorCode.INVALID, "The source has a text: quote the words of it that say so.", path);
    return citation;
  }
  try {
    const { anchor, exact, start, end } = locateQuote(text, quote);
    return { ...citation, quote: { exact, ...contextOf(text, { start, end }), start, end }, anchor };
  } catch (error) {
    if (!(error instanceof QuoteError)) throw error;
    const code = error.code === "AMBIGUOUS" ? UserErrorCode.QUOTE_AMBIGUOUS : UserErrorCode.QUOTE_NOT_FOUND;
    change.problem(code, `${error.message}.`, path);
    return citation;
  }
}

/** A quote that was recorded before. */
function placedAgain(citation: Citation, text: string | null): Citation {
  const { quote } = citation;
  if (!quote) return citation;
  if (text === null) return { ...citation, quote: { ...quote, ...UNPLACED }, anchor: "UNCHECKED" };
  const { start, end } = quote;
  if (start !== null && end !== null && text.slice(start, end) === quote.exact) return citation;
  const found = reanchor(text, quote);
  return found
    ? {
        ...citation,
        quote: {
          exact: found.exact,
          prefix: found.prefix,
          suffix: found.suffix,
          start: found.start,
          end: found.end,
        },
        anchor: found.anchor,
      }
    : { ...citation, quote: { ...quote, ...UNPLACED }, anchor: "ORPHANED" };
}
