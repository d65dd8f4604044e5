import type { FastifyBaseLogger, FastifyRequest } from "fastify";
import type { Database } from "../database/database.js";
import type { Context } from "../graphql/context.js";
import { ANONYMOUS } from "../graphql/viewer.js";
import { Reader } from "../reading/reader.js";

/** What the server itself keeps of a request, beside what resolvers are given. */
export interface HttpContext extends Context {
  /** Writes beside the id of the request. */
  readonly log: FastifyBaseLogger;
  /** Tells the access log the name of the operation. */
  nameOperation(name: string): void;
}

/** Makes the context of each request. */
export const contextFrom =
  (database: Database) =>
  async (request: FastifyRequest): Promise<HttpContext> => ({
    reader: new Reader(database, ANONYMOUS),
    log: request.log,
    nameOperation: (name) => {
      request.operation = name;
    },
  });
