import sql, { raw, type Sql } from "sql-template-tag";
import { all } from "./comparison.js";
import { type Entity, entityOf, type FieldSpec, type Relation, type Row } from "./entity.js";
import { at, identifier } from "./names.js";
import { keptRow, TableRow } from "./row.js";
import type { Conditions } from "./where.js";
import { type DateColumns, fuzzyDateColumns } from "./written.js";

type Tie = (target: Row) => Sql;

/** Where a path of declared fields leads from a row. */
export type Place =
  | { readonly kind: "value"; readonly value: Sql; readonly type: () => unknown }
  | ({ readonly kind: "time" } & DateColumns)
  | { readonly kind: "record"; readonly key: Sql; readonly entity: Entity };

/** The places to which paths lead, and the tables that have to be joined to the row's to get there. */
export interface Places {
  readonly places: readonly Place[];
  readonly joins: readonly Sql[];
  /** The lists by which a row may be joined more than once. */
  readonly lists: readonly List[];
}

interface List {
  readonly name: string;
  /** Whether each of its records is met once for each row. */
  readonly unique: boolean;
}

/**
 * Follows paths from a row. Paths that begin alike go by the same rows: of an event's country and type, those of one
 * event. A row that has nothing there stays, and so does one whose record the viewer may not see: the place is null.
 */
export function follow(
  conditions: Conditions,
  entity: Entity,
  row: Row,
  paths: readonly (readonly string[])[],
): Places {
  const joins: Sql[] = [];
  const lists = new Map<string, List>();
  const rows = new Map<string, Row>();

  /** The row at a place, joined when it is first needed. */
  const joined = (route: string, join: (alias: string) => { row: Row; join: Sql }): Row => {
    const known = rows.get(route);
    if (known) return known;
    const made = join(conditions.alias());
    joins.push(made.join);
    rows.set(route, made.row);
    return made.row;
  };

  const target = (relation: Relation, owner: Row, tie: Tie | undefined, route: string): Row =>
    joined(route, (alias) => {
      const entity = entityOf(relation.target());
      const row = new TableRow(entity, alias);
      const query = relation.rows?.(owner, conditions.given(relation.defaults));
      const rows = query ? sql`lateral (${query})` : identifier(entity.table);
      const fits = [tie?.(row), conditions.visible(entity, row)].filter((one) => one !== undefined);
      return { row, join: sql`left join ${rows} ${raw(alias)} on ${all(fits) ?? sql`true`}` };
    });

  const step = (entity: Entity, row: Row, path: readonly string[], before: string): Place => {
    const [name = "", ...rest] = path;
    const route = `${before}.${name}`;
    const spec = entity.fields.get(name);
    switch (spec?.kind) {
      case "scalar":
        return {
          kind: "value",
          value: spec.expression(row, conditions.given(spec.defaults)),
          type: spec.type,
        };
      case "fuzzyDate":
        return { kind: "time", ...fuzzyDateColumns(row, spec) };
      case "value":
        return step(entityOf(spec.of()), row, rest, route);
      case "one":
      case "list":
      case "connection": {
        if (spec.relation.kept)
          return step(entityOf(spec.relation.target()), keptRow(row, spec.relation.kept), rest, route);
        if (spec.kind !== "one") {
          const unique = before === "" && (spec.relation.link?.unique ?? false);
          lists.set(route, { name, unique });
        }
        return further(spec, row, rest, route);
      }
      default:
        throw new Error(`${entity.name}.${name} does not lead to anything that rows could be grouped by`);
    }
  };

  const further = (
    { relation }: Extract<FieldSpec, { relation: Relation }>,
    row: Row,
    rest: readonly string[],
    route: string,
  ): Place => {
    const entity = entityOf(relation.target());
    // A key is read where it is kept, unless it depends on the record whether it may be seen.
    const here = rest.length === 0 && !entity.visible;
    const { held, link, on } = relation;
    if (held && here) return { kind: "record", key: row.column(held), entity };
    if (link) {
      const { table, near, far } = link;
      const links = joined(`${route} link`, (alias) => ({
        row: { id: at(alias, far), column: (name) => at(alias, name) },
        join: sql`left join ${identifier(table)} ${raw(alias)} on ${at(alias, near)} = ${row.id}`,
      }));
      if (here) return { kind: "record", key: links.id, entity };
      const reached = target(relation, row, (to) => sql`${to.id} = ${links.id}`, route);
      return rest.length === 0
        ? { kind: "record", key: reached.id, entity }
        : step(entity, reached, rest, route);
    }
    const reached = target(
      relation,
      row,
      on && ((to) => on(row, to, conditions.given(relation.defaults))),
      route,
    );
    return rest.length === 0
      ? { kind: "record", key: reached.id, entity }
      : step(entity, reached, rest, route);
  };

  return { places: paths.map((path) => step(entity, row, path, "")), joins, lists: [...lists.values()] };
}
