import { readFileSync } from "node:fs";
import { request as send } from "node:http";
import { text as textOf } from "node:stream/consumers";
import { buildSchema, GraphQLEnumType, stripIgnoredCharacters } from "graphql";
import { startTestApp, type TestApp } from "../support/app.js";
import { type Block, blocksIn, examplesIn } from "./pages.js";

type Row = Record<string, unknown>;

/** A request as it stands in the page. */
interface Written {
  readonly method: string;
  readonly target: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** What a chart's specification says of its request and its rows. */
interface Chart {
  /** Where the rows are in the answer. */
  readonly path: string;
  /** What it shows of each row, by its name. */
  readonly shows: Record<string, (row: Row) => unknown>;
  /** The request that the tool makes of it. */
  readonly request: { readonly url: string; readonly body?: unknown };
}

const page = readFileSync("docs/statistics.md", "utf8");

/** The sections of the page that say how a tool asks. */
const recipes = page.split(/^### /m).flatMap((section) => {
  const blocks = blocksIn(section);
  const http = blocks.find(({ language }) => language === "http");
  const chart = blocks.at(-1);
  const [example] = examplesIn(section);
  if (!http || !chart || !example) return [];
  return [{ tool: chart.info, document: example.text, variables: example.variables, http, chart }];
});

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { EXAMPLES: "on" } });
});
afterAll(() => app?.stop());

test("the page names every dimension of every list, and no other", () => {
  const written = [...page.matchAll(/^\| (\w+)s \| ((?:`[A-Z_]+` ?)+)\|/gm)].map(([, noun, dimensions]) => [
    noun,
    dimensions?.match(/[A-Z_]+/g)?.sort(),
  ]);
  const schema = buildSchema(readFileSync("schema.graphql", "utf8"));
  const declared = Object.values(schema.getTypeMap()).flatMap((type) => {
    const [, noun] = /^(\w+)Dimension$/.exec(type.name) ?? [];
    if (!noun || !(type instanceof GraphQLEnumType)) return [];
    const names = type.getValues().map(({ name }) => name);
    return [[noun.toLowerCase(), names.sort()]];
  });
  expect(Object.fromEntries(written)).toEqual(Object.fromEntries(declared));
});

test("there is a recipe for each tool", () => {
  expect(recipes.map(({ tool }) => tool)).toEqual(["vega-lite", "plot", "infinity"]);
});

describe.each(recipes)("$tool", ({ document, variables = "{}", http, chart: block }) => {
  const written = readRequest(http.text);

  test("the request holds the document and its variables", () => {
    const { searchParams } = new URL(written.target, "http://localhost");
    const sent = written.body
      ? JSON.parse(written.body)
      : {
          query: searchParams.get("query"),
          variables: JSON.parse(searchParams.get("variables") ?? "{}"),
        };
    expect(stripIgnoredCharacters(sent.query)).toBe(stripIgnoredCharacters(document));
    expect(sent.variables).toEqual(JSON.parse(variables));
  });

  test("the tool makes the request of the chart's specification", async () => {
    const { request } = await chartOf(block);
    expect(request.url).toBe(`http://${written.headers.Host}${written.target}`);
    expect(JSON.stringify(request.body ?? "")).toBe(JSON.stringify(written.body && JSON.parse(written.body)));
  });

  test("every field that the chart shows is in the rows", async () => {
    const { path, shows } = await chartOf(block);
    const rows = at(await replay(written), path) as Row[];
    expect(rows.length).toBeGreaterThan(0);
    expect(Object.keys(shows).length).toBeGreaterThan(1);
    for (const [name, show] of Object.entries(shows)) {
      const shown = rows.map(show);
      expect([name, shown.filter((value) => value === undefined)]).toEqual([name, []]);
      expect([name, shown.some((value) => value !== null)]).toEqual([name, true]);
    }
  });
});

/** Reads a request of the page. */
function readRequest(text: string): Written {
  const [head = "", body = ""] = text.split("\n\n");
  const [start = "", ...lines] = head.split("\n").filter(Boolean);
  const [method = "", target = ""] = start.split(" ");
  const headers = Object.fromEntries(lines.map((line) => line.split(/: (.*)/, 2)));
  return { method, target, headers, body: body.trim() };
}

/** Sends a request of the page to the server under test, as it stands there. @returns the answer */
async function replay({ method, target, headers, body }: Written): Promise<unknown> {
  const { hostname, port, host } = new URL(app.url);
  const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    const options = { hostname, port, method, path: target, headers: { ...headers, Host: host } };
    send(options, resolve).on("error", reject).end(body);
  });
  expect(response.statusCode).toBe(200);
  const answer = JSON.parse(await textOf(response));
  expect(answer.errors).toBeUndefined();
  return answer;
}

/** What stands at a path such as `data.claims`. */
const at = (value: unknown, path: string): unknown =>
  path.split(".").reduce((found, key) => (found === null ? null : Object(found)[key]), value);

/** Shows what stands in each row at these paths. */
const showing = (paths: readonly string[]): Chart["shows"] =>
  Object.fromEntries(paths.map((path) => [path, (row: Row) => at(row, path)]));

function chartOf({ info, text }: Block): Chart | Promise<Chart> {
  if (info === "vega-lite") return vegaLite(text);
  return info === "plot" ? plot(text) : infinity(text);
}

function vegaLite(text: string): Chart {
  const { data } = JSON.parse(text);
  const fields = [...text.matchAll(/"field": "([^"]+)"|\bdatum\.([\w.]+)/g)].map(
    ([, encoded, tested]) => encoded ?? (tested as string),
  );
  return { path: data.format.property, shows: showing(fields), request: { url: data.url } };
}

function infinity(text: string): Chart {
  const { url, url_options: options, root_selector: path, columns } = JSON.parse(text);
  // Grafana puts the dashboard's range of time in.
  const variables = options.body_graphql_variables
    .replaceAll(DAY_OF("from"), "2025-04-01")
    .replaceAll(DAY_OF("to"), "2025-04-30");
  return {
    path,
    shows: showing(columns.map(({ selector }: { selector: string }) => selector)),
    request: { url, body: { query: options.body_graphql_query, variables: JSON.parse(variables) } },
  };
}

const DAY_OF = (end: string) => `\${__${end}:date:YYYY-MM-DD}`;

/** Runs the program of the page, with a Plot that notes what it is given. */
async function plot(text: string): Promise<Chart> {
  let url = "";
  const shows: Chart["shows"] = {};
  const fetching = async (address: string) => {
    url = address;
    return fetch(new URL(new URL(address).pathname + new URL(address).search, app.url));
  };
  const barX = (rows: Row[], channels: Record<string, unknown>) => {
    expect(rows.length).toBeGreaterThan(0);
    for (const name of ["x", "y", "fill"]) {
      const channel = channels[name];
      shows[name] = (row) => (typeof channel === "function" ? channel(row) : at(row, String(channel)));
    }
  };
  const program = text.replace('import * as Plot from "@observablehq/plot";\n', "");
  expect(program).not.toBe(text);
  const run = new Function("Plot", "fetch", "document", `return (async () => {${program}})()`);
  await run({ plot: () => ({}), barX }, fetching, { body: { append() {} } });
  const [, path = ""] = /\b(data\.[\w.]+buckets)\b/.exec(program) ?? [];
  return { path, shows, request: { url } };
}
