import { externalIdParts } from "../identity/external-id.js";
import { tagList } from "../identity/tags.js";
import { affiliationProblem, countryCode, language, line, slug } from "../values/rules.js";
import { column, date, one, parts, record } from "../writing/record.js";
import { actorEntries } from "./actor.dataset.js";
import { actors } from "./actor.type.js";

/** How actors are written. */
export const actorRecord = record(
  "ACTOR",
  actors,
  {
    slug: column(slug),
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
  { entries: actorEntries },
);
