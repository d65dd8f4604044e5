import sql from "sql-template-tag";
import { decodeIdOf, encodeId } from "../graphql/id.js";
import { UserErrorCode } from "../graphql/user-error.js";
import { charactersProblem, withoutByteOrderMark } from "../values/name.js";
import { contextOf, locateQuote, QuoteError, type QuoteSelector, reanchor } from "../values/quote.js";
import { anyText } from "../values/rules.js";
import { shown } from "../values/shown.js";
import { ask } from "../writing/ask.js";
import { type Change, type Draft, type Path, placeIn } from "../writing/change.js";

/** A citation as the claim's document has it. */
interface Citation {
  readonly id: string;
  readonly source?: string | null;
  readonly quote: Quote | null;
  readonly anchor?: string;
}

type Quote = QuoteSelector & { readonly start: number | null; readonly end: number | null };

/**
 * Finds the quotes of claims in the texts of their sources. One that a person gives must be found, in one place; one
 * that had a place, and whose text was replaced since, finds it again or is marked as ORPHANED.
 */
export async function locateQuotes(change: Change, drafts: readonly Draft[]): Promise<void> {
  const unplaced = drafts.flatMap((draft) => unplacedOf(change, draft));
  const texts = await textsOf(change, unplaced);
  const lost: Pick<Unplaced, "draft" | "citation">[] = [];
  for (const { draft, citation, former, at } of unplaced) {
    const path = placeIn(draft, ["citations", at, "quote"]);
    const placed = place(change, { draft, citation, former }, texts.get(citation.source ?? ""), path);
    if (placed.anchor === "ORPHANED" && former?.anchor !== "ORPHANED") lost.push({ draft, citation });
    draft.after = { ...draft.after, citations: citationsOf(draft.after).with(at, placed) };
  }
  if (!change.consented) refuseToOrphan(change, lost);
}

/** What readers see keeps the words that it quotes, unless somebody says that it may lose them. */
function refuseToOrphan(change: Change, lost: readonly Pick<Unplaced, "draft" | "citation">[]): void {
  const published = lost.filter(({ draft }) => draft.before?.status === "PUBLISHED");
  for (const source of new Set(published.map(({ citation }) => citation.source as string))) {
    const draft = change.draft(keyOf(source));
    if (!draft) continue;
    const quoting = published.filter(({ citation }) => citation.source === source);
    const references = [...new Set(quoting.map(({ draft }) => encodeId("claim", draft.id)))];
    const words = shown(quoting[0]?.citation.quote?.exact);
    const message = `The new text does not have ${words}, which a published claim quotes${quoting.length > 1 ? `, nor other words of ${references.length === 1 ? "it" : `${references.length} claims in all`}` : ""}. Record it as a source of its own with \`laterVersionOf\`, or say \`orphanQuotes: true\` to updateSource.`;
    change.problem(UserErrorCode.IN_USE, message, placeIn(draft, ["text"]), {
      references: references.slice(0, 100),
    });
  }
}

const citationsOf = (document: Draft["after"]): Citation[] => (document?.citations ?? []) as Citation[];

/** A citation of a claim, at a place among the others, and what it was before. */
interface Unplaced {
  readonly draft: Draft;
  readonly citation: Citation;
  readonly former?: Citation;
  readonly at: number;
}

/** The citations of a claim that are new or were changed, or whose text was. */
function unplacedOf(change: Change, draft: Draft): Unplaced[] {
  const formerly = new Map(citationsOf(draft.before).map((citation) => [citation.id, citation]));
  return citationsOf(draft.after).flatMap((citation, at) => {
    const former = formerly.get(citation.id);
    const same = former && citation.source === former.source && sameQuote(citation, former);
    return same && newTextOf(change, citation) === undefined ? [] : { draft, citation, former, at };
  });
}

const sameQuote = (one: Citation, other: Citation): boolean =>
  JSON.stringify(one.quote) === JSON.stringify(other.quote);

/** The text that this change gives a citation's source; undefined when it gives none. */
function newTextOf(change: Change, { source }: Citation): string | null | undefined {
  if (source == null) return undefined;
  const draft = change.draft(keyOf(source));
  const content = draft?.after?.text as string | null | undefined;
  return draft?.before === null ? (content ?? null) : content;
}

const keyOf = (source: string): string => decodeIdOf("source", source);

