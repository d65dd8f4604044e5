// Exits with 0 when dist/ is missing or older than what it is built from: then `npm start` builds first.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const built = "dist/.built";
const inputs = ["src", "web", "prisma", "examples/operations", "package-lock.json", "tsconfig.build.json"];

const newest = (path) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  const within = readdirSync(path).filter((name) => name !== "generated");
  return Math.max(0, ...within.map((name) => newest(join(path, name))));
};

const fresh = existsSync(built) && inputs.every((path) => newest(path) <= statSync(built).mtimeMs);
process.exit(fresh ? 1 : 0);
