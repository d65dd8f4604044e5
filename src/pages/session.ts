import { parseCookie, stringifySetCookie } from "cookie";
import type { FastifyRequest } from "fastify";

/** The cookie that keeps the key with which an editor has signed in. */
const NAME = "claimgraph-key";

/** How long a browser keeps it. In seconds. */
const KEPT = 12 * 60 * 60;

/** The key with which the reader has signed in, if any. */
export const keyOf = ({ headers }: FastifyRequest): string | undefined =>
  (headers.cookie && parseCookie(headers.cookie)[NAME]) || undefined;

/**
 * The header that keeps a key, or with an empty one forgets it. No script can read it, and no other site can send it along.
 */
export const keeping = (key: string, secure: boolean): string =>
  stringifySetCookie({
    name: NAME,
    value: key,
    path: "/",
    httpOnly: true,
    sameSite: "strict",
    secure,
    maxAge: key ? KEPT : 0,
  });

/** Whether a form was sent from a page of this site: other sites may send forms here, but not for the reader. */
export function fromHere({ headers }: FastifyRequest): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  const { origin, host } = headers;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

/** Where to go back to after signing in: an address of this site alone. */
export const wayBack = (given: unknown): string =>
  typeof given === "string" && /^\/(?![/\\])[^\s\\]*$/.test(given) ? given : "/";
