import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { board } from "../../examples/client/board.js";
import { EXAMPLE, follow, record } from "../../examples/client/record.js";
import { startTestApp, type TestApp } from "../support/app.js";

const CLIENT = "examples/client";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { EXAMPLES: "on" } });
});
afterAll(() => app.stop());

const server = (key?: string) => ({ endpoint: `${app.url}/graphql`, key });

test("the typed client shows who said what about an event", async () => {
  const lines = await board(server(), "north-korea-admits-deployment");
  expect(lines).toContainEqual(expect.stringMatching(/^2025-04-28 {2}.*ADMIT: “.+”/));
});

test("the typed client says what is wrong", async () => {
  await expect(board(server(), "no-such-event")).rejects.toThrow('There is no event "no-such-event".');
});

test("the typed client records a claim once, and follows what becomes of it", async () => {
  const analyst = server(await app.keyOf("ANALYST"));
  const id = await record(analyst, EXAMPLE);
  expect(await record(analyst, EXAMPLE)).toBe(id);

  const stop = new AbortController();
  const lines = follow(analyst, id, stop.signal, 20);
  expect((await lines.next()).value).toMatch(/version 1 CREATED by Test analyst; now DRAFT$/);
  const next = lines.next();
  await app.as("EDITOR")(
    `mutation { publishClaim(input: { id: "${id}", reason: "Read." }) { errors { message } } }`,
  );
  expect((await next).value).toMatch(/version 2 UPDATED by Test editor \(Read\.\); now PUBLISHED$/);
  stop.abort();
  expect(await lines.next()).toEqual({ done: true, value: undefined });
});

test("the typed client says where the input is wrong, and whom the server does not know", async () => {
  const wrong = { ...EXAMPLE, idempotencyKey: undefined, claim: { ...EXAMPLE.claim, language: "?" } };
  await expect(record(server(await app.keyOf("ANALYST")), wrong)).rejects.toThrow("input.claim.language: ");
  await expect(record(server(), EXAMPLE)).rejects.toThrow("needs the role ANALYST");
});

/** Compiles the client beside a changed copy of board.ts. */
function compile(change: (code: string) => string): { status: number | null; stdout: string } {
  const folder = mkdtempSync(join(CLIENT, "check-"));
  try {
    const code = readFileSync(join(CLIENT, "board.ts"), "utf8").replaceAll('"./', '"../');
    writeFileSync(join(folder, "board.ts"), change(code));
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({
        extends: "../tsconfig.json",
        compilerOptions: { noEmit: true, rootDir: ".." },
        include: ["."],
      }),
    );
    return spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", folder], {
      encoding: "utf8",
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("the client compiles, and does not with a field that its operation does not ask for", () => {
  expect(compile((code) => code)).toMatchObject({ status: 0, stdout: "" });
  const wrong = compile((code) => code.replace("claim.act", "claim.deed"));
  expect(wrong.stdout).toContain("Property 'deed' does not exist");
  expect(wrong.status).not.toBe(0);
});

/** Generates a client for one operation. */
function generate(operation: string): number | null {
  const folder = mkdtempSync(join(CLIENT, "check-"));
  try {
    writeFileSync(join(folder, "operation.graphql"), operation);
    const { generates, ...config } = parse(readFileSync("codegen.yml", "utf8"));
    const client = { ...generates[`${CLIENT}/generated/`], documents: `${folder}/*.graphql` };
    const changed = {
      ...config,
      $import: "../../scalars.json",
      generates: { [`${folder}/generated/`]: client },
    };
    writeFileSync(join(folder, "codegen.yml"), stringify(changed));
    const cli = "node_modules/@graphql-codegen/cli/esm/bin.js";
    return spawnSync(process.execPath, [cli, "--config", join(folder, "codegen.yml")]).status;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("an operation makes a client, and does not with a field that the schema does not have", () => {
  expect(generate('query Title { event(slug: "x") { title } }')).toBe(0);
  expect(generate('query Title { event(slug: "x") { headline } }')).not.toBe(0);
});
