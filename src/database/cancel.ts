import pg from "pg";

// What the driver knows of a session and its types do not tell.
interface Session {
  readonly host: string;
  readonly port: number;
  readonly processID: number;
  readonly secretKey: number;
  readonly ssl: unknown;
  readonly sslNegotiation: string;
}

// The same of its connections.
interface Connection extends pg.Connection {
  connect(portOrPath: number | string, host?: string): void;
  requestSsl(): void;
  cancel(processID: number, secretKey: number): void;
}

const PATIENCE_MILLISECONDS = 2_000;

/**
 * Asks the server to end the statement that a session runs. That takes a connection of its own, which the server closes
 * when it has passed the wish on; until then the session must run nothing else, which might be ended in its place.
 * It goes the way that the session went, with TLS if that has it: what is sent lets anybody end the session's statements.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 *
 * @returns whether the wish was taken
 */
export function cancel(client: pg.ClientBase): Promise<boolean> {
  const { host, port, processID, secretKey, ssl, sslNegotiation } = client as unknown as Session;
  return new Promise((resolve) => {
    const connection = new pg.Connection({
      ssl,
      sslNegotiation,
    } as pg.ConnectionConfig) as unknown as Connection;
    const finish = (taken: boolean) => {
      clearTimeout(patience);
      connection.stream.destroy();
      resolve(taken);
    };
    const patience = setTimeout(finish, PATIENCE_MILLISECONDS, false);
    const ask = () => connection.cancel(processID, secretKey);
    connection.on("error", () => finish(false));
    connection.once("end", () => finish(true));
    connection.once("sslconnect", ask);
    connection.once("connect", () => {
      if (!ssl) ask();
      else if (sslNegotiation !== "direct") connection.requestSsl();
    });
    if (host.startsWith("/")) connection.connect(`${host}/.s.PGSQL.${port}`);
    else connection.connect(port, host);
  });
}
