import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Document, LineCounter, parseDocument } from "yaml";
import type { z } from "zod";

type Path = readonly PropertyKey[];

/** One YAML file of a data set, which notes what is wrong with it and where. */
export class YamlFile {
  readonly #document: Document;
  readonly #lines = new LineCounter();
  /** The content as plain values; null when the file is empty, undefined when it is missing or not YAML. */
  readonly content: unknown;

  /**
   * @param name file name within the folder
   * @param problems is given a line for every problem found, now or later
   */
  constructor(
    folder: string,
    readonly name: string,
    private readonly problems: string[],
    required = false,
  ) {
    let text: string | undefined;
    try {
      text = readFileSync(join(folder, name), "utf8");
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "ENOENT") problems.push(`${name}: cannot be read (${code}); check the file's permissions`);
      else if (required) problems.push(`${name}: is missing; add it`);
    }
    this.#document = parseDocument(text ?? "", { lineCounter: this.#lines, prettyErrors: false });
    for (const { message, pos } of this.#document.errors)
      problems.push(`${name}, line ${this.#lines.linePos(pos[0]).line}: is not YAML: ${message}`);
    if (text !== undefined && this.#document.errors.length === 0) this.content = this.#plain();
  }

  /** Aliases that multiply without end are refused by the library, not expanded. */
  #plain(): unknown {
    try {
      return this.#document.toJS();
    } catch (error) {
      this.problems.push(`${this.name}: ${(error as Error).message}; write the values out`);
      return undefined;
    }
  }

  /** Checks the value at a path; undefined when it has problems, which are noted. */
  read<Schema extends z.ZodType>(schema: Schema, path: Path = []): z.output<Schema> | undefined {
    const result = schema.safeParse(this.#valueAt(path));
    if (result.success) return result.data;
    for (const issue of result.error.issues) this.problem([...path, ...issue.path], issue.message);
    return undefined;
  }

  /** Notes what is wrong with the value at a path, and how to mend it. */
  problem(path: Path, message: string): void {
    const value = this.#valueAt(path);
    const shown =
      typeof value === "object" || value === undefined ? "" : `${shorten(JSON.stringify(value))}: `;
    const missing = value === undefined ? "missing: " : "";
    const where = this.#nameOf(path);
    this.problems.push(
      `${this.name}, line ${this.#lineOf(path)}${where && `, ${where}`}: ${missing}${shown}${message}`,
    );
  }

  /** The path as a person reads it, with an entry's own name in the place of its number. */
  #nameOf([first, ...rest]: Path): string {
    if (first === undefined) return "";
    const entry = this.#valueAt([first]);
    const { slug, key } = (typeof entry === "object" && entry ? entry : {}) as {
      slug?: string;
      key?: string;
    };
    const inside = rest.map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`)).join("");
    return `${typeof first === "number" ? (slug ?? key ?? `[${first}]`) : String(first)}${inside}`;
  }

  #valueAt(path: Path): unknown {
    return path.reduce<unknown>(
      (value, part) =>
        typeof value === "object" && value ? (value as Record<PropertyKey, unknown>)[part] : undefined,
      this.content,
    );
  }

  /** The line of the value, or of the nearest thing around it that is there. */
  #lineOf(path: Path): number {
    const node = path.length === 0 ? this.#document.contents : this.#document.getIn(path, true);
    const start = (node as { range?: [number, number, number] } | null | undefined)?.range?.[0];
    if (start !== undefined) return this.#lines.linePos(start).line;
    return path.length === 0 ? 1 : this.#lineOf(path.slice(0, -1));
  }
}

const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
