// npm run key: makes, lists and revokes API keys, in the database of DATABASE_URL or through a running server.
import { parseArgs } from "node:util";
import { ConfigError, readConfig } from "../config.js";
import { DatabaseError, openDatabase } from "../database/open.js";
import { Refused } from "../graphql/user-error.js";
import { ROLES, type Role } from "../graphql/viewer.js";
import { type Keys, KeysError, keysIn, keysOf, type ListedKey } from "./keys.js";

const USAGE = `Usage:
  npm run key -- create --role ROLE --name "NAME" [--expires TIME]
  npm run key -- list
  npm run key -- revoke ID [--reason "WHY"]

ROLE is one of: ${ROLES.join(", ").toLowerCase()}. TIME is ISO 8601, such as 2027-01-01T00:00:00Z.
Keys are those of DATABASE_URL; with --server http://127.0.0.1:4000 those of that server, which
ADMIN_KEY must open. With npm run --silent only the new key is written to standard output.`;

type Options = Partial<Record<"role" | "name" | "expires" | "reason" | "server", string>>;

const wrong = (problem: string) => new KeysError(`${problem}\n\n${USAGE}`);

/** Does what the arguments say; lines for programs go to standard output, those for people to standard error. */
async function run(command: string | undefined, id: string | undefined, options: Options, keys: Keys) {
  if (command === "list") {
    for (const key of await keys.list()) console.log(line(key));
  } else if (command === "revoke") {
    if (id === undefined) throw wrong("Which key? Give its id, as in the list.");
    await keys.revoke(id, options.reason);
    console.error("Revoked. Its next request is refused.");
  } else {
    const made = await keys.create(newKey(options));
    console.error(`The id of the key is ${made.id}. The key itself is shown this once:`);
    console.log(made.token);
  }
}

function newKey({ role: given = "", name, expires }: Options) {
  const role = ROLES.find((known) => known === given.toUpperCase());
  if (!role) {
    const known = ROLES.map((one) => one.toLowerCase()).join(", ");
    throw wrong(
      given === ""
        ? "Which role? Give --role."
        : `--role is ${JSON.stringify(given)}; it must be one of: ${known}.`,
    );
  }
  if (name === undefined) throw wrong("Whose key is it, or what for? Give --name.");
  const expiresAt = expires === undefined ? null : new Date(expires);
  if (expiresAt && (!/^\d{4}-\d\d-\d\d/.test(expires ?? "") || Number.isNaN(expiresAt.getTime()))) {
    throw wrong(`--expires is ${JSON.stringify(expires)}, which is no time.`);
  }
  return { role: role as Role, name, expiresAt };
}

const line = ({ id, role, createdAt, expiresAt, revokedAt, name }: ListedKey): string => {
  const day = (instant: string) => instant.slice(0, 10);
  const end = revokedAt ? `revoked ${day(revokedAt)}` : expiresAt ? `until ${day(expiresAt)}` : "no end";
  return [id, role.padEnd(7), `made ${day(createdAt)}`, end.padEnd(18), name].join("  ");
};

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const { values, positionals } = parseArgs({
    options: { role: text, name: text, expires: text, reason: text, server: text },
    allowPositionals: true,
  });
  const [command, id, ...others] = positionals;
  if (!["create", "list", "revoke"].includes(command ?? "") || others.length > 0) throw new KeysError(USAGE);
  const { databaseUrl, adminKey } = readConfig();
  if (values.server !== undefined) {
    if (!URL.canParse(values.server))
      throw wrong(`--server is ${JSON.stringify(values.server)}, which is no address.`);
    if (adminKey === undefined) {
      throw new KeysError(
        "ADMIN_KEY is not set. Set it to that of the server, or to the one it showed when it started.",
      );
    }
    return run(command, id, values, keysOf(new URL(values.server), adminKey));
  }
  if (databaseUrl === undefined) {
    throw new KeysError(
      "The embedded database belongs to one process, the server: add --server http://127.0.0.1:4000, with ADMIN_KEY set. " +
        "For a PostgreSQL server set DATABASE_URL.",
    );
  }
  const database = await openDatabase({ databaseUrl, poolSize: 1 });
  try {
    await run(command, id, values, await keysIn(database));
  } finally {
    await database.close();
  }
}

try {
  await main();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  const known = [ConfigError, DatabaseError, KeysError, Refused].some((kind) => error instanceof kind);
  if (!known && !code?.startsWith("ERR_PARSE_ARGS")) throw error;
  console.error(message);
  process.exitCode = 1;
}
