import { randomUUID } from "node:crypto";
import type pg from "pg";
import { codeOf } from "./database-error.js";
import { nameOf } from "./prepared.js";

const ROUNDS = 3;
const PATIENCE_MILLISECONDS = 1_000;

// https://www.postgresql.org/docs/current/errcodes-appendix.html: invalid_sql_statement_name, duplicate_prepared_statement.
const FOREIGN = ["26000", "42P05"];

/** Whether an error says that a session has other prepared statements than this process gave it: somebody shares it. */
export const isForeignSession = (error: unknown): boolean => FOREIGN.includes(codeOf(error) ?? "");

/**
 * Finds out whether a prepared statement stays with the connection that has prepared it. Behind a pooler that lends
 * sessions by transaction it does not: the next transaction may get a session that does not know it, or one in which
 * another connection has prepared the same. So one connection prepares a statement, another one holds a session meanwhile,
 * and both ask for it.
 *
 * @param pool has two connections to spare
 */
export async function keepsPreparedStatements(pool: pg.Pool): Promise<boolean> {
  const text = `select '${randomUUID()}'`;
  const prepared = { name: nameOf("probe", text), text, query_timeout: PATIENCE_MILLISECONDS };
  const [one, other] = await Promise.all([pool.connect(), pool.connect()]);
  let safe = false;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await one.query(prepared);
      await other.query("begin");
      await other.query(prepared);
      await one.query(prepared);
      await other.query("rollback");
    }
    safe = true;
  } catch {
    // Whatever else went wrong, such as a pool of a single session: to do without names is never wrong.
  }
  one.release(!safe);
  other.release(!safe);
  return safe;
}
