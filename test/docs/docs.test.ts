import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ErrorCode } from "../../src/graphql/errors.js";
import type { Role } from "../../src/graphql/viewer.js";
import { startTestApp, type TestApp } from "../support/app.js";

const pages = [
  "README.md",
  "examples/README.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

interface Block {
  readonly page: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a page, in order. */
function blocksOf(page: string): Block[] {
  const text = readFileSync(page, "utf8");
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map((match) => ({
    page,
    line: text.slice(0, match.index).split("\n").length,
    language: match[1] as string,
    text: match[2] as string,
  }));
}

/** Every GraphQL block with the JSON block that follows it at once: its variables have a page of their own. */
const examples = pages.flatMap((page) => {
  const blocks = blocksOf(page);
  return blocks.flatMap((block, index) => {
    const next = blocks[index + 1];
    return block.language === "graphql"
      ? [{ ...block, answer: next?.language === "json" ? next.text : undefined }]
      : [];
  });
});

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { EXAMPLES: "on" } });
});
afterAll(() => app.stop());

/** What these pages show, not everybody may do. */
const ROLES: Readonly<Record<string, Role>> = { "docs/access.md": "ADMIN" };

test.each(examples)(
  "the query at $page:$line runs, and answers what stands there",
  async ({ page, text, answer }) => {
    const role = ROLES[page];
    const { data, errors } = await (role ? app.as(role) : app.ask)(text);
    if (answer === undefined) {
      expect(errors).toBeUndefined();
      // An example that finds nothing teaches nothing.
      expect(JSON.stringify(data)).not.toMatch(/^\{("\w+":(null|\{"nodes":\[\]\}),?)+\}$/);
    } else {
      expect(JSON.parse(JSON.stringify({ data, ...(errors && { errors }) }))).toMatchObject(
        JSON.parse(answer),
      );
    }
  },
);

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

test("package.json has every script that the pages name", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const named = pages.flatMap((page) =>
    [...readFileSync(page, "utf8").matchAll(/npm run ([\w:]+)/g)].map(([, name]) => name),
  );
  expect(named.filter((name) => !((name as string) in scripts))).toEqual([]);
});
