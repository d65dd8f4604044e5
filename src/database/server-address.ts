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
  const host = url.searchParams.get("host") ?? (url.hostname || "localhost");
  const where = `database "${database}" at ${host}:${url.port || 5432}`;
  // A process that stops dead in the middle of a change would keep all others from theirs, until its connection is found
  // to be dead. No change takes that long: see `transact`. Compiling a statement (JIT) takes longer than what is asked here
  // gains by it, on a core of its own, and cannot be cancelled.
  url.searchParams.set(
    "options",
    `-c timezone=UTC -c datestyle=ISO -c jit=off -c idle_in_transaction_session_timeout=60s ${url.searchParams.get("options") ?? ""}`.trim(),
  );
  return { connectionString: url.href, user, database, where };
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
