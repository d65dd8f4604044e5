import sql, { type Sql } from "sql-template-tag";
import { Float, Int } from "type-graphql";
import { valueTypeOf } from "../graphql/filters.js";
import { all } from "../reading/comparison.js";
import { declare } from "../reading/declare.js";
import type { Row } from "../reading/entity.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { type Conflict, conflicts, end, type Interval, intervals } from "./conflict.type.js";
import { ConflictKind, DisputeStatus, SideStance } from "./dispute.vocabulary.js";
import type { DisputeModel } from "./models.js";
import { columns } from "./parts.js";
import { type Side, sides } from "./side.type.js";

/** How many conflicts of a dispute are given at most. */
export const MOST_CONFLICTS = 1_000;

const CONFLICTS = ["sides", "links", "quantity", "accumulates", "apart"];

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
