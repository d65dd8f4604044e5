import type { Locale } from "../locale.js";

/** What of a claim goes into a reference to it. */
export interface Citable {
  readonly id: string;
  readonly statement: string;
  readonly speaker: string;
  /** The date of the claim in words, and its year where it is known. */
  readonly date: string;
  readonly year: string | undefined;
  readonly url: string;
  readonly version: number;
}

/** A reference as a line of text. */
export const plainReference = (
  { words }: Locale,
  { speaker, statement, date, url, version, id }: Citable,
  accessed: string,
): string =>
  `${speaker}: ${words.opening}${statement}${words.closing} (${date}). ${words.site}, ${id}, v${version}. ${url}, ${accessed}.`;

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
  { id, speaker, statement, year, url, version }: Citable,
  accessed: string,
): string {
  const fields = {
    author: `{${escaped(speaker)}}`,
    title: `{${escaped(statement)}}`,
    ...(year && { year }),
    howpublished: `${words.site}, \\url{${url}}`,
    note: `${escaped(id)}, version ${version}, accessed ${accessed}`,
  };
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@misc{${id},\n${lines.join(",\n")}\n}`;
}
