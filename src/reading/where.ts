import sql, { empty, join, raw, type Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import { decodeIdOf } from "../graphql/id.js";
import type { Viewer } from "../graphql/viewer.js";
import { dateBounds } from "../values/fuzzy-date.js";
import { at, identifier } from "./names.js";
import { type Alias, type FilterSpec, type Noun, nounOf, type Relation } from "./noun.js";

type Where = Readonly<Record<string, unknown>>;

/** How many conditions one `where` may have; statements grow with it. */
const MOST_CONDITIONS = 200;

/** How deep relations may be nested in a `where`: what it costs to plan and to look through grows by powers. */
const DEEPEST_RELATION = 5;

/**
 * Turns `where` inputs into SQL conditions. Every condition is true or false, never unknown: a row without a
 * value equals nothing, and `not` turns that round.
 */
export class Conditions {
  #aliases = 0;
  #count = 0;
  #depth = 0;

  constructor(private readonly viewer: Viewer) {}

  /** Whether any row is restricted by values, on which the best plan depends. */
  get any(): boolean {
    return this.#count > 0;
  }

  /** A name for one more occurrence of a table, unique within the statement. */
  alias(): Alias {
    return `t${this.#aliases++}`;
  }

  /** The rows of a noun that this viewer may see. */
  visible(noun: Noun, alias: Alias): Sql | undefined {
    return noun.visible?.(alias, this.viewer);
  }

  /** The rows of a target that belong to an owner, as far as the viewer may see them. */
  related(relation: Relation, owner: Alias, target: Alias): Sql[] {
    const visible = this.visible(nounOf(relation.target()), target);
    const on = relation.on(owner, target, this.viewer);
    return visible ? [on, visible] : [on];
  }

  /**
   * The condition that a `where` input states about a row.
   *
   * @throws BAD_USER_INPUT when a value cannot be used
   */
  of(noun: Noun, alias: Alias, where: Where | null | undefined): Sql | undefined {
    const conditions: Sql[] = [];
    for (const [key, value] of Object.entries(where ?? {})) {
      if (value === undefined) continue;
      this.#admit(1);
      const condition = this.#entry(noun, alias, key, value);
      if (condition) conditions.push(condition);
    }
    return all(conditions);
  }

  /** Counts conditions; a list that could not end within bounds is refused before it is walked. */
  #admit(conditions: number, ahead = 0): void {
    this.#count += conditions;
    if (Math.max(this.#count, ahead) > MOST_CONDITIONS) {
      throw badUserInput(`\`where\` has more than ${MOST_CONDITIONS} conditions. Ask in several requests.`);
    }
  }

  #entry(noun: Noun, alias: Alias, key: string, value: unknown): Sql | undefined {
    if (key === "and" || key === "or") {
      if (value === null) throw notNull(key);
      this.#admit(0, (value as Where[]).length);
      const parts = (value as Where[]).map((part) => this.of(noun, alias, part) ?? sql`true`);
      if (parts.length === 0) return key === "and" ? undefined : sql`false`;
      return sql`(${join(parts, key === "and" ? " and " : " or ")})`;
    }
    if (key === "not") {
      if (value === null) throw notNull(key);
      return sql`(${this.of(noun, alias, value as Where) ?? sql`true`}) is not true`;
    }
    const spec = noun.filters.get(key);
    if (!spec) throw new Error(`${noun.name}Where.${key} is not declared to the read path`);
    return this.#field(noun, alias, key, spec, value);
  }

  #field(noun: Noun, alias: Alias, key: string, spec: FilterSpec, value: unknown): Sql | undefined {
    switch (spec.kind) {
      case "id":
        if (value === null) return sql`false`;
        return scalar(at(alias, spec.column), "uuid", key, mapIds(noun, value as Where));
      case "scalar":
        if (value === null) return sql`${at(alias, spec.column)} is null`;
        return scalar(at(alias, spec.column), spec.cast, key, value as Where);
      case "fuzzyDate":
        if (value === null) return sql`${at(alias, spec.earliest)} is null`;
        return fuzzyDate(at(alias, spec.earliest), at(alias, spec.latest), key, value as Where);
      case "value": {
        const present = join(
          spec.present.map((column) => sql`${at(alias, column)} is not null`),
          " or ",
        );
        if (value === null) return sql`(${present}) is not true`;
        const inner = this.of(nounOf(spec.of()), alias, value as Where);
        return inner ? sql`((${present}) and ${inner})` : sql`(${present})`;
      }
      case "one":
        if (value === null) return sql`not ${this.#exists(spec.relation, alias, null)}`;
        return this.#one(spec.relation, alias, value as Where);
      case "many": {
        if (value === null) throw notNull(key);
        for (const [quantifier, restriction] of Object.entries(value as Where)) {
          if (restriction === null) throw notNull(`${key}.${quantifier}`);
        }
        const { some, none, every } = value as Record<"some" | "none" | "every", Where | undefined>;
        return all([
          ...(some ? [this.#exists(spec.relation, alias, some)] : []),
          ...(none ? [sql`not ${this.#exists(spec.relation, alias, none)}`] : []),
          ...(every ? [sql`not ${this.#exists(spec.relation, alias, { not: every })}`] : []),
        ]);
      }
      case "special":
        if (value === null) throw notNull(key);
        return spec.build(alias, value);
    }
  }

  /** The condition that the one row of another type fits. */
  #one(relation: Relation, owner: Alias, where: Where): Sql {
    const noun = nounOf(relation.target());
    if (!relation.held || noun.visible) return this.#exists(relation, owner, where);
    const key = at(owner, relation.held);
    const target = this.alias();
    const inner = this.#nested(noun, target, where);
    if (!inner) return sql`${key} is not null`;
    // The few rows that fit are found first, once, and then looked up by an index on the key; a semi-join is
    // easily taken the other way round, row by row of the large table.
    return sql`${key} = any(array(select ${at(target, "id")} from ${identifier(noun.table)} ${raw(target)} where ${inner}))`;
  }

  #exists(relation: Relation, owner: Alias, where: Where | null): Sql {
    const noun = nounOf(relation.target());
    const target = this.alias();
    const inner = this.#nested(noun, target, where);
    const { link } = relation;
    const table = sql`${identifier(noun.table)} ${raw(target)}`;
    if (!link) {
      const conditions = [...this.related(relation, owner, target), ...(inner ? [inner] : [])];
      return sql`exists (select from ${table} where ${join(conditions, " and ")})`;
    }
    const linked = this.alias();
    const visible = this.visible(noun, target);
    const conditions = [sql`${at(linked, link.near)} = ${at(owner, "id")}`, visible, inner].filter(
      (one) => one !== undefined,
    );
    return sql`exists (select from ${identifier(link.table)} ${raw(linked)} join ${table} on ${at(target, "id")} = ${at(linked, link.far)} where ${join(conditions, " and ")})`;
  }

  #nested(noun: Noun, target: Alias, where: Where | null): Sql | undefined {
    if (++this.#depth > DEEPEST_RELATION) {
      throw badUserInput(
        `\`where\` nests relations more than ${DEEPEST_RELATION} deep. Ask in several requests.`,
      );
    }
    const inner = this.of(noun, target, where);
    this.#depth--;
    return inner;
  }
}

