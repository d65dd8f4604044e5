import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf } from "./database-error.js";

/** A process, told apart from a later one that was given the same number. */
interface Owner {
  readonly pid: number;
  readonly birth: string;
}

/** A folder that another living process holds. */
export class FolderInUse extends Error {
  override name = "FolderInUse";

  constructor(readonly pid: number) {
    super(`in use by process ${pid}`);
  }
}

/**
 * Takes a folder for this process with a file named `lock`. The lock of a process that died, however it
 * died, does not count. Processes must see each other: containers that share a folder do not.
 *
 * @returns gives the folder back
 * @throws FolderInUse when a living process, possibly this one, holds it
 */
export function lockFolder(folder: string): () => void {
  const lock = join(folder, "lock");
  const mine = `${lock}.${process.pid}`;
  const me: Owner = { pid: process.pid, birth: birthOf(process.pid) ?? "" };
  // A link appears whole or not at all, so nobody reads a lock that is only half written.
  writeFileSync(mine, JSON.stringify(me));
  try {
    while (!tryLink(mine, lock)) {
      refuseIfAlive(lock);
      moveAside(lock, `${mine}.stale`);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(lock, { force: true });
}

// Between judging a lock dead and moving it, another process may have done both and locked the folder
// itself: what has been moved is judged again, and put back if it lives.
function moveAside(lock: string, aside: string): void {
  try {
    renameSync(lock, aside);
    refuseIfAlive(aside);
  } catch (error) {
    if (error instanceof FolderInUse) {
      tryLink(aside, lock);
    }
    if (codeOf(error) !== "ENOENT") {
      throw error;
    }
  } finally {
    rmSync(aside, { force: true });
  }
}

function refuseIfAlive(lock: string): void {
  const owner = readOwner(lock);
  if (owner && birthOf(owner.pid) === owner.birth) {
    throw new FolderInUse(owner.pid);
  }
}

function readOwner(lock: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(lock, "utf8")) as Owner;
  } catch (error) {
    if (codeOf(error) === "ENOENT" || error instanceof SyntaxError) {
      return undefined;
    }
    throw error;
  }
}

// Linux tells when a process began (field 22 of its stat, counted behind the name, which may hold spaces).
// Elsewhere every living process of that number counts as the same one.
function birthOf(pid: number): string | undefined {
  if (existsSync("/proc/self/stat")) {
    const stat = `/proc/${pid}/stat`;
    return existsSync(stat) ? readFileSync(stat, "utf8").split(") ").at(-1)?.split(" ")[19] : undefined;
  }
  try {
    process.kill(pid, 0);
    return "";
  } catch (error) {
    return codeOf(error) === "EPERM" ? "" : undefined;
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") {
      return false;
    }
    throw error;
  }
}
