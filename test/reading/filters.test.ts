import { startTestApp, type TestApp } from "../support/app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { EXAMPLES: "on" } });
});
afterAll(() => app.stop());

test.each(["украї", "УКРАЇ", "Украї"])(
  "contains and startsWith fold the case of other scripts: %s",
  async (part) => {
    const { data } = await app.ask(
      `query ($part: String!) {
      contains: actors(where: { slug: { eq: "ukraine" }, names: { some: { value: { contains: $part } } } }) { totalCount }
      startsWith: actors(where: { slug: { eq: "ukraine" }, names: { some: { value: { startsWith: $part } } } }) { totalCount }
    }`,
      { part },
    );
    expect(data).toEqual({ contains: { totalCount: 1 }, startsWith: { totalCount: 1 } });
  },
);

test("comparisons of texts go by code point: every capital is before every small letter", async () => {
  const { data } = await app.ask(`{
    statements: claims(where: { statement: { lt: "a" }, language: { eq: "en" } }) { totalCount }
    english: claims(where: { language: { eq: "en" } }) { totalCount }
    languages: sources(where: { language: { lt: "E" } }) { totalCount }
  }`);
  expect(data).toMatchObject({ languages: { totalCount: 0 } });
  expect(data?.statements).toEqual(data?.english);
});

test("who denies and who is denied are two questions", async () => {
  const { data } = await app.ask(`{
    denying: claims(where: { relationsFrom: { some: { type: { eq: DENIES } } }, proposition: { slug: { eq: "kursk-fully-retaken" } } }) { nodes { assertedBy { slug } } }
    denied: claims(where: { relationsTo: { some: { type: { eq: DENIES } } }, proposition: { slug: { eq: "kursk-fully-retaken" } } }) { nodes { assertedBy { slug } } }
  }`);
  const speakers = (page: unknown) =>
    new Set(
      (page as { nodes: { assertedBy: { slug: string } }[] }).nodes.map(({ assertedBy }) => assertedBy.slug),
    );
  expect(speakers(data?.denying)).toEqual(new Set(["ukraine-military"]));
  expect(speakers(data?.denied)).toEqual(new Set(["russia", "russia-military"]));
});

test.each(["some", "none", "every"])(
  "a null in %s is refused: it must not widen the answer",
  async (quantifier) => {
    const { errors } = await app.ask(
      `query ($where: EventWhere) { claims(where: { events: { ${quantifier}: $where } }) { totalCount } }`,
      { where: null },
    );
    expect(errors).toMatchObject([
      {
        message: `\`events.${quantifier}\` must not be null. Leave it out, or give a value.`,
        extensions: { code: "BAD_USER_INPUT" },
      },
    ]);
  },
);

