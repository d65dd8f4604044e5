import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import {
  type ActorEntry,
  actorSchema,
  type ClaimEntry,
  claimSchema,
  type DatasetEntry,
  datasetSchema,
  type EventEntry,
  eventSchema,
  type PropositionEntry,
  propositionSchema,
  type SourceEntry,
  sourceSchema,
} from "./format.js";
import { YamlFile } from "./yaml-file.js";

/** One entry of a file, and a way to say what is wrong with it. */
export interface Entry<Value> {
  readonly value: Value;
  /** Notes a problem at a path within the entry. */
  readonly problem: (path: readonly PropertyKey[], message: string) => void;
}

/** The entries of one file, in its order. */
export interface Entries<Value> {
  /** The entries that fit their schema. */
  readonly entries: readonly Entry<Value>[];
  /** All entries with those of their fields that fit, so that one problem does not hide the next. */
  readonly drafts: readonly Entry<Partial<Value>>[];
  /** The slugs or keys of all entries, those with problems too: a reference to one of these is not broken. */
  readonly names: ReadonlySet<string>;
}

/** A data set as its files say it, with every problem noted so far. */
export interface Dataset {
  readonly about: DatasetEntry | undefined;
  readonly actors: Entries<ActorEntry>;
  readonly propositions: Entries<PropositionEntry>;
  readonly sources: Entries<SourceEntry>;
  readonly events: Entries<EventEntry>;
  readonly claims: Entries<ClaimEntry>;
  /** The texts of sources by their slug; a source without stored text has none. */
  readonly texts: ReadonlyMap<string, string>;
  /** One line for each thing to mend; checks add to it. */
  readonly problems: string[];
}

/** Reads the files of a data set. Throws nothing for what an author did wrong: it stands in `problems`. */
export function readDataset(folder: string): Dataset {
  const problems: string[] = [];
  const entries = <Schema extends z.ZodObject>(name: string, schema: Schema, key: "slug" | "key" = "slug") =>
    readEntries(new YamlFile(folder, name, problems), schema, key);

  const about = new YamlFile(folder, "dataset.yaml", problems, true);
  const sources = entries("sources.yaml", sourceSchema);
  return {
    about: about.content === undefined ? undefined : about.read(datasetSchema),
    actors: entries("actors.yaml", actorSchema),
    propositions: entries("propositions.yaml", propositionSchema),
    sources,
    events: entries("events.yaml", eventSchema),
    claims: entries("claims.yaml", claimSchema, "key"),
    texts: readTexts(folder, sources),
    problems,
  };
}

function readEntries<Schema extends z.ZodObject>(
  file: YamlFile,
  schema: Schema,
  key: "slug" | "key",
): Entries<z.output<Schema>> {
  const content = file.content ?? [];
  if (!Array.isArray(content)) {
    file.problem([], `write a list: each entry starts with "- ${key}:"`);
    return { entries: [], drafts: [], names: new Set() };
  }
  const names = new Set<string>();
  const entries: Entry<z.output<Schema>>[] = [];
  const drafts: Entry<Partial<z.output<Schema>>>[] = [];
  for (const [index, raw] of content.entries()) {
    const name: unknown = raw?.[key];
    if (typeof name === "string") {
      if (names.has(name))
        file.problem([index, key], `is used twice in this file; give each entry its own ${key}`);
      names.add(name);
    }
    const value = file.read(schema, [index]);
    const problem: Entry<unknown>["problem"] = (path, message) => file.problem([index, ...path], message);
    if (value !== undefined) entries.push({ value, problem });
    drafts.push({ value: value ?? fittingFields(schema, raw), problem });
  }
  return { entries, drafts, names };
}

function fittingFields<Schema extends z.ZodObject>(schema: Schema, raw: unknown): Partial<z.output<Schema>> {
  const given = Object(raw) as Record<string, unknown>;
  const fitting = Object.entries(schema.shape).flatMap(([key, field]) => {
    const { success, data } = z.safeParse(field, given[key]);
    return success ? [[key, data]] : [];
  });
  return Object.fromEntries(fitting) as Partial<z.output<Schema>>;
}

function readTexts(folder: string, sources: Entries<SourceEntry>): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { value, problem } of sources.drafts) {
    if (value.textFile === undefined) continue;
    try {
      const text = readText(join(folder, value.textFile));
      if (!/\S/.test(text) || text.includes("\0"))
        problem(["textFile"], "the file is blank or holds a NUL character");
      else if (value.slug !== undefined) texts.set(value.slug, text);
    } catch (error) {
      problem(
        ["textFile"],
        `cannot be read (${(error as NodeJS.ErrnoException).code}); it must be a file in UTF-8 beside this one`,
      );
    }
  }
  return texts;
}

/**
 * A source's text without what an editor or git adds to a file: a byte order mark, carriage returns, the
 * last line break. Otherwise offsets and hash would depend on the machine.
 */
function readText(file: string): string {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  return text.replaceAll("\r\n", "\n").trimEnd();
}
