import type { PrismaClient } from "../generated/prisma/client.js";
import type { Budget } from "./budget.js";
import type { ByteString } from "./byte-string.js";

/** An open, migrated database: plain SQL for the read path, Prisma for writes, on the same connections. */
export interface Database {
  /** `embedded` runs inside this process on one connection; `server` is a PostgreSQL elsewhere. */
  readonly kind: "embedded" | "server";
  /** Where the files of an embedded one are; nothing when they are in memory. */
  readonly folder?: string;
  /** How many statements and changes run at once; `Turns` shares them out. */
  readonly connections: number;
  /** Prisma's client, loaded when it is first asked for: reading does without its time and its memory. */
  loadPrisma(): Promise<PrismaClient>;
  /**
   * Runs one read-only statement of the server's own and returns its rows as objects. A server has connections apart for
   * these, so that callers cannot keep it from finding out who is calling.
   *
   * Columns of type json and jsonb come back as the text that PostgreSQL wrote, on either kind. Instants
   * inside that text are in UTC (`…+00:00`).
   *
   * The embedded database has one connection: inside an interactive Prisma transaction this would wait for
   * that transaction to end.
   */
  query<Row>(text: string, values: readonly unknown[]): Promise<Row[]>;
  /**
   * Runs a statement of the read path: the one value of its one row, null when there is none. Whoever asks on behalf of a
   * caller has taken a turn for it.
   *
   * @throws StatementTimeout, AnswerTooLarge
   */
  read(text: string, values: readonly unknown[], options: ReadOptions): Promise<ByteString | null>;
  /**
   * Calls back whenever revisions were committed, as far as that is heard: a wake-up can be late, be repeated and be
   * lost.
   *
   * @returns stops listening
   */
  listen(onWake: () => void): () => Promise<void>;
  /** Cheap liveness check for /readyz; throws when the database cannot answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** What the caller knows of a statement. */
export interface ReadOptions {
  /** One plan is good for all values, so the statement may be prepared when it comes again. */
  readonly onePlan: boolean;
  /** The pieces of the text around the values, for writing values into it. */
  readonly strings?: readonly string[];
  /** The places of values for which one plan is good in any case. */
  readonly bounds?: readonly number[];
  /** What the value may cost; the statement ends when that does. */
  readonly budget?: Budget | undefined;
}

/** json and jsonb in PostgreSQL's catalogue of types. */
export const JSON_TYPES: readonly number[] = [114, 3802];

/** The channel on which the database tells that revisions were committed. */
export const CHANGES_CHANNEL = "claimgraph_changes";
