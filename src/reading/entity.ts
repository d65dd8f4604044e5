import type { Sql } from "sql-template-tag";
import type { Viewer } from "../graphql/viewer.js";

/** A class that carries a GraphQL object type. */
// biome-ignore lint/complexity/noBannedTypes: decorators hand classes over as functions
export type Class = Function;

/** The name under which a statement refers to one occurrence of a table. */
export type Alias = string;

/** A row to which others belong. */
export interface Owner {
  readonly alias: Alias;
  /** Its key: where it stands in the row, or what it is. */
  readonly id: Sql;
}

/** How rows of another table belong to a row of this one. */
export interface Relation {
  readonly target: () => Class;
  /** The condition that ties a row of the target to its owner. */
  on(owner: Owner, target: Alias, viewer: Viewer): Sql;
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
  /**
   * Columns of the target whose values the link repeats, so that an index of the link gives their order and tells who
   * fits; only of a link that has one row for each target.
   */
  readonly carries?: ReadonlySet<string>;
  /** Whether it carries also the columns by which the target is visible or not. */
  readonly tellsVisible?: boolean;
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

/** Several columns of the same row under one name; null when all of `present` are. */
interface Value {
  readonly kind: "value";
  readonly of: () => Class;
  readonly present: readonly string[];
}

/** What a field of an object type reads. */
export type FieldSpec =
  | {
      readonly kind: "column";
      readonly column: string;
      /** The GraphQL type. */
      readonly type: () => unknown;
      readonly nullable: boolean;
      readonly read?: Reads;
    }
  | ({ readonly kind: "fuzzyDate" } & FuzzyDateColumns)
  | Value
  | { readonly kind: "one"; readonly relation: Relation }
  | {
      readonly kind: "list";
      readonly relation: Relation;
      readonly order: (owner: Alias, target: Alias) => Sql;
    }
  | { readonly kind: "connection"; readonly relation: Relation };

/** What an entry of a `where` input restricts. */
export type FilterSpec =
  | { readonly kind: "id"; readonly column: string }
  | ScalarFilter
  | { readonly kind: "fuzzyDate"; readonly earliest: string; readonly latest: string }
  | Value
  | { readonly kind: "one"; readonly relation: Relation; readonly nullable: boolean }
  | { readonly kind: "many"; readonly relation: Relation }
  | { readonly kind: "special"; readonly build: SpecialFilter };

/**
 * Builds a condition that is no plain comparison.
 *
 * @param id where the row's key stands: in the row itself, or where it is referred to
 * @param alias the row; it is there only if nothing refers to its type by key
 * @param find what has to be found first
 */
export type SpecialFilter = (id: Sql, value: unknown, alias: Alias, find: Find) => Sql;

/** What a query finds, as a value. @param type its SQL type */
export type Find = (query: Sql, type: "uuid" | "uuid[]") => Sql;

/** What of a column a viewer may read, where that is not all of it. */
export type Reads = (alias: Alias, viewer: Viewer) => Sql;

/** A restriction of one column. */
export interface ScalarFilter {
  readonly kind: "scalar";
  readonly column: string;
  /** How the field of the same name reads it: what a viewer may not read does not decide which rows fit either. */
  readonly read: Reads | undefined;
  /** The SQL type of the values that it is compared with. */
  readonly cast: string;
  readonly nullable: boolean;
  /** No two rows have the same value. */
  readonly unique: boolean;
  /** Rows are ordered by it as well. */
  readonly ordered: boolean;
}

/** One column of a sort order. */
export interface SortKey {
  readonly column: string;
  readonly cast: "text" | "timestamptz" | "bigint";
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
  readonly table: string;
  /** TypeID prefix of a type that has ids. */
  prefix?: string;
  readonly fields: Map<string, FieldSpec>;
  /** What the schema says of each field: those who write say the same of their inputs. */
  readonly described: Map<string, { readonly description: string; readonly nullable: boolean }>;
  readonly filters: Map<string, FilterSpec>;
  readonly orders: Map<string, readonly SortKey[]>;
  defaultOrder: readonly OrderTerm[];
  /** What of the table this viewer may see; absent: all of it. */
  visible?: (alias: Alias, viewer: Viewer) => Sql | undefined;
}

const entities = new Map<Class, Entity>();

/** Makes a class known to the read path. */
export function register(type: Class, entity: Entity): void {
  entities.set(type, entity);
}

/** The declaration of a class; a class without one is a programming fault. */
export function entityOf(type: Class): Entity {
  const entity = entities.get(type);
  if (!entity) throw new Error(`${type.name} is not declared to the read path`);
  return entity;
}

/** Every declared object type. */
export const allEntities = (): Entity[] => [...entities.values()];
