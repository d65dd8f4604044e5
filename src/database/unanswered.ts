// Of the socket, of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html, classes 08, 53 and
// 57) and of Prisma (https://www.prisma.io/docs/orm/reference/error-reference).
const CODES =
  /^(ECONN(REFUSED|RESET|ABORTED)|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|08\w{3}|53300|57P0[1-5]|P100[128]|P1017|P2024)$/;

// The drivers give these no code.
const MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Cannot use a pool after calling end|PGlite is clos)/;

/** What clients are told then. */
export const NO_DATABASE = "The database does not answer at the moment. Ask again in a little while.";

/** Whether an error means that the database could not be asked, rather than that it refused the question. */
export function unanswered(error: unknown): boolean {
  if (!(error instanceof Error)) {
    return false;
  }
  const { code, cause } = error as Error & { code?: unknown };
  return (
    (typeof code === "string" && CODES.test(code)) ||
    MESSAGES.test(error.message) ||
    unanswered(cause) ||
    (error instanceof AggregateError && error.errors.some(unanswered))
  );
}
