import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, isScalarType, isSpecifiedScalarType } from "graphql";
import { startTestApp, type TestApp } from "../support/app.js";

const SCALARS = "examples/scalars.json";
const { scalars } = JSON.parse(readFileSync(SCALARS, "utf8")).config as { scalars: Record<string, string> };
const GUIDE = readFileSync("docs/querying.md", "utf8");

test("every scalar of the schema has a type, and so it is in all forms in which it is given", () => {
  const types = Object.values(buildSchema(readFileSync("schema.graphql", "utf8")).getTypeMap());
  const own = types.filter((type) => isScalarType(type) && !isSpecifiedScalarType(type));
  expect(Object.keys(scalars).sort()).toEqual(own.map(({ name }) => name).sort());

  const relay = JSON.parse(readFileSync("examples/relay/relay.config.json", "utf8"));
  expect(relay.projects.example.customScalarTypes).toEqual(scalars);
  const tada = Object.entries(scalars).map(([name, type]) => `${name}: ${type}`);
  expect(GUIDE).toContain(`\`scalars: { ${tada.join("; ")} }\``);
});

describe("the configuration that the guide shows", () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { INTROSPECTION: "off" } });
  });
  afterAll(() => app.stop());

  /** Has every scalar. */
  const OPERATION = `query Everything($at: DateTime, $in: EDTF) {
    changes(first: 1, where: { recordedAt: { gte: $at } }) { nodes { recordedAt patch } }
    claims(where: { assertedAt: { possiblyDuring: $in } }) { nodes { assertedAt { edtf earliest } } }
    sources { nodes { url } }
  }`;

  test.each(["codegen.yml", "codegen.ts"])("%s types every scalar", async (file) => {
    const config = GUIDE.match(new RegExp(`\`\`\`\\w+ title=${file}\n(.*?)\`\`\``, "s"))?.[1] as string;
    const folder = mkdtempSync(".build-for-test-");
    try {
      mkdirSync(join(folder, "src"));
      copyFileSync(SCALARS, join(folder, "scalars.json"));
      writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }');
      writeFileSync(join(folder, file), config.replace("http://127.0.0.1:4000", app.url));
      writeFileSync(
        join(folder, "src/everything.ts"),
        `import { graphql } from "./gql";\nexport const everything = graphql(\`${OPERATION}\`);\n`,
      );
      const cli = "../node_modules/@graphql-codegen/cli/esm/bin.js";
      const made = spawn(process.execPath, [cli, "--config", file, "--silent"], {
        cwd: folder,
        stdio: "inherit",
      });
      expect(await once(made, "close")).toEqual([0, null]);
      const types = readFileSync(join(folder, "src/gql/graphql.ts"), "utf8");
      // Some versions name the scalars, others write what they are.
      const shown = types.replaceAll(
        /InputMaybe<Scalars\['(\w+)'\]\['input'\]>/g,
        (_, name) => new RegExp(`^ +${name}: \\{ input: (\\w+);`, "m").exec(types)?.[1] ?? "unknown",
      );
      for (const typed of [
        /\bat\?: string\b/,
        /\bin\?: string\b/,
        /\brecordedAt: string,/,
        /\bedtf: string,/,
        /\bearliest\??: string \|/,
        /\burl\??: string \|/,
      ]) {
        expect(shown).toMatch(typed);
      }
      // What may be anything is not taken for something.
      expect(types).toContain("patch: unknown ");
      expect(types).not.toMatch(/: any\b/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
