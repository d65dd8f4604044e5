import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import { hostname } from "node:os";
import type { Config } from "../config.js";

/** What a request for another host is told, and its status: https://www.rfc-editor.org/rfc/rfc9110#section-15.5.20 */
export const MISDIRECTED = {
  status: 421,
  message:
    "This server does not answer for the host that the request names. ALLOWED_HOSTS lists those that it answers for.",
} as const;

/** Whether a request names this server as its host. */
export type HostCheck = (request: IncomingMessage) => boolean;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/**
 * Makes the check whether a request names this server as its host. A page of another site can give its own name this
 * server's address, and its visitors' browsers then take the two for one site: https://en.wikipedia.org/wiki/DNS_rebinding.
 * The name in the request stays that of the page.
 *
 * Unless told which names there are: of a server that listens on a loopback address those of loopback; of another one also
 * any address, since no page's name is one, and the names of the machine and of HOST.
 */
export function hostCheck({ host, allowedHosts }: Pick<Config, "host" | "allowedHosts">): HostCheck {
  const own = new Set([host.toLowerCase(), ...(LOOPBACK.test(host) ? [] : [hostname().toLowerCase()])]);
  const usual = (name: string) =>
    own.has(name) || LOOPBACK.test(name) || (!LOOPBACK.test(host) && isIP(name) > 0);
  const allowed = (name: string) => (allowedHosts ? allowedHosts.includes(name) : usual(name));
  return ({ headers }) =>
    // HTTP/1.0 needs no host, and no browser speaks it.
    allowedHosts === "*" || headers.host === undefined || allowed(nameIn(headers.host));
}

/** The name in `name:port`, without the brackets of an IPv6 address or the dot of a full name. */
function nameIn(host: string): string {
  const [, bracketed, plain = ""] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d*)?$/.exec(host.toLowerCase()) ?? [];
  return bracketed ?? plain.replace(/\.$/, "");
}
