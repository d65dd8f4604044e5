import { readdirSync } from "node:fs";

/** @typedef {import("./question.mjs").Question} Question */

const KINDS = ["nested", "small", "filtered", "statistics", "disputes"];
const files = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith(".mjs") && name !== "index.mjs")
  .sort();
const modules = await Promise.all(files.map((file) => import(`./${file}`)));

/**
 * Every question that a file of this folder exports, in the order of the report. The boards come first: they are
 * what memory is measured under, and that is fair only while a server is new.
 *
 * @type {readonly Question[]}
 */
export const questions = modules
  .flatMap((module) => Object.values(module))
  .filter((one) => typeof one?.asks === "string")
  .sort((a, b) => place(a) - place(b));

/** @param {Question} question */
function place({ kind, further }) {
  return KINDS.indexOf(kind) + (further ? KINDS.length : 0);
}
