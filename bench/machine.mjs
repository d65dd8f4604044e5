// What Linux tells of processes: CPU time and memory. Elsewhere these columns stay empty.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { arch, cpus, loadavg, release, totalmem, type } from "node:os";

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
  const fields = read(`/proc/${pid}/stat`)?.split(") ").at(-1)?.split(" ");
  return fields ? (Number(fields[11]) + Number(fields[12])) / TICKS : 0;
}

/** Whether a process with this number on this machine is a PostgreSQL one. @param {number} pid */
export const isPostgres = (pid) => read(`/proc/${pid}/comm`)?.startsWith("postgres") ?? false;

/**
 * Starts measuring a process's peak memory anew.
 *
 * @param {number} pid
 * @returns {boolean} false where that cannot be done: the peak is then that of the whole life
 */
export function forgetPeak(pid) {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, "5");
    return true;
  } catch {
    return false;
  }
}

/** @param {number} pid @param {"VmHWM" | "VmRSS"} line */
function megabytes(pid, line) {
  const found = new RegExp(`${line}:\\s+(\\d+)`).exec(read(`/proc/${pid}/status`) ?? "");
  return found ? Number(found[1]) / 1024 : undefined;
}

/** Resident memory in MB now. @param {number} pid */
export const residentMegabytes = (pid) => megabytes(pid, "VmRSS");

/** Peak resident memory in MB since the start or `forgetPeak`. @param {number} pid */
export const peakMegabytes = (pid) => megabytes(pid, "VmHWM");

/** The machine in words. */
export function machine() {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB, ${type()} ${release()} ${arch()}`;
}

/** What is to be said of other work that the machine has: nothing, unless it takes a good part of a core. */
export function otherWork() {
  const [load = 0] = loadavg();
  if (load < 1) return "";
  return `the machine had other work when the run began (a load of ${load.toFixed(1)} on ${cpus().length} cores): the figures are noisy, those of CPU time least`;
}
