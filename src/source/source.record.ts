import { createHash } from "node:crypto";
import sql from "sql-template-tag";
import { encodeId } from "../graphql/id.js";
import { WrittenInstant } from "../graphql/scalars.js";
import { UserWarningCode } from "../graphql/user-warning.js";
import { externalIdParts } from "../identity/external-id.js";
import { tagList } from "../identity/tags.js";
import { comparableUrl } from "../values/address.js";
import { dateBounds, endsBefore } from "../values/fuzzy-date.js";
import { withoutByteOrderMark } from "../values/name.js";
import { language, line, type Misfit, slug, text } from "../values/rules.js";
import { shown } from "../values/shown.js";
import { ask } from "../writing/ask.js";
import { type Change, type Draft, placeIn } from "../writing/change.js";
import { isNew, noticeSame } from "../writing/notice.js";
import { column, type Document, date, kindOfType, one, record } from "../writing/record.js";
import { sourceEntries } from "./source.dataset.js";
import { sources } from "./source.type.js";

/** How sources are written. Their text is kept apart from the history, which names it by its hash. */
export const sourceRecord = record(
  "SOURCE",
  sources,
  {
    slug: column(slug, { made: true }),
    kind: column(),
    title: column(line),
    url: column(),
    archivedUrl: column(),
    publisher: one(),
    authors: column(undefined, { default: [] }),
    publishedOn: date({ follows: publishedOn, fromInput: publishedOn }),
    publishedAt: column(),
    retrievedAt: column(),
    language: column(language),
    text: column(text, { apart: true }),
    textAccess: column(undefined, { default: "ANALYST" }),
    contentSha256: column(text, { given: "never" }),
    reliability: column(),
    syndicationOf: one(),
    laterVersionOf: one(),
    withdrawnAt: date(),
    externalIds: externalIdParts("sourceId"),
    tags: tagList(),
  },
  {
    consent: {
      name: "orphanQuotes",
      description:
        "Whether published claims may lose words that they quote, because a new text does not have them. Such a text is refused otherwise.",
    },
    problem: timeProblem,
    prepare,
    notice,
    comeBack,
    entries: sourceEntries,
  },
);

/** The instant of publication to the second, as a date in the zone in which it is given; a document keeps it in UTC. */
function publishedOn({ publishedAt }: Document): string | null {
  const written = publishedAt instanceof WrittenInstant ? publishedAt.written : publishedAt;
  return typeof written === "string" ? written.replace(/\.\d+/, "") : null;
}

/** How far a day may lie from that in UTC: https://www.iana.org/time-zones knows offsets from -12 to +14 hours. */
const ZONES_APART = 14 * 3_600_000;

/** A source that gives both an instant and a date of publication was published then and on that date. */
function timeProblem({ publishedAt, publishedOn }: Document): readonly Misfit[] {
  if (typeof publishedAt !== "string" || typeof publishedOn !== "string") return [];
  const { earliest, latest } = dateBounds(publishedOn);
  const instant = new Date(publishedAt);
  // An instant has lost its zone, and its day may be that of any.
  const margin = publishedOn.includes("T") ? 0 : ZONES_APART;
  if (earliest.getTime() - margin <= instant.getTime() && instant.getTime() <= latest.getTime() + margin)
    return [];
  const message = `the instant publishedAt, ${instant.toISOString()}, is not within it; leave one of them out, or change it`;
  return [{ at: "publishedOn", message }];
}

export const hashOf = (content: string): string => createHash("sha256").update(content).digest("hex");

async function prepare(change: Change, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) {
    const { text: given, ...rest } = draft.after ?? {};
    if (given === undefined) continue;
    // Quotes are looked up in it before the rules bring it into its form.
    const content = typeof given === "string" ? withoutByteOrderMark(given) : given;
    const contentSha256 = typeof content === "string" ? hashOf(content) : null;
    const same = draft.before && draft.before.contentSha256 === contentSha256;
    draft.after = { ...rest, contentSha256, ...(!same && { text: content }) };
    if (draft.before && !same) await openCitingClaims(change, draft);
  }
}

async function notice(change: Change, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) noticeWithdrawal(change, draft);
  await noticeAddresses(change, drafts);
}

/** Warns of a source that was withdrawn before it was published. */
function noticeWithdrawal(change: Change, draft: Draft): void {
  const { withdrawnAt, publishedOn } = draft.after as Document;
  if (typeof withdrawnAt !== "string" || typeof publishedOn !== "string") return;
  if (!endsBefore(withdrawnAt, publishedOn)) return;
  const field = ["withdrawnAt", "publishedAt", "publishedOn"].find((one) => isNew(draft, one));
  if (!field) return;
  const message = `${shown(withdrawnAt)}: the source was withdrawn before it was published, ${publishedOn}. Change it if that is not meant.`;
  change.warn(UserWarningCode.UNUSUAL_DATE, message, placeIn(draft, [field]));
}

/** Warns of sources with the same address. */
async function noticeAddresses(change: Change, drafts: readonly Draft[]): Promise<void> {
  const clues = drafts
    .filter((draft) => isNew(draft, "url"))
    .map((draft) => ({ draft, text: draft.after?.url as string, path: ["url"] }));
  // The host and the path are in both; what else may differ, `comparableUrl` decides.
  const pattern = (url: string) => {
    const { host, pathname } = new URL(url);
    return `%${`${host.replace(/^www\./, "")}${pathname.replace(/\/$/, "")}`.replace(/[\\%_]/g, "\\$&")}%`;
  };
  await noticeSame(
    change,
    kindOfType("SOURCE"),
    clues,
    (urls) =>
      sql`select id::text, url as text from source where folded(url) like any(array(select folded(pattern) from unnest(${urls.map(pattern)}::text[]) pattern))`,
    comparableUrl,
  );
}

/** The claims that quote a text which is replaced have to find their words in the new one. */
async function openCitingClaims(change: Change, { id }: Draft): Promise<void> {
  const citing = await ask<{ id: string }>(
    change.tx,
    sql`select distinct claim_id::text as id from citation where source_id = ${id}::uuid`,
  );
  const claims = await change.open(
    kindOfType("CLAIM"),
    new Map(citing.map((claim) => [claim.id, ["input"]])),
  );
  // By its id: its slug may have to be forgotten one day.
  const source = encodeId("source", id);
  for (const claim of claims) claim.reason ??= `The text of a source that it cites was replaced: ${source}.`;
}

/** To bring a source back is not to publish its text: what was withheld once is withheld until an editor says otherwise. */
async function comeBack(change: Change, drafts: readonly Draft[]): Promise<void> {
  const withheld = await ask<{ id: string }>(
    change.tx,
    sql`select distinct record_id::text as id from revision
      where record_id = any(${drafts.map(({ id }) => id)}::uuid[]) and rows #>> '{source,0,text_access}' <> 'PUBLIC'`,
  );
  const ids = new Set(withheld.map(({ id }) => id));
  for (const draft of drafts) {
    if (ids.has(draft.id)) draft.after = { ...draft.after, textAccess: "ANALYST" };
  }
}
