import type { FastifyReply, FastifyRequest } from "fastify";
import { LRUCache } from "lru-cache";
import { answer, type Outcome, type Written } from "./answer.js";
import type { HttpContext } from "./context.js";
import { attempt } from "./executor.js";
import type { Named, Operations } from "./operations.js";

/** A request of which every part is of the plainest kind. */
interface PlainRequest extends Named {
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Answers what Apollo Server has answered before. The operation was parsed and found valid then, the answer's media
 * type was agreed on with the same `accept` header, and all that remains is to run it. Whatever is new, unusual or
 * wrong goes the long way, so there is one place that says what is wrong with a request.
 */
export class ShortWay {
  readonly #mediaTypes = new LRUCache<string, string>({ max: 100 });

  constructor(private readonly operations: Operations) {}

  /** Notes how a successful answer was sent. */
  learn({ headers }: FastifyRequest, reply: FastifyReply): void {
    const type = reply.getHeader("content-type");
    if (reply.statusCode === 200 && typeof type === "string")
      this.#mediaTypes.set(headers.accept ?? "", type);
  }

  /**
   * @returns the data of the answer, its media type set; what came of an operation that failed; nothing when the
   *   request has to go the long way from the start
   */
  async try(
    request: FastifyRequest,
    reply: FastifyReply,
    context: HttpContext,
  ): Promise<Written | Outcome | undefined> {
    const mediaType = this.#mediaTypes.get(request.headers.accept ?? "");
    const asked = mediaType && plain(request);
    const operation = asked ? this.operations.find(asked) : undefined;
    if (!asked || !operation) return undefined;
    const { reader } = context;
    const variables = operation.coerce(asked.variables);
    const fields = variables && attempt(() => this.operations.fields(operation, variables, reader.viewer));
    if (!fields) return undefined;
    const outcome = await answer(fields, reader, variables);
    if (outcome.errors || !outcome.data) return outcome;
    if (operation.name) context.nameOperation(operation.name);
    reply.header("content-type", mediaType);
    return outcome.data;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function plain({ method, headers, body, url }: FastifyRequest): PlainRequest | undefined {
  const json = headers["content-type"]?.startsWith("application/json");
  if (method === "POST" && json && isObject(body)) return plainParts(body);
  if (method !== "GET" || headers["content-type"] !== undefined || url.includes("#")) return undefined;
  return attempt(() => plainParts(partsOf(url)));
}

/** @throws when a part that must be JSON is not */
function partsOf(url: string): Readonly<Record<string, unknown>> {
  const found = new URLSearchParams(url.slice(url.indexOf("?")));
  const parts: Record<string, unknown> = {};
  for (const [name, value] of found) {
    if (name in parts) throw new Error("one part is given twice");
    parts[name] = name === "variables" || name === "extensions" ? JSON.parse(value) : value;
  }
  return parts;
}

function plainParts({
  query,
  operationName,
  variables,
  extensions,
}: Readonly<Record<string, unknown>>): PlainRequest | undefined {
  if (operationName != null && typeof operationName !== "string") return undefined;
  if (variables != null && !isObject(variables)) return undefined;
  const given = variables ?? {};
  // Of other extensions, such as the name of a client's library, nobody here makes anything.
  if (extensions != null && !isObject(extensions)) return undefined;
  const { persistedQuery } = extensions ?? {};
  if (typeof query === "string")
    return persistedQuery === undefined ? { query, operationName, variables: given } : undefined;
  const hash = query === undefined ? hashOf(persistedQuery) : undefined;
  return hash === undefined ? undefined : { hash, operationName, variables: given };
}

/** The hash by which a persisted document is asked for. */
function hashOf(persistedQuery: unknown): string | undefined {
  if (!isObject(persistedQuery) || persistedQuery.version !== 1) return undefined;
  return typeof persistedQuery.sha256Hash === "string" ? persistedQuery.sha256Hash : undefined;
}
