import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { STEPS } from "../../src/claim/review.js";
import { ErrorCode } from "../../src/graphql/errors.js";
import { UserErrorCode } from "../../src/graphql/user-error.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { examplesOf, pages } from "./pages.js";

const examples = pages.flatMap((page) => examplesOf(page).map((example) => ({ page, ...example })));

const ID = /^([a-z_]+)_[0-7][0-9a-hjkmnp-tv-z]{25}$/;

/** Learns which ids stand for those of a page, which were given when its author ran it. */
function learnIds(shown: unknown, given: unknown, ids: Map<string, string>): void {
  if (typeof shown === "string" && typeof given === "string") {
    const [one, other] = [ID.exec(shown), ID.exec(given)];
    if (one && one[1] === other?.[1] && !ids.has(shown)) ids.set(shown, given);
  } else if (shown && given && typeof shown === "object") {
    for (const [key, value] of Object.entries(shown)) learnIds(value, Object(given)[key], ids);
  }
}

const writes = ({ text }: { text: string }) => /^\s*mutation\b/m.test(text);

/** The database of the pages that only read. */
let shared: TestApp;
beforeAll(async () => {
  shared = await startTestApp({ env: { EXAMPLES: "on" } });
});
afterAll(() => shared?.stop());

// The examples of a page run one after the other, as its reader runs them. A page that writes has a database of its own.
describe.each([...new Set(examples.map(({ page }) => page))])("%s", (page) => {
  const ids = new Map<string, string>();
  const withIds = (text: string) =>
    [...ids].reduce((done, [shown, given]) => done.replaceAll(shown, given), text);

  const own = examplesOf(page).some(writes);
  let app: TestApp;
  beforeAll(async () => {
    app = own ? await startTestApp({ env: { EXAMPLES: "on" } }) : shared;
  });
  afterAll(() => (own ? app?.stop() : undefined));

  test.each(examplesOf(page))(
    "the operation at line $line runs, and answers what stands there",
    async ({ text, role, variables = "{}", answer }) => {
      const ask = role ? app.as(role) : app.ask;
      const { data, errors } = await ask(withIds(text), JSON.parse(withIds(variables)));
      if (answer === undefined) {
        expect(errors).toBeUndefined();
        // An example that finds nothing teaches nothing.
        expect(JSON.stringify(data)).not.toMatch(/^\{("\w+":(null|\{"nodes":\[\]\}),?)+\}$/);
        // One that is refused says so.
        expect(JSON.stringify(data)).not.toMatch(/"errors":\[\{/);
      } else {
        const given = JSON.parse(JSON.stringify({ data, ...(errors && { errors }) }));
        learnIds(JSON.parse(answer), given, ids);
        expect(given).toMatchObject(JSON.parse(withIds(answer)));
      }
    },
  );
});

test("there are examples to run, and the README shows a query with its answer", () => {
  expect(examples.length).toBeGreaterThan(8);
  expect(examples.filter(({ page, answer }) => page === "README.md" && answer)).not.toHaveLength(0);
});

test("links between pages lead somewhere", () => {
  const broken: string[] = [];
  for (const page of pages) {
    for (const [, target] of readFileSync(page, "utf8").matchAll(/\]\((?!\w+:)([^)#]+)(?:#[^)]*)?\)/g)) {
      if (!existsSync(join(dirname(page), target as string))) broken.push(`${page} → ${target}`);
    }
  }
  expect(broken).toEqual([]);
});

test("docs/configuration.md names every setting, and no other", () => {
  const documented = [...readFileSync("docs/configuration.md", "utf8").matchAll(/^\| `([A-Z_]+)` \|/gm)].map(
    ([, name]) => name,
  );
  const read = [...readFileSync("src/config.ts", "utf8").matchAll(/^ {2}([A-Z_]+): /gm)].map(
    ([, name]) => name,
  );
  expect(documented.toSorted()).toEqual(read.toSorted());
});

test("docs/querying.md names every error code", () => {
  const text = readFileSync("docs/querying.md", "utf8");
  expect(Object.values(ErrorCode).filter((code) => !text.includes(`\`${code}\``))).toEqual([]);
});

test("docs/recording.md explains every code of a refused mutation, and every step of review", () => {
  const text = readFileSync("docs/recording.md", "utf8");
  expect(Object.values(UserErrorCode).filter((code) => !text.includes(`\n| \`${code}\` |`))).toEqual([]);
  for (const { verb, from, to, role } of STEPS) {
    expect(text).toContain(`\n| \`${verb}Claim\` | ${from.join(", ")} | ${to} | ${role} |`);
  }
});

test("package.json has every script that the pages name", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const named = pages.flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name),
  );
  expect(named.filter((name) => !((name as string) in scripts))).toEqual([]);
});
