import sql, { join, raw, type Sql } from "sql-template-tag";
import { valueTypeOf } from "../graphql/filters.js";
import { CalendarDate } from "../graphql/scalars.js";
import { where } from "./comparison.js";
import type { Entity, Row } from "./entity.js";
import { type Json, list, object, quoted, written } from "./json.js";
import { at, identifier } from "./names.js";
import { follow, type Place } from "./path.js";
import { columnsOf } from "./row.js";
import { once, type RowSet } from "./row-set.js";
import type { Statement } from "./statement.js";
import {
  type BucketField,
  type BucketsPlan,
  MOST_BUCKETS,
  PERIODS,
  type Period,
  type StatsPlan,
  type Tally,
} from "./statistics.js";
import { type DateColumns, firstDay, lastDay, scalarJson } from "./written.js";

/**
 * Writes statistics as one JSON value: the rows of a set, grouped, and an object of each group. The set is that of the
 * page and of its `totalCount`, so that they agree.
 */
export const writeStats = (statement: Statement, plan: StatsPlan, set: RowSet): Json =>
  object(plan.fields, (field) =>
    field.kind === "typename" ? quoted(field.name) : writeBuckets(statement, plan, once(set), field),
  );

/** A dimension of the buckets: its column, and what it holds. */
interface Key {
  readonly column: Sql;
  readonly place: Place;
  readonly period: Period | undefined;
}

function writeBuckets(statement: Statement, plan: StatsPlan, set: RowSet, { fields }: BucketsPlan): Json {
  const asked = [...fields.values()];
  const tallies = [...new Set(asked.flatMap((field) => (field.kind === "tally" ? field.tally : [])))];
  const bucket = statement.conditions.alias();
  const { keys, groups } = grouped(statement, plan, set, tallies, bucket);
  const tallyOf = (tally: Tally) => at(bucket, `c${tallies.indexOf(tally)}`);
  const element = object(fields, (field): Json => {
    switch (field.kind) {
      case "typename":
        return quoted(field.name);
      case "count":
        return [at(bucket, "n")];
      case "vague":
        return [at(bucket, "vague")];
      case "tally":
        return [tallyOf(field.tally)];
      case "dimension":
        return dimensionJson(statement, field, keys[plan.by.indexOf(field.dimension)]);
    }
  });
  const rows =
    plan.filled === undefined ? sql`(${groups})` : filled(groups, keys, plan.filled, tallies.length);
  const order = orderOf(plan, keys, bucket);
  return list(
    sql`(select ${written(element)} as json from ${rows} ${raw(bucket)} order by ${order} limit ${raw(String(plan.first))})`,
  );
}

/** The groups: their dimensions as `k0`, `k1`, how many rows they have as `n`, of these `vague` ones, and the tallies. */
function grouped(
  { conditions }: Statement,
  { by }: StatsPlan,
  set: RowSet,
  tallies: readonly Tally[],
  bucket: string,
): { keys: readonly Key[]; groups: Sql } {
  const from = (row: Row) => ({
    dimensions: follow(
      conditions,
      set.entity,
      row,
      by.map(({ path }) => path),
    ),
    // Each by itself: of a bucket of one publisher, the sources of others that its claims cite count too.
    tallied: tallies.map(({ path }) => follow(conditions, set.entity, row, [path])),
  });
  const columns = columnsOf(from);
  const { dimensions, tallied } = from(set.row);
  const { places } = dimensions;
  const lists = [dimensions, ...tallied].flatMap((followed) => followed.lists);
  const keys = by.map(({ period }, index) => ({
    column: at(bucket, `k${index}`),
    place: places[index] as Place,
    period,
  }));
  // What is joined with one list only is met once in each bucket, if the records of the list are what tells these apart.
  const [list, another] = lists;
  const told = by.some(
    ({ path: [name, ...rest] }) => rest.length === 0 && list?.unique && list.name === name,
  );
  const repeats = list !== undefined && (another !== undefined || !told);
  const rows = repeats ? sql`count(distinct ${set.row.id})` : sql`count(*)`;
  const vague = by.flatMap(({ period }, index) => (period ? isVague(places[index] as Place, period) : []));
  const selected = [
    ...by.map(({ period }, index) => sql`${keyOf(places[index] as Place, period)} as ${raw(`k${index}`)}`),
    sql`${rows} as n`,
    vague.length > 0 ? sql`${rows} filter (where ${join(vague, " or ")}) as vague` : sql`0 as vague`,
    ...tallied.map(({ places: [place] }, index) => {
      const key = keyOf(place as Place, undefined);
      return sql`count(distinct ${key}) as ${raw(`c${index}`)}`;
    }),
  ];
  const joins = [dimensions, ...tallied].flatMap((followed) => followed.joins);
  const tables = join([set.tables(columns), ...joins], " ");
  const ordinals = raw(by.map((_, index) => index + 1).join(", "));
  return {
    keys,
    groups: sql`select ${join(selected, ", ")} from ${tables}${where(set.conditions)} group by ${ordinals}`,
  };
}

// Until when an open start is kept to reach back: see `dateBounds`.
const OPEN_START = raw("'0001-01-01'::timestamptz");

