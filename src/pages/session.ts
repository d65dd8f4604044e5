import { parseCookie, stringifySetCookie } from "cookie";
import type { FastifyRequest } from "fastify";

/** The cookie that keeps the key with which an editor has signed in. */
const NAME = "claimgraph-key";
/** Its name where pages come by https: browsers then take it from no other host, and over no other connection. */
const SECURE_NAME = `__Host-${NAME}`;

/** How long a browser keeps it. In seconds. */
const KEPT = 12 * 60 * 60;

/** The key with which the reader has signed in, if any. */
export function keyOf({ headers }: Pick<FastifyRequest, "headers">, secure: boolean): string | undefined {
  const cookies = headers.cookie ? parseCookie(headers.cookie) : {};
  return cookies[secure ? SECURE_NAME : NAME] || undefined;
}

/**
 * The header that keeps a key, or with an empty one forgets it. No script can read it, and no other site can send it along.
 */
export const keeping = (key: string, secure: boolean): string =>
  stringifySetCookie({
    name: secure ? SECURE_NAME : NAME,
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
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** Where to go back to after signing in: an address of this site alone, as headers can carry it. */
export function wayBack(given: unknown): string {
  const here = "http://here.invalid";
  if (typeof given !== "string" || !given.startsWith("/") || !URL.canParse(given, here)) return "/";
  const { origin, pathname, search } = new URL(given, here);
  return origin === here && !pathname.startsWith("//") ? pathname + search : "/";
}
