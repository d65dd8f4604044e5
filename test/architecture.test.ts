import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

/** Each folder that declares a record; only the list of records names them, and they each other. */
const RECORDED = readdirSync("src").filter((name) => existsSync(join("src", name, `${name}.record.ts`)));

/** Nouns, those that are computed among them. */
const NOUNS = [...RECORDED, "dispute"];

/** Each part of src/ and the parts that it may import: the arrows point one way. */
const BELOW: Record<string, readonly string[]> = {
  app: ["access", "config", "database", "dataset", "graphql", "http", "reading", "schema", "serving"],
  serving: ["http", "schema"],
  config: [],
  schema: ["access", "feed", "graphql", "mutations", "reading", "records", "revision"],
  mutations: ["records", "revision", "writing"],
  records: [...RECORDED, "revision", "writing"],
  access: ["config", "database", "graphql", "reading", "revision", "values"],
  http: ["access", "config", "database", "feed", "graphql", "pages", "reading"],
  // They know the rest by what the API answers, and how dates are written.
  pages: ["values"],
  feed: ["database", "graphql", "reading", "revision"],
  dataset: ["config", "database", "graphql", "reading", "records", "values", "writing"],
  ...Object.fromEntries(
    NOUNS.map((noun) => [
      noun,
      [...NOUNS, "graphql", "identity", "reading", "revision", "values", "writing"],
    ]),
  ),
  // What records of every kind have.
  identity: ["graphql", "reading", "values", "writing"],
  revision: ["graphql", "reading", "values", "writing"],
  writing: ["database", "graphql", "reading", "values"],
  reading: ["database", "graphql", "values"],
  graphql: ["values"],
  database: [],
  values: [],
};
/** Generated code and the place of the project's files stand below everything; these few files are what two parts agree on. */
const SHARED = new Set(["generated", "project-folder"]);
const AGREED: Record<string, readonly string[]> = {
  // The context names the reader that the resolvers call; the type-only import is the contract between them.
  "graphql/context.ts": ["database", "reading"],
};

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
  (file) => /\.tsx?$/.test(file) && !file.endsWith(".d.ts") && !file.startsWith("generated"),
);
// Programs put the parts together.
const isProgram = (file: string): boolean => file === "main.ts" || file.endsWith(".main.ts");
const partOf = (file: string): string => file.split(/[/.]/)[0] as string;

test("imports point one way: http → schema → noun → reading, writing → database", () => {
  const backward: string[] = [];
  for (const file of files.filter((name) => !isProgram(name))) {
    const part = partOf(file);
    for (const [, target] of readFileSync(join("src", file), "utf8").matchAll(/from "(\.[^"]+)"/g)) {
      const to = partOf(relative(".", normalize(join(dirname(file), target as string))));
      const allowed = [part, ...(BELOW[part] ?? []), ...(AGREED[file] ?? [])];
      if (!allowed.includes(to) && !SHARED.has(to)) backward.push(`${file} → ${to}`);
    }
  }
  expect(backward).toEqual([]);
});

test("the configuration is the only reader of the environment", () => {
  const readers = files.filter((file) => readFileSync(join("src", file), "utf8").includes("process.env"));
  expect(readers).toEqual(["config.ts"]);
});
