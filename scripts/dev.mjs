// Bundles on every change, restarts the server and says what is wrong with the types. Ctrl-C ends all.
import { spawn, spawnSync } from "node:child_process";

const run = (command, args) =>
  spawn(command, args, { stdio: "inherit", shell: process.platform === "win32" });

if (spawnSync("node", ["scripts/build.mjs"], { stdio: "inherit" }).status !== 0) process.exit(1);
const children = [
  run("npx", ["vite", "build", "--watch", "--logLevel", "warn"]),
  run("npx", ["tsc", "-p", "tsconfig.build.json", "--watch", "--preserveWatchOutput"]),
  run("node", ["--watch", "--enable-source-maps", "dist/main.js"]),
];
const end = () => {
  for (const child of children) child.kill();
};
process.on("SIGINT", end);
process.on("SIGTERM", end);
for (const child of children) child.on("exit", end);
