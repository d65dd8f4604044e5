import { GraphQLScalarType } from "graphql";
import { z } from "zod";
import type { RecordType } from "../generated/prisma/enums.js";
import { DateTime, Url } from "../graphql/scalars.js";
import type { Viewer } from "../graphql/viewer.js";
import type { ConnectionTypes } from "../reading/connection.js";
import type { declare } from "../reading/declare.js";
import {
  type Class,
  type Entity,
  entityOf,
  type FieldSpec,
  type RecordTable,
  registerRecord,
} from "../reading/entity.js";
import { instant, line, type Misfit, oneOf, prose, url } from "../values/rules.js";
import type { Change, Draft } from "./change.js";
import { objectRule } from "./document-rule.js";
import type { EntryFormat } from "./entry.js";

/**
 * A record as its history keeps it, of nothing but JSON values: references are public ids, vague dates EDTF, instants
 * ISO 8601 in UTC, parts lists of objects with their ids. Every field is there, null or empty where there is nothing.
 */
export type Document = Readonly<Record<string, unknown>>;

/** What the program knows of how a field is written, beside what its reading declaration says already. */
export interface Field {
  readonly name: string;
  readonly description: string;
  readonly nullable: boolean;
  /** What it is unless told; without one, and not nullable, it has to be given. */
  readonly default?: unknown;
  /** What it is unless told, out of the rest of the document; nothing where it has to be told. */
  readonly follows?: (document: Document) => unknown;
  /** The same out of the rest of an input, which may say more than the document keeps: the zone of an instant. */
  readonly fromInput?: (input: Document) => unknown;
  /** Whether one is made out of what the record is called, where none is given. */
  readonly made?: boolean;
  /** When a person gives it: always, only for a new record, or never, because it is made out of the rest. */
  readonly given: "always" | "first" | "never";
  /** Its place among the columns, the GraphQL type that it is given in, and the rule of its value. */
  readonly how: How;
}

export type Fields = ReadonlyMap<string, Field>;

export type How =
  | {
      readonly kind: "column";
      readonly column: string;
      readonly type: () => unknown;
      readonly rule: z.ZodType;
      /** Kept apart from the history, which names it by its hash. */
      readonly apart: boolean;
    }
  | { readonly kind: "date"; readonly columns: readonly [edtf: string, earliest: string, latest: string] }
  | {
      readonly kind: "value";
      readonly name: string;
      readonly present: readonly string[];
      readonly fields: Fields;
      readonly problem: Problem;
    }
  | { readonly kind: "one"; readonly column: string; readonly to: () => Entity }
  | {
      readonly kind: "many";
      readonly table: string;
      readonly near: string;
      readonly far: string;
      readonly to: () => Entity;
      /** Whether the link has a column `position` that keeps their order. */
      readonly ordered: boolean;
      readonly least: number;
    }
  | PartsHow;

/** A list of rows that the record owns. */
export interface PartsHow {
  readonly kind: "parts";
  /** The GraphQL type of one of them. */
  readonly name: string;
  readonly table: string;
  readonly prefix: string;
  /** Column that holds the record's key. */
  readonly owner: string;
  readonly fields: Fields;
  readonly ordered: boolean;
  readonly least: number;
  /** Whether records of other kinds own such parts too: mutations then name the kind. */
  readonly shared: boolean;
  /** Fields that no two of them have alike. */
  readonly unique: readonly string[];
  readonly problem: Problem;
}

/** What is wrong with several values together, or nothing. */
export type Problem = (value: never) => string | readonly Misfit[] | undefined;

/** What the reading declaration of a record hands over. */
export type Declared = Pick<
  ReturnType<typeof declare>,
  "target" | "Where" | "ListFilter" | keyof ConnectionTypes
>;

type Rule = z.ZodType;
type Options = Partial<Pick<Field, "default" | "given" | "follows" | "fromInput" | "made">> & {
  apart?: boolean;
};

/** Declares how a field is written: the reading declaration of the same name says where it is kept. */
type Writes = (entity: Entity, name: string) => Field;

function field(entity: Entity, name: string, how: How, options: Options = {}): Field {
  const { description = "", nullable = false } = entity.described.get(name) ?? {};
  return { name, description, nullable, given: "always", ...options, how };
}

function specOf<Kind extends FieldSpec["kind"]>(entity: Entity, name: string, ...kinds: Kind[]) {
  const spec = entity.fields.get(name);
  if (!spec || !kinds.includes(spec.kind as Kind))
    throw new Error(`${entity.name}.${name} is no ${kinds.join(" or ")}`);
  return spec as Extract<FieldSpec, { kind: Kind }>;
}

