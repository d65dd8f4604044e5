import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";

declare module "fastify" {
  interface FastifyRequest {
    /** Name of the GraphQL operation, once it is known. */
    operation: string;
  }
}

/** Where log lines go, one JSON object each. */
export interface LogStream {
  write(line: string): void;
}

const SANE_ID = /^[\w.:+/=-]{1,100}$/;

/** The caller's `x-request-id`, if it is one that a log can hold, or a new one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && SANE_ID.test(given) ? given : randomUUID();
}

/** One line for every request that was answered, and the id in every answer. Never what was asked, or with what. */
export function logRequests(app: FastifyInstance): void {
  app.decorateRequest("operation", "");
  app.addHook("onRequest", async (request, reply) => {
    reply.header("x-request-id", request.id);
  });
  app.addHook("onResponse", async ({ log, method, url, operation }, reply) => {
    const [path = ""] = url.split("?");
    const entry = {
      method,
      path: path.slice(0, 200),
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(operation && { operation: operation.slice(0, 100) }),
    };
    // Probes ask every few seconds.
    log[path === "/healthz" || path === "/readyz" ? "debug" : "info"](entry, "request");
  });
}

/** JSON lines for a machine; the same for a person when standard output is a terminal. */
export function standardOutput(): LogStream {
  return process.stdout.isTTY ? { write: (line) => process.stdout.write(readable(line)) } : process.stdout;
}

const LEVELS: Record<number, string> = { 10: "trace", 20: "debug", 40: "warn", 50: "error", 60: "fatal" };

/** One JSON line of the log as text: time, level unless it is info, message, and what else it says. */
export function readable(line: string): string {
  const { time, level, msg, err, pid: _pid, hostname: _host, ...rest } = JSON.parse(line);
  const clock = new Date(time).toISOString().slice(11, 19);
  const details =
    msg === "request"
      ? [rest.method, rest.path, rest.status, `${rest.ms} ms`, rest.operation]
      : [msg, ...Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`)];
  const stack = err?.stack ? `\n${err.stack}` : "";
  // Paths come from clients; a control character would reach the terminal.
  const text = [clock, LEVELS[level], ...details]
    .filter(Boolean)
    .join(" ")
    .replace(/\p{Cc}/gu, "?");
  return `${text}${stack}\n`;
}
