import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { GraphQLSchema } from "graphql";
import { schemaText } from "../graphql/schema-text.js";

/**
 * Serves the schema as text at `/schema.graphql`, for the generators of typed clients, also where introspection is off: a
 * file costs nothing that is worth a limit, and it tells who has it already (`ETag`) that it is still the same.
 */
export function schemaFile(app: FastifyInstance, schema: GraphQLSchema): void {
  // Written when it is first asked for: a start is not made to wait for it.
  let written: { readonly text: string; readonly tag: string } | undefined;
  app.get("/schema.graphql", { compress: {} }, (request, reply) => {
    written ??= writtenOf(schema);
    const { text, tag } = written;
    reply.header("etag", tag).header("cache-control", "no-cache");
    if (matches(request.headers["if-none-match"], tag)) return reply.code(304).send();
    // There is no registered media type: https://graphql.github.io/graphql-over-http/
    return reply.type("text/plain; charset=utf-8").send(text);
  });
}

function writtenOf(schema: GraphQLSchema) {
  const text = schemaText(schema);
  return { text, tag: `W/"${createHash("sha256").update(text).digest("base64url")}"` };
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match compares weakly. */
const matches = (header: string | undefined, tag: string): boolean =>
  header === "*" ||
  (header?.split(",").some((one) => one.trim().replace(/^W\//, "") === tag.slice(2)) ?? false);
