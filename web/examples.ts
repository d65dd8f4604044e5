import { type Example, parseExample } from "./example.js";

const operations = import.meta.glob<string>("../examples/operations/*.graphql", {
  query: "?raw",
  import: "default",
  eager: true,
});
const variables = import.meta.glob<string>("../examples/operations/*.variables.json", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Every example operation, in the order of the file names. */
export const examples: Example[] = Object.entries(operations)
  .sort(([left], [right]) => left.localeCompare(right))
  .map(([path, text]) => parseExample(text, variables[path.replace(/\.graphql$/, ".variables.json")]));
