import type { Ask } from "../support/app.js";
import { answered, Counted } from "./counted.js";

let counted: Counted;
let reader: Ask;

beforeAll(async () => {
  counted = await Counted.start();
  reader = counted.reader;
});
afterAll(() => counted.stop());

const stats: Counted["stats"] = (...asked) => counted.stats(...asked);

describe("claims", () => {
  test.each<[string, string, string]>([
    ["ACT", "act", "ASSERT 3, DENY 2, CONFIRM 1"],
    ["STANCE", "stance", "AFFIRMS 2, NEUTRAL 2, REJECTS 2"],
    ["CERTAINTY", "certainty", "UNSPECIFIED 6"],
    ["STATUS", "status", "PUBLISHED 6"],
    ["RANK", "rank", "NORMAL 6"],
    ["LANGUAGE", "language", "en 6"],
    ["ASSERTED_BY", "assertedBy", "Anna 3, Bert 3"],
    ["PROPOSITION", "proposition", "Dead. 3, - 2, Arson. 1"],
  ])("by %s, the largest first and equal ones by key", async (dimension, field, expected) => {
    expect(await stats("claims", `by: ${dimension}`, `${field} count`)).toEqual(expected);
  });

  test("about two events are in both buckets of EVENT, and in totalCount once", async () => {
    const counted = await stats("claims", "by: EVENT", "event count");
    expect(counted).toBe("Flood 3, Fire 2, Vote 2, March 1");
    expect(await answered(reader, "{ claims { totalCount } }")).toEqual({ claims: { totalCount: 6 } });
  });

  test("about two events of one type are once in the bucket of that type", async () => {
    expect(await stats("claims", "by: EVENT_TYPE", "eventType count")).toEqual(
      "OTHER 4, CONSULT 2, PROTEST 1",
    );
  });

  test("by country are those of the events' places; an event without one counts as missing", async () => {
    expect(await stats("claims", "by: COUNTRY", "country count")).toBe("DE 4, FR 2, - 2");
  });

  test("that cite one source twice, or two of one publisher, count once there", async () => {
    expect(await stats("claims", "by: SOURCE", "source count")).toEqual(
      "Evening 2, Morning 2, Noon 2, Post 2",
    );
    expect(await stats("claims", "by: PUBLISHER", "publisher count")).toBe("Press 3, Radio 2, - 2");
  });

  test("by event and country: each event goes with its own country", async () => {
    const counted = await stats("claims", "by: [EVENT, COUNTRY]", "event country count");
    expect(counted).toBe("Flood DE 3, Fire FR 2, Vote - 2, March DE 1");
    const types = await stats("claims", "by: [COUNTRY, EVENT_TYPE]", "country eventType count");
    expect(types).toBe("DE OTHER 3, FR OTHER 2, - CONSULT 2, DE PROTEST 1");
  });

  test("by source and publisher: each source goes with its own publisher", async () => {
    expect(await stats("claims", "by: [SOURCE, PUBLISHER]", "source publisher count")).toEqual(
      "Evening Radio 2, Morning Press 2, Noon Press 2, Post - 2",
    );
  });

  test("by event and source: every event of a claim with every source of it", async () => {
    expect(await stats("claims", "by: [EVENT, SOURCE]", "event source count")).toEqual(
      "Flood Morning 2, Flood Noon 2, Vote Post 2, Fire Morning 1, Fire Post 1, March Evening 1, Vote Evening 1",
    );
  });

  test("come with how many actors assert them, and how many sources they cite", async () => {
    expect(await stats("claims", "by: ACT", "act count actorCount sourceCount vague")).toEqual(
      "ASSERT 3 2 3 0, DENY 2 1 2 0, CONFIRM 1 1 2 0",
    );
    expect(await stats("claims", "by: EVENT", "event count actorCount sourceCount")).toEqual(
      "Flood 3 2 2, Fire 2 1 2, Vote 2 1 2, March 1 1 1",
    );
    // The sources of the claims, not only the one of the bucket: "four" cites a post as well.
    expect(await stats("claims", "by: PUBLISHER", "publisher actorCount sourceCount")).toEqual(
      "Press 2 2, Radio 2 2, - 1 2",
    );
  });

  test("of a filtered list are those that it counts, with all of their events", async () => {
    const list = 'claims(where: { events: { some: { slug: { eq: "flood" } } } })';
    expect(await stats(list, "by: EVENT", "event count")).toBe("Flood 3, Fire 1");
    expect(await stats(list, "by: ACT", "act count")).toBe("DENY 2, ASSERT 1");
    expect(await stats("claims(where: { act: { eq: RETRACT } })", "by: ACT", "act count")).toBe("");
  });

  test("of a page are those of the whole list", async () => {
    expect(await stats("claims(first: 1)", "by: STANCE", "count")).toBe("2, 2, 2");
    expect(await stats("claims(last: 0)", "by: STANCE", "count")).toBe("2, 2, 2");
  });

  test("fields of dimensions that were not asked for are null", async () => {
    const fields = `act stance certainty status rank language assertedBy event eventType country proposition
      source publisher day week month year count`.split(/\s+/);
    const first = (await stats("claims", "by: [STANCE, YEAR], first: 1", fields.join(" "))).split(" ");
    const known = fields.map((field, index) => `${field} ${first[index]}`);
    expect(known.filter((field) => !field.endsWith(" -"))).toEqual([
      "stance AFFIRMS",
      "year 2024-01-01",
      "count 2",
    ]);
  });
});

