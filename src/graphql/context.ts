import type { Database } from "../database/database.js";
import type { Reader } from "../reading/reader.js";
import type { UnfitRows } from "./unfit-rows.js";

/** What resolvers know of the request. */
export interface Context {
  /** Reads on behalf of `reader.viewer`. */
  readonly reader: Reader;
  /** For those who write. */
  readonly database: Database;
  /** Rows of batches that do not fit their type, if there are any. */
  unfitRows?: UnfitRows;
}
