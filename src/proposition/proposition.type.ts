import sql from "sql-template-tag";
import { Int } from "type-graphql";
import { type Claim, claims } from "../claim/claim.type.js";
import { type Dispute, disputes } from "../dispute/dispute.type.js";
import { DateReading } from "../dispute/dispute.vocabulary.js";
import { type DisputeChange, disputeChanges, MOST_CHANGES } from "../dispute/dispute-change.type.js";
import { type FigurePoint, figurePoints } from "../dispute/figure-point.type.js";
import type * as models from "../generated/prisma/models.js";
import { valueTypeOf } from "../graphql/filters.js";
import { Node } from "../graphql/node.js";
import { CalendarDate, DateTime } from "../graphql/scalars.js";
import { type ExternalId, externalIds, externalIdsOf } from "../identity/external-id.js";
import { TAGS } from "../identity/tags.js";
import type { Connection } from "../reading/connection.js";
import { declare } from "../reading/declare.js";
import { statistics } from "../reading/declare-statistics.js";
import type { Arguments, Parameter, SortKey } from "../reading/entity.js";
import { snake } from "../reading/names.js";
import { columnNamed } from "../reading/row.js";
import { type Key, ownedBy } from "../reading/ties.js";
import { type Revision, revisions } from "../revision/revision.type.js";
import { LINE } from "../values/name.js";
import { Measure, PropositionKind } from "./proposition.vocabulary.js";

const ON_A_DAY: Arguments = {
  on: {
    type: () => CalendarDate,
    description: "The day by whose end claims must have been asserted to count; without it, all count.",
    parameter: true,
  },
  dates: {
    type: () => DateReading,
    description: "How vague dates are read, with `on`.",
    default: "POSSIBLY",
    parameter: true,
  },
};

/** A time by which lists are ordered, missing ones last. */
const moment = (column: Key<models.PropositionModel>): SortKey => ({
  expression: columnNamed(snake(column)),
  type: valueTypeOf(DateTime),
  nullable: true,
});

/** The declaration of propositions, for those that refer to them. */
export const propositions = declare<models.PropositionModel>("proposition", {
  name: "Proposition",
  description:
    "What is being asserted, apart from who asserts it. Only claims about the same proposition are ever compared.",
  prefix: "proposition",
  list: {
    defaultOrder: ["TEXT", "ASC"],
    called: "text",
    orders: {
      DISPUTED_SINCE: {
        meaning: "By the earliest, then the latest reading of `dispute.since`.",
        keys: [moment("disputeSinceEarliest"), moment("disputeSinceLatest")],
      },
      SIDE_COUNT: {
        meaning: "By `dispute.sideCount`.",
        keys: [{ expression: columnNamed("dispute_side_count"), type: valueTypeOf(Int), nullable: false }],
      },
      LATEST_CLAIM: {
        meaning: "By when the latest claim that counts was asserted, in its earliest reading.",
        keys: [moment("disputeLatestClaim")],
      },
    },
  },
});

@propositions.type
export class Proposition extends Node {
  @propositions.column(() => String, {
    description: "A readable name for addresses and queries.",
    filter: true,
    unique: true,
  })
  slug!: string;

  @propositions.column(() => String, {
    form: LINE,
    description: "What is asserted, as a sentence or a question for a number.",
    filter: true,
    order: { field: "TEXT", meaning: "By `text`, code point by code point." },
  })
  text!: string;

  @propositions.column(() => PropositionKind, {
    description: "What an answer to it looks like.",
    filter: true,
  })
  kind!: PropositionKind;

  @propositions.column(() => Measure, {
    nullable: true,
    description: "What a QUANTITY counts.",
    filter: true,
  })
  measure!: Measure | null;

  @propositions.column(() => String, {
    nullable: true,
    description: "The unit of a QUANTITY: persons, km², …",
  })
  unit!: string | null;

  @propositions.column(() => String, {
    nullable: true,
    description: "Of whom or what a QUANTITY is counted.",
  })
  population!: string | null;

  @propositions.column(() => String, {
    nullable: true,
    description: "How a QUANTITY is counted: over which time and area, cumulative or at once.",
  })
  basis!: string | null;

  @propositions.column(() => Boolean, {
    description:
      "Whether the number can only grow, as a count of all who died does. If so, a figure without `asOf` counts for the day on which it was said.",
    filter: true,
  })
  accumulates!: boolean;

  @propositions.column(() => Int, {
    description:
      "How many days may lie between two figures that are compared, when one of them counts for the day on which it was said.",
    filter: true,
  })
  comparableDays!: number;

  @propositions.connection(() => claims, {
    description: "The claims about it.",
    ...ownedBy<models.ClaimModel>("propositionId"),
    filter: true,
  })
  claims!: Connection<Claim>;

  @propositions.one(() => disputes, {
    description: "Who stands where on it, and by which rule; on a day, by the claims asserted until its end.",
    args: ON_A_DAY,
    rows: (proposition, { args }) => {
      const [on, dates] = [args.on as Parameter<string>, args.dates as Parameter<DateReading>];
      return on == null
        ? sql`select d.* from dispute_now(${proposition.id}) d`
        : sql`select d.* from dispute_on(${proposition.id}, ${on}::date, coalesce(${dates}::date_reading, 'POSSIBLY')) d`;
    },
    kept: "dispute_",
    filter: true,
  })
  dispute!: Dispute;

  @propositions.list(() => disputeChanges, {
    description: `How the dispute became what it is: an entry for each day on which the status or the stance of a side differs from the day before, the first one first; the latest ${MOST_CHANGES}.`,
    rows: (proposition) => sql`select t.* from dispute_timeline(${proposition.id}, ${MOST_CHANGES}) t`,
    order: (_proposition, change) => sql`${change.column("day")} nulls first`,
  })
  timeline!: DisputeChange[];

  @propositions.connection(() => figurePoints, {
    description: "The figures of the claims that count, for a chart.",
    rows: (proposition) => sql`select f.* from figure_points(${proposition.id}) f`,
  })
  figures!: Connection<FigurePoint>;

  @propositions.count("claims", { description: "How many claims are about it, of those that you may see." })
  claimCount!: number;

  @propositions.list(() => externalIds, externalIdsOf("propositionId"))
  externalIds!: ExternalId[];

  @propositions.column(() => [String], TAGS)
  tags!: string[];

  @propositions.connection(() => revisions, {
    description: "Its changes, the newest first: who made them, when and why.",
    ...ownedBy<models.RevisionModel>("recordId"),
  })
  history!: Connection<Revision>;

  @propositions.column(() => DateTime, {
    description: "When it was first recorded.",
    filter: true,
    order: { field: "RECORDED_AT", meaning: "By `recordedAt`." },
  })
  recordedAt!: string;

  @propositions.column(() => Int, {
    description: "How often it was recorded: 1, and one more with every change.",
  })
  version!: number;
}

statistics(propositions, {
  rows: "propositions",
  by: { KIND: "kind", MEASURE: "measure", DISPUTE_STATUS: "dispute.status" },
});
