import sql, { raw, type Sql } from "sql-template-tag";
import { dateBounds, localBounds, OPEN_END, OPEN_START } from "../values/fuzzy-date.js";
import { all, type Filter, instant, missing, moment, notNull, type OrderedColumn } from "./comparison.js";
import { firstDay, lastDay } from "./written.js";

/** A vague date as it is compared. */
export interface ComparedDate {
  readonly earliest: OrderedColumn;
  readonly latest: Sql;
  /** Without its text, a date fits as soon as its two ends allow it: whoever asks so must ask again. */
  readonly edtf?: Sql;
}

type Operator = "<" | "<=" | ">" | ">=";

/** One end of a date that is asked for: an instant, and what the clocks of its place show then. */
interface Asked {
  readonly instant: Date;
  readonly local: Date;
  /** Whether it was written as a time. */
  readonly timed: boolean;
}

/**
 * The condition that a filter states about a vague date. Days are compared with days: a time lies on the day of its zone, and
 * times are compared with each other as instants. A row without a date never fits, unless the filter is null.
 *
 * @throws BAD_USER_INPUT when a value cannot be used
 */
export function fuzzyDate(date: ComparedDate, key: string, filter: Filter | null): Sql | undefined {
  const { earliest, latest, edtf } = date;
  if (filter === null) return missing(earliest);
  const conditions: Sql[] = [];
  const bound = (operator: Operator, asked: Asked) => {
    const value = instant(boundOf(operator, asked));
    conditions.push(moment(earliest, (end) => sql`${end} ${raw(operator)} ${value}::timestamptz`));
  };
  const from = (operator: Operator, asked: Asked) => {
    bound(operator, asked);
    if (edtf) conditions.push(...exactly(START, { edtf, column: earliest.column }, operator, asked));
  };
  const to = (operator: Operator, asked: Asked) => {
    conditions.push(sql`${latest} ${raw(operator)} ${instant(boundOf(operator, asked))}::timestamptz`);
    if (edtf) conditions.push(...exactly(END, { edtf, column: latest }, operator, asked));
  };
  for (const [operator, value] of Object.entries(filter)) {
    if (value === undefined) continue;
    if (value === null) throw notNull(`${key}.${operator}`);
    const asked = endsOf(value as string);
    // What ends within a date also begins before its end. That says nothing new of a row, but it is a bound of the
    // index that gives the order, and tells the planner how few rows there are.
    switch (operator) {
      case "definitelyBefore":
        bound("<", asked.earliest);
        to("<", asked.earliest);
        break;
      case "definitelyAfter":
        from(">", asked.latest);
        break;
      case "possiblyDuring":
        from("<=", asked.latest);
        to(">=", asked.earliest);
        break;
      case "definitelyDuring":
        from(">=", asked.earliest);
        bound("<=", asked.latest);
        to("<=", asked.latest);
    }
  }
  return all(conditions);
}

function endsOf(edtf: string): { earliest: Asked; latest: Asked } {
  const instants = dateBounds(edtf);
  const local = localBounds(edtf);
  const [from = "", to = from] = edtf.split("/");
  return {
    earliest: { instant: instants.earliest, local: local.earliest, timed: from.includes("T") },
    latest: { instant: instants.latest, local: local.latest, timed: to.includes("T") },
  };
}

/** How far the clocks of a place may be behind and ahead of UTC, in milliseconds: see `parseFuzzyDate`. */
const BEHIND = 12 * 3_600_000;
const AHEAD = 14 * 3_600_000;

/**
 * How far the instants reach of which an end of a date may fit: a day in some zone begins before, or ends after, the day in
 * UTC. Days of rows are kept as days in UTC, so that they are compared with the clocks of a time that is asked for.
 */
function boundOf(operator: Operator, { instant, local, timed }: Asked): Date {
  const below = operator === "<" || operator === "<=";
  const moments = timed ? [+instant, +local] : [+local + (below ? BEHIND : -AHEAD)];
  const farthest = below ? Math.max(...moments) : Math.min(...moments);
  return new Date(Math.min(Math.max(farthest, +OPEN_START), +OPEN_END));
}

/** The two ends of a date: its day, and whether it was written as a time. */
const START = {
  day: (edtf: Sql, column: Sql) => firstDay({ edtf, earliest: column }),
  timed: (edtf: Sql) => sql`first_is_timed(${edtf})`,
};
const END = {
  day: (edtf: Sql, column: Sql) => lastDay({ edtf, latest: column }),
  timed: (edtf: Sql) => sql`last_is_timed(${edtf})`,
};

/**
 * What the bound leaves open, if anything. It is said as a number, of which the planner reckons that it fits nearly always: how
 * many rows are found, it knows from the bound.
 */
function exactly(
  end: typeof START,
  { edtf, column }: { readonly edtf: Sql; readonly column: Sql },
  operator: Operator,
  { instant: at, local, timed }: Asked,
): Sql[] {
  const is = raw(operator);
  if (!timed) return [sql`(${end.day(edtf, column)} ${is} ${instant(local).slice(0, 10)}::date)::int <> 0`];
  if (+at === +local) return [];
  const value = sql`case when ${end.timed(edtf)} then ${instant(at)}::timestamptz else ${instant(local)}::timestamptz end`;
  return [sql`(${column} ${is} ${value})::int <> 0`];
}
