import type { Sql } from "sql-template-tag";
import type { ValueType } from "../graphql/filters.js";
import type { Viewer } from "../graphql/viewer.js";
import type { Form } from "../values/canonical.js";
import type { Late } from "./late.js";
import type { Statistics } from "./statistics.js";

/** A class that carries a GraphQL object type. */
// biome-ignore lint/complexity/noBannedTypes: decorators hand classes over as functions
export type Class = Function;

/** The name under which a statement refers to one occurrence of a table. */
export type Alias = string;

/** One occurrence of a row in a statement. */
export interface Row {
  /** Its key: where it stands in the row, where the row is referred to, or what it is. */
  readonly id: Sql;
  /** Where a column of it stands. */
  column(name: string): Sql;
}

/** What a field is asked with. */
export interface Given {
  readonly viewer: Viewer;
  /** The arguments of the field by their names. Those that may be parameters are `Late` where a variable gives them. */
  readonly args: Args;
}

export type Args = Readonly<Record<string, unknown>>;

/** The value of an argument that may be a parameter: at once, or when the statement is run; null when it is not given. */
export type Parameter<Value> = Value | Late<Value> | null | undefined;

/** One value of a row, as the viewer may read it: what a field shows, is filtered by and is ordered by. */
export type Expression = (row: Row, given: Given) => Sql;

/** An argument of a field. */
export interface Argument {
  /** Its GraphQL type. */
  readonly type: () => unknown;
  readonly description: string;
  /** It may be left out, unless this is false. */
  readonly nullable?: boolean;
  /** What it is when it is left out. */
  readonly default?: unknown;
  /**
   * Whether its value may be a parameter of a prepared statement: whatever it is, the statement has the same text. It is then
   * given as `Parameter`, and must go into the statement as a value, by `later`.
   */
  readonly parameter: boolean;
}

export type Arguments = Readonly<Record<string, Argument>>;

/** How rows of an entity belong to a row of another one. */
export interface Relation {
  readonly target: () => Class;
  /** The arguments of its field where none are given: those of its filter. */
  readonly defaults: Args;
  /** The condition that ties a row of the target to its owner; nothing, where `rows` gives those that belong to it. */
  on?(owner: Row, target: Row, given: Given): Sql;
  /** A query that gives the rows for an owner, with the columns of the target's declaration, in place of its table. */
  rows?(owner: Row, given: Given): Sql;
  /**
   * Under which prefix the owner keeps the values of the one row that there is without arguments: filters and statistics
   * take them from there.
   */
  readonly kept?: string;
  /** Whether it leads only to rows that everybody may see, although not everybody may see each of the entity. */
  readonly seen?: boolean;
  /** The column of the owner that holds the target's key. */
  readonly held?: string;
  /** The column of the target that holds the owner's key. */
  readonly owned?: string;
  /** The link table that leads to the target. */
  readonly link?: Link;
  /**
   * Whether an owner may have a few or very many, in an order that no index of the relation has: of a few, all are best
   * gathered and sorted; of very many, those in order are best tried one by one. It is planned for the owner that is asked
   * about.
   */
  readonly uneven?: boolean;
  /** The tables that stand between the two, each of their rows leading from one owner to one target. */
  between?(link: Alias, viewer: Viewer): Between;
}

/** Tables between two others, their columns that hold the keys of the two, and which of their rows count. */
export interface Between {
  readonly tables: Sql;
  readonly near: Sql;
  readonly far: Sql;
  readonly only?: Sql;
}

export interface Link {
  readonly table: string;
  /** Column that holds the owner's key. */
  readonly near: string;
  /** Column that holds the target's key. */
  readonly far: string;
  /** Whether two rows are linked once at most. */
  readonly unique: boolean;
  /**
   * Columns of the target whose values the link repeats, so that an index of the link gives their order and tells who
   * fits; only of a link that has one row for each target.
   */
  readonly carries?: ReadonlySet<string>;
  /**
   * The order of targets in which an index has all links, whichever owner's they are. That index tells some columns of the
   * targets, and of each of these another index finds what is rare, or it is the order itself.
   */
  readonly inOrder?: OrderTerm & { readonly tells: ReadonlySet<string> };
  /**
   * Columns of the target whose values the link repeats, as they are now: in a list, which is never asked for as of another
   * moment, what is asked of them is asked of the link first, so that only targets that fit are looked up.
   */
  readonly hints?: ReadonlySet<string>;
}

/** The columns that keep a vague date. */
export interface FuzzyDateColumns {
  readonly edtf: string;
  readonly earliest: string;
  readonly latest: string;
}

/** One value of a row. Reading, filter and order all take its one expression. */
export interface ScalarField {
  readonly kind: "scalar";
  /** The GraphQL type; the SQL type follows from it. */
  readonly type: () => unknown;
  readonly nullable: boolean;
  readonly expression: Expression;
  /** The column that it is or is written to, if any. */
  readonly column?: string | undefined;
  /** The arguments of the field where none are given: those of its filter and its order. */
  readonly defaults: Args;
  /** The form in which its values are kept, where one can be written in several. */
  readonly form?: Form | undefined;
  /** No two rows have the same value. */
  readonly unique: boolean;
  /** Lists can be ordered by it. */
  readonly ordered: boolean;
}

