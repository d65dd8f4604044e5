import { startTestApp, type TestApp } from "../support/app.js";
import { HAND_CHECKED } from "./hand-checked.js";

interface Side {
  actor: { slug: string };
  stance: string;
  divided: boolean;
}

interface Dispute {
  status: string;
  rule: string;
  divided: boolean;
  voices: number;
  sideCount: number;
  sides: Side[];
  conflicts: { kind: string }[];
}

let app: TestApp;
const disputes = new Map<string, Dispute>();

beforeAll(async () => {
  app = await startTestApp({ env: { EXAMPLES: "on" } });
  const { propositions } = await answerOf<{
    propositions: { nodes: { slug: string; dispute: Dispute }[] };
  }>(`{
    propositions(first: 100) {
      nodes {
        slug
        dispute {
          status rule divided voices sideCount
          sides { actor { slug } stance divided }
          conflicts { kind }
        }
      }
    }
  }`);
  for (const { slug, dispute } of propositions.nodes) disputes.set(slug, dispute);
});
afterAll(() => app?.stop());

/** What a question is answered with; it must not be refused. */
async function answerOf<T>(query: string, variables?: Record<string, unknown>): Promise<T> {
  const { data, errors } = await app.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as T;
}

const stancesOf = (sides: readonly Side[]) =>
  Object.fromEntries(sides.map(({ actor, stance, divided }) => [actor.slug, stance + (divided ? "!" : "")]));

test("each proposition of the example data was checked by hand, once", () => {
  expect(disputes.size).toBeGreaterThan(25);
  expect(HAND_CHECKED.map(({ slug }) => slug).toSorted()).toEqual([...disputes.keys()].toSorted());
});

test.each(HAND_CHECKED)("$slug is $status: $why", ({ slug, status, sides, voices, conflicts = [] }) => {
  const dispute = disputes.get(slug)!;
  expect({
    status: dispute.status,
    divided: dispute.divided,
    voices: dispute.voices,
    sideCount: dispute.sideCount,
    sides: stancesOf(dispute.sides),
    conflicts: dispute.conflicts.map(({ kind }) => kind),
  }).toEqual({
    status,
    divided: Object.values(sides).some((stance) => stance.endsWith("!")),
    voices,
    sideCount: Object.keys(sides).length,
    sides,
    conflicts,
  });
});

test("the data show every status", () => {
  expect([...new Set(HAND_CHECKED.map(({ status }) => status))].toSorted()).toEqual([
    "CONCEDED",
    "CONTESTED",
    "CORROBORATED",
    "NOT_COMPARABLE",
    "NO_POSITION",
    "RETRACTED",
    "SINGLE_SOURCED",
  ]);
});

test("the rule names the sides, and since when they say so", () => {
  expect(disputes.get("kursk-fully-retaken")?.rule).toBe(
    "Contested: Russia affirms it since 2025-04-26, Ukraine rejects it since 2025-04-26/2025-04-29.",
  );
});

// Day by day: the day, the status on it, and the stances that changed.
test.each([
  [
    "dprk-troops-deployed-to-russia",
    [
      ["2024-10-01", "SINGLE_SOURCED", { "north-korea": "SILENT", "unnamed-governments": "AFFIRMS" }],
      ["2025-04-26", "CORROBORATED", { russia: "AFFIRMS" }],
      ["2025-04-28", "CONCEDED", { "north-korea": "AFFIRMS" }],
    ],
  ],
  ["kursk-fully-retaken", [["2025-04-26", "CONTESTED", { russia: "AFFIRMS", ukraine: "REJECTS" }]]],
  [
    "ahrenfurt-leak-at-plant",
    [
      [null, "SINGLE_SOURCED", { "ahrenfurt-resident": "AFFIRMS" }],
      ["2023-05-10", "CONTESTED", { "kaisei-kagaku": "REJECTS" }],
      ["2023-05-11", "CONTESTED", { "ahrenfurt-city": "AFFIRMS" }],
      ["2023-05-17", "CONCEDED", { "kaisei-kagaku": "AFFIRMS" }],
    ],
  ],
  [
    "ahrenfurt-river-clean",
    [
      ["2023-05-25", "SINGLE_SOURCED", { "ahrenfurt-city": "REJECTS" }],
      ["2023-05-26", "SINGLE_SOURCED", { "ahrenfurt-city": "AFFIRMS!" }],
    ],
  ],
  [
    "ahrenfurt-fish-collected",
    [
      ["2023-05-13", "SINGLE_SOURCED", { "ahrenfurt-city": "AFFIRMS" }],
      ["2023-05-24", "NOT_COMPARABLE", { "clean-ahre": "AFFIRMS" }],
    ],
  ],
  [
    "vaucendre-cloud-harmless",
    [
      ["2021-03-09", "SINGLE_SOURCED", { "haute-mirelle-prefecture": "AFFIRMS" }],
      ["2021-03-10", "CONTESTED", { "vaucendre-residents": "REJECTS" }],
      ["2021-03-11", "CONCEDED", { "haute-mirelle-prefecture": "REJECTS" }],
    ],
  ],
  [
    "vaucendre-valve-shut-off",
    [
      ["2021-03-10", "CONTESTED", { "brackmoor-chemicals": "REJECTS", "mirelle-chemical-union": "AFFIRMS" }],
      ["2021-05-01", "CONTESTED", { "haute-mirelle-gendarmerie": "AFFIRMS" }],
      ["2022-09-20", "CONCEDED", { "brackmoor-chemicals": "AFFIRMS" }],
    ],
  ],
])("the timeline of %s", async (slug, expected) => {
  const { proposition } = await answerOf<{
    proposition: { timeline: { on: string | null; status: string; sides: Side[] }[] };
  }>(
    "query ($slug: String!) { proposition(slug: $slug) { timeline { on status sides { actor { slug } stance divided } } } }",
    {
      slug,
    },
  );
  expect(proposition.timeline.map(({ on, status, sides }) => [on, status, stancesOf(sides)])).toEqual(
    expected,
  );
});

