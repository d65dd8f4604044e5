import type { Locale } from "../locale.js";

/** What of a claim goes into a reference to its record. The record is ours, and so is its wording: nobody is quoted. */
export interface Citable {
  readonly id: string;
  readonly statement: string;
  readonly speaker: string;
  /** The date of the claim in words. */
  readonly said: string;
  /** What became of the claim, where it no longer stands. */
  readonly standing: string | undefined;
  /** The year in which it was recorded. */
  readonly year: string;
  readonly url: string;
  readonly version: number;
}

/** A reference as a line of text. */
export const plainReference = (
  { words }: Locale,
  { speaker, statement, said, standing, url, version, id, year }: Citable,
  accessed: string,
): string =>
  `${words.site} (${year}): ${statement} ${words.saidBy(speaker, said, standing)} ${words.recordAt(id, version)}. ${url}, ${accessed}.`;

// What TeX takes for a command: https://www.ctan.org/pkg/bibtex
const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\{",
  "}": "\\}",
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};

const escaped = (text: string): string =>
  text.replace(/[\\{}&%$#_~^]/g, (character) => SPECIAL[character] ?? character);

/** The same as an entry for BibTeX. */
export function bibtex(
  { words }: Locale,
  { id, speaker, statement, said, standing, year, url, version }: Citable,
  accessed: string,
): string {
  const fields = {
    author: `{${escaped(words.site)}}`,
    title: `{${escaped(statement)}}`,
    year,
    howpublished: `${words.site}, \\url{${url}}`,
    note: escaped(`${words.saidBy(speaker, said, standing)} ${words.recordAt(id, version)}, ${accessed}`),
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@misc{${id},\n${lines.join(",\n")}\n}`;
}
