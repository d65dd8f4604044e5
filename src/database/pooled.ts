import pg from "pg";
import type { ByteString } from "./byte-string.js";
import { cancel } from "./cancel.js";
import type { ReadQuery } from "./read-query.js";
import { lost } from "./unanswered.js";

/** A server that does not end a statement when it is asked to is not waited for. */
const FAREWELL_MILLISECONDS = 2_000;

/**
 * Runs a read on a connection of a pool. When its budget ends, the server is asked to end the statement, and the connection
 * goes back when that has come to pass; one that is of no more use is closed.
 */
export async function runPooled(pool: pg.Pool, query: ReadQuery): Promise<ByteString | null> {
  const client = await pool.connect();
  const { budget } = query;
  if (budget?.ended) {
    client.release();
    throw budget.ended;
  }
  let cancelling: Promise<boolean> | undefined;
  let deadline: NodeJS.Timeout | undefined;
  const forget = budget?.onEnd(() => {
    cancelling = cancel(client);
    deadline = setTimeout(() => socketOf(client).destroy(), FAREWELL_MILLISECONDS);
  });
  let broken = false;
  try {
    return await new Promise<ByteString | null>((resolve, reject) => {
      query.callback = (error, value = null) => (error ? reject(error) : resolve(value));
      client.query(query);
    });
  } catch (error) {
    // Whatever the server has against a statement, it goes on with the next one.
    broken = !(error instanceof pg.DatabaseError) || lost(error);
    throw error;
  } finally {
    forget?.();
    clearTimeout(deadline);
    if (cancelling) void cancelling.then((taken) => client.release(broken || !taken));
    else client.release(broken);
  }
}

const socketOf = (client: pg.PoolClient) =>
  (client as unknown as { connection: pg.Connection }).connection.stream;
