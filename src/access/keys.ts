import type { Database } from "../database/database.js";
import { Refused, type UserError } from "../graphql/user-error.js";
import type { Role } from "../graphql/viewer.js";
import { createKey, type MadeKey, type NewKey, revokeKey } from "./api-keys.js";

/** A key as a list shows it; instants in ISO 8601. */
export interface ListedKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly revokedAt: string | null;
}

/** All keys, wherever they are kept. Each method throws Refused or KeysError when it is not done. */
export interface Keys {
  create(key: NewKey): Promise<MadeKey>;
  /** The newest first. */
  list(): Promise<readonly ListedKey[]>;
  revoke(id: string, reason: string | undefined): Promise<void>;
}

/** Why keys cannot be had, in one line for a person. */
export class KeysError extends Error {
  override name = "KeysError";
}

const COMMAND_LINE = { id: "command-line", name: "Command line", role: "ADMIN" } as const;

/** The keys in a database, in the hands of somebody who has the database. */
export async function keysIn(database: Database): Promise<Keys> {
  const prisma = await database.loadPrisma();
  return {
    create: (key) => createKey(prisma, key, COMMAND_LINE),
    revoke: (id, reason) => revokeKey(prisma, { id, reason }, COMMAND_LINE),
    async list() {
      const rows = await prisma.apiKey.findMany({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
      return rows.map(({ publicId, name, role, createdAt, expiresAt, revokedAt }) => ({
        id: publicId,
        name,
        role,
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt?.toISOString() ?? null,
        revokedAt: revokedAt?.toISOString() ?? null,
      }));
    },
  };
}

const CREATE = `mutation CreateApiKey($input: CreateApiKeyInput!) {
  result: createApiKey(input: $input) { key apiKey { id } errors { code message path } }
}`;
const REVOKE = `mutation RevokeApiKey($input: RevokeApiKeyInput!) {
  result: revokeApiKey(input: $input) { errors { code message path } }
}`;
const LIST = `query ApiKeys($after: String) {
  result: apiKeys(first: 100, after: $after) {
    nodes { id name role createdAt expiresAt revokedAt } pageInfo { hasNextPage endCursor }
  }
}`;

interface Payload {
  readonly key: string;
  readonly apiKey: { readonly id: string };
  readonly errors: readonly UserError[];
}

interface Page {
  readonly nodes: readonly ListedKey[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The keys of a running server, in the hands of somebody who has a key of the role ADMIN. */
export function keysOf(server: URL, adminKey: string): Keys {
  const change = async (query: string, input: object): Promise<Payload> => {
    const payload = await ask<Payload>(server, adminKey, query, { input });
    if (payload.errors.length > 0) throw new Refused(payload.errors);
    return payload;
  };
  return {
    async create(key) {
      const { apiKey, key: token } = await change(CREATE, key);
      return { id: apiKey.id, token };
    },
    async revoke(id, reason) {
      await change(REVOKE, { id, reason });
    },
    async list() {
      const all: ListedKey[] = [];
      for (let after: string | null = null, more = true; more; ) {
        const page: Page = await ask<Page>(server, adminKey, LIST, { after });
        all.push(...page.nodes);
        after = page.pageInfo.endCursor;
        more = page.pageInfo.hasNextPage;
      }
      return all;
    },
  };
}

async function ask<Result>(server: URL, adminKey: string, query: string, variables: object): Promise<Result> {
  const endpoint = new URL(server);
  endpoint.pathname = endpoint.pathname.replace(/(\/graphql)?\/*$/, "/graphql");
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${adminKey}` },
    body: JSON.stringify({ query, variables }),
    // The key is for this server alone.
    redirect: "error",
  })
    .then(async (response) => (await response.json()) as Answer<Result>)
    .catch(() => {
      throw new KeysError(
        `No Claimgraph server answers at ${endpoint.href}. Is it running, and is this its address?`,
      );
    });
  const [error] = answer.errors ?? [];
  if (error) throw new KeysError(`${endpoint.origin} refuses: ${error.message}`);
  if (!answer.data) throw new KeysError(`What answers at ${endpoint.href} is no Claimgraph server.`);
  return answer.data.result;
}

interface Answer<Result> {
  readonly data?: { readonly result: Result } | null;
  readonly errors?: readonly { readonly message: string }[];
}