const by = (slug: string) => ({ slug });

describe("order", () => {
  test.each<[string, string, string]>([
    ["by: ACT, orderBy: { field: COUNT }", "act count", "CONFIRM 1, DENY 2, ASSERT 3"],
    ["by: ACT, orderBy: { field: KEY }", "act", "ASSERT, CONFIRM, DENY"],
    ["by: ACT, orderBy: { field: KEY, direction: DESC }", "act", "DENY, CONFIRM, ASSERT"],
    ["by: STANCE, orderBy: { field: COUNT, direction: DESC }", "stance", "AFFIRMS, NEUTRAL, REJECTS"],
    ["by: STANCE, orderBy: { field: COUNT }", "stance", "AFFIRMS, NEUTRAL, REJECTS"],
    [
      "by: STANCE, orderBy: [{ field: COUNT }, { field: KEY, direction: DESC }]",
      "stance",
      "REJECTS, NEUTRAL, AFFIRMS",
    ],
    ["by: ACT, orderBy: [{ field: KEY, direction: DESC }, { field: COUNT }]", "act", "DENY, CONFIRM, ASSERT"],
    ["by: ACT, orderBy: []", "act", "ASSERT, DENY, CONFIRM"],
    ["by: MONTH, orderBy: { field: KEY, direction: DESC }", "month", "2024-06-01, 2024-01-01, -"],
    ["by: MONTH, orderBy: { field: COUNT, direction: DESC }", "month", "2024-06-01, -, 2024-01-01"],
    ["by: PROPOSITION, orderBy: { field: KEY, direction: DESC }", "proposition", "Dead., Arson., -"],
    ["by: PROPOSITION, orderBy: { field: KEY }", "proposition", "Arson., Dead., -"],
    ["by: EVENT, orderBy: { field: KEY, direction: DESC }", "event", "Vote, March, Flood, Fire"],
    ["by: ACT, first: 2", "act", "ASSERT, DENY"],
    ["by: ACT, first: 0", "act", ""],
    ["by: ACT, first: 1000", "act", "ASSERT, DENY, CONFIRM"],
  ])("stats(%s)", async (args, fields, expected) => {
    expect(await stats("claims", args, fields)).toEqual(expected);
  });

  test("records of one name are different buckets, by their ids", async () => {
    const made = [];
    for (let time = 0; time < 3; time++) made.push(await counted.recorder.actor({ name: "Namesake" }));
    const sources = await Promise.all(made.map(({ id }) => counted.recorder.source({ publisher: { id } })));
    const ids = made.map(({ id }) => id).sort();
    const list = `sources(where: { id: { in: ${JSON.stringify(sources.map(({ id }) => id))} } })`;
    const ordered = async (direction: string) => {
      const args = `by: PUBLISHER, orderBy: { field: KEY, direction: ${direction} }`;
      const query = `{ ${list} { stats(${args}) { buckets { count publisher { id } } } } }`;
      type Lists = { sources: { stats: { buckets: { count: number; publisher: { id: string } }[] } } };
      const { buckets } = (await answered<Lists>(reader, query)).sources.stats;
      expect(buckets.map(({ count }) => count)).toEqual([1, 1, 1]);
      return buckets.map(({ publisher }) => publisher.id);
    };
    expect(await ordered("ASC")).toEqual(ids);
    expect(await ordered("DESC")).toEqual(ids.toReversed());
    await counted.discard("Source", ...sources);
    await counted.discard("Actor", ...made);
  });

  test("texts go by code point: capitals before small letters", async () => {
    const made = [];
    for (const language of ["de", "zh-Hant", "uk"]) made.push(await counted.recorder.source({ language }));
    const list = `sources(where: { id: { in: ${JSON.stringify(made.map(({ id }) => id))} } })`;
    expect(await stats(list, "by: LANGUAGE", "language")).toBe("de, uk, zh-Hant");
    await counted.discard("Source", ...made);

    const titled = [];
    for (const title of ["ball", "Zoo", "Ähre"]) titled.push(await counted.recorder.event({ title }));
    const claims = [];
    const said = { act: "ADMIT", assertedBy: by("anna"), citations: [{ source: by("post") }] };
    for (const { id } of titled) claims.push(await counted.recorder.claim({ ...said, events: [{ id }] }));
    const admitting = "claims(where: { act: { eq: ADMIT } })";
    expect(await stats(admitting, "by: EVENT", "event", counted.analyst)).toBe("Zoo, ball, Ähre");
    await counted.discard("Claim", ...claims);
    await counted.discard("Event", ...titled);
  });
});

