// What Linux tells of processes: CPU time and memory. Elsewhere these columns stay empty.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, release, totalmem, type } from "node:os";

const TICKS = ticksPerSecond();

function ticksPerSecond() {
  try {
    return Number(execFileSync("getconf", ["CLK_TCK"], { encoding: "utf8" }));
  } catch {
    return 100;
  }
}

/** @param {string} file */
function read(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** CPU seconds that a process has used so far, in user and kernel mode. @param {number} pid */
export function cpuSeconds(pid) {
  // The second field is the name in parentheses and may hold spaces.
  const fields = read(`/proc/${pid}/stat`)?.split(") ")[1]?.split(" ");
  return fields ? (Number(fields[11]) + Number(fields[12])) / TICKS : 0;
}

/** Whether a process with this number on this machine is a PostgreSQL one. @param {number} pid */
export const isPostgres = (pid) => read(`/proc/${pid}/comm`)?.startsWith("postgres") ?? false;

/** Starts measuring a process's peak memory anew. @param {number} pid */
export function forgetPeak(pid) {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
  } catch {
    // Not Linux, or not allowed: the peak is then that of the whole life.
  }
}

/** Peak resident memory in MB since `forgetPeak`. @param {number} pid */
export function peakMegabytes(pid) {
  const peak = /VmHWM:\s+(\d+)/.exec(read(`/proc/${pid}/status`) ?? "");
  return peak ? Number(peak[1]) / 1024 : undefined;
}

/** The machine in words. */
export function machine() {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()} ${arch()}`;
}
