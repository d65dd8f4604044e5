import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { readConfig } from "../src/config.js";

const compose = parse(readFileSync("docker-compose.yml", "utf8"));
const dockerfile = readFileSync("Dockerfile", "utf8");

/** What a `${NAME:-default}` becomes when the operator sets nothing. */
const byDefault = (text: string): string => text.replace(/\$\{\w+:-([^}]*)\}/g, "$1");

test("the compose file gives the server settings that it accepts", () => {
  const environment: Record<string, string> = Object.fromEntries(
    Object.entries<string>(compose.services.server.environment).map(([name, value]) => [
      name,
      byDefault(value),
    ]),
  );
  expect(readConfig(environment)).toMatchObject({ examples: "on", logLevel: "info" });
  const { POSTGRES_USER, POSTGRES_PASSWORD, POSTGRES_DB } = compose.services.database.environment;
  expect(environment.DATABASE_URL).toBe(
    `postgresql://${POSTGRES_USER}:${byDefault(POSTGRES_PASSWORD)}@database:5432/${POSTGRES_DB}`,
  );
});

test("both services have a health check, and the server waits for the database", () => {
  expect(compose.services.database.healthcheck.test).toBeDefined();
  expect(compose.services.server.healthcheck.test.join(" ")).toContain("/readyz");
  expect(compose.services.server.depends_on.database.condition).toBe("service_healthy");
  expect(Object.keys(compose.volumes)).toEqual(["database"]);
});

test("the image takes what the server reads, with settings that it accepts", () => {
  const settings = [...dockerfile.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name, value]) => [name, value]);
  expect(readConfig(Object.fromEntries(settings))).toMatchObject({
    host: "0.0.0.0",
    port: 4000,
    dataDir: "/data",
  });
  const copied = [...dockerfile.matchAll(/^COPY --from=\w+ \S+ \/app\/(\S+)/gm)].map(
    ([, path]) => path as string,
  );
  expect(copied.toSorted()).toEqual(["dist", "examples", "node_modules", "package.json", "prisma"]);
  expect(copied.filter((path) => path !== "dist" && !existsSync(path))).toEqual([]);
});
