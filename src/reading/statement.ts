import sql, { join, raw, type Sql } from "sql-template-tag";
import { DateTime } from "../graphql/scalars.js";
import type { Viewer } from "../graphql/viewer.js";
import { where } from "./comparison.js";
import { columns, object, text } from "./json.js";
import { at, identifier } from "./names.js";
import { type Alias, type FieldSpec, nounOf, type Relation } from "./noun.js";
import { pageSource, writePage } from "./page.js";
import type { FieldPlan, ObjectPlan, PagePlan } from "./plan.js";
import { Conditions } from "./where.js";
import { fuzzyDateColumns, fuzzyDatePart, instant } from "./written.js";

/**
 * Writes plans as SQL: one statement, whatever the nesting, whose one value is the JSON text of the answer, with the
 * keys, ids, dates and cursors of the answer. Nothing is left to do for who passes it on.
 */
export class Statement {
  readonly conditions: Conditions;

  constructor(private readonly viewer: Viewer) {
    this.conditions = new Conditions(viewer);
  }

  /** Whether one plan is good for all values: a look-up by keys is planned alike for every key, a filter is not. */
  get onePlan(): boolean {
    return !this.conditions.any;
  }

  /** The first row that fits, as an object; no row when there is none. */
  one(plan: ObjectPlan, fits: (alias: Alias) => Sql): Sql {
    const { alias, rows } = this.#ofTable(plan, fits);
    return sql`select to_json(o) as json from (select ${this.columns(plan, alias)} ${rows}) o`;
  }

  /** The rows with these keys, as one object by key. */
  byKeys(plan: ObjectPlan, keys: readonly string[]): Sql {
    const { alias, rows } = this.#ofTable(plan, (row) => sql`${at(row, "id")} = any(${keys}::uuid[])`);
    return sql`select json_object_agg(${at(alias, "id")}, ${this.object(plan, alias)}) as json ${rows}`;
  }

  /** One page of all rows of a noun. */
  page(plan: PagePlan): Sql {
    return sql`select ${this.#page(plan)} as json`;
  }

  #ofTable(plan: ObjectPlan, fits: (alias: Alias) => Sql): { alias: Alias; rows: Sql } {
    const alias = this.conditions.alias();
    const visible = this.conditions.visible(plan.noun, alias);
    const conditions = visible ? [fits(alias), visible] : [fits(alias)];
    return { alias, rows: sql`from ${identifier(plan.noun.table)} ${raw(alias)}${where(conditions)}` };
  }

  /** The columns of a row that becomes an object. */
  columns({ fields }: ObjectPlan, alias: Alias): Sql {
    return columns(fields, (field) => this.#field(field, alias));
  }

  /** An object made of a row. @param from whence the row comes, if it is not at hand */
  object({ fields }: ObjectPlan, alias: Alias, from?: Sql): Sql {
    return object(fields, (field) => this.#field(field, alias), from);
  }

  #field(field: FieldPlan, alias: Alias): Sql {
    switch (field.kind) {
      case "typename":
        return text(field.name);
      case "column":
        return this.#column(field.spec, alias);
      case "fuzzyDate": {
        const date = fuzzyDateColumns(alias, field.spec);
        const parts = object(field.fields, (part) =>
          part.kind === "typename" ? text(part.name) : fuzzyDatePart[part.name](date),
        );
        return sql`case when ${date.edtf} is not null then ${parts} end`;
      }
      case "value": {
        const missing = join(
          field.present.map((column) => sql`${at(alias, column)} is null`),
          " and ",
        );
        return sql`case when ${missing} then null else ${this.object(field.object, alias)} end`;
      }
      case "one": {
        const target = this.conditions.alias();
        const rows = this.#related(field.relation, alias, target);
        return this.object(field.object, target, rows);
      }
      case "list": {
        const target = this.conditions.alias();
        const rows = this.#related(field.relation, alias, target);
        return sql`(select coalesce(json_agg(o), '[]') from (select ${this.columns(field.object, target)} ${rows} order by ${field.order(alias, target)}) o)`;
      }
      case "connection":
        return this.#page(field.page, { relation: field.relation, alias });
    }
  }

  #column(spec: Extract<FieldSpec, { kind: "column" }>, alias: Alias): Sql {
    const value = spec.read ? spec.read(alias, this.viewer) : at(alias, spec.column);
    return spec.type() === DateTime ? instant(value) : value;
  }

  /** The rows of a target that belong to an owner. */
  #related(relation: Relation, owner: Alias, target: Alias): Sql {
    const table = identifier(nounOf(relation.target()).table);
    return sql`from ${table} ${raw(target)}${where(this.conditions.related(relation, owner, target))}`;
  }

  #page(plan: PagePlan, owner?: { relation: Relation; alias: Alias }): Sql {
    return writePage(this, plan, pageSource(this.conditions, plan, owner));
  }
}
