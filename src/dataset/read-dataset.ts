import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { RECORDS } from "../records.js";
import type { Entry, EntryValue } from "../writing/entry.js";
import type { RecordKind } from "../writing/record.js";
import {
  type DatasetEntry,
  datasetSchema,
  differencesOf,
  entrySchema,
  fileOf,
  keyFieldOf,
  nameIn,
} from "./format.js";
import { YamlFile } from "./yaml-file.js";

/** The entries of one file, in its order. */
export interface Entries {
  /** The entries that fit their schema. */
  readonly entries: readonly Entry[];
  /** All entries with those of their fields that fit, so that one problem does not hide the next. */
  readonly drafts: readonly Entry[];
  /** The slugs or keys of all entries, those with problems too: a reference to one of these is not broken. */
  readonly names: ReadonlySet<string>;
}

/** A data set as its files say it, with every problem noted so far. */
export interface Dataset {
  readonly about: DatasetEntry | undefined;
  /** In the order in which records are written. */
  readonly entries: ReadonlyMap<RecordKind, Entries>;
  /** One line for each thing to mend; checks add to it. */
  readonly problems: string[];
}

/** Reads the files of a data set. Throws nothing for what an author did wrong: it stands in `problems`. */
export function readDataset(folder: string): Dataset {
  const problems: string[] = [];
  const about = new YamlFile(folder, "dataset.yaml", problems, true);
  return {
    about: about.content === undefined ? undefined : about.read(datasetSchema),
    entries: new Map(RECORDS.map((kind) => [kind, readEntries(folder, kind, problems)])),
    problems,
  };
}

function readEntries(folder: string, kind: RecordKind, problems: string[]): Entries {
  const file = new YamlFile(folder, fileOf(kind), problems);
  const schema = entrySchema(kind);
  const key = keyFieldOf(kind);
  const content = file.content ?? [];
  if (!Array.isArray(content)) {
    file.problem([], `write a list: each entry starts with "- ${key}:"`);
    return { entries: [], drafts: [], names: new Set() };
  }
  const names = new Set<string>();
  const entries: Entry[] = [];
  const drafts: Entry[] = [];
  for (const [index, raw] of content.entries()) {
    const name: unknown = raw?.[key];
    if (typeof name === "string") {
      if (names.has(name))
        file.problem([index, key], `is used twice in this file; give each entry its own ${key}`);
      names.add(name);
    }
    const fitting = file.read(schema, [index]) as EntryValue | undefined;
    const problem: Entry["problem"] = (path, message) => file.problem([index, ...path], message);
    const value = fitting ?? fittingFields(schema, raw);
    const entry = {
      name: value[key] as string | undefined,
      value,
      texts: readTexts(folder, kind, value, problem),
      problem,
    };
    if (fitting) entries.push(entry);
    drafts.push(entry);
  }
  return { entries, drafts, names };
}

function fittingFields(schema: z.ZodObject, raw: unknown): EntryValue {
  const given = Object(raw) as EntryValue;
  const fitting = Object.entries(schema.shape).flatMap(([key, field]) => {
    const { success, data } = z.safeParse(field, given[key]);
    return success ? [[key, data]] : [];
  });
  return Object.fromEntries(fitting);
}

/** Reads the files that an entry names, by field. */
function readTexts(
  folder: string,
  kind: RecordKind,
  value: EntryValue,
  problem: Entry["problem"],
): Map<string, string> {
  const texts = new Map<string, string>();
  const differences = differencesOf(kind);
  for (const [field, { file }] of Object.entries(differences)) {
    const name = nameIn(differences, field);
    if (!file || value[name] === undefined) continue;
    try {
      const text = readText(join(folder, value[name] as string));
      if (!/\S/.test(text) || text.includes("\0"))
        problem([name], "the file is blank or holds a NUL character");
      else texts.set(field, text);
    } catch (error) {
      problem(
        [name],
        `cannot be read (${(error as NodeJS.ErrnoException).code}); it must be a file in UTF-8 beside this one`,
      );
    }
  }
  return texts;
}

/**
 * A text without what an editor or git adds to a file: a byte order mark, carriage returns, the last line
 * break. Otherwise offsets and hash would depend on the machine.
 */
function readText(file: string): string {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  return text.replaceAll("\r\n", "\n").trimEnd();
}
