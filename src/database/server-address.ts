import pg from "pg";
import { codeOf, DatabaseError, reason } from "./database-error.js";

/** Where a PostgreSQL server is. */
export interface ServerAddress {
  /** For the driver: what the person gave, and the session's settings. Holds the password. */
  readonly connectionString: string;
  readonly user: string;
  readonly database: string;
  /** For messages: database, host and port, never the password. */
  readonly where: string;
}

const FORM = "postgresql://user:password@host:5432/database";

/**
 * Reads DATABASE_URL. Every session works in UTC and writes dates by ISO, set as it connects so that it costs no round trip.
 *
 * @throws DatabaseError for anything but the URL of a PostgreSQL database
 */
export function readServerAddress(databaseUrl: string): ServerAddress {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  const [user, password, database] = [url?.username, url?.password, url?.pathname.slice(1)].map(decode);
  if (
    !url ||
    !/^postgres(ql)?:$/.test(url.protocol) ||
    user === undefined ||
    password === undefined ||
    !database
  ) {
    throw new DatabaseError(
      `DATABASE_URL is not the address of a PostgreSQL database. ` +
        `Write it as ${FORM}, with special characters in the password percent-encoded.`,
    );
  }
  if (url.searchParams.has("schema") && url.searchParams.get("schema") !== "public") {
    throw new DatabaseError(
      `DATABASE_URL asks for a schema with "schema=", which PostgreSQL itself does not know. ` +
        `Write "options=-c search_path=…" in its place.`,
    );
  }
  const given = url.searchParams;
  const host = given.get("host") ?? (url.hostname || "localhost");
  const port = given.get("port") ?? (url.port || 5432);
  const isSocket = host.startsWith("/");
  const where = `database "${database}" at ${isSocket ? `the socket ${host}/.s.PGSQL.${port}` : `${host}:${port}`}`;
  secure(given, isSocket);
  // A process that stops dead in the middle of a change would keep all others from theirs, until its connection is found
  // to be dead. No change takes that long: see `transact`. Compiling a statement (JIT) takes longer than what is asked here
  // gains by it, on a core of its own, and cannot be cancelled.
  given.set(
    "options",
    `-c timezone=UTC -c datestyle=ISO -c jit=off -c idle_in_transaction_session_timeout=60s ${given.get("options") ?? ""}`.trim(),
  );
  const connectionString = url.href;
  try {
    // The driver reads the files of certificates when it is made, and again for each connection.
    new pg.Client({ connectionString });
  } catch (error) {
    throw new DatabaseError(`DATABASE_URL cannot be used for ${where}: ${reason(error)}.`);
  }
  return { connectionString, user, database, where };
}

const SSL_MODES = ["disable", "require", "verify-ca", "verify-full"];

/**
 * Makes the driver understand `sslmode` and `sslrootcert` as PostgreSQL's own programs do.
 * https://www.postgresql.org/docs/current/libpq-ssl.html#LIBPQ-SSL-PROTECTION
 */
function secure(given: URLSearchParams, isSocket: boolean): void {
  const mode = given.get("sslmode");
  if (mode !== null && ![...SSL_MODES, "no-verify"].includes(mode)) {
    throw new DatabaseError(
      `DATABASE_URL has sslmode=${mode}, which leaves to chance whether the connection is encrypted. ` +
        `Write one of: ${SSL_MODES.join(", ")}.`,
    );
  }
  // What does not leave the machine is not encrypted, whatever is asked for.
  if (isSocket) for (const name of ["sslmode", "sslrootcert", "sslcert", "sslkey"]) given.delete(name);
  // The authorities that the system knows: the driver takes Node's when no file is named.
  if (given.get("sslrootcert") === "system") {
    given.delete("sslrootcert");
    given.set("sslmode", "verify-full");
  }
  // Without this, the driver takes `require` and `verify-ca` for `verify-full`.
  if (given.has("sslmode")) given.set("uselibpqcompat", "true");
}

function decode(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Why a server could not be used at first contact, in one line. */
export function unreachable({ where, user, database }: ServerAddress, error: unknown): DatabaseError {
  if (/client password must be a string/.test(String(error))) {
    return new DatabaseError(
      `The server wants a password of user "${user}" for ${where}. Add it to DATABASE_URL.`,
    );
  }
  const advice = adviceOnTls(error);
  if (advice) return new DatabaseError(`Cannot connect to ${where}: ${reason(error)}. ${advice}`);
  switch (codeOf(error)) {
    case "28P01":
    case "28000":
      return new DatabaseError(
        `The server refused user "${user}" for ${where}: ${reason(error)}. ` +
          `Correct the user name and password in DATABASE_URL.`,
      );
    case "3D000":
      return new DatabaseError(
        `There is no ${where}. Make it with: createdb ${database}, or correct DATABASE_URL.`,
      );
    case "53300":
      return new DatabaseError(
        `The server has no connection left for ${where}. Lower POOL_SIZE, or raise max_connections there.`,
      );
    case "57P03":
      return new DatabaseError(
        `The server of ${where} is starting up or shutting down. Start again in a moment.`,
      );
    default:
      return new DatabaseError(
        `Cannot connect to ${where}: ${reason(error)}. ` +
          `Make sure that PostgreSQL runs there and that DATABASE_URL is right.`,
      );
  }
}

const NOT_TRUSTED =
  "Name a file with the certificate of the authority that signed the server's, or with the server's own if it signed itself: " +
  "add sslrootcert=/path/to/ca.crt to DATABASE_URL.";

/** How to mend what keeps the two from agreeing on TLS, and on who they are by it. */
function adviceOnTls(error: unknown): string | undefined {
  const said = reason(error);
  const code = codeOf(error);
  switch (code) {
    case "28000":
      if (/pg_hba\.conf.*(no encryption|SSL off)/.test(said)) {
        return (
          "The server lets this user in with TLS only, or not at all. Add ?sslmode=require to DATABASE_URL " +
          "(&sslmode=require after other parameters); sslmode=verify-full also makes sure that it is the right server."
        );
      }
      if (/pg_hba\.conf/.test(said)) {
        return "Let an administrator of the server add an entry for this user to pg_hba.conf.";
      }
      if (/certificate/.test(said)) {
        return "Name this user's certificate and its key: add sslcert=/path/to/user.crt&sslkey=/path/to/user.key to DATABASE_URL.";
      }
      return undefined;
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return "Write the host in DATABASE_URL as the server's certificate names it, or use sslmode=verify-ca with an sslrootcert of your own.";
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
      return "Renew the server's certificate, and see that the clocks are right.";
  }
  if (/^(UNABLE_TO_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|CERT_SIGNATURE_FAILURE)/.test(code ?? ""))
    return NOT_TRUSTED;
  if (/does not support SSL/.test(said)) {
    return "Turn TLS on there (ssl = on), or leave sslmode and sslrootcert out of DATABASE_URL.";
  }
  return undefined;
}