test("a span of days lies by a day possibly before it does so definitely", async () => {
  const { proposition } = await answerOf<{ proposition: Record<string, { status: string }> }>(`{
    proposition(slug: "dprk-troops-deployed-to-russia") {
      possibly: dispute(on: "2024-12-31") { status }
      definitely: dispute(on: "2024-12-31", dates: DEFINITELY) { status }
    }
  }`);
  expect(proposition).toEqual({
    possibly: { status: "SINGLE_SOURCED" },
    definitely: { status: "NO_POSITION" },
  });
});

test("origins are what the counted claims cite, those included that are history", async () => {
  const { propositions } = await answerOf<{
    propositions: { nodes: { slug: string; dispute: { origins: number } }[] };
  }>("{ propositions(first: 100) { nodes { slug dispute { origins } } } }");
  expect(
    Object.fromEntries(propositions.nodes.map(({ slug, dispute }) => [slug, dispute.origins])),
  ).toMatchObject({
    "ahrenfurt-smell-of-paint": 1,
    // The agency's report, the press release, the post, the report of the admission, the parent's statement.
    "ahrenfurt-leak-at-plant": 5,
    "kursk-fully-retaken": 1,
    "dprk-troops-deployed-to-russia": 2,
    // The post, the agency's report with its copies, the statement.
    "vaucendre-cloud-harmless": 3,
  });
});

test.each([
  ["dprk-troops-sent", { envelope: [10_000, 12_000], overlap: [10_000, 12_000], spread: 1 }],
  ["ahrenfurt-solvent-leaked", { envelope: [null, null], overlap: [2000, 3500], spread: 1.75 }],
  ["ahrenfurt-residents-displaced", { envelope: [225, null], overlap: null, spread: 1.6 }],
  ["ahrenfurt-fish-collected", { envelope: [300, 1100], overlap: null, spread: 1100 / 300 }],
  ["vaucendre-acid-released", { envelope: [720, 3000], overlap: null, spread: 3.125 }],
  ["vaucendre-evacuated", { envelope: [1080, 1320], overlap: [1150, 1150], spread: 1200 / 1150 }],
  ["vaucendre-injured", { envelope: [37, null], overlap: null, spread: 60 / 37 }],
])("the figures of %s", async (slug, expected) => {
  type Ends = { low: number | null; high: number | null };
  const { proposition } = await answerOf<{
    proposition: { dispute: { envelope: Ends; overlap: Ends | null; spread: number } };
  }>(
    `query ($slug: String!) {
      proposition(slug: $slug) { dispute { envelope { low high } overlap { low high } spread } }
    }`,
    { slug },
  );
  const { envelope, overlap, spread } = proposition.dispute;
  expect([envelope.low, envelope.high]).toEqual(expected.envelope);
  expect(overlap && [overlap.low, overlap.high]).toEqual(expected.overlap);
  expect(spread).toBeCloseTo(expected.spread, 9);
});

// A part of the statement, and what became of the claim.
test.each([
  ["North Korea said nothing in public on whether", "SUPERSEDED"],
  ["The leaders of North Korea's military announced", "CURRENT"],
  ["an additional 3,000", "NOT_COUNTED"],
  ["withdraw its soldiers from Russia at once", "NOT_COUNTED"],
  ["rejected the Russian account", "EARLIER"],
  ["had not entirely pulled out", "CURRENT"],
  ["Halvora denied that anything had leaked", "SUPERSEDED"],
  ["A resident doubts the company's denial", "CURRENT"],
  ["river bank that it closed as 40 hectares", "DEPRECATED"],
  ["corrected the closed area to 4.5 hectares", "CURRENT"],
  ["took back what it had written about the tap water", "CURRENT"],
  ["there was no danger to the population", "SUPERSEDED"],
  ["The mayor said that the tap water", "RETRACTED"],
  ["Alliance of the Valley spoke of two deaths", "STRUCK"],
])("“%s” is %s", async (part, standing) => {
  const { claims } = await answerOf<{ claims: { nodes: { standing: string }[] } }>(
    "query ($part: String!) { claims(where: { statement: { contains: $part } }) { nodes { standing } } }",
    { part },
  );
  expect(claims.nodes).toEqual([{ standing }]);
});
