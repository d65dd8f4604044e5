import sql, { type Sql } from "sql-template-tag";
import { encodeId } from "../graphql/id.js";
import { UserWarningCode } from "../graphql/user-warning.js";
import { dateBounds, endsBefore, parseFuzzyDate } from "../values/fuzzy-date.js";
import { ask } from "../writing/ask.js";
import { type Change, type Draft, placeIn } from "../writing/change.js";
import { isNew } from "../writing/notice.js";
import type { Document } from "../writing/record.js";
import { noticeOrphans } from "./notice-orphans.js";

/** Measures that count persons. */
const PERSONS = new Set([
  ...["KILLED", "WOUNDED", "KILLED_OR_WOUNDED", "CAPTURED", "MISSING", "DEPLOYED", "DISPLACED"],
  ...["INJURED", "ILL", "AFFECTED", "DETAINED", "EVACUATED"],
]);

/** What is known of what claims are about, once they are written. */
interface About {
  readonly id: string;
  readonly measure: string | null;
  /** When its events took place, of those of which it is known. */
  readonly occurred: readonly string[];
  /** Another claim that may be the same. */
  readonly double: string | null;
}

/** Whether two claims, `c` and `other`, were made on the same date: at the same instant if both tell one, else on the same days. */
const SAME_DATE = sql`(other.asserted_at_edtf is not distinct from c.asserted_at_edtf or
  case when c.asserted_at_edtf like '%T%' and other.asserted_at_edtf like '%T%'
      and strpos(c.asserted_at_edtf || other.asserted_at_edtf, '/') = 0
    then other.asserted_at_earliest = c.asserted_at_earliest
    else first_day(other.asserted_at_edtf, other.asserted_at_earliest) is not distinct from first_day(c.asserted_at_edtf, c.asserted_at_earliest)
      and last_day(other.asserted_at_edtf, other.asserted_at_latest) is not distinct from last_day(c.asserted_at_edtf, c.asserted_at_latest)
  end)`;

/**
 * The first claim of the same actor, with the same stance, on the same date and in the same source.
 *
 * @param about what else both have in common
 * @param added the keys of claims that come with this change: of two of them, only the later one is told of the other
 */
const sameClaim = (about: Sql, added: readonly string[]) => sql`(select min(other.id::text) from claim other
  where other.asserted_by_id = c.asserted_by_id and ${about} and other.id <> c.id
    and (other.id < c.id or other.id <> all(${added}::uuid[])) and other.stance = c.stance and ${SAME_DATE}
    and exists (select from citation here join citation there on there.source_id = here.source_id
      where here.claim_id = c.id and there.claim_id = other.id))`;

const SAME_PROPOSITION = sql`other.proposition_id = c.proposition_id`;
const SAME_STATEMENT = sql`c.proposition_id is null and other.proposition_id is null
  and folded(other.statement) = folded(c.statement)`;

/** Fields by which a claim may be odd, or the same as another. */
const TELLING = "statement assertedBy assertedAt proposition events citations figure stance".split(" ");

/** Warns of claims that were recorded before, were made before their event, quote what is not there, or say something odd. */
export async function noticeClaims(change: Change, drafts: readonly Draft[]): Promise<void> {
  for (const draft of drafts) noticeOrphans(change, draft);
  const concerned = drafts.filter(({ before, after }) =>
    TELLING.some((field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field])),
  );
  if (concerned.length === 0) return;
  const added = concerned.filter(({ before }) => before === null).map(({ id }) => id);
  const rows = await ask<About>(
    change.tx,
    sql`select c.id::text, (select p.measure::text from proposition p where p.id = c.proposition_id) as measure,
        (select coalesce(jsonb_agg(e.occurred_edtf), '[]') from claim_event link join event e on e.id = link.event_id
          where link.claim_id = c.id and e.occurred_edtf is not null) as occurred,
        coalesce(${sameClaim(SAME_PROPOSITION, added)}, ${sameClaim(SAME_STATEMENT, added)}) as double
      from claim c where c.id = any(${concerned.map(({ id }) => id)}::uuid[])`,
  );
  const about = new Map(rows.map((row) => [row.id, row]));
  for (const draft of concerned) {
    const known = about.get(draft.id);
    if (known) notice(change, draft, known);
  }
}

function notice(change: Change, draft: Draft, { measure, occurred, double }: About): void {
  const { assertedAt, figure, proposition, stance } = draft.after as Document;
  const warn = (code: UserWarningCode, message: string, path: string[], record?: string) =>
    change.warn(code, message, placeIn(draft, path), record);
  if (double) {
    const id = encodeId("claim", double);
    const what = proposition == null ? "statement" : "proposition";
    const message = `The claim ${id} has the same actor, ${what}, stance, date and source. If it is the same, delete this one.`;
    warn(UserWarningCode.POSSIBLE_DUPLICATE, message, [], id);
  }
  if (proposition == null && stance !== "NEUTRAL" && isNew(draft, "stance")) {
    const message = `${stance}: the claim has no proposition that it could take a stance toward. Name one, or leave the stance out.`;
    warn(UserWarningCode.STANCE_WITHOUT_PROPOSITION, message, ["stance"]);
  }
  if (typeof assertedAt === "string" && (isNew(draft, "assertedAt") || isNew(draft, "events"))) {
    const begun = firstOf(occurred, assertedAt);
    if (begun !== undefined && occurred.every((date) => endsBefore(assertedAt, date))) {
      const message = `"${assertedAt}" is before the event began, ${begun} at the earliest. Change it if that is not meant.`;
      warn(UserWarningCode.BEFORE_EVENT, message, ["assertedAt"]);
    }
  }
  if (!isNew(draft, "figure")) return;
  for (const part of ["low", "best", "high"]) {
    const number = (figure as Document)[part];
    if (typeof number !== "number") continue;
    const odd = (what: string) =>
      warn(UserWarningCode.UNUSUAL_FIGURE, `${number} ${what}. Change it if that is not meant.`, [
        "figure",
        part,
      ]);
    if (number < 0) odd("is below zero");
    if (!Number.isInteger(number) && PERSONS.has(measure ?? ""))
      odd("is a fraction, and persons are counted");
  }
}

/** The first of some dates, as another one is compared with it: its first day, where it was told, or its instant. */
function firstOf(dates: readonly string[], compared: string): string | undefined {
  const [first] = dates.toSorted(
    (one, other) => dateBounds(one).earliest.getTime() - dateBounds(other).earliest.getTime(),
  );
  if (first === undefined) return undefined;
  const { at, earliest } = parseFuzzyDate(first);
  return at !== null && parseFuzzyDate(compared).at !== null ? first : (earliest ?? undefined);
}
