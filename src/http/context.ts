import type { FastifyBaseLogger, FastifyRequest } from "fastify";
import type { Database } from "../database/database.js";
import type { Context } from "../graphql/context.js";
import { Reader } from "../reading/reader.js";
import type { Outcome } from "./answer.js";
import { callerOf } from "./caller.js";
import { logOf } from "./logging.js";

/** What the server itself keeps of a request, beside what resolvers are given. */
export interface HttpContext extends Context {
  /** Writes beside the id of the request. */
  readonly log: FastifyBaseLogger;
  /** What came of the operation when it was run already. */
  ran?: Outcome;
  /** Tells the access log the name of the operation. */
  nameOperation(name: string): void;
}

/** Makes the context of each request. */
export const contextFrom =
  (database: Database) =>
  (request: FastifyRequest): HttpContext => ({
    reader: new Reader(database, callerOf(request)),
    database,
    get log() {
      return logOf(request);
    },
    nameOperation: (name) => {
      request.operation = name;
    },
  });