describe("other lists", () => {
  test.each<[string, string, string, string]>([
    ["events", "by: TYPE", "type count vague", "OTHER 2 0, CONSULT 1 0, PROTEST 1 0"],
    ["events", "by: COUNTRY", "country count", "DE 2, FR 1, - 1"],
    [
      "events",
      "by: [COUNTRY, TYPE]",
      "country type count",
      "DE OTHER 1, DE PROTEST 1, FR OTHER 1, - CONSULT 1",
    ],
    ["events", "by: MONTH", "month count vague", "2024-05-01 2 1, - 2 2"],
    ["events", "by: DAY", "day count vague", "2024-05-01 1 1, 2024-05-31 1 0, - 2 2"],
    ["sources", "by: KIND", "kind count", "ARTICLE 2, BROADCAST 1, SOCIAL_POST 1"],
    ["sources", "by: PUBLISHER", "publisher count", "Press 2, Radio 1, - 1"],
    ["sources", "by: LANGUAGE", "language count", "en 2, de 1, - 1"],
    ["sources", "by: MONTH", "month count vague", "2024-06-01 2 0, 2024-07-01 1 0, - 1 1"],
    ["sources", "by: DAY", "day count vague", "2024-06-01 1 0, 2024-06-30 1 0, 2024-07-01 1 0, - 1 1"],
    ["sources", "by: WEEK", "week count", "2024-05-27 1, 2024-06-24 1, 2024-07-01 1, - 1"],
    ["propositions", "by: KIND", "kind count", "QUANTITY 1, YES_NO 1"],
    ["propositions", "by: MEASURE", "measure count", "KILLED 1, - 1"],
    ["propositions", "by: [MEASURE, KIND]", "measure kind count", "KILLED QUANTITY 1, - YES_NO 1"],
    ["actors", "by: KIND", "kind count", "MEDIA 2, MILITARY 1, PERSON 1"],
    ["actors", "by: COUNTRY", "country count", "DE 2, FR 1, - 1"],
    [
      "actors",
      "by: [KIND, COUNTRY]",
      "kind country count",
      "MEDIA DE 1, MEDIA FR 1, MILITARY - 1, PERSON DE 1",
    ],
    ["actors(where: { kind: { eq: MEDIA } })", "by: COUNTRY", "country count", "DE 1, FR 1"],
  ])("%s %s", async (list, args, fields, expected) => {
    expect(await stats(list, args, fields)).toEqual(expected);
  });
});

