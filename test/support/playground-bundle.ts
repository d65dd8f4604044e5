import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// The page estimates costs by the server's own code.
const MADE_OF = ["web", "examples/operations", "src/http", "src/graphql", "src/values"];

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Builds the playground unless dist/playground is newer than everything it is made of. */
export function buildPlayground(): void {
  const page = statSync(join(ROOT, "dist/playground/index.html"), { throwIfNoEntry: false });
  if (page && page.mtimeMs > Math.max(...MADE_OF.map(lastChange))) return;
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  execFileSync(process.execPath, [vite, "build", "--config", "web/vite.config.ts", "--logLevel", "warn"], {
    cwd: ROOT,
    stdio: "inherit",
  });
}

/** When a file of a folder was last changed, in milliseconds since 1970. */
function lastChange(folder: string): number {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" }).map((file) =>
    join(ROOT, folder, file),
  );
  return Math.max(...files.map((file) => statSync(file).mtimeMs));
}
