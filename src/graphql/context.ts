import type { Database } from "../database/database.js";
import type { Reader } from "../reading/reader.js";

/** What resolvers know of the request. */
export interface Context {
  /** Reads on behalf of `reader.viewer`. */
  readonly reader: Reader;
  /** For those who write. */
  readonly database: Database;
}
