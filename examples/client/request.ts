import type { TypedDocumentString } from "./generated/graphql.js";

/** A server, and the key with which it is asked; readers need none. */
export interface Server {
  /** Address of the GraphQL endpoint. */
  readonly endpoint: string;
  readonly key?: string;
}

/**
 * Sends one operation and returns its data, typed by the operation itself.
 *
 * @throws Error with the server's messages when the answer has errors
 */
export async function request<Data, Variables>(
  { endpoint, key }: Server,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      accept: "application/graphql-response+json",
      ...(key && { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (errors?.length || !data)
    throw new Error(errors?.map(({ message }) => message).join("\n") ?? response.statusText);
  return data;
}