/** The conjunction of conditions; nothing when there are none. */
export function all(conditions: readonly Sql[]): Sql | undefined {
  if (conditions.length < 2) return conditions[0];
  return sql`(${join(conditions, " and ")})`;
}

const notNull = (key: string) => badUserInput(`\`${key}\` must not be null. Leave it out, or give a value.`);

/** PostgreSQL keeps no NUL character, and half a surrogate pair is no text. */
export function checkText(key: string, value: unknown): void {
  if (typeof value === "string" && (value.includes("\0") || !value.isWellFormed())) {
    throw badUserInput(`\`${key}\` holds a NUL character or half a surrogate pair. Take it out.`);
  }
}

// A driver that is given a Date writes it in the time zone of the process, and loses the seconds that the offsets
// of former times have.
const instant = (date: Date): string => date.toISOString();

function mapIds(noun: Noun, filter: Where): Where {
  const decode = (id: unknown) => decodeIdOf(noun.prefix as string, id as string);
  return Object.fromEntries(
    Object.entries(filter).map(([operator, value]) => [
      operator,
      value == null ? value : Array.isArray(value) ? value.map(decode) : decode(value),
    ]),
  );
}

const COMPARISONS: Readonly<Record<string, Sql>> = {
  lt: raw("<"),
  lte: raw("<="),
  gt: raw(">"),
  gte: raw(">="),
};

