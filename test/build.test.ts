import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder in which `npm ci --omit=dev` has installed no tools. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "claimgraph-build-"));
  cpSync("scripts", join(folder, "scripts"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function build(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/build.mjs", ...args], {
    cwd: folder,
    encoding: "utf8",
  });
  return { status, said: stdout + stderr };
}

function write(path: string, seconds: number): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), "");
  utimesSync(join(folder, path), seconds, seconds);
}

describe("where the tools that build are not installed", () => {
  test("what was built is taken, also without its sources", () => {
    write("dist/.built", 2);
    expect(build("--if-stale")).toEqual({ status: 0, said: "" });
  });

  test("what is older than its sources is taken, with a word about it", () => {
    write("dist/.built", 1);
    write("src/main.ts", 2);
    expect(build("--if-stale")).toEqual({
      status: 0,
      said: "dist/ is older than its sources, and stays so: the tools that build are not installed.\n",
    });
  });

  test.each(["", "--if-stale"])("without anything built, it says what to do (%p)", (arg) => {
    expect(build(arg)).toEqual({
      status: 1,
      said: "The tools that build are not installed. `npm install --include=dev` installs them.\n",
    });
  });

  test("a build that is asked for does not pass for one", () => {
    write("dist/.built", 2);
    expect(build()).toMatchObject({ status: 1 });
  });
});
