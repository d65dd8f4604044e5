import type { TypedDocumentString } from "./generated/graphql.js";

/**
 * Sends one operation and returns its data, typed by the operation itself.
 *
 * @throws Error with the server's messages when the answer has errors
 */
export async function request<Data, Variables>(
  endpoint: string,
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/graphql-response+json" },
    body: JSON.stringify({ query: document.toString(), variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (errors?.length || !data)
    throw new Error(errors?.map(({ message }) => message).join("\n") ?? response.statusText);
  return data;
}
