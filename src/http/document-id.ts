import type { FastifyRequest } from "fastify";
import { badRequest } from "./refusals.js";

const SHA256 = /^sha256:([0-9a-f]{64})$/i;

/**
 * Lets a document be asked for by `documentId=sha256:…` in place of `query`, as persisted documents of GraphQL over HTTP
 * are: https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md
 * Rewrites the request to the older way of saying the same, `extensions.persistedQuery`, which all that follows knows.
 *
 * @throws BAD_REQUEST when the id, or what stands beside it, is of another form
 */
export function resolveDocumentId(request: FastifyRequest): void {
  const { method, raw } = request;
  if (method === "POST") {
    const given = Object(request.body) as Record<string, unknown>;
    if (given.documentId == null) return;
    const { documentId, ...body } = given;
    request.body = { ...body, extensions: persisted(documentId, body.extensions) };
  } else if (raw.url?.includes("documentId=")) {
    const at = raw.url.indexOf("?");
    const given = new URLSearchParams(raw.url.slice(at + 1));
    const ids = given.getAll("documentId");
    if (ids.length === 0) return;
    if (ids.length > 1) throw badRequest("`documentId` may be given only once.");
    given.delete("documentId");
    given.set("extensions", JSON.stringify(persisted(ids[0], read(given.get("extensions")))));
    raw.url = `${raw.url.slice(0, at)}?${given}`;
  }
}

/** The extensions that ask for the document, beside those that are given. */
function persisted(documentId: unknown, extensions: unknown): object {
  const [, hash] = (typeof documentId === "string" && SHA256.exec(documentId)) || [];
  if (!hash) {
    throw badRequest(
      "`documentId` must be `sha256:` and the SHA-256 of the document's text, in 64 hexadecimal digits. The text of a document goes into `query`.",
    );
  }
  if (extensions != null && (typeof extensions !== "object" || Array.isArray(extensions)))
    throw badRequest(NO_EXTENSIONS);
  return { ...extensions, persistedQuery: { version: 1, sha256Hash: hash.toLowerCase() } };
}

const NO_EXTENSIONS = "`extensions` must be a JSON object.";

function read(json: string | null): unknown {
  try {
    return json === null ? undefined : JSON.parse(json);
  } catch {
    throw badRequest(NO_EXTENSIONS);
  }
}
