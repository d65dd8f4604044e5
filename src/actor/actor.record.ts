import sql from "sql-template-tag";
import { externalIdParts } from "../identity/external-id.js";
import { tagList } from "../identity/tags.js";
import { nameKey } from "../values/name.js";
import { affiliationProblem, countryCode, language, line, slug } from "../values/rules.js";
import type { Change, Draft } from "../writing/change.js";
import { noticeSame } from "../writing/notice.js";
import { column, type Document, date, kindOfType, one, parts, record } from "../writing/record.js";
import { actorEntries } from "./actor.dataset.js";
import { actors } from "./actor.type.js";

/** How actors are written. */
export const actorRecord = record(
  "ACTOR",
  actors,
  {
    slug: column(slug, { made: true }),
    name: column(line),
    kind: column(),
    description: column(),
    countryCode: column(countryCode),
    names: parts(
      { owner: "actor_id", prefix: "name", unique: ["value", "language"] },
      { value: column(line), language: column(language), kind: column(undefined, { default: "ALIAS" }) },
    ),
    externalIds: externalIdParts("actorId"),
    tags: tagList(),
    affiliations: parts(
      { owner: "actor_id", prefix: "affiliation", problem: affiliationProblem },
      { role: column(), actor: one(), title: column(line), from: date(), to: date() },
    ),
  },
  { notice, entries: actorEntries },
);

/** All names of an actor, and where they stand. */
const namesOf = (actor: Document | null) =>
  actor
    ? [
        { text: actor.name as string, path: ["name"] },
        ...(actor.names as { value: string }[]).map(({ value }, at) => ({
          text: value,
          path: ["names", at, "value"],
        })),
      ]
    : [];

/** Warns of a name that another actor has. */
async function notice(change: Change, drafts: readonly Draft[]): Promise<void> {
  const clues = drafts.flatMap((draft) => {
    const former = new Set(namesOf(draft.before).map(({ text }) => text));
    return namesOf(draft.after).flatMap((name) => (former.has(name.text) ? [] : { draft, ...name }));
  });
  await noticeSame(
    change,
    kindOfType("ACTOR"),
    clues,
    (names) => sql`
      select id::text, name as text from actor where name_key(name) = any(array(select name_key(given) from unnest(${names}::text[]) given))
      union select actor_id::text, value from actor_name where name_key(value) = any(array(select name_key(given) from unnest(${names}::text[]) given))`,
    nameKey,
  );
}
