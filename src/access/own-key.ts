import { randomBytes } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.js";
import type { Database } from "../database/database.js";

/** A key with the role ADMIN that the server made for itself. */
export interface OwnKey {
  readonly key: string;
  /** Where it is kept; a database in memory forgets it. */
  readonly file?: string;
}

/**
 * The key of a server with an embedded database that only this machine can reach: whoever tries it shall be able to
 * write. It is kept in the data folder, so that a restart does not end it; ADMIN_KEY ends it for good.
 *
 * @returns nothing where ADMIN_KEY is set, or others can reach the server
 */
export function ownKey(
  { adminKey, host }: Pick<Config, "adminKey" | "host">,
  { kind, folder }: Pick<Database, "kind" | "folder">,
): OwnKey | undefined {
  const file = folder && join(folder, "admin-key");
  if (adminKey !== undefined) {
    if (file) rmSync(file, { force: true });
    return undefined;
  }
  if (kind !== "embedded" || !/^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host)) return undefined;
  const kept = file && read(file);
  if (kept) return { key: kept, file };
  const key = randomBytes(32).toString("base64url");
  if (file) {
    // The mode is that of a new file only.
    rmSync(file, { force: true });
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
  }
  return { key, file };
}

function read(file: string): string | undefined {
  try {
    // Anything else is no key of ours, and another one takes its place.
    return /^[\w-]{43}$/.exec(readFileSync(file, "utf8").trim())?.[0];
  } catch {
    return undefined;
  }
}
