// Builds the server and the playground into dist/. With --if-stale only when something is newer than dist/.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

const BUILT = "dist/.built";
const INPUTS = ["src", "web", "prisma", "examples/operations", "package-lock.json", "tsconfig.build.json"];
const STEPS = [
  ["prisma", "generate"],
  ["tsc", "-p", "tsconfig.build.json"],
  ["vite", "build", "--config", "web/vite.config.ts", "--logLevel", "warn"],
];

const newest = (path) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const within = readdirSync(path).filter((name) => name !== "generated");
  return Math.max(0, ...within.map((name) => newest(join(path, name))));
};

const fresh = () => existsSync(BUILT) && INPUTS.every((path) => newest(path) <= statSync(BUILT).mtimeMs);

if (!process.argv.includes("--if-stale") || !fresh()) {
  console.log("Building…");
  const env = { ...process.env, PATH: [resolve("node_modules/.bin"), process.env.PATH].join(delimiter) };
  for (const [command, ...args] of STEPS) {
    const { status, stdout, stderr } = spawnSync(command, args, { shell: true, env, encoding: "utf8" });
    if (status !== 0) {
      console.error(`${stdout}${stderr}`);
      console.error(`Building failed at: ${[command, ...args].join(" ")}`);
      process.exit(1);
    }
  }
  writeFileSync(BUILT, "");
}
