import { readFileSync } from "node:fs";
import { operationIn } from "../../web/link.js";
import { withLinks } from "./links.js";
import { examplesOf, pages } from "./pages.js";

test.each(pages)("%s has a link below each example; `npm run docs:links` writes them", (page) => {
  const text = readFileSync(page, "utf8");

  expect(text).toBe(withLinks(text));
});

test.each(pages.filter((page) => examplesOf(page).length > 0))(
  "the links of %s hold its examples",
  (page) => {
    const targets = readFileSync(page, "utf8").matchAll(/^\[open-\d+\]: (.*)$/gm);

    expect([...targets].map(([, address]) => operationIn(address as string))).toEqual(
      examplesOf(page).map(({ text, variables = "" }) => ({ query: text, variables })),
    );
  },
);

test("links that are missing, stale or too many are mended, and nothing else is changed", () => {
  const page = "# Page\n\n```graphql\n{ a }\n```\n\n```json variables\n{}\n```\n\nText, `[open-1]`.\n";
  const linked = withLinks(page);

  expect(linked).toContain("```\n\n[Open in the playground][open-1]\n\n```json variables\n");
  expect(linked).toMatch(/\n\[open-1\]: http:\/\/127\.0\.0\.1:4000\/playground#query=\S+&variables=\S+\n$/);
  expect(withLinks(linked)).toBe(linked);
  expect(withLinks(linked.replaceAll("{ a }", "{ b }"))).toBe(withLinks(page.replace("{ a }", "{ b }")));
  expect(withLinks(linked.replaceAll("graphql", "text"))).toBe(page.replace("graphql", "text"));
});
