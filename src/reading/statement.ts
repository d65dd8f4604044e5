import sql, { join, raw, type Sql } from "sql-template-tag";
import type { Viewer } from "../graphql/viewer.js";
import { where } from "./comparison.js";
import { type Alias, entityOf, type Owner, type Relation } from "./entity.js";
import { type Json, list, object, quoted, unless, written } from "./json.js";
import { at, identifier } from "./names.js";
import { pageSource, writePage } from "./page.js";
import type { FieldPlan, ObjectPlan, PagePlan } from "./plan.js";
import { type Belonging, Conditions } from "./where.js";
import { columnJson, fuzzyDateColumns, fuzzyDateJson } from "./written.js";

/**
 * Writes plans as SQL: one statement, whatever the nesting, whose one value is the JSON text of the answer, with the
 * keys, ids, dates and cursors of the answer. Nothing is left to do for who passes it on.
 */
export class Statement {
  readonly conditions: Conditions;

  /** Keys of rows that are known while the statement is planned, or before. */
  readonly #keys = new Map<Alias, Sql>();

  /** @param whole everything is asked within the statement */
  constructor(
    private readonly viewer: Viewer,
    whole = false,
  ) {
    this.conditions = new Conditions(viewer, whole);
  }

  /** Whether one plan is good for all values: a look-up by keys is planned alike for every key, a filter is not. */
  get onePlan(): boolean {
    return !this.conditions.any;
  }

  /** The first row that fits, as an object; no row when there is none. @param key the row's, where it is known */
  one(plan: ObjectPlan, fits: (alias: Alias) => Sql, key?: Sql): Sql {
    const { alias, rows } = this.#ofTable(plan, fits);
    if (key) this.#keys.set(alias, key);
    return sql`select ${written(this.object(plan, alias))} as json ${rows}`;
  }

  /** The rows with these keys, as one object by key; null when there are none. */
  byKeys(plan: ObjectPlan, keys: readonly string[]): Sql {
    const { alias, rows } = this.#ofTable(plan, (row) => sql`${at(row, "id")} = any(${keys}::uuid[])`);
    const member = written([...quoted(at(alias, "id")), ":", ...this.object(plan, alias)]);
    return sql`select '{' || string_agg(${member}, ',') || '}' as json ${rows}`;
  }

  /** One page of all rows of an entity. */
  page(plan: PagePlan): Sql {
    return sql`select ${written(this.#page(plan))} as json`;
  }

  #ofTable(plan: ObjectPlan, fits: (alias: Alias) => Sql): { alias: Alias; rows: Sql } {
    const alias = this.conditions.alias();
    const visible = this.conditions.visible(plan.entity, alias);
    const conditions = visible ? [fits(alias), visible] : [fits(alias)];
    return { alias, rows: sql`from ${identifier(plan.entity.table)} ${raw(alias)}${where(conditions)}` };
  }

  /** An object made of a row. */
  object({ fields }: ObjectPlan, alias: Alias): Json {
    return object(fields, (field) => this.#field(field, alias));
  }

  #field(field: FieldPlan, alias: Alias): Json {
    switch (field.kind) {
      case "typename":
        return quoted(field.name);
      case "column": {
        const { spec } = field;
        return columnJson(spec, spec.read?.(alias, this.viewer) ?? at(alias, spec.column));
      }
      case "fuzzyDate": {
        const date = fuzzyDateColumns(alias, field.spec);
        const parts = object(field.fields, (part) =>
          part.kind === "typename" ? quoted(part.name) : fuzzyDateJson(part.name, date),
        );
        return unless(sql`${date.edtf} is null`, parts);
      }
      case "value": {
        const missing = field.present.map((column) => sql`${at(alias, column)} is null`);
        return unless(join(missing, " and "), this.object(field.object, alias));
      }
      case "one": {
        const target = this.conditions.alias();
        const rows = this.#related(field.relation, alias, target);
        return [sql`coalesce((select ${written(this.object(field.object, target))} ${rows}), 'null')`];
      }
      case "list": {
        const target = this.conditions.alias();
        const rows = this.#related(field.relation, alias, target);
        const element = written(this.object(field.object, target));
        return list(sql`(select ${element} as json ${rows} order by ${field.order(alias, target)})`);
      }
      case "connection":
        return this.#page(field.page, { relation: field.relation, owner: this.#owner(alias) });
    }
  }

  /** The rows of a target that belong to an owner. */
  #related(relation: Relation, owner: Alias, target: Alias): Sql {
    const table = identifier(entityOf(relation.target()).table);
    const conditions = this.conditions.related(relation, this.#owner(owner), target);
    return sql`from ${table} ${raw(target)}${where(conditions)}`;
  }

  #owner(alias: Alias): Owner {
    return { alias, id: this.#keys.get(alias) ?? at(alias, "id") };
  }

  #page(plan: PagePlan, belonging?: Belonging): Json {
    return writePage(this, plan, pageSource(this.conditions, plan, belonging));
  }
}
