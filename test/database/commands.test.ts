import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

// A copy of the project as it is shipped, whose models can be changed.
let project: string;
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "claimgraph-"));
  cpSync("prisma", join(project, "prisma"), { recursive: true });
  cpSync("package.json", join(project, "package.json"));
  symlinkSync(resolve("node_modules"), join(project, "node_modules"));
  const bundle = ["node_modules/vite/bin/vite.js", "build", "--outDir", join(project, "dist")];
  spawnSync(process.execPath, bundle);
});
afterAll(() => rmSync(project, { recursive: true }));

function run(command: string, args: string[] = [], env: Record<string, string> = {}) {
  const { DATABASE_URL: _, NODE_OPTIONS: __, ...outside } = process.env;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [`dist/database/${command}.main.js`, ...args],
    {
      cwd: project,
      env: { ...outside, ...env },
      encoding: "utf8",
    },
  );
  return { status, stdout, stderr };
}

const migrations = () =>
  readdirSync(join(project, "prisma/migrations")).filter((name) => /^\d{14}_/.test(name));

test("db:migrate applies what is missing, then has nothing to do", () => {
  const listed = migrations().map((name) => `Applied ${name}\n`);
  expect(run("migrate")).toEqual({ status: 0, stdout: listed.join(""), stderr: "" });
  expect(run("migrate")).toEqual({ status: 0, stdout: "The database is up to date.\n", stderr: "" });
});

test("db:migrate that cannot reach the database says so in one line and fails", () => {
  const { status, stdout, stderr } = run("migrate", [], {
    DATABASE_URL: "postgresql://u:s3cret@127.0.0.1:1/x",
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^Cannot connect to database "x" at 127\.0\.0\.1:1: .+\n$/);
  expect(stderr).not.toContain("s3cret");
});

test("db:migrate lists settings that cannot be used and fails", () => {
  const { status, stderr } = run("migrate", [], { DATABASE_URL: "nonsense" });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^DATABASE_URL is \(not shown\): .+\n$/);
});

test("db:migration writes nothing while the models are unchanged", () => {
  const before = migrations();
  const { status, stdout } = run("new-migration", ["nothing"]);
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: "No change: the migrations already lead to the models of prisma/schema.prisma.\n",
  });
  expect(migrations()).toEqual(before);
});

test("db:migration wants a subject", () => {
  expect(run("new-migration")).toMatchObject({ status: 1, stdout: "" });
});

test("db:migration writes a folder that db:migrate then applies", () => {
  const schema = join(project, "prisma/schema.prisma");
  writeFileSync(
    schema,
    readFileSync(schema, "utf8").replace("model Actor {", "model Actor {\n  nickname String?"),
  );
  const before = migrations();
  expect(run("new-migration", ["actor", "nickname"])).toMatchObject({ status: 0 });
  const [added] = migrations().filter((name) => !before.includes(name));
  expect(added).toMatch(/^\d{14}_actor_nickname$/);
  expect(readFileSync(join(project, "prisma/migrations", added!, "migration.sql"), "utf8")).toBe(
    '-- AlterTable\nALTER TABLE "actor" ADD COLUMN     "nickname" TEXT;\n',
  );
  expect(run("migrate").stdout).toBe(`Applied ${added}\n`);
});

test("db:migration drops a column with its comment, and writes a comment that has changed", () => {
  const schema = join(project, "prisma/schema.prisma");
  const text = readFileSync(schema, "utf8");
  writeFileSync(
    schema,
    text
      .replace(/^ +\/\/\/ Keys of the records that were created\.\n.*\n/m, "")
      .replace("/// The whole text.", "/// All of it."),
  );
  const before = migrations();
  expect(run("new-migration", ["no", "answers"])).toMatchObject({ status: 0 });
  const [added] = migrations().filter((name) => !before.includes(name));
  const sql = readFileSync(join(project, "prisma/migrations", added!, "migration.sql"), "utf8");
  expect(sql).toContain('DROP COLUMN "answer"');
  expect(sql.match(/^comment .*$/gm)).toEqual(["comment on column source_text.text is 'All of it.';"]);
});
