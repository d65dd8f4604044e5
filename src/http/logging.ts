import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { hostname } from "node:os";
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from "fastify";

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

/** The name of an operation as far as a line of the log holds it. */
export const boundedName = (name: string): string => name.slice(0, 100);

const SANE_ID = /^[\w.:+/=-]{1,100}$/;

/** The caller's `x-request-id`, if it is one that a log can hold, or a new one. */
export function requestId({ headers }: IncomingMessage): string {
  const given = headers["x-request-id"];
  return typeof given === "string" && SANE_ID.test(given) ? given : randomUUID();
}

/** Writes beside the id of a request. */
export const logOf = ({ log, id }: FastifyRequest): FastifyBaseLogger => log.child({ requestId: id });

/** A request that was answered, or a stream or connection that has ended. */
export interface Finished {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly ms: number;
  readonly operation?: string;
  /** The id of who called, where that is known. */
  readonly caller?: string;
}

/**
 * One line for every request that was answered, and the id in every answer. Never what was asked, or with what.
 * The line is put together here: a logger takes several times as long for it.
 *
 * @returns writes the line of what is no request to Fastify
 */
export function logRequests(
  app: FastifyInstance,
  level: string,
  log: LogStream,
): (finished: Finished) => void {
  const source = `"pid":${process.pid},"hostname":${JSON.stringify(hostname())}`;
  const [debug, info] = [20, 30].map((line) => line >= (LEVEL_NUMBERS[level] ?? Number.POSITIVE_INFINITY));
  const write = ({ id, method, url, status, ms, operation, caller }: Finished) => {
    const end = url.indexOf("?");
    const path = end < 0 ? url : url.slice(0, end);
    // Probes ask every few seconds.
    const probe = path === "/healthz" || path === "/readyz";
    if (!(probe ? debug : info)) return;
    const named = operation ? `,"operation":${JSON.stringify(boundedName(operation))}` : "";
    const known = caller === undefined ? "" : `,"caller":${JSON.stringify(caller)}`;
    log.write(
      `{"level":${probe ? 20 : 30},"time":${Date.now()},${source},"requestId":"${id}","method":"${method}",` +
        `"path":${JSON.stringify(path.slice(0, 200))},"status":${status},` +
        `"ms":${Math.round(ms * 10) / 10}${named}${known},"msg":"request"}\n`,
    );
  };
  app.decorateRequest("operation", "");
  app.addHook("onResponse", ({ id, method, url, operation, caller }, reply, done) => {
    write({
      id,
      method,
      url,
      operation,
      caller: caller?.id,
      status: reply.statusCode,
      ms: reply.elapsedTime,
    });
    done();
  });
  return write;
}

/** JSON lines for a machine; the same for a person when standard output is a terminal. */
export function standardOutput(): LogStream {
  const { stdout } = process;
  return stdout.isTTY ? { write: (line) => stdout.write(readable(line)) } : gathered(stdout);
}

const GATHER_MILLISECONDS = 20;

/** Writes lines a few at a time: for each on its own, the system would take as long as for a small query. */
function gathered(stream: LogStream): LogStream {
  let lines = "";
  const flush = () => {
    if (lines !== "") stream.write(lines);
    lines = "";
  };
  process.once("exit", flush);
  return {
    write(line) {
      if (lines === "") setTimeout(flush, GATHER_MILLISECONDS).unref();
      lines += line;
    },
  };
}

const LEVELS: Record<number, string> = { 10: "trace", 20: "debug", 40: "warn", 50: "error", 60: "fatal" };
const LEVEL_NUMBERS: Record<string, number> = {
  ...Object.fromEntries(Object.entries(LEVELS).map(([number, name]) => [name, Number(number)])),
  info: 30,
};

/** One JSON line of the log as text: time, level unless it is info, message, and what else it says. */
export function readable(line: string): string {
  const { time, level, msg, err, pid: _pid, hostname: _host, ...rest } = JSON.parse(line);
  const clock = new Date(time).toISOString().slice(11, 19);
  const details =
    msg === "request"
      ? [rest.method, rest.path, rest.status, `${rest.ms} ms`, rest.operation, rest.caller]
      : [msg, ...Object.entries(rest).map(([name, value]) => `${name}=${JSON.stringify(value)}`)];
  const stack = err?.stack ? `\n${err.stack}` : "";
  // Paths come from clients; a control character would reach the terminal.
  const text = [clock, LEVELS[level], ...details]
    .filter(Boolean)
    .join(" ")
    .replace(/\p{Cc}/gu, "?");
  return `${text}${stack}\n`;
}