/** A value of its own. @param rule unless the type says it: values of an enum, addresses, instants, texts */
export const column =
  (rule?: Rule, options: Options = {}): Writes =>
  (entity, name) => {
    const { column, type } = specOf(entity, name, "scalar");
    if (!column) throw new Error(`${entity.name}.${name} is not kept in a column`);
    const { apart = false } = options;
    return field(
      entity,
      name,
      { kind: "column", column, type, rule: rule ?? ruleOf(type()), apart },
      options,
    );
  };

function ruleOf(type: unknown): Rule {
  if (type === DateTime) return instant;
  if (type === Url) return url;
  if (Array.isArray(type)) return z.array(line, { error: "write a list" });
  const isEnum = typeof type === "object" && !(type instanceof GraphQLScalarType);
  return isEnum ? oneOf(type as Record<string, string>) : prose;
}

/** A vague date. */
export const date =
  (options: Options = {}): Writes =>
  (entity, name) => {
    const { edtf, earliest, latest } = specOf(entity, name, "fuzzyDate");
    return field(entity, name, { kind: "date", columns: [edtf, earliest, latest] }, options);
  };

/** Several columns as one object. */
export const value =
  (writes: Record<string, Writes>, problem: Problem = () => undefined): Writes =>
  (entity, name) => {
    const { of, present } = specOf(entity, name, "value");
    const inner = entityOf(of());
    return field(entity, name, {
      kind: "value",
      name: inner.name,
      present,
      fields: fieldsOf(inner, writes),
      problem,
    });
  };

/** A reference to one record. */
export const one = (): Writes => (entity, name) => {
  const { held, target } = specOf(entity, name, "one").relation;
  if (!held) throw new Error(`${entity.name}.${name} is not held in a column`);
  return field(entity, name, { kind: "one", column: held, to: () => entityOf(target()) });
};

/** References to several records, by a link table. */
export const many =
  ({ ordered = false, least = 0 } = {}): Writes =>
  (entity, name) => {
    const { link, target } = specOf(entity, name, "list", "connection").relation;
    if (!link) throw new Error(`${entity.name}.${name} has no link table`);
    const { table, near, far } = link;
    return field(entity, name, {
      kind: "many",
      table,
      near,
      far,
      to: () => entityOf(target()),
      ordered,
      least,
    });
  };

/** Rows that the record owns. */
export const parts =
  (
    {
      owner,
      prefix,
      ordered = false,
      least = 0,
      shared = false,
      unique = [],
      problem = () => undefined,
    }: Pick<PartsHow, "owner" | "prefix"> &
      Partial<Pick<PartsHow, "ordered" | "least" | "shared" | "unique" | "problem">>,
    writes: Record<string, Writes>,
  ): Writes =>
  (entity, name) => {
    const inner = entityOf(specOf(entity, name, "list").relation.target());
    const fields = fieldsOf(inner, writes);
    const { name: type, table } = inner;
    const how: PartsHow = {
      kind: "parts",
      name: type,
      table,
      prefix,
      owner,
      fields,
      ordered,
      least,
      shared,
      unique,
      problem,
    };
    return field(entity, name, how);
  };

const fieldsOf = (entity: Entity, writes: Record<string, Writes>): Fields =>
  new Map(Object.entries(writes).map(([name, write]) => [name, write(entity, name)]));

/** A document with null, or an empty list, for everything that it does not say. */
export const filled = (fields: Fields, document: Document): Document =>
  Object.fromEntries(
    [...fields.values()].flatMap(({ name, how }): [string, unknown][] => {
      const value = document[name] ?? undefined;
      switch (how.kind) {
        case "value":
          return [[name, value === undefined ? null : filled(how.fields, value as Document)]];
        case "many":
          return [[name, value ?? []]];
        case "parts":
          return [
            [
              name,
              ((value ?? []) as Document[]).map((part) => ({ id: part.id, ...filled(how.fields, part) })),
            ],
          ];
        case "column":
          return how.apart && value === undefined ? [] : [[name, value ?? null]];
        default:
          return [[name, value ?? null]];
      }
    }),
  );

/** A document without what follows from its other fields: it follows them when they change, unless a person says otherwise. */
export const withoutFollowing = (kind: RecordKind, document: Document): Document =>
  Object.fromEntries(
    Object.entries(document).filter(([name, value]) => {
      const { follows } = kind.fields.get(name) ?? {};
      return !follows || follows(document) !== value;
    }),
  );

