import sql from "sql-template-tag";
import { decodeIdOf } from "../graphql/id.js";
import { UserErrorCode } from "../graphql/user-error.js";
import { figureOfProposition } from "../values/rules.js";
import { ask } from "../writing/ask.js";
import { type Change, type Draft, placeIn } from "../writing/change.js";

/** A figure answers a quantity: the claim's proposition, if it has one, must be one. */
export async function checkFigures(change: Change, drafts: readonly Draft[]): Promise<void> {
  const giving = drafts.filter(({ after }) => after?.figure != null && after.proposition != null);
  const keyOf = ({ after }: Draft) => decodeIdOf("proposition", after?.proposition as string);
  const keys = [...new Set(giving.map(keyOf))];
  if (keys.length === 0) return;
  const rows = await ask<{ id: string; kind: string }>(
    change.tx,
    sql`select id::text, kind::text from proposition where id = any(${keys}::uuid[])`,
  );
  const kinds = new Map(rows.map(({ id, kind }) => [id, kind]));
  for (const draft of giving) {
    const proposition = change.draft(keyOf(draft))?.after;
    const problem = figureOfProposition((proposition?.kind as string) ?? kinds.get(keyOf(draft)));
    if (problem) change.problem(UserErrorCode.INVALID, `${problem}.`, placeIn(draft, ["figure"]));
  }
}
