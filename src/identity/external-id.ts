import sql from "sql-template-tag";
import { ID } from "type-graphql";
import type * as models from "../generated/prisma/models.js";
import { declare } from "../reading/declare.js";
import type { Row } from "../reading/entity.js";
import { snake } from "../reading/names.js";
import { ownedBy, ownId } from "../reading/ties.js";
import { LINE } from "../values/name.js";
import { line, scheme } from "../values/rules.js";
import { column, parts } from "../writing/record.js";

// Identifiers in other registers: every kind of record has them, in one table.

export const externalIds = declare<models.ExternalIdModel>("external_id", {
  name: "ExternalId",
  description: "An identifier in somebody else's register. No two records of a kind have the same.",
});

@externalIds.type
export class ExternalId {
  @externalIds.column(() => ID, {
    description: "The id by which mutations name it.",
    expression: ownId("external_id"),
  })
  id!: string;

  @externalIds.column(() => String, {
    form: { whole: (text) => ({ value: text.trim().toLowerCase() }) },
    description: "The register, in lower case: wikidata, acled, gdelt, ucdp, stix, …",
    filter: true,
  })
  scheme!: string;

  @externalIds.column(() => String, { form: LINE, description: "The identifier in it.", filter: true })
  value!: string;
}

/** The column of the table that holds the key of a record of one kind. */
type Owner = "actorId" | "eventId" | "sourceId" | "propositionId" | "claimId";

/** How the identifiers of a kind of record are read. */
export const externalIdsOf = (owner: Owner) => ({
  description: "Its identifiers elsewhere.",
  ...ownedBy<models.ExternalIdModel>(owner),
  order: (_owner: Row, id: Row) => sql`${id.column("scheme")}, ${id.column("value")}, ${id.id}`,
  filter: true,
});

/** How the identifiers of a kind of record are written. */
export const externalIdParts = (owner: Owner) =>
  parts(
    { owner: snake(owner), prefix: "external_id", shared: true, unique: ["scheme", "value"] },
    { scheme: column(scheme), value: column(line) },
  );
