import type { Ask } from "../support/app.js";
import { answeredSince } from "./answers.js";
import { EVERYTHING } from "./counted.js";
import { compareTexts, spanOf } from "./days.js";
import { type Dispute, disputeOf } from "./dispute.js";
import type { PlainWorld } from "./plain-world.js";

type Disputed = Dispute & { readonly id: string; readonly since: string | null };
type Test = (dispute: Disputed) => boolean;

const STATUSES = [
  "NO_POSITION",
  "SINGLE_SOURCED",
  "CORROBORATED",
  "CONTESTED",
  "CONCEDED",
  "NOT_COMPARABLE",
  "RETRACTED",
];
const KINDS = ["STANCE", "FIGURE", "RELATION"] as const;

/** Filters of `PropositionWhere.dispute`, and what they mean. */
const FILTERS: [Record<string, unknown>, Test][] = [
  ...STATUSES.map((status): [Record<string, unknown>, Test] => [
    { status: { eq: status } },
    (dispute) => dispute.status === status,
  ]),
  [{ status: { ne: "NO_POSITION" } }, ({ status }) => status !== "NO_POSITION"],
  [
    { status: { in: ["CONTESTED", "CONCEDED"] } },
    ({ status }) => status === "CONTESTED" || status === "CONCEDED",
  ],
  [{ stance: { eq: "AFFIRMS" } }, ({ stance }) => stance === "AFFIRMS"],
  [{ stance: { eq: "REJECTS" } }, ({ stance }) => stance === "REJECTS"],
  [{ stance: { eq: null } }, ({ stance }) => stance === null],
  [{ divided: { eq: true } }, ({ divided }) => divided],
  [{ divided: { eq: false } }, ({ divided }) => !divided],
  [{ sideCount: { gte: 3 } }, ({ sides }) => sides.length >= 3],
  [{ sideCount: { eq: 0 } }, ({ sides }) => sides.length === 0],
  [{ voices: { lt: 2 } }, ({ voices }) => voices < 2],
  [{ voices: { eq: 2 } }, ({ voices }) => voices === 2],
  ...KINDS.map((kind): [Record<string, unknown>, Test] => [
    { conflict: { eq: kind } },
    ({ conflicts }) => conflicts.some((conflict) => conflict.kind === kind),
  ]),
  [
    { conflict: { in: ["STANCE", "RELATION"] } },
    ({ conflicts }) => conflicts.some(({ kind }) => kind === "STANCE" || kind === "RELATION"),
  ],
  [
    { since: { definitelyBefore: "2024-02-01" } },
    ({ since }) => since !== null && spanOf(since).last < "2024-02-01",
  ],
  [
    { since: { possiblyDuring: "2024-02" } },
    ({ since }) =>
      since !== null && spanOf(since).first <= "2024-02-29" && spanOf(since).last >= "2024-02-01",
  ],
  [
    { status: { eq: "CONTESTED" }, divided: { eq: true } },
    ({ status, divided }) => status === "CONTESTED" && divided,
  ],
];

/** What the database says of all propositions without asking each, held against the reference. */
export async function expectFiltersAndOrders(ask: Ask, world: PlainWorld): Promise<void> {
  const disputes = world.rows.propositions.map(({ id }): Disputed => {
    const dispute = disputeOf(world, id, EVERYTHING);
    return { ...dispute, id, since: answeredSince(world, id, EVERYTHING, dispute) };
  });
  for (const [dispute, test] of FILTERS) {
    const found = await readIds(ask, { where: { dispute } });
    const wanted = disputes.filter(test).map(({ id }) => id);
    expect({ dispute, ids: [...found].sort() }).toEqual({ dispute, ids: wanted.sort() });
  }
  await expectOrder(ask, "SIDE_COUNT", disputes, (one, other) => one.sides.length - other.sides.length);
  await expectOrder(ask, "DISPUTED_SINCE", disputes, (one, other) => byDates(one.since, other.since));
  expect(await readBuckets(ask)).toEqual(
    Object.fromEntries(
      STATUSES.map((status) => [status, disputes.filter((one) => one.status === status).length]).filter(
        ([, count]) => count !== 0,
      ),
    ),
  );
}

/** By the first day, then the last; those without a date come last. */
function byDates(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const [left, right] = [spanOf(one), spanOf(other)];
  return compareTexts(left.first, right.first) || compareTexts(left.last, right.last);
}

/** That no proposition comes before one that should come first. Which of two equal ones comes first is left open. */
async function expectOrder(
  ask: Ask,
  field: string,
  disputes: readonly Disputed[],
  compare: (one: Disputed, other: Disputed) => number,
): Promise<void> {
  const byId = new Map(disputes.map((dispute) => [dispute.id, dispute]));
  const found = await readIds(ask, { orderBy: [{ field, direction: "ASC" }] });
  expect(found).toHaveLength(disputes.length);
  const inTurn = found.map((id) => byId.get(id) as Disputed);
  const wrong = inTurn.findIndex((dispute, at) => at > 0 && compare(inTurn[at - 1] as Disputed, dispute) > 0);
  const around =
    wrong < 0
      ? []
      : inTurn
          .slice(wrong - 1, wrong + 1)
          .map(({ id, since, sides }) => ({ id, since, sides: sides.length }));
  expect({ field, around }).toEqual({ field, around: [] });
}

async function readIds(ask: Ask, variables: Record<string, unknown>): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null; ; ) {
    const query = `query ($where: PropositionWhere, $orderBy: [PropositionOrder!], $after: String) {
      propositions(first: 100, where: $where, orderBy: $orderBy, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
    }`;
    const { data, errors } = await ask(query, { ...variables, after });
    if (errors || !data) throw new Error(JSON.stringify([variables, errors]));
    const { nodes, pageInfo } = data.propositions as {
      nodes: { id: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
    ids.push(...nodes.map(({ id }) => id));
    if (!pageInfo.hasNextPage) return ids;
    after = pageInfo.endCursor;
  }
}

async function readBuckets(ask: Ask): Promise<Record<string, number>> {
  const { data, errors } = await ask(
    "{ propositions { stats(by: [DISPUTE_STATUS]) { buckets { disputeStatus count } } } }",
  );
  if (errors || !data) throw new Error(JSON.stringify(errors));
  const { stats } = data.propositions as { stats: { buckets: { disputeStatus: string; count: number }[] } };
  return Object.fromEntries(stats.buckets.map(({ disputeStatus, count }) => [disputeStatus, count]));
}