/** A kind of record that can be written. */
export interface RecordKind {
  readonly type: RecordType;
  readonly entity: Entity;
  /** Where its rows stand: its own table, then those of its links and parts. */
  readonly tables: readonly RecordTable[];
  /** How it is read. */
  readonly declared: Declared;
  readonly fields: Fields;
  /** What is wrong with several of its values together, or nothing. */
  readonly problem: Problem;
  /** The field of which that is said, where it is not said of the whole. */
  readonly problemAt?: string;
  /** Checks a whole document, references aside. */
  readonly rule: z.ZodType;
  /** Completes documents before they are checked: what is made out of the rest, and what several records decide. */
  readonly prepare?: (change: Change, drafts: readonly Draft[]) => Promise<void>;
  /** Checks documents once they are written: what only the rows of several records can tell. */
  readonly verify?: (change: Change, drafts: readonly Draft[]) => Promise<void>;
  /** Warns of what is possible but odd in documents that are recorded, and of records that may be the same. */
  readonly notice?: (change: Change, drafts: readonly Draft[]) => Promise<void>;
  /** Whether readers may see such a record; all of them, unless told. */
  readonly readable?: (document: Document) => boolean;
  /** Refuses those who may not begin such a record. */
  readonly mayBegin?: (viewer: Viewer, input: Readonly<Record<string, unknown>>) => void;
  /** Whether such a record may be changed by whoever recorded it; otherwise only editors change them. */
  readonly authorMay?: (document: Document) => boolean;
  /** Whether those that one request brings name each other by a key of the request, having no slug. */
  readonly keyed?: boolean;
  /** What a change of such a record does only where its author agrees: a yes-or-no field of the mutation's input. */
  readonly consent?: { readonly name: string; readonly description: string };
  /** The verb of the mutation that makes one; "create" unless told. */
  readonly verb?: string;
  /** How they stand in data sets, where that differs. */
  readonly entries?: EntryFormat;
  /** Changes those that were deleted and come back by being recorded again. */
  readonly comeBack?: (change: Change, drafts: readonly Draft[]) => Promise<void>;
  /** Makes the mutations that only this kind has. */
  readonly mutations?: () => Class[];
}

/** What a kind may do beside what its fields say. */
type Behaviour = Omit<
  RecordKind,
  "type" | "entity" | "tables" | "declared" | "fields" | "rule" | "problem"
> & { readonly problem?: Problem };

/** Declares how the records of an entity are written. */
export function record(
  type: RecordType,
  declared: Declared,
  writes: Record<string, Writes>,
  { problem = () => undefined, ...behaviour }: Behaviour = {},
): RecordKind {
  const entity = entityOf(declared.target());
  const fields = fieldsOf(entity, writes);
  const rule = objectRule(fields, problem, ...(behaviour.problemAt ? [behaviour.problemAt] : []));
  return { type, entity, tables: tablesOf(entity, fields), declared, fields, problem, rule, ...behaviour };
}

const kinds = new Map<Entity, RecordKind>();

/** Makes all kinds of records known, in the order in which records are written. */
export function registered(all: readonly RecordKind[]): readonly RecordKind[] {
  for (const kind of all) {
    kinds.set(kind.entity, kind);
    registerRecord(kind.entity, kind.tables);
  }
  return all;
}

/** The tables that hold a record: its own, then those of its links and parts. */
const tablesOf = ({ table }: Entity, fields: Fields): RecordTable[] => [
  { table, owner: "id", unsaid: defaultsOf(fields) },
  ...[...fields.values()].flatMap(({ how }): RecordTable[] => {
    if (how.kind === "many") return [{ table: how.table, owner: how.near }];
    return how.kind === "parts"
      ? [{ table: how.table, owner: how.owner, unsaid: defaultsOf(how.fields) }]
      : [];
  }),
];

const defaultsOf = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(
    [...fields.values()].flatMap((field) =>
      field.how.kind === "column" && field.default !== undefined ? [[field.how.column, field.default]] : [],
    ),
  );

/** How records of an entity are written. */
export function kindOf(entity: Entity): RecordKind {
  const kind = kinds.get(entity);
  if (!kind) throw new Error(`${entity.name} is not declared to be written`);
  return kind;
}

/** Every kind of record, in the order in which records are written. */
export const allKinds = (): RecordKind[] => [...kinds.values()];

export const kindOfType = (type: RecordType): RecordKind => {
  const kind = allKinds().find((one) => one.type === type);
  if (!kind) throw new Error(`${type} is not declared to be written`);
  return kind;
};
