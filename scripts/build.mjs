// Builds the server and the playground into dist/. Takes the place of a shell line that works on one system only.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const steps = [
  ["prisma", "generate"],
  ["tsc", "-p", "tsconfig.build.json"],
  ["vite", "build", "--config", "web/vite.config.ts", "--logLevel", "warn"],
];

for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { stdio: ["ignore", "ignore", "inherit"], shell: true });
  if (status !== 0) {
    console.error(`build: ${command} failed. Run "npx ${[command, ...args].join(" ")}" to see why.`);
    process.exit(1);
  }
}
writeFileSync("dist/.built", "");
