import type { Reader } from "../reading/reader.js";

/** What resolvers know of the request. */
export interface Context {
  readonly reader: Reader;
}
