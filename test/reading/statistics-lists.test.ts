import { type Ask, startTestApp, type TestApp } from "../support/app.js";
import { answered, bucketsOf, Counted } from "./counted.js";

let counted: Counted;
let reader: Ask;

beforeAll(async () => {
  counted = await Counted.start();
  reader = counted.reader;
});
afterAll(() => counted.stop());

describe("nested lists", () => {
  test("below one record", async () => {
    const buckets = (fields: string) => `buckets { ${fields} count }`;
    expect(
      await answered(
        reader,
        `{
          event(slug: "flood") {
            claims { totalCount stats(by: ACT) { ${buckets("act")} } }
            propositions { stats(by: KIND) { ${buckets("kind")} } }
            subEvents { stats(by: MONTH) { ${buckets("month")} } }
          }
          actor(slug: "anna") {
            claims(where: { act: { eq: ASSERT } }) { stats(by: MONTH) { ${buckets("month vague")} } }
            events { stats(by: TYPE) { ${buckets("type")} } }
          }
          press: actor(slug: "press") { sources { stats(by: KIND) { ${buckets("kind")} } } }
          source(slug: "noon") { claims { stats(by: ASSERTED_BY) { ${buckets("assertedBy { slug }")} } } }
          proposition(slug: "dead") { claims { stats(by: STANCE) { ${buckets("stance")} } } }
        }`,
      ),
    ).toEqual({
      event: {
        claims: {
          totalCount: 3,
          stats: {
            buckets: [
              { act: "DENY", count: 2 },
              { act: "ASSERT", count: 1 },
            ],
          },
        },
        propositions: { stats: { buckets: [{ kind: "QUANTITY", count: 1 }] } },
        subEvents: { stats: { buckets: [{ month: "2024-05-01", count: 1 }] } },
      },
      actor: {
        claims: { stats: { buckets: [{ month: "2024-06-01", vague: 1, count: 2 }] } },
        events: { stats: { buckets: [{ type: "OTHER", count: 1 }] } },
      },
      press: { sources: { stats: { buckets: [{ kind: "ARTICLE", count: 2 }] } } },
      source: { claims: { stats: { buckets: [{ assertedBy: { slug: "bert" }, count: 2 }] } } },
      proposition: {
        claims: {
          stats: {
            buckets: [
              { stance: "REJECTS", count: 2 },
              { stance: "AFFIRMS", count: 1 },
            ],
          },
        },
      },
    });
  });

  test("below each of many", async () => {
    const query = `{
      events(orderBy: { field: TITLE, direction: ASC }) {
        nodes { title claims { totalCount stats(by: MONTH, fill: true) { buckets { month count } } } }
      }
    }`;
    type Nodes = {
      title: string;
      claims: { totalCount: number; stats: { buckets: Record<string, unknown>[] } };
    }[];
    const { nodes } = (await answered<{ events: { nodes: Nodes } }>(reader, query)).events;
    const found = nodes.map(({ title, claims }) => [
      title,
      claims.totalCount,
      claims.stats.buckets.map(({ month, count }) => `${month ?? "?"} ${count}`),
    ]);
    const empty = ["02", "03", "04", "05"].map((month) => `2024-${month}-01 0`);
    expect(found).toEqual([
      ["Fire", 2, ["2024-06-01 2"]],
      ["Flood", 3, ["2024-06-01 2", "? 1"]],
      ["March", 1, ["? 1"]],
      ["Vote", 2, ["2024-01-01 1", ...empty, "2024-06-01 1"]],
    ]);
  });

  test("the records of buckets are read like any others", async () => {
    const query = `{
      claims {
        stats(by: [ASSERTED_BY, PUBLISHER], first: 2) {
          buckets {
            assertedBy { name claimCount claims(first: 1) { totalCount stats(by: ACT, first: 1) { buckets { act count } } } }
            publisher { slug sources { totalCount } }
            count
          }
        }
      }
    }`;
    const claims = (totalCount: number, act: string, count: number) => ({
      totalCount,
      stats: { buckets: [{ act, count }] },
    });
    const bert = { name: "Bert", claimCount: 3, claims: claims(3, "DENY", 2) };
    const anna = { name: "Anna", claimCount: 3, claims: claims(3, "ASSERT", 2) };
    expect(await answered(reader, query)).toEqual({
      claims: {
        stats: {
          buckets: [
            { assertedBy: anna, publisher: null, count: 2 },
            { assertedBy: bert, publisher: { slug: "press", sources: { totalCount: 2 } }, count: 2 },
          ],
        },
      },
    });
  });
});

