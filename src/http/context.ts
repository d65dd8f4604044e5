import type { FastifyBaseLogger, FastifyRequest } from "fastify";
import type { Database } from "../database/database.js";
import type { Context } from "../graphql/context.js";
import { Reader } from "../reading/reader.js";
import type { Outcome, Written } from "./answer.js";
import type { Budgets } from "./budgets.js";
import { callerOf } from "./caller.js";
import { logOf } from "./logging.js";

/** What the server itself keeps of a request, beside what resolvers are given. */
export interface HttpContext extends Context {
  /** Writes beside the id of the request. */
  readonly log: FastifyBaseLogger;
  /** What came of the operation when it was run already. */
  ran?: Outcome;
  /** Called when nothing but the database is waited for any more. */
  waits?: () => void;
  /** Called with the data of an answer without errors, by whoever leaves it to the caller to send them. */
  passOn?: (data: Written) => unknown;
  /** Called when the operation is a subscription, which has no one answer. */
  subscribes?: () => unknown;
  /** Tells the access log the name of the operation. */
  nameOperation(name: string): void;
}

/**
 * The context of one request. A class, because each object that is written out with a getter has a shape of its own,
 * which outlives the request: that took a tenth of a small answer's time.
 */
export class RequestContext implements HttpContext {
  readonly reader: Reader;
  ran?: Outcome;
  waits?: () => void;
  passOn?: (data: Written) => unknown;
  subscribes?: () => unknown;

  constructor(
    readonly database: Database,
    budgets: Budgets,
    private readonly request: FastifyRequest,
  ) {
    const viewer = callerOf(request);
    this.reader = new Reader(database, viewer, budgets.of(viewer, request.raw));
  }

  get log(): FastifyBaseLogger {
    return logOf(this.request);
  }

  nameOperation(name: string): void {
    this.request.operation = name;
  }
}
