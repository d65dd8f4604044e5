import sql from "sql-template-tag";
import { encodeId } from "../graphql/id.js";
import { UserWarningCode } from "../graphql/user-warning.js";
import { dateBounds } from "../values/fuzzy-date.js";
import { ask } from "../writing/ask.js";
import { type Change, type Draft, placeIn } from "../writing/change.js";
import { isNew } from "../writing/notice.js";
import type { Document } from "../writing/record.js";

/** Measures that count persons. */
const PERSONS = new Set([
  ...["KILLED", "WOUNDED", "KILLED_OR_WOUNDED", "CAPTURED", "MISSING", "DEPLOYED", "DISPLACED"],
  ...["INJURED", "ILL", "AFFECTED", "DETAINED", "EVACUATED"],
]);

/** What is known of what claims are about, once they are written. */
interface About {
  readonly id: string;
  readonly measure: string | null;
  /** The first moment at which one of its events may have begun. */
  readonly begun: string | null;
  /** Another claim of the same actor, about the same proposition, on the same date, in the same source. */
  readonly double: string | null;
}

/** Warns of claims that were recorded before, were made before their event, or say something odd. */
export async function noticeClaims(change: Change, drafts: readonly Draft[]): Promise<void> {
  const concerned = drafts.filter(({ before, after }) =>
    ["assertedBy", "assertedAt", "proposition", "events", "citations", "figure", "stance"].some(
      (field) => JSON.stringify(before?.[field]) !== JSON.stringify(after?.[field]),
    ),
  );
  if (concerned.length === 0) return;
  const rows = await ask<About>(
    change.tx,
    sql`select c.id::text, (select p.measure::text from proposition p where p.id = c.proposition_id) as measure,
        (select min(link.occurred_earliest)::text from claim_event link where link.claim_id = c.id) as begun,
        (select other.id::text from claim other
          where other.asserted_by_id = c.asserted_by_id and other.proposition_id = c.proposition_id and other.id < c.id
            and other.asserted_at_edtf is not distinct from c.asserted_at_edtf
            and exists (select from citation here join citation there on there.source_id = here.source_id
              where here.claim_id = c.id and there.claim_id = other.id)
          order by other.id limit 1) as double
      from claim c where c.id = any(${concerned.map(({ id }) => id)}::uuid[])`,
  );
  const about = new Map(rows.map((row) => [row.id, row]));
  for (const draft of concerned) {
    const known = about.get(draft.id);
    if (known) notice(change, draft, known);
  }
}

function notice(change: Change, draft: Draft, { measure, begun, double }: About): void {
  const { assertedAt, figure, proposition, stance } = draft.after as Document;
  const warn = (code: UserWarningCode, message: string, path: string[], record?: string) =>
    change.warn(code, message, placeIn(draft, path), record);
  if (double) {
    const id = encodeId("claim", double);
    const message = `The claim ${id} has the same actor, proposition, date and source. If it is the same, delete this one.`;
    warn(UserWarningCode.POSSIBLE_DUPLICATE, message, [], id);
  }
  if (proposition == null && stance !== "NEUTRAL" && isNew(draft, "stance")) {
    const message = `${stance}: the claim has no proposition that it could take a stance toward. Name one, or leave the stance out.`;
    warn(UserWarningCode.STANCE_WITHOUT_PROPOSITION, message, ["stance"]);
  }
  if (
    typeof assertedAt === "string" &&
    begun !== null &&
    (isNew(draft, "assertedAt") || isNew(draft, "events"))
  ) {
    const latest = dateBounds(assertedAt).latest;
    if (latest < new Date(begun)) {
      const message = `"${assertedAt}" is before the event began, ${new Date(begun).toISOString().slice(0, 10)} at the earliest. Change it if that is not meant.`;
      warn(UserWarningCode.BEFORE_EVENT, message, ["assertedAt"]);
    }
  }
  if (!isNew(draft, "figure")) return;
  for (const part of ["low", "best", "high"]) {
    const number = (figure as Document)[part];
    if (typeof number !== "number") continue;
    const odd =
      number < 0
        ? "is below zero"
        : !Number.isInteger(number) && PERSONS.has(measure ?? "")
          ? "is a fraction, and persons are counted"
          : undefined;
    if (odd)
      warn(UserWarningCode.UNUSUAL_FIGURE, `${number} ${odd}. Change it if that is not meant.`, [
        "figure",
        part,
      ]);
  }
}
