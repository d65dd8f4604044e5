import { execFileSync } from "node:child_process";
import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** What a browser loads is bundled by Vite: its configuration, a file that is there afterwards, and what it is made of. */
interface Bundle {
  readonly config: string;
  readonly result: string;
  readonly madeOf: readonly string[];
}

// The playground estimates costs by the server's own code.
const PLAYGROUND: Bundle = {
  config: "web/vite.config.ts",
  result: "dist/playground/index.html",
  madeOf: ["web", "examples/operations", "src/http", "src/graphql", "src/values"],
};

const PAGES: Bundle = {
  config: "web/pages/vite.config.ts",
  result: "dist/pages/manifest.json",
  madeOf: ["web/pages"],
};

/** Builds the playground unless it is newer than everything it is made of. */
export const buildPlayground = (): void => build(PLAYGROUND);

/** Builds what pages load, unless it is newer than everything it is made of. */
export const buildPages = (): void => build(PAGES);

function build({ config, result, madeOf }: Bundle): void {
  const there = statSync(join(ROOT, result), { throwIfNoEntry: false });
  if (there && there.mtimeMs > Math.max(...madeOf.map(lastChange))) return;
  const vite = join(ROOT, "node_modules/vite/bin/vite.js");
  execFileSync(process.execPath, [vite, "build", "--config", config, "--logLevel", "warn"], {
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
