import type { Ask } from "../support/app.js";
import { EVERYTHING } from "./counted.js";
import { spanOf } from "./days.js";
import { type Dispute, disputeOf } from "./dispute.js";
import type { PlainWorld } from "./plain-world.js";
import { sinceOf } from "./since.js";
import { standingsOf } from "./standing.js";

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
const STANDINGS = ["CURRENT", "EARLIER", "SUPERSEDED", "STRUCK", "DEPRECATED", "RETRACTED", "NOT_COUNTED"];
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
    return { ...dispute, id, since: sinceOf(world, id, EVERYTHING, dispute)?.assertedAt ?? null };
  });
  const wheres = FILTERS.map(([dispute]) => ({ dispute }));
  const found = await readFiltered(ask, "propositions", "PropositionWhere", wheres);
  for (const [at, [dispute, test]] of FILTERS.entries()) {
    const ids = disputes.filter(test).map(({ id }) => id);
    expect([JSON.stringify(dispute), found[at]]).toEqual([JSON.stringify(dispute), ids.sort()]);
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

/** By the earliest instant, then the latest; those without a date come last. */
function byDates(one: string | null, other: string | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  const [left, right] = [spanOf(one), spanOf(other)];
  return left.from - right.from || left.to - right.to;
}

/** That no proposition comes before one that should come first. Which of two equal ones comes first is left open. */
async function expectOrder(
  ask: Ask,
  field: string,
  disputes: readonly Disputed[],
  compare: (one: Disputed, other: Disputed) => number,
): Promise<void> {
  const byId = new Map(disputes.map((dispute) => [dispute.id, dispute]));
  const found = await readIds(ask, {
    ...{ list: "propositions", type: "PropositionWhere" },
    orderBy: [{ field, direction: "ASC" }],
  });
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

/** What the database says of the standing of all claims. @param ask as somebody who sees all */
export async function expectStandings(ask: Ask, world: PlainWorld): Promise<void> {
  const standings = world.rows.propositions.flatMap(({ id }) => [...standingsOf(world, id)]);
  const without = world.rows.claims.filter(({ proposition }) => proposition === null);
  const all = [...standings, ...without.map(({ id }) => [id, "NOT_COUNTED"] as const)];
  const wheres = STANDINGS.map((standing) => ({ standing: { eq: standing } }));
  const found = await readFiltered(ask, "claims", "ClaimWhere", wheres);
  expect(Object.fromEntries(STANDINGS.map((standing, at) => [standing, found[at]]))).toEqual(
    Object.fromEntries(
      STANDINGS.map((standing) => [standing, all.flatMap(([id, is]) => (is === standing ? id : [])).sort()]),
    ),
  );
}

interface Page {
  nodes: { id: string }[];
  pageInfo: { hasNextPage: boolean; endCursor: string };
}

/** The ids of all rows that fit each of several filters, sorted: the first pages together, the others one by one. */
async function readFiltered(
  ask: Ask,
  list: string,
  type: string,
  wheres: readonly object[],
): Promise<string[][]> {
  const fields = wheres.map((_, at) => `f${at}: ${list}(first: 100, where: $w${at}) { ${PAGE} }`);
  const query = `query (${wheres.map((_, at) => `$w${at}: ${type}`)}) { ${fields.join(" ")} }`;
  const { data, errors } = await ask(query, Object.fromEntries(wheres.map((where, at) => [`w${at}`, where])));
  if (errors || !data) throw new Error(JSON.stringify(errors?.slice(0, 3)));
  const lists: string[][] = [];
  for (const [at, where] of wheres.entries()) {
    const { nodes, pageInfo } = data[`f${at}`] as Page;
    const rest = pageInfo.hasNextPage
      ? await readIds(ask, { list, type, where, after: pageInfo.endCursor })
      : [];
    lists.push([...nodes.map(({ id }) => id), ...rest].sort());
  }
  return lists;
}

const PAGE = "nodes { id } pageInfo { hasNextPage endCursor }";

interface Pages {
  readonly list: string;
  readonly type: string;
  readonly where?: object;
  readonly orderBy?: readonly object[];
  readonly after?: string;
}

async function readIds(ask: Ask, { list, type, where, orderBy, after: start }: Pages): Promise<string[]> {
  const order = type.replace("Where", "Order");
  const query = `query ($where: ${type}, $orderBy: [${order}!], $after: String) {
    ${list}(first: 100, where: $where, orderBy: $orderBy, after: $after) { ${PAGE} }
  }`;
  const ids: string[] = [];
  for (let after = start; ; ) {
    const { data, errors } = await ask(query, { where, orderBy, after });
    if (errors || !data) throw new Error(JSON.stringify([where, orderBy, errors]));
    const { nodes, pageInfo } = data[list] as Page;
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
