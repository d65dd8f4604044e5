import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Cluster, query, startCluster } from "./system.js";

const run = promisify(execFile);

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster?.remove());

/** What Prisma's command line says. */
async function prisma(command: string, url = cluster.url): Promise<string> {
  const env = { ...process.env, DATABASE_URL: url, CHECKPOINT_DISABLE: "1" };
  const { stdout, stderr } = await run("npx", ["prisma", ...command.split(" ")], { env }).catch(
    (error) => error,
  );
  return stdout + stderr;
}

test("Prisma's ordinary commands find the schema and the database, and need no engine of their own", async () => {
  expect(await prisma("validate")).toContain("prisma/schema.prisma is valid");
  expect(await prisma("migrate status")).toContain("have not yet been applied");
  expect(await prisma("migrate deploy")).toContain("All migrations have been successfully applied");
  expect(await prisma("migrate status")).toContain("Database schema is up to date");
  const compare = "migrate diff --from-config-datasource --to-schema prisma/schema.prisma";
  expect(await prisma(compare)).toContain("No difference detected");
  await query(cluster.url, "alter table claim add column mood text");
  expect(await prisma("db pull --print")).toMatch(/^ +mood +String\?$/m);
  expect(await prisma(compare)).toContain("Removed column `mood`");
});

test("a migration that fails is named with its cause", async () => {
  await query(
    cluster.url,
    "delete from _prisma_migrations where migration_name like '%folded_alike_everywhere'",
  );
  const said = await prisma("migrate deploy");
  expect(said).toContain("folded_alike_everywhere");
  expect(said).toContain('function "folded" already exists');
});

test("a database that cannot be reached is named", async () => {
  const said = await prisma("migrate status", "postgresql://nobody@127.0.0.1:1/nowhere");
  expect(said).toMatch(/P1001.*127\.0\.0\.1:1/s);
});
