import sql, { join, raw, type Sql } from "sql-template-tag";
import { TYPE } from "../graphql/node.js";
import type { Viewer } from "../graphql/viewer.js";
import { where } from "./comparison.js";
import type { Row } from "./entity.js";
import { entityOf } from "./entity.js";
import { type Json, list, object, quoted, unless, written } from "./json.js";
import { identifier } from "./names.js";
import { writePage } from "./page.js";
import { type AnyPlan, type FieldPlan, type ObjectPlan, type PagePlan } from "./plan.js";
import { TableRow } from "./row.js";
import { counted, from, type RowSet } from "./row-set.js";
import { type Belonging, Conditions } from "./where.js";
import { fuzzyDateColumns, fuzzyDateJson, scalarJson } from "./written.js";

/**
 * Writes plans as SQL: one statement, whatever the nesting, whose one value is the JSON text of the answer, with the
 * keys, ids, dates and cursors of the answer. Nothing is left to do for who passes it on.
 */
export class Statement {
  readonly conditions: Conditions;

  /** @param whole everything is asked within the statement */
  constructor(
    readonly viewer: Viewer,
    whole = false,
  ) {
    this.conditions = new Conditions(viewer, whole);
  }

  /** Whether one plan is good for all values: a look-up by keys is planned alike for every key, a filter is not. */
  get onePlan(): boolean {
    return !this.conditions.any;
  }

  /** The first row that fits, as an object; no row when there is none. @param key the row's, where it is known */
  one(plan: ObjectPlan, fits: (row: Row) => Sql, key?: Sql): Sql {
    const row = new TableRow(plan.entity, this.conditions.alias(), [], key);
    return sql`select ${written(this.object(plan, row))} as json ${this.#rows(row, fits(row))}`;
  }

  /** The rows with these keys, as one object by key; null when there are none. */
  byKeys(plan: ObjectPlan, keys: readonly string[]): Sql {
    const row = new TableRow(plan.entity, this.conditions.alias());
    const member = written([...quoted(row.id), ":", ...this.object(plan, row)]);
    const rows = this.#rows(row, sql`${row.id} = any(${keys}::uuid[])`);
    return sql`select '{' || string_agg(${member}, ',') || '}' as json ${rows}`;
  }

  /** One page of rows. */
  page(plan: PagePlan): Sql {
    return sql`select ${written(this.#page(plan))} as json`;
  }

  /** An object made of a row. */
  object({ fields }: ObjectPlan, row: Row): Json {
    return object(fields, (field) => this.#field(field, row));
  }

  /** The row of an entity with a key, as an object; null when there is none. */
  byKey(plan: ObjectPlan, key: Sql): Sql {
    const row = new TableRow(plan.entity, this.conditions.alias());
    const rows = this.#rows(row, sql`${row.id} = ${key}`);
    return sql`(select ${written(this.object(plan, row))} ${rows})`;
  }

  /** A row of whichever type, as an object; null when there is none. */
  any({ objects, telling }: AnyPlan, prefix: Sql, key: Sql): Sql {
    const cases = [...objects].map(([name, plan]) => {
      const type = { kind: "typename", name: plan.entity.name } as const;
      const told = telling ? { ...plan, fields: new Map([[TYPE, type], ...plan.fields]) } : plan;
      return sql`when ${raw(`'${name}'`)} then ${this.byKey(told, key)}`;
    });
    return sql`case ${prefix} ${join(cases, " ")} end`;
  }

  /** The rows of a table that fit, as far as the viewer may see them. */
  #rows(row: TableRow, fits: Sql): Sql {
    const visible = this.conditions.visible(row.entity, row);
    const conditions = visible ? [fits, visible] : [fits];
    return sql`from ${identifier(row.entity.table)} ${raw(row.alias)}${where(conditions)}`;
  }

  #field(field: FieldPlan, row: Row): Json {
    switch (field.kind) {
      case "typename":
        return quoted(field.name);
      case "scalar": {
        const { spec, args } = field;
        return scalarJson(spec, spec.expression(row, this.conditions.given(args)));
      }
      case "fuzzyDate": {
        const date = fuzzyDateColumns(row, field.spec);
        const parts = object(field.fields, (part) =>
          part.kind === "typename" ? quoted(part.name) : fuzzyDateJson(part.name, date),
        );
        return unless(sql`${date.edtf} is null`, parts);
      }
      case "value": {
        const missing = field.present.map((column) => sql`${row.column(column)} is null`);
        return unless(join(missing, " and "), this.object(field.object, row));
      }
      case "one": {
        const set = this.#related(field, row);
        return orNull(sql`(select ${written(this.object(field.object, set.row))} ${from(set, "all")})`);
      }
      case "list": {
        const set = this.#related(field, row);
        const element = written(this.object(field.object, set.row));
        const order = field.order(row, set.row);
        return list(sql`(select ${element} as json ${from(set, "all")} order by ${order})`);
      }
      case "connection":
        return this.#page(field.page, this.#belonging(field, row));
      case "count": {
        const entity = entityOf(field.relation.target());
        return [counted(this.conditions.rows({ entity, belonging: this.#belonging(field, row) }))];
      }
      case "any": {
        const { spec, any } = field;
        const given = this.conditions.given();
        return orNull(this.any(any, spec.prefix(row, given), spec.key(row, given)));
      }
    }
  }

  #related(field: Extract<FieldPlan, { kind: "one" | "list" }>, owner: Row): RowSet {
    return this.conditions.inTable({ entity: field.object.entity, belonging: this.#belonging(field, owner) });
  }

  #belonging({ relation, args }: Extract<FieldPlan, { relation: unknown }>, owner: Row): Belonging {
    return { relation, owner, given: this.conditions.given(args) };
  }

  #page(plan: PagePlan, belonging?: Belonging): Json {
    return writePage(this, plan, this.conditions.rows({ ...plan, belonging }));
  }
}

const orNull = (object: Sql): Json => [sql`coalesce(${object}, 'null')`];