/** The first day of a date; nothing, where it is open or unknown. */
const started = ({ edtf, earliest }: DateColumns): Sql =>
  firstDay({ edtf, earliest: sql`nullif(${earliest}, ${OPEN_START})` });

// Sessions work in UTC.
const truncated = (period: Period, time: Sql): Sql =>
  sql`date_trunc(${raw(`'${PERIODS[period]}'`)}, ${time})`;

/** What rows of a bucket have in common. */
function keyOf(place: Place, period: Period | undefined): Sql {
  if (place.kind === "record") return place.key;
  if (!period) return place.kind === "value" ? place.value : place.earliest;
  return sql`${truncated(period, place.kind === "value" ? place.value : started(place))}::date`;
}

/** Whether a row may belong to another bucket of a period. */
function isVague(place: Place, period: Period): Sql {
  if (place.kind === "value") return sql`${place.value} is null`;
  if (place.kind === "record") return sql`false`;
  return sql`coalesce(${truncated(period, started(place))} <> ${truncated(period, lastDay(place))}, true)`;
}

function dimensionJson(
  statement: Statement,
  { object }: Extract<BucketField, { kind: "dimension" }>,
  key: Key | undefined,
): Json {
  if (!key) return ["null"];
  if (object) return [sql`coalesce(${statement.byKey(object, key.column)}, 'null')`];
  const type = key.period || key.place.kind !== "value" ? () => CalendarDate : key.place.type;
  return scalarJson({ type, nullable: true }, key.column);
}

function orderOf({ order }: StatsPlan, keys: readonly Key[], bucket: string): Sql {
  const terms = order.some(({ field }) => field === "KEY")
    ? order
    : [...order, { field: "KEY", direction: "ASC" } as const];
  return join(
    terms.flatMap(({ field, direction }) => {
      const way = raw(direction === "ASC" ? "asc nulls last" : "desc nulls last");
      const by = field === "COUNT" ? [at(bucket, "n")] : keys.flatMap(orderedKeys);
      return by.map((expression) => sql`${expression} ${way}`);
    }),
    ", ",
  );
}

/** Times as they follow each other, words code point by code point, records by what they are called. */
function orderedKeys({ column, place }: Key): Sql[] {
  switch (place.kind) {
    case "time":
      return [column];
    case "value": {
      const { sql: type, words } = valueTypeOf(place.type());
      return [words || type === "text" ? sql`${column}::text collate "C"` : column];
    }
    case "record":
      return [calledOf(place.entity, column), column];
  }
}

function calledOf({ name, called, table }: Entity, key: Sql): Sql {
  if (!called) throw new Error(`${name} is not declared to be called anything, so nothing is ordered by it`);
  return sql`(select ${at("called", called)} from ${identifier(table)} called where ${at("called", "id")} = ${key}) collate "C"`;
}

/** How many periods there are from the first to the last. */
const STEPS: Readonly<Record<Period, (first: Sql, last: Sql) => Sql>> = {
  DAY: (first, last) => sql`${last} - ${first} + 1`,
  WEEK: (first, last) => sql`(${last} - ${first}) / 7 + 1`,
  MONTH: (first, last) =>
    sql`((extract(year from ${last}) - extract(year from ${first})) * 12 + extract(month from ${last}) - extract(month from ${first}) + 1)::int`,
  YEAR: (first, last) => sql`(extract(year from ${last}) - extract(year from ${first}) + 1)::int`,
};

/** The groups, and an empty one for each period between the first and the last that has none. */
function filled(groups: Sql, keys: readonly Key[], place: number, tallies: number): Sql {
  const period = keys[place]?.period as Period;
  const names = keys.map((_, index) => raw(`k${index}`));
  const time = names[place] as Sql;
  const other = names.find((_, index) => index !== place);
  const first = sql`ends.first`;
  const last = sql`ends.last`;
  const values = other ? sql` * (select count(*) from (select distinct ${other} from groups) values)` : sql``;
  const steps = sql`(${STEPS[period](first, last)})${values}`;
  const words = `\`fill\` would make %s buckets, from %s to %s; at most ${MOST_BUCKETS} are made. Restrict the list by \`where\`, or group it by a longer period.`;
  const until = sql`case when ${steps} > ${raw(String(MOST_BUCKETS))} then refused(format(${raw(`'${words}'`)}, ${steps}, ${first}, ${last}))::date else ${last} end`;
  const series = sql`generate_series(${first}::timestamp, (${until})::timestamp, ${raw(`'1 ${PERIODS[period]}'`)}::interval) series(at)`;
  const zeros = join([sql`0, 0`, ...Array.from({ length: tallies }, () => sql`0`)], ", ");
  const same = other ? sql` and same.${other} is not distinct from others.${other}` : sql``;
  const others = other ? sql`cross join (select distinct ${other} from groups) others ` : sql``;
  const columns = names.map((name) => (name === time ? sql`series.at::date` : sql`others.${name}`));
  return sql`(with groups as materialized (${groups})
    select * from groups
    union all
    select ${join(columns, ", ")}, ${zeros}
      from (select min(${time}) as first, max(${time}) as last from groups) ends
      ${others}cross join lateral ${series}
      where not exists (select from groups same where same.${time} = series.at::date${same}))`;
}