test("several statistics of one list, by aliases, variables and fragments", async () => {
  const query = `query ($by: [ClaimDimension!]!, $first: Int, $order: [StatsOrder!], $fill: Boolean! = true) {
    claims {
      acts: stats(by: $by, first: $first, orderBy: $order) { ...Counts }
      stances: stats(by: [STANCE], first: 1) { ...Counts buckets { stance } }
      months: stats(by: [MONTH], fill: $fill, first: 2) { __typename buckets { at: month count } }
      totalCount
    }
  }
  fragment Counts on ClaimStats { buckets { __typename act count } }`;
  const variables = { by: "ACT", first: 1, order: [{ field: "KEY", direction: "DESC" }] };
  const bucket = (act: string | null, count: number) => ({ __typename: "ClaimBucket", act, count });
  const rest = {
    stances: { buckets: [{ ...bucket(null, 2), stance: "AFFIRMS" }] },
    months: {
      __typename: "ClaimStats",
      buckets: [
        { at: "2024-01-01", count: 1 },
        { at: "2024-02-01", count: 0 },
      ],
    },
    totalCount: 6,
  };
  expect(await answered(reader, query, variables)).toEqual({
    claims: { acts: { buckets: [bucket("DENY", 2)] }, ...rest },
  });
  // The same text again, with other values.
  expect(await answered(reader, query, { by: ["ACT"], order: null })).toEqual({
    claims: {
      acts: { buckets: [bucket("ASSERT", 3), bucket("DENY", 2), bucket("CONFIRM", 1)] },
      ...rest,
    },
  });
});

describe("the examples", () => {
  const SINGLE: Record<string, string[]> = {
    claims: ["ACT", "STANCE", "CERTAINTY", "STATUS", "RANK", "LANGUAGE", "ASSERTED_BY", "PROPOSITION"],
    events: ["TYPE", "COUNTRY"],
    sources: ["KIND", "PUBLISHER", "LANGUAGE"],
    propositions: ["KIND", "MEASURE"],
    actors: ["KIND", "COUNTRY"],
  };
  const TIMES = ["DAY", "WEEK", "MONTH", "YEAR"];
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { EXAMPLES: "on", MAX_COST: "1000000000" } });
  });
  afterAll(() => app.stop());

  type Counts = { totalCount: number } & Record<string, { buckets: { count: number }[] }>;
  const dimensionsOf = (list: string) =>
    list === "claims" || list === "events" || list === "sources"
      ? [...SINGLE[list]!, ...TIMES]
      : SINGLE[list]!;
  const selection = (list: string) =>
    `totalCount ${dimensionsOf(list)
      .map((dimension) => `${dimension}: stats(by: ${dimension}, first: 1000) { buckets { count } }`)
      .join(" ")}`;
  const agree = (list: string, counts: Counts) => {
    for (const dimension of dimensionsOf(list)) {
      const sum = counts[dimension]!.buckets.reduce((total, { count }) => total + count, 0);
      expect([list, dimension, sum]).toEqual([list, dimension, counts.totalCount]);
    }
  };

  test.each(Object.keys(SINGLE))(
    "the counts of %s by what each has one of sum up to totalCount",
    async (list) => {
      for (const ask of [app.ask, app.as("ANALYST")]) {
        const found = await answered<Record<string, Counts>>(ask, `{ ${list} { ${selection(list)} } }`);
        expect(found[list]!.totalCount).toBeGreaterThan(0);
        agree(list, found[list]!);
      }
    },
  );

  test.each(["events", "actors", "sources", "propositions"])(
    "and those of the claims below %s",
    async (list) => {
      for (const ask of [app.ask, app.as("ANALYST")]) {
        const found = await answered<Record<string, { nodes: { claims: Counts }[] }>>(
          ask,
          `{ ${list}(first: 20) { nodes { claims { ${selection("claims")} } } } }`,
        );
        expect(found[list]!.nodes.length).toBeGreaterThan(5);
        for (const { claims } of found[list]!.nodes) agree("claims", claims);
      }
    },
  );

  test("the claims about the evacuation, by the month in which they were made, and how", async () => {
    const list = 'claims(where: { events: { some: { slug: { eq: "ahrenfurt-evacuation" } } } })';
    const fields = "month act count actorCount sourceCount";
    expect(await bucketsOf(app.ask, list, "by: [MONTH, ACT]", fields)).toBe(
      "2023-05-01 ASSERT 2 2 1, - ACCUSE 1 1 1",
    );
  });
});
