import sql from "sql-template-tag";
import { externalIdParts } from "../identity/external-id.js";
import { tagList } from "../identity/tags.js";
import { nameKey } from "../values/name.js";
import { comparableDays, line, propositionProblem, slug, yesOrNo } from "../values/rules.js";
import type { Change, Draft } from "../writing/change.js";
import { isNew, noticeSame } from "../writing/notice.js";
import { column, kindOfType, record } from "../writing/record.js";
import { propositions } from "./proposition.type.js";

/** How propositions are written. */
export const propositionRecord = record(
  "PROPOSITION",
  propositions,
  {
    slug: column(slug, { made: true }),
    text: column(line),
    kind: column(),
    measure: column(),
    unit: column(line),
    population: column(line),
    basis: column(line),
    accumulates: column(yesOrNo, { default: false }),
    comparableDays: column(comparableDays, { default: 30 }),
    externalIds: externalIdParts("propositionId"),
    tags: tagList(),
  },
  { problem: propositionProblem, problemAt: "kind", notice },
);

/** Warns of a proposition with the same text. */
async function notice(change: Change, drafts: readonly Draft[]): Promise<void> {
  const clues = drafts
    .filter((draft) => isNew(draft, "text"))
    .map((draft) => ({ draft, text: draft.after?.text as string, path: ["text"] }));
  await noticeSame(
    change,
    kindOfType("PROPOSITION"),
    clues,
    (texts) =>
      sql`select id::text, text from proposition where name_key(text) = any(array(select name_key(given) from unnest(${texts}::text[]) given))`,
    nameKey,
  );
}
