import type { z } from "zod";
import type { RecordType } from "../generated/prisma/enums.js";

// How records stand in data sets follows from how they are written. A kind says only what differs.

/** How the records of a kind stand in data sets, where that differs from how they are written. */
export interface EntryFormat {
  readonly fields?: EntryFields;
  /** Whether entries may name records of this kind that only the database knows. */
  readonly outside?: boolean;
  /**
   * Lists that lead from an entry to others of its kind, and whither. No chain of them leads back to its beginning on one
   * day, as none does of the fields that name a single record of their own kind.
   */
  readonly chains?: Readonly<Record<string, (entry: EntryValue) => readonly Link[]>>;
  /** Notes what is wrong between an entry and others, beside names that nobody has. */
  readonly check?: (entry: Entry, find: FindEntry) => void;
}

/** Whither an entry leads, and when it does: always, unless told. */
export interface Link {
  readonly to: string;
  readonly since?: Date;
  readonly until?: Date;
}

/** Differences by the names of fields. */
export type EntryFields = Readonly<Record<string, EntryField>>;

/** How one field stands in an entry, where that differs from how it is written. */
export interface EntryField {
  /** Its name there. */
  readonly as?: string;
  /** The rule of its value there, which also says whether it may be missing. */
  readonly rule?: z.ZodType;
  /** What to write where at least one is needed. */
  readonly least?: string;
  /** Its value is the text of a file of that name, beside the others. */
  readonly file?: boolean;
  /** The set says it, unless an entry says otherwise. */
  readonly ofSet?: boolean;
  /** The fields of its parts. */
  readonly fields?: EntryFields;
}

/** An entry as it is written. */
export type EntryValue = Readonly<Record<string, unknown>>;

/** One entry of a file, and a way to say what is wrong with it. */
export interface Entry {
  /** Its slug or key, by which others name it. */
  readonly name: string | undefined;
  readonly value: EntryValue;
  /** The texts of the files that it names, by field. */
  readonly texts: ReadonlyMap<string, string>;
  /** Notes a problem at a path within the entry. */
  readonly problem: (path: readonly PropertyKey[], message: string) => void;
}

/** Finds an entry of the same set; those of its fields that are wrong are missing. */
export type FindEntry = (type: RecordType, name: string | undefined) => Entry | undefined;