describe("drafts", () => {
  test("count for those who see them, and for nobody else", async () => {
    const acts = (ask: Ask) => stats("claims", "by: ACT", "act count actorCount sourceCount", ask);
    const seen = "ASSERT 3 2 3, DENY 2 1 2, CONFIRM 1 1 2";
    expect(await acts(reader)).toEqual(seen);
    expect(await acts(counted.recorder.app.ask)).toEqual(seen);
    const drafts = "ASSERT 4 2 3, DENY 2 1 2, CONFIRM 1 1 2, RETRACT 1 1 1";
    expect(await acts(counted.analyst)).toEqual(drafts);
    expect(await acts(counted.recorder.app.as("EDITOR"))).toEqual(drafts);
  });

  test("are not in statistics of readers by status, event or source", async () => {
    expect(await stats("claims", "by: STATUS", "status count")).toBe("PUBLISHED 6");
    expect(await stats("claims", "by: STATUS", "status count", counted.analyst)).toBe("PUBLISHED 6, DRAFT 2");
    const drafts = "claims(where: { status: { eq: DRAFT } })";
    expect(await stats(drafts, "by: EVENT", "event count")).toBe("");
    expect(await stats(drafts, "by: EVENT", "event count", counted.analyst)).toBe("Flood 2");
    const nested = 'source(slug: "noon")';
    const query = `{ ${nested} { claims { totalCount stats(by: ACT) { buckets { act count } } } } }`;
    expect(await answered(reader, query)).toEqual({
      source: { claims: { totalCount: 2, stats: { buckets: [{ act: "DENY", count: 2 }] } } },
    });
    expect(await answered(counted.analyst, query)).toEqual({
      source: {
        claims: {
          totalCount: 3,
          stats: {
            buckets: [
              { act: "DENY", count: 2 },
              { act: "RETRACT", count: 1 },
            ],
          },
        },
      },
    });
  });

  test("do not make propositions of an event appear", async () => {
    const draft = await counted.recorder.claim({
      events: [by("march")],
      proposition: by("arson"),
      assertedBy: by("anna"),
      citations: [{ source: by("post") }],
      status: "DRAFT",
    });
    const query =
      '{ event(slug: "march") { propositions { totalCount stats(by: KIND) { buckets { count } } } } }';
    const propositions = (totalCount: number, buckets: object[]) => ({
      event: { propositions: { totalCount, stats: { buckets } } },
    });
    expect(await answered(reader, query)).toEqual(propositions(0, []));
    expect(await answered(counted.analyst, query)).toEqual(propositions(1, [{ count: 1 }]));
    await counted.discard("Claim", draft);
  });
});

describe("refused", () => {
  test.each<[string, string]>([
    ["claims", "by: []"],
    ["claims", "by: [ACT, ACT]"],
    ["claims", "by: [ACT, STANCE, MONTH]"],
    ["claims", "by: ACT, first: -1"],
    ["claims", "by: ACT, first: 1001"],
    ["claims", "by: ACT, fill: true"],
    ["claims", "by: [DAY, MONTH], fill: true"],
    ["claims", "by: ACT, orderBy: [{ field: COUNT }, { field: COUNT, direction: DESC }]"],
    ["claims", "by: MONTH, orderBy: [{ field: KEY }, { field: COUNT }, { field: KEY }]"],
    ["events", "by: [TYPE, TYPE]"],
    ["events", "by: [TYPE, COUNTRY], fill: true"],
    ["sources", "by: [KIND, PUBLISHER, LANGUAGE]"],
    ["sources", "by: [DAY, WEEK], fill: true"],
    ["propositions", "by: []"],
    ["propositions", "by: KIND, fill: true"],
    ["actors", "by: KIND, first: 5000"],
    ["actors", "by: COUNTRY, fill: true"],
  ])("%s { stats(%s) }", async (list, args) => {
    const { data: nothing, errors } = await reader(`{ ${list} { stats(${args}) { buckets { count } } } }`);
    expect(nothing).toBeNull();
    expect(errors).toMatchObject([{ path: [list], extensions: { code: "BAD_USER_INPUT" } }]);
  });

  test("below a record too", async () => {
    const { errors } = await reader(
      '{ event(slug: "flood") { claims { stats(by: [ACT, ACT]) { buckets { count } } } } }',
    );
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });

  test.each([
    "claims { stats { buckets { count } } }",
    "claims { stats(by: null) { buckets { count } } }",
    "claims { stats(by: TYPE) { buckets { count } } }",
    "claims { stats(by: ACT) { buckets { measure } } }",
    "actors { stats(by: KIND) { buckets { vague } } }",
    "propositions { stats(by: MONTH) { buckets { count } } }",
  ])("by the schema: %s", async (query) => {
    const { errors } = await reader(`{ ${query} }`);
    expect(errors?.[0]?.extensions.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});