function scalar(column: Sql, cast: string, key: string, filter: Where): Sql | undefined {
  const type = raw(cast);
  const conditions: Sql[] = [];
  for (const [operator, value] of Object.entries(filter)) {
    if (value === undefined) continue;
    if (value === null && operator !== "eq" && operator !== "ne") throw notNull(`${key}.${operator}`);
    for (const one of Array.isArray(value) ? value : [value]) checkText(key, one);
    conditions.push(operation(column, type, operator, value instanceof Date ? instant(value) : value));
  }
  return all(conditions);
}

// Texts are compared by code point, whatever the locale of the database. Which letters are one but for their case
// only a locale can say: that of the database, and the trigram indexes are made for it.
function operation(column: Sql, type: Sql, operator: string, value: unknown): Sql {
  switch (operator) {
    case "eq":
      return value === null ? sql`${column} is null` : sql`${column} = ${value}::${type}`;
    case "ne":
      return value === null ? sql`${column} is not null` : sql`${column} is distinct from ${value}::${type}`;
    case "in":
      return sql`${column} = any(${value}::${type}[])`;
    case "notIn":
      return sql`(${column} = any(${value}::${type}[])) is not true`;
    case "contains":
      return sql`${column} collate "default" ilike ${`%${literally(value as string)}%`}`;
    case "startsWith":
      return sql`${column} collate "default" ilike ${`${literally(value as string)}%`}`;
    default:
      return sql`${type.sql === "text" ? sql`${column} collate "C"` : column} ${COMPARISONS[operator] ?? empty} ${value}::${type}`;
  }
}

// In a LIKE pattern these three have a meaning; a filter gives text.
const literally = (text: string): string => text.replace(/[\\%_]/g, "\\$&");

// The same expression as in the indexes and in the order (see `order.ts`), so that one index serves all three.
// A row without a date is before everything in it, and unknown in the other comparison: it never fits.
function fuzzyDate(earliest: Sql, latest: Sql, key: string, filter: Where): Sql | undefined {
  const from = sql`coalesce(${earliest}, '-infinity'::timestamptz)`;
  const conditions: Sql[] = [];
  for (const [operator, value] of Object.entries(filter)) {
    if (value === undefined) continue;
    if (value === null) throw notNull(`${key}.${operator}`);
    const bounds = dateBounds(value as string);
    const asked = { earliest: instant(bounds.earliest), latest: instant(bounds.latest) };
    switch (operator) {
      case "definitelyBefore":
        conditions.push(sql`${latest} < ${asked.earliest}::timestamptz`);
        break;
      case "definitelyAfter":
        conditions.push(sql`${from} > ${asked.latest}::timestamptz`);
        break;
      case "possiblyDuring":
        conditions.push(
          sql`${from} <= ${asked.latest}::timestamptz and ${latest} >= ${asked.earliest}::timestamptz`,
        );
        break;
      case "definitelyDuring":
        conditions.push(
          sql`${from} >= ${asked.earliest}::timestamptz and ${latest} <= ${asked.latest}::timestamptz`,
        );
    }
  }
  return all(conditions);
}