/** The texts of the sources that are cited, by id; null where none is stored. */
async function textsOf(
  change: Change,
  unplaced: readonly Unplaced[],
): Promise<ReadonlyMap<string, string | null>> {
  const texts = new Map<string, string | null>();
  const stored = new Map<string, string>();
  for (const { citation } of unplaced) {
    const content = newTextOf(change, citation);
    if (content !== undefined) texts.set(citation.source as string, content);
    else if (citation.source != null) stored.set(keyOf(citation.source), citation.source);
  }
  if (stored.size === 0) return texts;
  // Shared locks: a text must not be replaced before the claims that quote it are there to be seen.
  const rows = await ask<{ id: string; text: string | null }>(
    change.tx,
    sql`select id::text, text from source where id = any(${[...stored.keys()]}::uuid[]) order by id for share`,
  );
  for (const { id, text } of rows) texts.set(stored.get(id) as string, text);
  return texts;
}

function place(
  change: Change,
  { draft, citation, former }: Omit<Unplaced, "at">,
  text: string | null | undefined,
  path: Path,
): Citation {
  // There is no such source, which is said elsewhere.
  if (text === undefined) return { ...citation, anchor: "UNCHECKED" };
  if (
    draft.action === "RESTORED" ||
    (former && former.source === citation.source && sameQuote(citation, former))
  )
    return placedAgain(citation, text);
  // What stood around the words in one source says nothing of another.
  const kept = former && citation.quote && sameQuote(citation, former);
  const quote = kept ? { ...citation.quote, prefix: null, suffix: null } : citation.quote;
  return placedFirst(change, { ...citation, quote: quote && trimmed(quote as Quote) }, text, path);
}

/** A quote in the form in which its rules keep it. */
const trimmed = (quote: Quote): Quote => ({
  ...quote,
  ...Object.fromEntries(wordsOf(quote).map(([part, words]) => [part, withoutByteOrderMark(words)])),
});

const PARTS = ["exact", "prefix", "suffix"] as const;

/** The parts of a quote that are given. Whether each is a text is for its rules to say. */
const wordsOf = (quote: Quote): [part: string, words: string][] =>
  PARTS.flatMap((part) => (typeof quote[part] === "string" ? [[part, quote[part]]] : []));

const UNPLACED = { start: null, end: null };

/** A quote that a person gives. */
function placedFirst(change: Change, citation: Citation, text: string | null, path: Path): Citation {
  const { quote } = citation;
  if (text === null) {
    for (const [part, words] of quote ? wordsOf(quote) : []) {
      // What no database stores is refused by the rules of all texts.
      const problem = anyText.safeParse(words).success && charactersProblem(words);
      if (problem) change.problem(UserErrorCode.INVALID, `${shown(words)}: ${problem}.`, [...path, part]);
    }
    return { ...citation, quote: quote && { ...quote, ...UNPLACED }, anchor: "UNCHECKED" };
  }
  if (!quote) {
    change.problem(UserErrorCode.INVALID, "The source has a text: quote the words of it that say so.", path);
    return { ...citation, anchor: "UNCHECKED" };
  }
  try {
    const { anchor, exact, start, end } = locateQuote(text, quote);
    return { ...citation, quote: { exact, ...contextOf(text, { start, end }), start, end }, anchor };
  } catch (error) {
    if (!(error instanceof QuoteError)) throw error;
    const code = error.code === "AMBIGUOUS" ? UserErrorCode.QUOTE_AMBIGUOUS : UserErrorCode.QUOTE_NOT_FOUND;
    change.problem(code, `${error.message}.`, path);
    return { ...citation, anchor: "UNCHECKED" };
  }
}

/** A quote that was recorded before. */
function placedAgain(citation: Citation, text: string | null): Citation {
  const { quote } = citation;
  if (!quote) return citation;
  if (text === null) return { ...citation, quote: { ...quote, ...UNPLACED }, anchor: "UNCHECKED" };
  if (isThere(text, quote)) return citation;
  const found = reanchor(text, quote);
  if (!found) return { ...citation, quote: { ...quote, ...UNPLACED }, anchor: "ORPHANED" };
  const { exact, prefix, suffix, start, end } = found;
  const anchor = citation.anchor === "FUZZY" ? "FUZZY" : found.anchor;
  return { ...citation, quote: { exact, prefix, suffix, start, end }, anchor };
}

/** Whether a quote stands where it was, and among the same words. */
function isThere(text: string, { exact, prefix, suffix, start, end }: Quote): boolean {
  if (start === null || end === null || text.slice(start, end) !== exact) return false;
  const around = contextOf(text, { start, end });
  return around.prefix === prefix && around.suffix === suffix;
}
