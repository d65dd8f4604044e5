// Builds the server and the playground into dist/. Takes the place of a shell line that works on one system only.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";

const steps = [
  ["prisma", "generate"],
  ["tsc", "-p", "tsconfig.build.json"],
  ["vite", "build", "--config", "web/vite.config.ts", "--logLevel", "warn"],
];

const env = { ...process.env, PATH: [resolve("node_modules/.bin"), process.env.PATH].join(delimiter) };
for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], shell: true, env });
  if (status !== 0) {
    console.error(`build: ${command} failed. Run "npx ${[command, ...args].join(" ")}" to see why.`);
    process.exit(1);
  }
}
writeFileSync("dist/.built", "");