interface FuzzyDateField extends FuzzyDateColumns {
  readonly kind: "fuzzyDate";
}

/** Several columns of the same row under one name; null when all of `present` are. */
interface ValueField {
  readonly kind: "value";
  readonly of: () => Class;
  readonly present: readonly string[];
  /** What stands before the names of its columns in the row. */
  readonly prefix?: string;
}

/** What a field of an entity reads. */
export type FieldSpec =
  | ScalarField
  | FuzzyDateField
  | ValueField
  | { readonly kind: "one"; readonly relation: Relation }
  | {
      readonly kind: "list";
      readonly relation: Relation;
      readonly order: (owner: Row, target: Row) => Sql;
    }
  | { readonly kind: "connection"; readonly relation: Relation }
  | { readonly kind: "count"; readonly relation: Relation }
  | AnyField;

/** A row of whichever type: the entity is told by the prefix of its ids. */
export interface AnyField {
  readonly kind: "any";
  readonly prefix: Expression;
  readonly key: Expression;
}

/** What an entry of a `where` input restricts. */
export type FilterSpec =
  | { readonly kind: "id" }
  | ScalarField
  | FuzzyDateField
  | ValueField
  | { readonly kind: "one"; readonly relation: Relation; readonly nullable: boolean }
  | { readonly kind: "many"; readonly relation: Relation }
  | { readonly kind: "special"; readonly build: SpecialFilter };

/**
 * Builds a condition that is no plain comparison.
 *
 * @param find what has to be found first
 */
export type SpecialFilter = (row: Row, value: unknown, find: Find, viewer: Viewer) => Sql;

/** What a query finds, as a value. @param type its SQL type */
export type Find = (query: Sql, type: "uuid" | "uuid[]") => Sql;

/** One value by which rows are sorted. */
export interface SortKey {
  readonly expression: Expression;
  readonly type: ValueType;
  readonly defaults?: Args;
  /** A nullable key comes last in both directions. */
  readonly nullable: boolean;
}

export type Direction = "ASC" | "DESC";

/** One term of an `orderBy` argument. */
export interface OrderTerm {
  readonly field: string;
  readonly direction: Direction;
}

/** All that the read path knows of one object type. It is filled by the declarations in `declare.ts`. */
export interface Entity {
  /** The GraphQL type's name. */
  name: string;
  /** Its table; what is computed has none, and is read by queries only (`Relation.rows`, `PagePlan.rows`). */
  readonly table: string;
  /** TypeID prefix of a type that has ids. */
  prefix?: string;
  readonly fields: Map<string, FieldSpec>;
  /** The arguments of fields that have some of their own, by the name of the field. */
  readonly args: Map<string, Arguments>;
  /** What the schema says of each field: those who write say the same of their inputs. */
  readonly described: Map<string, { readonly description: string; readonly nullable: boolean }>;
  readonly filters: Map<string, FilterSpec>;
  readonly orders: Map<string, readonly SortKey[]>;
  defaultOrder: readonly OrderTerm[];
  /** The column that says what a row is called. */
  readonly called?: string | undefined;
  /** What its rows can be grouped by. */
  statistics?: Statistics;
  /** Which of its rows this viewer may see; absent: all of them. */
  visible?: Visible;
}

export type Visible = (row: Row, viewer: Viewer) => Sql | undefined;

const entities = new Map<Class, Entity>();
const byPrefix = new Map<string, Entity>();

/** Makes a class known to the read path. */
export function register(type: Class, entity: Entity): void {
  entities.set(type, entity);
  if (entity.prefix) byPrefix.set(entity.prefix, entity);
}

/** The declaration of a class; a class without one is a programming fault. */
export function entityOf(type: Class): Entity {
  const entity = entities.get(type);
  if (!entity) throw new Error(`${type.name} is not declared to the read path`);
  return entity;
}

/** The entity whose ids have this prefix. */
export const entityWithPrefix = (prefix: string): Entity | undefined => byPrefix.get(prefix);

/** Every declared object type. */
export const allEntities = (): Entity[] => [...entities.values()];

/** A table in which rows of a record stand. */
export interface RecordTable {
  readonly table: string;
  /** The column that holds the record's key. */
  readonly owner: string;
  /** What columns are where a former version of the row does not say so: they came later. */
  readonly unsaid?: Readonly<Record<string, unknown>>;
}

const records = new Map<Entity, readonly RecordTable[]>();

/** Notes that an entity is a record, which has a history: its own table, and those of the parts that it owns. */
export function registerRecord(entity: Entity, tables: readonly RecordTable[]): void {
  records.set(entity, tables);
}

/** The tables of a record; none of what is no record. */
export const tablesOf = (entity: Entity): readonly RecordTable[] => records.get(entity) ?? [];

/** The tables of all records. */
export const recordTables = (): RecordTable[] => [...records.values()].flat();
