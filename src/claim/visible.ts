import sql, { type Sql } from "sql-template-tag";
import { seesEverything, type Viewer } from "../graphql/viewer.js";
import type { Row } from "../reading/entity.js";

/** Readers see what was published, and what was published and then retracted; nothing that was not yet, or never. */
export function claimVisible(claim: Row, viewer: Viewer): Sql {
  return seesEverything(viewer) ? sql`true` : sql`${claim.column("status")} in ('PUBLISHED', 'RETRACTED')`;
}
