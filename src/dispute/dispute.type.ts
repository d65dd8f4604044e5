import sql, { join, type Sql } from "sql-template-tag";
import { Float, Int } from "type-graphql";
import { type Actor, actors } from "../actor/actor.type.js";
import { type Claim, claims } from "../claim/claim.type.js";
import { type Figure, figures } from "../claim/figure.type.js";
import { valueTypeOf } from "../graphql/filters.js";
import { CalendarDate } from "../graphql/scalars.js";
import { all } from "../reading/comparison.js";
import { declare } from "../reading/declare.js";
import type { Row } from "../reading/entity.js";
import { heldIn, type Key } from "../reading/ties.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { ConflictKind, DisputeStatus, SideStance } from "./dispute.vocabulary.js";
import type {
  ChangeModel,
  ConflictModel,
  DisputeChangeModel,
  DisputeModel,
  IntervalModel,
  PositionModel,
  SideModel,
} from "./models.js";

/** How many conflicts of a dispute are given at most. */
export const MOST_CONFLICTS = 1_000;

/** The claim whose key a column holds. Disputes are made of claims that count, and these are published. */
const itsClaim = <Owner>(column: Key<Owner>) => ({ ...heldIn<Owner>(column), seen: true });

/** An end of an interval; null when it is open. */
const end = (value: Sql): Sql => sql`nullif(nullif(${value}, '-infinity'), 'infinity')`;

/** The figure of the claim that a position or a side names by `figure_id`. */
const itsFigure = {
  on: (owner: Row, figure: Row): Sql => sql`${figure.column("id")} = ${owner.column("figure_id")}`,
};

/** What functions of the database take of a row, in their order. */
const columns = (row: Row, names: readonly string[]): Sql =>
  join(
    names.map((name) => row.column(name)),
    ", ",
  );
const CERTAIN = [
  "proposition_id",
  "day",
  "reading",
  "actor_id",
  "side_id",
  "stance",
  "deciding_id",
  "figure_id",
];
const CONFLICTS = ["sides", "links", "quantity", "accumulates", "apart"];

