import type { Database } from "../database/database.js";
import type { Role } from "../graphql/viewer.js";

/** What a request has to know of a key. */
export interface StoredKey {
  readonly name: string;
  readonly role: Role;
  /** In hexadecimal. */
  readonly hash: string;
  readonly revoked: boolean;
  readonly expired: boolean;
  /** In milliseconds since 1970. */
  readonly expiresAt: number | null;
}

// The database's clock decides: several servers may ask it.
const FIND = `select name, role, hash, revoked_at is not null as revoked,
  coalesce(expires_at <= current_timestamp, false) as expired,
  (extract(epoch from expires_at) * 1000)::float8 as "expiresAt"
  from api_key where id = $1`;

/** The row of a key. It is asked for each time, so that a revocation holds from the next request on. */
export async function findKey(database: Database, uuid: string): Promise<StoredKey | undefined> {
  const [row] = await database.query<StoredKey>(FIND, [uuid]);
  return row;
}
