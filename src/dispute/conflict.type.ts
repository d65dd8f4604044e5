import sql, { type Sql } from "sql-template-tag";
import { Float } from "type-graphql";
import { type Claim, claims } from "../claim/claim.type.js";
import { declare } from "../reading/declare.js";
import { ConflictKind } from "./dispute.vocabulary.js";
import type { ConflictModel, IntervalModel } from "./models.js";
import { type Side, sides } from "./side.type.js";

/** An end of an interval; null when it is open. */
export const end = (value: Sql): Sql => sql`nullif(nullif(${value}, '-infinity'), 'infinity')`;

/** The declaration of intervals, for conflicts and disputes. */
export const intervals = declare<IntervalModel>(undefined, {
  name: "Interval",
  description: "Numbers from `low` to `high`, both included.",
});

@intervals.type
export class Interval {
  @intervals.column(() => Float, { nullable: true, description: "The lower end; null when it is open." })
  low!: number | null;

  @intervals.column(() => Float, { nullable: true, description: "The upper end; null when it is open." })
  high!: number | null;
}

/** The declaration of conflicts, for disputes. */
export const conflicts = declare<ConflictModel>(undefined, {
  name: "Conflict",
  description: "Two sides of which what one holds speaks against what the other holds.",
});

@conflicts.type
export class Conflict {
  @conflicts.column(() => ConflictKind, { description: "Why: the first kind that fits." })
  kind!: ConflictKind;

  @conflicts.list(() => sides, {
    description: "The two sides.",
    rows: (conflict) => sql`select s.* from unnest(${conflict.column("pair")}) s`,
    order: (_conflict, side) => side.column("n"),
  })
  sides!: Side[];

  @conflicts.list(() => claims, {
    description:
      "The two claims, in the order of the sides: those that put the stances or the figures there, or that are related.",
    on: (conflict, claim) =>
      sql`${claim.column("id")} in (${conflict.column("claim1")}, ${conflict.column("claim2")})`,
    order: (conflict, claim) => sql`${claim.column("id")} = ${conflict.column("claim2")}`,
  })
  claims!: Claim[];

  @conflicts.list(() => intervals, {
    description:
      "What their figures span, in the order of the sides; empty, unless the conflict is one of figures.",
    rows: (conflict) => sql`select s.n, ${end(sql`s.low`)} as low, ${end(sql`s.high`)} as high
      from unnest(${conflict.column("pair")}) s where ${conflict.column("of_figures")}`,
    order: (_conflict, interval) => interval.column("n"),
  })
  intervals!: Interval[];
}