const intervals = declare<IntervalModel>(undefined, {
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

const changes = declare<ChangeModel>(undefined, {
  name: "PositionChange",
  description: "A claim by which an actor changed its stance.",
});

@changes.type
export class PositionChange {
  @changes.column(() => SideStance, { description: "The stance from then on." })
  stance!: SideStance;

  @changes.one(() => claims, {
    description: "The claim: one of the actor, or of another one of its side that supersedes what it said.",
    ...itsClaim<ChangeModel>("claimId"),
  })
  claim!: Claim;

  @changes.fuzzyDate({ description: "When that was asserted; null when unknown." })
  on!: FuzzyDate | null;
}

const positions = declare<PositionModel>(undefined, {
  name: "Position",
  description: "Where one actor stands on a proposition, by what it asserted while it was on one side.",
});

@positions.type
export class Position {
  @positions.one(() => actors, { description: "Who stands there.", ...heldIn<PositionModel>("actorId") })
  actor!: Actor;

  @positions.one(() => actors, {
    description: "The side that it was on when it asserted its claims.",
    ...heldIn<PositionModel>("sideId"),
  })
  side!: Actor;

  @positions.column(() => SideStance, { description: "The stance." })
  stance!: SideStance;

  @positions.one(() => figures, {
    nullable: true,
    description: "The number that it gives, or the one that it rejects, if any.",
    ...itsFigure,
  })
  figure!: Figure | null;

  @positions.fuzzyDate({
    description: "The date of the first claim from which the stance has been held without a break.",
  })
  since!: FuzzyDate | null;

  @positions.column(() => Boolean, {
    description:
      "Whether the order of its claims is sure. It is not when another one, which would put another stance or figure there, has no date, or one that overlaps the date of the deciding claim.",
    expression: (position) => sql`order_is_certain(${columns(position, CERTAIN)})`,
  })
  orderCertain!: boolean;

  @positions.one(() => claims, {
    description: "The last claim that put the stance or figure there.",
    ...itsClaim<PositionModel>("decidingId"),
  })
  decidingClaim!: Claim;

  @positions.list(() => changes, {
    description: "Every change of its stance, the first one first.",
    rows: (position) =>
      sql`select h.n, h.stance, h.claim_id, c.asserted_at_edtf as on_edtf, c.asserted_at_earliest as on_earliest, c.asserted_at_latest as on_latest
        from unnest(${position.column("history")}) with ordinality h (stance, claim_id, n) join claim c on c.id = h.claim_id`,
    order: (_position, change) => change.column("n"),
  })
  history!: PositionChange[];

  @positions.list(() => claims, {
    description: "Its claims that give increments, which hold no figure.",
    on: (position, claim) => sql`${claim.column("id")} = any(${position.column("increments")})`,
    order: (position, claim) => sql`array_position(${position.column("increments")}, ${claim.column("id")})`,
  })
  increments!: Claim[];
}

/** A side of a timeline, where more is asked of it than what changed. */
const foundAlone = (side: Row): Sql =>
  sql`side_on(${columns(side, ["proposition_id", "day", "reading", "actor_id"])})`;

const sides = declare<SideModel>(undefined, {
  name: "Side",
  description:
    "Where one side stands on a proposition: an actor that is part of nothing, and all that is part of it.",
});

@sides.type
export class Side {
  @sides.one(() => actors, { description: "The side.", ...heldIn<SideModel>("actorId") })
  actor!: Actor;

  @sides.column(() => SideStance, {
    description:
      "The stance of the last deciding claim among its positions. If nobody holds one: SILENT if somebody is, else WITHDRAWN, else NEUTRAL.",
  })
  stance!: SideStance;

  @sides.one(() => figures, {
    nullable: true,
    description:
      "The last number held by an actor with that stance; of a side that rejects, the one it rejects.",
    ...itsFigure,
  })
  figure!: Figure | null;

  @sides.fuzzyDate({
    description: "The date of the first claim from which the side has held its stance without a break.",
  })
  since!: FuzzyDate | null;

  @sides.column(() => Boolean, {
    description: "Whether two of its actors oppose each other, and both are still of this side.",
    expression: (side) => sql`coalesce(${side.column("divided")}, (${foundAlone(side)}).divided)`,
  })
  divided!: boolean;

  @sides.one(() => claims, {
    description: "The last claim that put its stance there.",
    ...itsClaim<SideModel>("decidingId"),
  })
  decidingClaim!: Claim;

  @sides.list(() => positions, {
    description: "The positions of its actors, the one that decided last first.",
    rows: (side) =>
      sql`select p.* from unnest(coalesce(${side.column("positions")}, (${foundAlone(side)}).positions)) p`,
    order: (_side, position) => sql`${position.column("deciding_n")} desc, ${position.column("actor_id")}`,
  })
  positions!: Position[];
}

const conflicts = declare<ConflictModel>(undefined, {
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

/** The declaration of disputes, for propositions. */
export const disputes = declare<DisputeModel>(undefined, {
  name: "Dispute",
  description:
    "Who stands where on a proposition, and by which rule. It is computed from the published claims, the same for everybody, and never says who is right.",
  special: {
    conflict: {
      type: () => valueTypeOf(ConflictKind).Filter,
      description:
        "Restricts the kinds of its conflicts: whether there is one of a kind. `eq: null` finds disputes without any.",
      build: ofKinds,
    },
  },
});

/** Whether there is a conflict of a kind; the negated operators are true when there is none. */
function ofKinds(dispute: Row, value: unknown): Sql {
  const kinds = dispute.column("kinds");
  const among = (given: readonly string[]) => sql`${kinds} && ${given}::conflict_kind[]`;
  const tests: Record<string, (given: never) => Sql> = {
    eq: (given: string | null) => (given === null ? sql`${kinds} = '{}'` : among([given])),
    ne: (given: string | null) => (given === null ? sql`${kinds} <> '{}'` : sql`not ${among([given])}`),
    in: among,
    notIn: (given: readonly string[]) => sql`not ${among(given)}`,
  };
  const asked = Object.entries(value as Record<string, never>).filter(([, given]) => given !== undefined);
  return (
    all(asked.map(([operator, given]) => sql`(${(tests[operator] as (given: never) => Sql)(given)})`)) ??
    sql`true`
  );
}

/** An interval whose ends stand in two columns of a dispute. */
const span = (name: "envelope" | "overlap") => ({
  nullable: true,
  rows: (dispute: Row) => {
    const [low, high] = [dispute.column(`${name}_low`), dispute.column(`${name}_high`)];
    return sql`select ${end(low)} as low, ${end(high)} as high where ${low} is not null`;
  },
});

@disputes.type
export class Dispute {
  @disputes.column(() => DisputeStatus, { description: "How the sides stand to each other.", filter: true })
  status!: DisputeStatus;

  @disputes.column(() => String, {
    description: "The status in a sentence, with the sides and what decided.",
    expression: (dispute) => sql`dispute_rule(${columns(dispute, ["status", "kinds", ...CONFLICTS])})`,
  })
  rule!: string;

  @disputes.column(() => SideStance, {
    nullable: true,
    description: "AFFIRMS or REJECTS, when all sides that hold a stance hold this one.",
    filter: true,
  })
  stance!: SideStance | null;

  @disputes.column(() => Boolean, { description: "Whether some side is divided.", filter: true })
  divided!: boolean;

  @disputes.column(() => Int, {
    description: "How many voices hold a stance: sides that repeat each other, or pass on one text, are one.",
    filter: true,
  })
  voices!: number;

  @disputes.column(() => Int, {
    description: "How many original sources the claims that count cite; syndicated copies have one origin.",
    expression: (dispute) => sql`dispute_origins(${columns(dispute, ["proposition_id", "day", "reading"])})`,
  })
  origins!: number;

  @disputes.column(() => Int, { description: "How many sides there are.", filter: true })
  sideCount!: number;

  @disputes.fuzzyDate({
    description:
      "The date of the first claim, in their order, from which on the status has been so without a break; null when unknown.",
    filter: true,
  })
  since!: FuzzyDate | null;

  @disputes.list(() => sides, {
    description: "The sides, in the order in which they came to their stances.",
    rows: (dispute) => sql`select s.* from unnest(${dispute.column("sides")}) s`,
    order: (_dispute, side) => side.column("n"),
  })
  sides!: Side[];

  @disputes.list(() => conflicts, {
    description: `The pairs of sides that conflict, the longest standing first; at most ${MOST_CONFLICTS}.`,
    rows: (
      dispute,
    ) => sql`select c.*, array[${dispute.column("sides")}[c.side1], ${dispute.column("sides")}[c.side2]] as pair,
        c.kind = 'FIGURE' or (c.kind = 'STANCE' and ${dispute.column("sides")}[c.side1].figure_id is not null and ${dispute.column("sides")}[c.side2].figure_id is not null) as of_figures
      from dispute_conflicts(${columns(dispute, CONFLICTS)}) c
      order by c.since_n, c.side1, c.side2 limit ${MOST_CONFLICTS}`,
    order: (_dispute, conflict) =>
      sql`${conflict.column("since_n")}, ${conflict.column("side1")}, ${conflict.column("side2")}`,
  })
  conflicts!: Conflict[];

  @disputes.one(() => intervals, {
    description: "What the affirmed figures span together; null without any.",
    ...span("envelope"),
  })
  envelope!: Interval | null;

  @disputes.one(() => intervals, {
    description: "The numbers that all affirmed figures allow; null when there are none.",
    ...span("overlap"),
  })
  overlap!: Interval | null;

  @disputes.column(() => Float, {
    nullable: true,
    description:
      "The highest best number by the lowest one, of the affirmed figures; the middle of an interval that has no best one.",
    expression: (dispute) => sql`${dispute.column("spread")}::double precision`,
  })
  spread!: number | null;
}

/** How many entries of a timeline are given at most. */
export const MOST_CHANGES = 1_000;

/** The declaration of the entries of timelines, for propositions. */
export const disputeChanges = declare<DisputeChangeModel>(undefined, {
  name: "DisputeChange",
  description: "A day on which a dispute changed: its status, or the stance of a side.",
});

@disputeChanges.type
export class DisputeChange {
  @disputeChanges.column(() => CalendarDate, {
    nullable: true,
    description:
      "The day; null for what has been so on every day, because the claims have no date or an open start.",
    from: "day",
  })
  on!: string | null;

  @disputeChanges.column(() => DisputeStatus, { description: "The status on that day." })
  status!: DisputeStatus;

  @disputeChanges.list(() => sides, {
    description: "The sides whose stance changed, as they are on that day.",
    rows: (change) => sql`select s.* from unnest(${change.column("sides")}) s`,
    order: (_change, side) => sql`${side.column("since_n")}, ${side.column("actor_id")}`,
  })
  sides!: Side[];

  @disputeChanges.list(() => claims, {
    description:
      "The claims that came on that day and count, retract another one, or were retracted by an editor since.",
    on: (change, claim) => sql`${claim.column("id")} = any(${change.column("claims")})`,
    order: (change, claim) => sql`array_position(${change.column("claims")}, ${claim.column("id")})`,
  })
  claims!: Claim[];
}
