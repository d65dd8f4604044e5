import type { FastifyInstance, FastifyRequest } from "fastify";
import type { TypedDocumentString } from "../generated/pages/graphql.js";

/** One error of an answer. */
interface AskedError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string };
}

/** The API has not answered what a page asked. */
export class NotAnswered extends Error {
  override name = "NotAnswered";

  constructor(
    /** Status of the answer of the API. */
    readonly status: number,
    readonly errors: readonly AskedError[],
  ) {
    super(errors.map(({ message }) => message).join("\n"));
  }

  get code(): string | undefined {
    return this.errors[0]?.extensions?.code;
  }
}

/** What of a request decides what it may see, and by whom it counts. */
const PASSED_ON = ["host", "x-forwarded-for"] as const;

/**
 * Asks the API of this very server, as the reader whom it answers: through the same route, with the same rights and limits.
 *
 * @param key with which he has signed in
 * @throws NotAnswered when the answer has errors
 */
export async function ask<Data, Variables>(
  app: FastifyInstance,
  { headers, id, raw }: FastifyRequest,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  key: string | undefined,
): Promise<Data> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  raw.socket.once("close", leave);
  try {
    const response = await app.inject({
      method: "POST",
      url: "/graphql",
      remoteAddress: raw.socket.remoteAddress,
      headers: {
        ...Object.fromEntries(PASSED_ON.map((name) => [name, headers[name]]).filter(([, value]) => value)),
        // The two lines of the log belong together.
        "x-request-id": id,
        ...(key && { authorization: `Bearer ${key}` }),
        accept: "application/graphql-response+json",
      },
      payload: { query: document.toString(), variables },
      signal: gone.signal,
    });
    const { data, errors = [] } = response.json<{ data?: Data | null; errors?: AskedError[] }>();
    if (errors.length > 0 || !data) throw new NotAnswered(response.statusCode, errors);
    return data;
  } finally {
    raw.socket.off("close", leave);
  }
}
