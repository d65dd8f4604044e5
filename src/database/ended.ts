import { causeOf, codeOf } from "./database-error.js";

/** A statement or an answer that was broken off on purpose: the database is well, and asking the same again seldom helps. */
export abstract class Ended extends Error {
  /** What clients branch on. */
  abstract readonly code: "STATEMENT_TIMEOUT" | "ANSWER_TOO_LARGE" | "TOO_MANY_REQUESTS";
}

/** The statements of an answer took longer than they may. */
export class StatementTimeout extends Ended {
  override name = "StatementTimeout";
  readonly code = "STATEMENT_TIMEOUT";

  constructor() {
    super(
      "The database took longer for this than it may (READER_STATEMENT_SECONDS, STATEMENT_SECONDS). Ask for less at once: " +
        "fewer filters on relations, no `totalCount`, smaller pages. Repeat a change with the same `idempotencyKey`: what is done is not done twice.",
    );
  }
}

/** An answer has more bytes than it may. */
export class AnswerTooLarge extends Ended {
  override name = "AnswerTooLarge";
  readonly code = "ANSWER_TOO_LARGE";

  constructor() {
    super(
      "The answer is larger than this server sends (MAX_ANSWER_BYTES). Ask for smaller pages, or fewer fields and texts.",
    );
  }
}

/** A caller asks for more at once than can wait for his share of the connections. */
export class TooManyRequests extends Ended {
  override name = "TooManyRequests";
  readonly code = "TOO_MANY_REQUESTS";

  constructor() {
    super(
      "You ask for more at once than your share of this server (CALLER_CONNECTIONS). Ask again when you have read the answers that are under way.",
    );
  }
}

/** Nobody waits for the answer any more. It is told to nobody. */
export class Abandoned extends Error {
  override name = "Abandoned";

  constructor() {
    super("nobody waits for this any more");
  }
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html: query_canceled, also by `statement_timeout`.
const CANCELED = "57014";

/** Why something was broken off on purpose; nothing when that is not what an error says. */
export function endedBy(error: unknown): Ended | undefined {
  if (error instanceof Ended) return error;
  return [codeOf(error), causeOf(error).originalCode].includes(CANCELED) ? new StatementTimeout() : undefined;
}
