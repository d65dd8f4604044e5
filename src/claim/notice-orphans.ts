import { decodeIdOf, encodeId } from "../graphql/id.js";
import { UserWarningCode } from "../graphql/user-warning.js";
import { shown } from "../values/shown.js";
import { type Change, type Draft, type Path, placeIn } from "../writing/change.js";
import type { Document } from "../writing/record.js";

/** What counts of a citation here. */
interface Cited {
  readonly id: string;
  readonly source: string;
  readonly quote: { readonly exact: string } | null;
  readonly anchor: string;
}

const citedBy = (document: Document | null) => (document?.citations ?? []) as readonly Cited[];

/** Warns of quotes that are not in their sources: when the text loses them, and when their claim is published. */
export function noticeOrphans(change: Change, draft: Draft): void {
  const { before, after, id } = draft;
  const former = new Map(citedBy(before).map((citation) => [citation.id, citation.anchor]));
  const published = after?.status === "PUBLISHED" && before?.status !== "PUBLISHED";
  const claim = encodeId("claim", id);
  for (const { id, source, quote, anchor } of citedBy(after)) {
    const lost = former.get(id) !== "ORPHANED";
    if (anchor !== "ORPHANED" || !(lost || published)) continue;
    const message = `The source ${source} does not have ${shown(quote?.exact)}, which the claim ${claim} quotes. Quote other words of it, or cite the text that had them as a source of its own.`;
    change.warn(UserWarningCode.QUOTE_ORPHANED, message, placeOf(change, draft, source), claim);
  }
}

/** Where the text is given that has lost the words; else where the claim is named. */
function placeOf(change: Change, { path }: Draft, source: string): Path {
  const replaced = change.draft(decodeIdOf("source", source));
  return typeof replaced?.after?.text === "string" ? placeIn(replaced, ["text"]) : path;
}
