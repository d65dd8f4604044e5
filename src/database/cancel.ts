import { connect } from "node:net";
import type pg from "pg";
import { serialize } from "pg-protocol";

// What the driver knows of a session and its types do not tell.
interface Session {
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
}

const PATIENCE_MILLISECONDS = 2_000;

/**
 * Asks the server to end the statement that a session runs. That takes a connection of its own, which the server closes
 * when it has passed the wish on; until then the session must run nothing else, which might be ended in its place.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 *
 * @returns whether the wish was taken
 */
export function cancel(client: pg.ClientBase): Promise<boolean> {
  const { host, port, processID, secretKey } = client as unknown as Session;
  return new Promise((resolve) => {
    const socket = host.startsWith("/") ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host);
    const giveUp = () => {
      socket.destroy();
      resolve(false);
    };
    socket.setTimeout(PATIENCE_MILLISECONDS, giveUp);
    socket.once("error", giveUp);
    socket.once("connect", () => socket.write(serialize.cancel(processID, secretKey)));
    socket.once("close", () => resolve(true));
    // Nothing is said; the end has to be read all the same.
    socket.resume();
  });
}
