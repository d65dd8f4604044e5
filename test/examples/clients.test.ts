import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createInterface } from "node:readline";
import { EXAMPLE, record } from "../../examples/client/record.js";
import { startTestApp, type TestApp } from "../support/app.js";

// Compiled inside the project, where the programs find its modules.
const build = mkdtempSync(".build-for-test-");
const running = new Set<ChildProcess>();

let app: TestApp;
beforeAll(async () => {
  const compiler = ["node_modules/typescript/bin/tsc", "-p", "examples", "--outDir", build];
  expect(spawnSync(process.execPath, compiler, { encoding: "utf8" })).toMatchObject({
    status: 0,
    stdout: "",
  });
  app = await startTestApp({ env: { EXAMPLES: "on", LOG_LEVEL: "info" } });
});
afterAll(async () => {
  for (const child of running) child.kill();
  rmSync(build, { recursive: true });
  await app?.stop();
});

/** Starts an example, as `npm run example:…` does once it is compiled. */
function start(client: string, key = "") {
  const child = spawn(process.execPath, [`${build}/${client}/main.js`, `${app.url}/graphql`], {
    env: { ...process.env, CLAIMGRAPH_KEY: key },
    stdio: ["ignore", "pipe", "inherit"],
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  return child;
}

/** Runs an example to its end, and gives the lines that it prints. */
async function run(client: string, key?: string): Promise<string[]> {
  const child = start(client, key);
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    printed += text;
  });
  expect(await once(child, "close")).toEqual([0, null]);
  return printed.trimEnd().split("\n");
}

/** How an operation was asked for, each time. */
const methodsOf = (operation: string) =>
  app.logged.filter((line) => line.operation === operation).map(({ method }) => method);

/** What each of them shows: the question, and who says yes and no to it. */
const DISAGREEMENT = expect.arrayContaining([
  expect.stringMatching(/^AFFIRMS {2}Russian military: The heads of the Russian military reported/),
  expect.stringMatching(/^REJECTS {2}Ukrainian military: /),
]);
const QUESTION = "Russia has retaken the whole of the Kursk region.";

test("graphql-request asks a question, and records a claim once with a key", async () => {
  const asked = await run("graphql-request");
  expect(asked).toEqual(DISAGREEMENT);
  expect(asked[0]).toBe(QUESTION);
  expect(asked.at(-1)).not.toContain("Recorded");
  expect(methodsOf("RequestWhoDisagrees")).toEqual(["POST"]);

  const key = await app.keyOf("ANALYST");
  const recorded = (await run("graphql-request", key)).at(-1);
  expect(recorded).toMatch(/^Recorded claim_\w+, now DRAFT\.$/);
  expect((await run("graphql-request", key)).at(-1)).toBe(recorded);
});

test("Apollo Client watches a list grow page by page, and then has all of it once", async () => {
  const lines = await run("apollo-client");
  expect(lines).toEqual(DISAGREEMENT);
  const counts = lines.flatMap((line) => /^(\d+) of (\d+)$/.exec(line)?.slice(1).map(Number) ?? []);
  expect(counts.length).toBeGreaterThan(2);
  expect(counts.at(-2)).toBe(counts.at(-1));
  expect(methodsOf("ApolloWhoDisagrees")).toEqual(["POST", "POST"]);
  expect(lines.filter((line) => /^(AFFIRMS|REJECTS) /.test(line))).toHaveLength(counts.at(-1) as number);
});

test("Relay joins the pages that it asks for by the id of a node", async () => {
  const lines = await run("relay");
  expect(lines).toEqual(DISAGREEMENT);
  expect(lines[0]).toBe(QUESTION);
  expect(methodsOf("documentsMoreQuery")).toEqual(["POST"]);
  // They are those that come in one page to others.
  expect(lines.slice(1)).toEqual((await run("graphql-request")).slice(1));
});

test("urql asks by GET, and misses no change from then on", async () => {
  const child = start("urql");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const shown: string[] = [];
  for (let line = ""; !line.startsWith("Listening"); shown.push(line)) {
    const next = await lines.next();
    if (next.done) throw new Error("It ended.");
    line = next.value;
  }
  expect(shown).toEqual(DISAGREEMENT);
  expect(shown[0]).toBe(QUESTION);
  expect(methodsOf("UrqlWhoDisagrees")).toEqual(["GET"]);

  const id = await record({ endpoint: `${app.url}/graphql`, key: await app.keyOf("ANALYST") }, EXAMPLE);
  await app.as("EDITOR")(`mutation { publishClaim(input: { id: "${id}" }) { errors { message } } }`);
  expect((await lines.next()).value).toBe(`version 2 UPDATED, now PUBLISHED: ${EXAMPLE.claim.statement}`);
  child.kill("SIGINT");
  await once(child, "close");
});

test("each program has its script, and is named in the README of the examples", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const readme = readFileSync("examples/README.md", "utf8");
  const programs = readdirSync(build).filter((folder) => folder !== "generated");
  expect(programs).toEqual(["apollo-client", "graphql-request", "relay", "urql"]);
  for (const program of programs) {
    expect(scripts[`example:${program}`]).toContain(`dist/examples/${program}/main.js`);
    expect(readme).toContain(`\n| \`${program}/\` |`);
  }
});
