#!/usr/bin/env node
// Starts src/database/prisma-engine.main.ts for Prisma's command line. Its standard output is for answers alone.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const { status } = spawnSync(process.execPath, ["scripts/build.mjs", "--if-stale"], {
  cwd: root,
  stdio: ["ignore", "ignore", "inherit"],
});
if (status !== 0) process.exit(1);
await import(resolve(root, "dist/database/prisma-engine.main.js"));
