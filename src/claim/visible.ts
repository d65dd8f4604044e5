import sql, { type Sql } from "sql-template-tag";
import { seesEverything, type Viewer } from "../graphql/viewer.js";
import type { Alias } from "../reading/entity.js";
import { at } from "../reading/names.js";

/** Readers see what was published, and what was published and then retracted; nothing that was not yet, or never. */
export function claimVisible(claim: Alias, viewer: Viewer): Sql {
  return seesEverything(viewer) ? sql`true` : sql`${at(claim, "status")} in ('PUBLISHED', 'RETRACTED')`;
}
