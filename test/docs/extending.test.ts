import { readFileSync } from "node:fs";
import { blocksIn } from "./pages.js";

const page = readFileSync("docs/extending.md", "utf8");
const pieces = blocksIn(page).filter(({ language }) => language === "ts");

test("the page shows code of this repository", () => {
  expect(pieces.length).toBeGreaterThan(5);
});

test.each(pieces.map(({ line, info, text }) => ({ line, info, text })))(
  "line $line is a piece of $info",
  ({ info, text }) => {
    expect(readFileSync(info, "utf8")).toContain(text);
  },
);

test("every file and script that the page names is there", () => {
  const named = [...page.matchAll(/`((?:src|test|docs|prisma)\/[\w./-]+|reading\/[\w-]+\.ts)`/g)].map(
    ([, name = ""]) => (name.startsWith("reading/") ? `src/${name}` : name),
  );
  expect(named.length).toBeGreaterThan(3);
  for (const name of named) expect(() => readFileSync(name)).not.toThrow(/ENOENT/);
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: object };
  for (const [, script = ""] of page.matchAll(/npm run ([\w:]+)/g)) expect(scripts).toHaveProperty([script]);
});
