import { causeOf } from "./database-error.js";

// Of the socket, of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html: classes 08, 53 and 57, and
// sessions that it ends) and of Prisma (https://www.prisma.io/docs/orm/reference/error-reference).
const LOST = /^(ECONN(RESET|ABORTED)|EPIPE|08\w{3}|57P0[1-5]|25P0[34]|P1017|ConnectionClosed)$/;
const UNREACHED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|53300|P100[128]|P2024|DatabaseNotReachable|SocketTimeout)$/;

// The drivers give these no code, and Prisma gives the last two the one that it gives to faults of the program.
const LOST_MESSAGES =
  /^(Connection terminated(?! due to connection timeout)|Client has encountered a connection error)/;
const UNREACHED_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end|PGlite is clos)|Transaction API error: (Unable to start|A \w+ cannot be executed on an expired)/;

/** What clients are told then. */
export const NO_DATABASE = "The database does not answer at the moment. Ask again in a little while.";

/** A connection broke while a change was being committed: whether it was kept could not be learned. */
export class OutcomeUnknown extends Error {
  override name = "OutcomeUnknown";

  constructor(cause: unknown) {
    super(
      "The connection to the database broke while this was being saved, and it is not known whether it was. " +
        "Repeat it with the same `idempotencyKey`, or with the `expectedVersion` that you have seen: " +
        "what is done is not done twice.",
      { cause },
    );
  }
}

/** Whether an error means that the database could not be asked, rather than that it refused the question. */
export const unanswered = (error: unknown): boolean =>
  lost(error) || says(error, UNREACHED, UNREACHED_MESSAGES);

/** Whether it means that there was a connection, which broke: another one may be had at once. */
export const lost = (error: unknown): boolean => says(error, LOST, LOST_MESSAGES);

function says(error: unknown, codes: RegExp, messages: RegExp): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const { code, cause } = error as Error & { code?: unknown };
  const { originalCode, kind } = causeOf(error);
  return (
    [code, originalCode, kind].some((one) => typeof one === "string" && codes.test(one)) ||
    messages.test(error.message) ||
    says(cause, codes, messages) ||
    (error instanceof AggregateError && error.errors.some((one) => says(one, codes, messages)))
  );
}
