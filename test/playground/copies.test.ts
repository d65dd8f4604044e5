import { execFileSync } from "node:child_process";
import { asCurl, asFetch, asTypedDocument } from "../../web/copies.js";
import { linkTo, operationIn } from "../../web/link.js";

// Every character that a shell, a template or an address reads in its own way.
const query =
  'query It($a: String) { claims(where: { statement: { contains: "\'\\\\`\u0024{a} & #+%\\n" } }) { totalCount } }';
const body = { query, variables: { a: "it's `$HOME`" } };

test("a link holds an operation as it is", () => {
  const operation = { query, variables: '{ "a": "ä & #" }', operationName: "It" };

  expect(operationIn(linkTo("http://graph.test/?a=1#old", operation))).toEqual(operation);
  expect(operationIn("http://graph.test/#elsewhere")).toBeUndefined();
});

test("a shell takes the command apart as it was meant", () => {
  const shell = `curl() { for part; do printf '%s\\0' "$part"; done; }\n${asCurl("http://graph.test/graphql", body, true)}`;
  const [url, ...rest] = execFileSync("sh", ["-c", shell], {
    encoding: "utf8",
    env: { CLAIMGRAPH_KEY: "secret" },
  }).split("\0");

  expect(url).toBe("http://graph.test/graphql");
  expect(rest).toContain("authorization: Bearer secret");
  expect(JSON.parse(rest.at(-2)!)).toEqual(body);
});

test("a program sends what was copied", async () => {
  const program = asFetch("http://graph.test/graphql", body, false);
  const script = `globalThis.fetch = (url, { body }) => new Response(body);\n${program}`;
  const sent = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });

  expect(program).not.toContain("authorization");
  expect(JSON.parse(sent)).toEqual(body);
});

test("a document stands in a template", () => {
  expect(asTypedDocument('query A { a(b: "`\u0024{c}") }', "A")).toContain(
    'graphql(/* GraphQL */ `\nquery A { a(b: "\\`\\\u0024{c}") }\n`);',
  );
});
