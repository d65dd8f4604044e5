/** The JSON of a request. */
export interface RequestBody {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

// A key never leaves the page: what is copied names the variable that holds it.
const KEY = "CLAIMGRAPH_KEY";

const inShell = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;
const inTemplate = (text: string) => text.replaceAll(/[\\`]|\$\{/g, "\\$&");

/** The request as a command. */
export function asCurl(url: string, body: RequestBody, withKey: boolean): string {
  return [
    `curl ${inShell(url)}`,
    "--header 'content-type: application/json'",
    ...(withKey ? [`--header "authorization: Bearer $${KEY}"`] : []),
    `--data ${inShell(JSON.stringify(body))}`,
  ].join(" \\\n  ");
}

/** The request as a program for Node.js. */
export function asFetch(url: string, { query, ...rest }: RequestBody, withKey: boolean): string {
  const headers = [
    `"content-type": "application/json"`,
    ...(withKey ? [`authorization: \`Bearer \${process.env.${KEY}}\``] : []),
  ];
  return `const query = \`${inTemplate(query)}\`;
const response = await fetch(${JSON.stringify(url)}, {
  method: "POST",
  headers: { ${headers.join(", ")} },
  body: JSON.stringify({ query, ...${JSON.stringify(rest)} }),
});
console.log(JSON.stringify(await response.json(), null, 2));
`;
}

/** The operation as the client preset of GraphQL Code Generator finds and types it. */
export function asTypedDocument(query: string, name = "Operation"): string {
  return `import { graphql } from "./generated/gql.js";

export const ${name} = graphql(/* GraphQL */ \`
${inTemplate(query).trim()}
\`);
`;
}
