// Writes the links below the examples of the docs, which open them in the playground.
import { readFileSync, writeFileSync } from "node:fs";
import { runnerImport } from "vite";

const { pages } = (await runnerImport("./test/docs/pages.ts")).module;
const { withLinks } = (await runnerImport("./test/docs/links.ts")).module;

for (const page of pages) writeFileSync(page, withLinks(readFileSync(page, "utf8")));
