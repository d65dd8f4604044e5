import type { FastifyRequest } from "fastify";
import { ErrorCode, PublicError } from "../graphql/errors.js";

const SHA256 = /^sha256:([0-9a-f]{64})$/i;

/**
 * Lets a document be asked for by `documentId=sha256:…` in place of `query`, as persisted documents of GraphQL over HTTP
 * are: https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md
 * Rewrites the request to the older way of saying the same, `extensions.persistedQuery`, which all that follows knows.
 *
 * @throws BAD_REQUEST when the id is of another form
 */
export function resolveDocumentId(request: FastifyRequest): void {
  const { method, raw } = request;
  if (method === "POST") {
    const given = Object(request.body) as Record<string, unknown>;
    if (given.documentId == null) return;
    const { documentId, ...body } = given;
    request.body = { ...body, extensions: { ...Object(body.extensions), ...persisted(documentId) } };
  } else if (raw.url?.includes("documentId=")) {
    const [path, search] = split(raw.url);
    const given = new URLSearchParams(search);
    const ids = given.getAll("documentId");
    if (ids.length === 0) return;
    if (ids.length > 1) throw refused("may be given only once");
    given.delete("documentId");
    given.set("extensions", JSON.stringify({ ...readObject(given.get("extensions")), ...persisted(ids[0]) }));
    raw.url = `${path}?${given}`;
  }
}

function split(url: string): [path: string, search: string] {
  const at = url.indexOf("?");
  return [url.slice(0, at), url.slice(at + 1)];
}

function persisted(documentId: unknown) {
  const [, hash] = SHA256.exec(String(documentId)) ?? [];
  if (!hash)
    throw refused("must be `sha256:` and the SHA-256 of the document's text, in 64 hexadecimal digits");
  return { persistedQuery: { version: 1, sha256Hash: hash.toLowerCase() } };
}

function readObject(json: string | null): object {
  try {
    return Object(json === null ? {} : JSON.parse(json));
  } catch {
    throw new PublicError(ErrorCode.BAD_REQUEST, "`extensions` must be a JSON object.");
  }
}

const refused = (why: string) =>
  new PublicError(
    ErrorCode.BAD_REQUEST,
    `\`documentId\` ${why}. The text of a document goes into \`query\`.`,
  );
