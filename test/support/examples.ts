import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type Example, parseExample } from "../../web/example.js";

const FOLDER = new URL("../../examples/operations/", import.meta.url);

/** Every example operation with its variables, in the order of the file names. */
export function readExamples(): Example[] {
  return readdirSync(fileURLToPath(FOLDER))
    .filter((file) => file.endsWith(".graphql"))
    .sort()
    .map((file) => {
      const variables = new URL(file.replace(/\.graphql$/, ".variables.json"), FOLDER);
      return parseExample(
        readFileSync(new URL(file, FOLDER), "utf8"),
        existsSync(variables) ? readFileSync(variables, "utf8") : undefined,
      );
    });
}