test("a date that is none is refused where it stands, as a literal and as a variable", async () => {
  const literal = await app.ask(
    '{ claims(where: { assertedAt: { possiblyDuring: "nope" } }) { totalCount } }',
  );
  expect(literal.errors).toMatchObject([
    { locations: [{ line: 1 }], extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
  ]);
  expect(literal.errors?.[0]?.message).toMatch(/"nope" is not a date.*Write for example/);
  const variable = await app.ask(
    "query ($date: EDTF!) { claims(where: { assertedAt: { possiblyDuring: $date } }) { totalCount } }",
    { date: "nope" },
  );
  expect(variable.errors?.[0]?.message).toMatch(/"\$date".*"nope" is not a date/);
  expect(variable.errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
});

const FIELDS = "totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

const ask = async <Data = Record<string, unknown>>(
  query: string,
  variables: Record<string, unknown> = {},
) => {
  const { data, errors } = await app.ask(query, variables);
  expect(errors).toBeUndefined();
  return data as Data;
};

describe("the claims about an event that a filter names", () => {
  test.each([
    ["first: 3"],
    ["last: 2"],
    ["first: 2, orderBy: { field: RECORDED_AT, direction: ASC }"],
    ["first: 5, orderBy: [{ field: ASSERTED_AT, direction: ASC }, { field: RECORDED_AT, direction: DESC }]"],
  ])("are those of the event, page by page: %s", async (page) => {
    const { events } = await ask("{ events(first: 100) { nodes { id slug } } }");
    const { nodes } = events as { nodes: { id: string; slug: string }[] };
    expect(nodes.length).toBeGreaterThan(3);
    for (const { id, slug } of nodes) {
      for (const further of ["", 'stance: { ne: NEUTRAL }, assertedAt: { possiblyDuring: "2024/.." }']) {
        const of = (named: string, more = "") =>
          `claims(${page}, where: { events: { some: { ${named} }${more} } ${further} }) { ${FIELDS} }`;
        const answer = await ask(
          `query ($slug: String!) {
            event(slug: $slug) { claims(${page}, where: { ${further} }) { ${FIELDS} } }
            bySlug: ${of(`slug: { eq: "${slug}" }`)}
            byId: ${of(`id: { eq: "${id}" }`)}
            narrowed: ${of(`slug: { eq: "${slug}" }, id: { eq: "${id}" }`, `, none: { slug: { eq: "nothing" } }`)}
            none: ${of(`slug: { eq: "${slug}" }`, `, none: { id: { eq: "${id}" } }`)}
          }`,
          { slug },
        );
        const { claims } = answer.event as { claims: unknown };
        for (const name of ["bySlug", "byId", "narrowed"]) expect(answer[name]).toEqual(claims);
        expect(answer.none).toMatchObject({ totalCount: 0, nodes: [] });
      }
    }
  });

  test("are none when the event is not there, or is not as asked", async () => {
    const answer = await ask(`{
      missing: claims(where: { events: { some: { slug: { eq: "nothing-of-the-kind" } } } }) { ${FIELDS} }
      other: claims(where: { events: { some: { slug: { eq: "kursk-incursion" }, title: { eq: "x" } } } }) { ${FIELDS} }
    }`);
    for (const page of Object.values(answer)) expect(page).toMatchObject({ totalCount: 0, nodes: [] });
  });

  test("and an actor is looked up by a name within a name", async () => {
    const answer = await ask(`{
      nested: claims(where: { assertedBy: { slug: { eq: "ukraine-military" }, parent: { slug: { eq: "ukraine" } } } }) { totalCount }
      within: claims(where: { assertedBy: { slug: { eq: "ukraine-military" }, within: { slug: "ukraine" } } }) { totalCount }
      plain: claims(where: { assertedBy: { slug: { eq: "ukraine-military" } } }) { totalCount }
      elsewhere: claims(where: { assertedBy: { slug: { eq: "ukraine-military" }, within: { slug: "russia" } } }) { totalCount }
    }`);
    expect((answer.plain as { totalCount: number }).totalCount).toBeGreaterThan(0);
    expect(answer.nested).toEqual(answer.plain);
    expect(answer.within).toEqual(answer.plain);
    expect(answer.elsewhere).toEqual({ totalCount: 0 });
  });
});

test("several named at once are those of each, whoever was named before", async () => {
  const query = `query ($slugs: [String!]!) {
    said: claims(first: 100, where: { assertedBy: { slug: { in: $slugs } } }) { nodes { id } }
    about: claims(first: 100, where: { events: { some: { slug: { in: $slugs } } } }) { nodes { id } }
    heard: events(first: 100, where: { claims: { some: { assertedBy: { slug: { in: $slugs } } } } }) { nodes { id } }
  }`;
  type Found = Record<"said" | "about" | "heard", { nodes: { id: string }[] }>;
  const found = async (...slugs: string[]) => {
    const pages = Object.entries(await ask<Found>(query, { slugs }));
    return pages.map(([name, { nodes }]) => [name, nodes.map(({ id }) => id)] as const);
  };
  const named = ["russia", "ukraine-military", "kursk-incursion", "nothing-of-the-kind"];
  const each = await Promise.all(named.map((slug) => found(slug)));
  for (const [index, [name, ids]] of (await found(...named)).entries()) {
    const together = each.flatMap((pages) => pages[index]![1]);
    expect(new Set(together).size).toBeGreaterThan(0);
    expect([name, [...ids].sort()]).toEqual([name, [...new Set(together)].sort()]);
  }
  expect(await found()).toEqual([
    ["said", []],
    ["about", []],
    ["heard", []],
  ]);
});

interface Said {
  id: string;
  act: string;
  stance: string;
  assertedBy: { slug: string };
  proposition: { slug: string } | null;
}
type Rows<Node> = { nodes: Node[]; totalCount: number };

test("who has said what about an event is the same whichever way it is asked", async () => {
  const { actors } = await ask<{ actors: Rows<{ slug: string }> }>(
    "{ actors(first: 100) { totalCount nodes { slug } } }",
  );
  expect(actors.totalCount).toBe(actors.nodes.length);
  const everybody = new Set(actors.nodes.map(({ slug }) => slug));
  const { events } = await ask<{ events: Rows<{ id: string; slug: string; claims: Rows<Said> }> }>(`{
    events(first: 100) { nodes { id slug claims(first: 100) {
      totalCount nodes { id act stance assertedBy { slug } proposition { slug } }
    } } }
  }`);
  const conditions: [string, (claim: Said) => boolean][] = [
    ["", () => true],
    ["stance: { eq: REJECTS }", ({ stance }) => stance === "REJECTS"],
    ["act: { ne: DENY }, proposition: {}", ({ act, proposition }) => act !== "DENY" && !!proposition],
    ["proposition: null", ({ proposition }) => !proposition],
  ];
  for (const { id, slug, claims } of events.nodes) {
    expect(claims.totalCount).toBe(claims.nodes.length);
    for (const [condition, fits] of conditions) {
      const said = claims.nodes.filter(fits);
      const speakers = new Set(said.map(({ assertedBy }) => assertedBy.slug));
      const matters = new Set(said.flatMap(({ proposition }) => proposition?.slug ?? []));
      const some = (named: string) => `{ some: { events: { some: { ${named} } } ${condition} } }`;
      const lists = await ask<Record<string, Rows<{ slug: string }>>>(`{
        actors(first: 100, where: { claims: ${some(`slug: { eq: "${slug}" }`)} }) { totalCount nodes { slug } }
        actorsById: actors(first: 100, where: { claims: ${some(`id: { eq: "${id}" }`)} }) { totalCount nodes { slug } }
        silent: actors(first: 100, where: { claims: { none: { events: { some: { id: { eq: "${id}" } } } ${condition} } } }) { totalCount nodes { slug } }
        propositions(first: 100, where: { claims: ${some(`slug: { eq: "${slug}" }`)} }) { totalCount nodes { slug } }
        of: events(where: { slug: { eq: "${slug}" }, claims: { some: { ${condition} } } }) { totalCount nodes { slug } }
      }`);
      const slugs = ({ nodes }: Rows<{ slug: string }>) => new Set(nodes.map(({ slug }) => slug));
      expect(slugs(lists.actors!)).toEqual(speakers);
      expect(lists.actorsById).toEqual(lists.actors);
      expect(slugs(lists.silent!)).toEqual(new Set([...everybody].filter((slug) => !speakers.has(slug))));
      expect(slugs(lists.propositions!)).toEqual(matters);
      expect(lists.of!.totalCount).toBe(said.length > 0 ? 1 : 0);
      for (const speaker of speakers) {
        const about = `{ events: { some: { slug: { eq: "${slug}" } } } ${condition} }`;
        const page = "totalCount nodes { id }";
        const own = await ask<Record<string, { claims: Rows<Said> }> & { claims: Rows<Said> }>(`{
          actor(slug: "${speaker}") { claims(first: 100, where: ${about}) { ${page} } }
          event(slug: "${slug}") { claims(first: 100, where: { assertedBy: { slug: { eq: "${speaker}" } } ${condition} }) { ${page} } }
          claims(first: 100, where: { assertedBy: { slug: { eq: "${speaker}" } }, events: { some: { id: { eq: "${id}" } } } ${condition} }) { ${page} }
        }`);
        const expected = said
          .filter(({ assertedBy }) => assertedBy.slug === speaker)
          .map(({ id }) => ({ id }));
        const whole = { totalCount: expected.length, nodes: expected };
        expect([own.actor!.claims, own.event!.claims, own.claims]).toEqual([whole, whole, whole]);
      }
    }
  }
});

test("a hidden claim speaks for nobody, and a claim without a proposition asserts none", async () => {
  const { prisma } = app.database;
  const [loud, hushed] = await Promise.all(
    ["loud", "hushed"].map((slug) => prisma.actor.create({ data: { slug, name: slug, kind: "NGO" } })),
  );
  const event = await prisma.event.create({ data: { slug: "quiet", title: "Quiet", type: "OTHER" } });
  for (const [actor, status] of [
    [loud, "PUBLISHED"],
    [hushed, "DRAFT"],
  ] as const) {
    const said = {
      statement: "So.",
      language: "en",
      act: "ASSERT",
      assertedById: actor!.id,
      status,
    } as const;
    await prisma.claim.create({ data: { ...said, events: { create: { eventId: event.id } } } });
  }
  const about = '{ events: { some: { slug: { eq: "quiet" } } } }';
  const query = `{
    speakers: actors(orderBy: { field: NAME }, where: { claims: { some: ${about} } }) { totalCount nodes { slug } }
    of: actor(slug: "hushed") { claims(where: ${about}) { totalCount } }
    by: event(slug: "quiet") { claims(where: { assertedBy: { slug: { eq: "hushed" } } }) { totalCount } }
    heard: events(where: { claims: { some: { assertedBy: { slug: { eq: "hushed" } } } } }) { totalCount }
    found: claims(where: { events: { some: { title: { eq: "Quiet" } } } }) { totalCount nodes { assertedBy { slug } } }
  }`;
  const seen = (speakers: string[], own: number) => ({
    speakers: { totalCount: speakers.length, nodes: speakers.map((slug) => ({ slug })) },
    of: { claims: { totalCount: own } },
    by: { claims: { totalCount: own } },
    heard: { totalCount: own },
    found: {
      totalCount: speakers.length,
      nodes: [...speakers].map((slug) => ({ assertedBy: { slug } })),
    },
  });
  expect(await ask(query)).toEqual(seen(["loud"], 0));
  expect((await app.as("ANALYST")(query)).data).toEqual(seen(["hushed", "loud"], 1));

  const { propositions } = await ask<{ propositions: Rows<{ id: string }> }>(
    "{ propositions { nodes { id } } }",
  );
  const [{ id }] = propositions.nodes as [{ id: string }];
  const counted = Object.entries({
    "some: {}": 0,
    [`some: { id: { ne: "${id}" } }`]: 0,
    [`some: { not: { id: { eq: "${id}" } } }`]: 0,
    "none: {}": 1,
    [`none: { id: { ne: "${id}" } }`]: 1,
    [`every: { id: { eq: "${id}" } }`]: 1,
  });
  for (const [condition, totalCount] of counted) {
    const where = `{ slug: { eq: "quiet" }, propositions: { ${condition} } }`;
    expect([condition, await ask(`{ events(where: ${where}) { totalCount } }`)]).toEqual([
      condition,
      { events: { totalCount } },
    ]);
  }
  expect(await ask('{ event(slug: "quiet") { propositions { totalCount nodes { id } } } }')).toEqual({
    event: { propositions: { totalCount: 0, nodes: [] } },
  });
});
