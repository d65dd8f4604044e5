import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";
import proxyAddr from "@fastify/proxy-addr";
import type { Config } from "../config.js";
import { Budget } from "../database/budget.js";
import type { Database } from "../database/database.js";
import { Turns } from "../database/turns.js";
import { seesEverything, type Viewer } from "../graphql/viewer.js";

/** The settings by which the database is shared out among callers. */
export type ShareConfig = Pick<
  Config,
  "callerConnections" | "readerStatementSeconds" | "statementSeconds" | "maxAnswerBytes" | "trustedProxies"
>;

/** How many of the largest answers a caller may leave unread before he has to wait with the next statement. */
const UNREAD_ANSWERS = 2;

/** Who calls, for sharing out what there is: a key or token wherever it comes from, or else an address. */
export class Budgets {
  readonly #turns: Turns;
  readonly #trusted: (address: string, hop: number) => boolean;

  constructor(
    private readonly config: ShareConfig,
    { connections }: Pick<Database, "connections">,
  ) {
    this.#turns = new Turns({
      connections,
      perCaller: Math.min(config.callerConnections, connections),
      unreadBytes: UNREAD_ANSWERS * config.maxAnswerBytes,
      waitMilliseconds: config.statementSeconds * 1_000,
    });
    this.#trusted = proxyAddr.compile([...config.trustedProxies]);
  }

  /** What one answer may use, for a viewer who calls by a request. */
  of(viewer: Viewer, request: IncomingMessage): Budget {
    const { readerStatementSeconds, statementSeconds, maxAnswerBytes: bytes } = this.config;
    const seconds = seesEverything(viewer) ? statementSeconds : readerStatementSeconds;
    return new Budget(this.#turns, viewer.id ?? this.#networkOf(request), {
      milliseconds: seconds * 1_000,
      bytes,
    });
  }

  // Whoever has one IPv6 address has all of its network: https://www.rfc-editor.org/rfc/rfc4291#section-2.5.4
  #networkOf(request: IncomingMessage): string {
    const address = proxyAddr(request, this.#trusted);
    if (!isIPv6(address) || address.includes(".")) return address;
    const [head = "", tail] = address.split("::");
    const groups = head.split(":");
    if (tail === undefined) return groups.slice(0, 4).join(":");
    const missing = Math.max(0, 8 - groups.length - tail.split(":").length);
    return [...groups, ...Array<string>(missing).fill("0"), ...tail.split(":")].slice(0, 4).join(":");
  }
}
