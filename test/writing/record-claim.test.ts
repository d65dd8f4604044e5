import { aClaim, anActor, anEvent, aProposition, aSource, Recorder } from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

const TEXT =
  'The mayor was brief. "The bridge will cost some 12 million," she said. And later: "The bridge will open."';

const mayor = { slug: "mayor", name: "Mayor of Sollbruck", kind: "PERSON" };
const town = { slug: "sollbruck", name: "Sollbruck", kind: "GOVERNMENT" };

test("records a claim with all that it brings along, at any depth", async () => {
  const { errors, claim } = await recorder.run(
    "recordClaim",
    {
      reason: "First report.",
      claim: {
        statement: "The mayor expects the bridge to cost about 12 million euros.",
        language: "en",
        act: "ESTIMATE",
        stance: "AFFIRMS",
        assertedBy: {
          create: {
            ...mayor,
            names: [{ value: "Bürgermeisterin", language: "de" }],
            externalIds: [{ scheme: "wikidata", value: "Q1" }],
            affiliations: [{ role: "PART_OF", from: "2021", actor: { create: town } }],
          },
        },
        relayedBy: [{ create: { slug: "paper", name: "The Paper", kind: "MEDIA" } }, { slug: "sollbruck" }],
        assertedAt: "2024-08",
        events: [
          {
            create: {
              ...anEvent(),
              slug: "opening",
              occurred: "2025-22",
              place: { name: "Sollbruck", latitude: 50, longitude: 8.25 },
              participants: [{ actor: { slug: "mayor" }, role: "PARTICIPANT" }],
              partOf: { create: { ...anEvent(), slug: "works" } },
            },
          },
        ],
        proposition: { create: { ...aProposition(), slug: "cost" } },
        figure: { best: 12e6, low: 0.1, approximator: "ABOUT", text: "some 12 million" },
        citations: [
          {
            source: {
              create: {
                ...aSource(),
                slug: "report",
                text: TEXT,
                textAccess: "PUBLIC",
                publishedAt: "2024-08-30T08:00:00+02:00",
                publisher: { slug: "paper" },
              },
            },
            quote: { exact: "some 12 million" },
          },
        ],
        credibility: 2,
      },
    },
    `claim {
      statement act stance certainty attribution status rank version credibility
      assertedBy { slug names { value language kind } externalIds { scheme value } parent { slug } affiliations { role from { edtf } } }
      relayedBy { slug }
      assertedAt { edtf earliest latest }
      events { nodes { slug occurred { edtf } place { name latitude longitude } partOf { slug } participants { role actor { slug } } } }
      proposition { slug measure unit }
      figure { low best high approximator additional text }
      citations { anchor quote { exact prefix suffix start end } source { slug publishedAt publisher { slug } } }
      history { nodes { version action reason author { name role } } }
    }`,
    "ANALYST",
  );
  expect(errors).toEqual([]);
  expect(claim).toEqual({
    statement: "The mayor expects the bridge to cost about 12 million euros.",
    act: "ESTIMATE",
    stance: "AFFIRMS",
    certainty: "UNSPECIFIED",
    attribution: "INDIRECT",
    status: "DRAFT",
    rank: "NORMAL",
    version: 1,
    credibility: 2,
    assertedBy: {
      slug: "mayor",
      names: [{ value: "Bürgermeisterin", language: "de", kind: "ALIAS" }],
      externalIds: [{ scheme: "wikidata", value: "Q1" }],
      parent: { slug: "sollbruck" },
      affiliations: [{ role: "PART_OF", from: { edtf: "2021" } }],
    },
    relayedBy: [{ slug: "paper" }, { slug: "sollbruck" }],
    assertedAt: { edtf: "2024-08", earliest: "2024-08-01", latest: "2024-08-31" },
    events: {
      nodes: [
        {
          slug: "opening",
          occurred: { edtf: "2025-22" },
          place: { name: "Sollbruck", latitude: 50, longitude: 8.25 },
          partOf: { slug: "works" },
          participants: [{ role: "PARTICIPANT", actor: { slug: "mayor" } }],
        },
      ],
    },
    proposition: { slug: "cost", measure: "OTHER", unit: "EUR" },
    figure: {
      low: 0.1,
      best: 12e6,
      high: null,
      approximator: "ABOUT",
      additional: false,
      text: "some 12 million",
    },
    citations: [
      {
        anchor: "EXACT",
        quote: {
          exact: "some 12 million",
          prefix: 'as brief. "The bridge will cost ',
          suffix: '," she said. And later: "The bri',
          start: TEXT.indexOf("some"),
          end: TEXT.indexOf("some") + 15,
        },
        source: { slug: "report", publishedAt: "2024-08-30T06:00:00Z", publisher: { slug: "paper" } },
      },
    ],
    history: {
      nodes: [
        {
          version: 1,
          action: "CREATED",
          reason: "First report.",
          author: { name: "Test analyst", role: "ANALYST" },
        },
      ],
    },
  });
});

test("connects by id and by slug", async () => {
  const [actor, event, source] = [await recorder.actor(), await recorder.event(), await recorder.source()];
  const before = await recorder.counts();
  const claim = await recorder.done(
    "recordClaim",
    {
      claim: {
        ...aClaim(),
        assertedBy: { id: actor.id },
        events: [{ slug: event.slug }],
        citations: [{ source: { id: source.id } }],
      },
    },
    "assertedBy { id } events { nodes { id } } citations { source { id } }",
  );
  expect(claim).toMatchObject({
    assertedBy: { id: actor.id },
    events: { nodes: [{ id: event.id }] },
    citations: [{ source: { id: source.id } }],
  });
  const after = await recorder.counts();
  expect(Object.keys(after).filter((table) => after[table] !== before[table])).toEqual([
    "citation",
    "claim",
    "claim_event",
    "revision",
  ]);
});

test("a new record that is given twice word for word is recorded once, and may be named before it is given", async () => {
  const actor = anActor();
  const event = anEvent();
  const before = await recorder.counts();
  await recorder.claim({
    assertedBy: { create: actor },
    relayedBy: [
      { create: { ...anActor(), affiliations: [{ role: "MEMBER_OF", actor: { slug: actor.slug } }] } },
    ],
    events: [
      { slug: event.slug },
      {
        create: {
          ...anEvent(),
          partOf: { create: event },
          participants: [{ role: "TARGET", actor: { create: actor } }],
        },
      },
    ],
  });
  const after = await recorder.counts();
  expect(after.actor! - before.actor!).toBe(2);
  expect(after.event! - before.event!).toBe(2);
});

test("new records may name each other, but nothing is part of a part of itself", async () => {
  const [one, other] = [anActor(), anActor()];
  const member = (slug: unknown) => [{ role: "MEMBER_OF", actor: { slug } }];
  await recorder.claim({
    assertedBy: { create: { ...one, affiliations: member(other.slug) } },
    relayedBy: [{ create: { ...other, affiliations: member(one.slug) } }],
  });
  const [outer, inner] = [anEvent(), anEvent()];
  const events = [
    { create: { ...outer, partOf: { slug: inner.slug } } },
    { create: { ...inner, partOf: { slug: outer.slug } } },
  ];
  expect(await recorder.refused("recordClaim", { claim: { ...aClaim(), events } })).toEqual([
    "INVALID input.claim.events.1.create.partOf: An event would be part of itself, by way of others. Break the circle.",
  ]);
  const itself = { create: { ...outer, partOf: { slug: outer.slug } } };
  expect(await recorder.refused("recordClaim", { claim: { ...aClaim(), events: [itself] } })).toEqual([
    expect.stringMatching(
      /^INVALID input\.claim\.events\.0\.create\.partOf: "event_\w+": names the record itself; name another\.$/,
    ),
  ]);
});

test("says of everything that is wrong at once what, where and how to mend it, and keeps nothing", async () => {
  const taken = await recorder.actor();
  const problems = await recorder.refused("recordClaim", {
    claim: {
      statement: " ",
      language: "English!",
      act: "ASSERT",
      assertedBy: {
        create: {
          ...anActor(),
          countryCode: "UK",
          affiliations: [{ role: "PART_OF", actor: { slug: "nobody" } }],
        },
      },
      relayedBy: [{ id: taken.id }, { slug: taken.slug }],
      events: [{ slug: "no-such-event" }, { id: taken.id }, { id: "event_00000000000000000000000000" }],
      proposition: { create: { slug: "Bad Slug", text: "x", kind: "QUANTITY" } },
      figure: { low: 3, high: 2, approximator: "ABOUT" },
      citations: [
        { source: { create: { ...aSource(), text: "Some words." } }, quote: { exact: "other words" } },
      ],
      credibility: 7,
    },
  });
  expect(problems).toEqual([
    'INVALID input.claim.assertedBy.create.countryCode: "UK": write GB (United Kingdom).',
    "INVALID input.claim.credibility: 7: write 1 to 6 (Admiralty code).",
    expect.stringMatching(
      /^INVALID input\.claim\.events\.1\.id: "actor_\w+" is the id of another type; here an id that starts with "event_" is needed\.$/,
    ),
    'INVALID input.claim.figure: {"low":3,"best":null,"high":2,"approximator":"ABOUT","additional":false,"asOf":…: put the numbers in order: low, then best, then high.',
    'INVALID input.claim.language: "English!": write en (English).',
    'INVALID input.claim.proposition.create.kind: "QUANTITY": a QUANTITY needs a measure; add one.',
    'INVALID input.claim.proposition.create.slug: "Bad Slug": write lower-case letters, digits and single hyphens, such as north-korea.',
    'INVALID input.claim.statement: " ": write a text that is not blank.',
    'NOT_FOUND input.claim.assertedBy.create.affiliations.0.actor.slug: "nobody": no actor has this slug. Name another, or give a new one with `create`.',
    'NOT_FOUND input.claim.events.0.slug: "no-such-event": no event has this slug. Name another, or give a new one with `create`.',
    'NOT_FOUND input.claim.events.2: "event_00000000000000000000000000": there is no such event; it may have been deleted. Name another.',
    'QUOTE_NOT_FOUND input.claim.citations.0.quote: "other words" is not in the text; copy the words as they stand there: only white space, quotation marks and the normal form (NFC, NFD) may differ.',
    expect.stringMatching(/^TAKEN input\.claim\.relayedBy\.1: "actor_\w+": stands here twice; remove one\.$/),
  ]);
});

test("names each record clearly", async () => {
  const { id, slug } = await recorder.event();
  for (const [event, message] of [
    [
      {},
      /^INVALID input\.claim\.events\.1: Nothing names the event: name it by its id, slug or externalId, or give/,
    ],
    [{ id: null }, /^INVALID input\.claim\.events\.1: Nothing names the event/],
    [{ id, slug }, /^INVALID input\.claim\.events\.1: .*: an id says already which event is meant/],
  ] as const) {
    const claim = { ...aClaim(), events: [{ id: (await recorder.event()).id }, event] };
    expect(await recorder.refused("recordClaim", { claim })).toEqual([expect.stringMatching(message)]);
  }
  for (const within of ["{}", `{ slug: "a", id: "b" }`, "{ slug: null }"]) {
    const { errors } = await recorder.app.ask(`{ actors(where: { within: ${within} }) { totalCount } }`);
    expect(errors?.[0]?.message).toBe("`within` needs exactly one of `id` and `slug`.");
  }
});

test("two new records under one slug are one, but a record cannot bring itself along", async () => {
  const event = anEvent();
  const other = { create: { ...event, title: "Other" } };
  const events = [{ create: event }, { create: { ...anEvent(), partOf: other } }];
  const before = await recorder.counts();
  await recorder.claim({ events });
  expect((await recorder.counts()).event! - before.event!).toBe(2);
  const own = anEvent();
  const input = { event: { ...own, partOf: { create: { ...own, title: "Other" } } } };
  expect(await recorder.refused("createEvent", input)).toEqual([
    expect.stringContaining("TAKEN input.event.slug: "),
  ]);
});

test("a claim is about an event, a proposition or a source", async () => {
  const claim = { ...aClaim(), events: [] };
  expect(await recorder.refused("recordClaim", { claim })).toEqual([
    "INVALID input.claim.events: []: name at least one event, or a proposition, or a source that it is about (aboutSources).",
  ]);
  const { aboutSources } = await recorder.done(
    "recordClaim",
    { claim: { ...claim, aboutSources: [{ create: { ...aSource(), title: "The e-mail" } }] } },
    "aboutSources { title }",
  );
  expect(aboutSources).toEqual([{ title: "The e-mail" }]);
  await recorder.done("recordClaim", { claim: { ...claim, proposition: { create: aProposition() } } });
});

test("a claim needs a citation, and a figure a quantity", async () => {
  const claim = {
    ...aClaim(),
    events: [],
    citations: [],
    figure: { best: 1, approximator: "EXACT" },
    proposition: { create: { ...aProposition(), kind: "YES_NO", measure: null, unit: null } },
  };
  expect(await recorder.refused("recordClaim", { claim })).toEqual([
    "INVALID input.claim.citations: []: at least one is needed; give one.",
    "INVALID input.claim.figure: a figure answers a QUANTITY, and this proposition is YES_NO; remove one of them.",
  ]);
});

test("what does not fit the schema is refused before, with the place", async () => {
  const [failure] = await recorder.failed(
    "recordClaim",
    { claim: { ...aClaim(), assertedAt: "some day" } },
    "ANALYST",
  );
  expect(failure).toMatch(/^BAD_USER_INPUT: .*"some day" at "input\.claim\.assertedAt"/);
});

test.each(["a\u0000b", "half \ud83d"])(
  "nothing reaches the database that it cannot store: %j",
  async (text) => {
    const claim = {
      ...aClaim(),
      statement: text,
      assertedBy: { slug: text },
      relayedBy: [{ id: text }],
      events: [{ create: { ...anEvent(), slug: text, title: text } }],
      citations: [
        {
          source: { create: { ...aSource(), text, authors: [text] } },
          quote: { exact: text },
          translation: text,
        },
      ],
    };
    const problems = await recorder.refused("recordClaim", { claim });
    expect(problems.map((problem) => problem.replace(/: .*/, ""))).toEqual([
      "INVALID input.claim.citations.0.quote.exact",
      "INVALID input.claim.citations.0.source.create.authors.0",
      "INVALID input.claim.citations.0.source.create.text",
      "INVALID input.claim.citations.0.translation",
      "INVALID input.claim.events.0.create.slug",
      "INVALID input.claim.events.0.create.title",
      "INVALID input.claim.relayedBy.0.id",
      "INVALID input.claim.statement",
      "NOT_FOUND input.claim.assertedBy.slug",
    ]);
    for (const field of ["reason", "idempotencyKey"]) {
      expect(await recorder.refused("recordClaim", { claim: aClaim(), [field]: text })).toEqual([
        expect.stringMatching(
          /^INVALID input\.\w+: "[^"]+": remove the .*(?:unpaired surrogate|control character)/,
        ),
      ]);
    }
  },
);

test("a text that is too long to be looked up is said to be, where it stands", async () => {
  const title = Array.from({ length: 20_000 }, (_, at) =>
    String.fromCodePoint(0x4e00 + ((at * 7919) % 20_000)),
  ).join("");
  expect(await recorder.refused("createEvent", { event: { ...anEvent(), title } })).toEqual([
    expect.stringMatching(/^INVALID input\.event\.title: .*write at most 2000 bytes of UTF-8/),
  ]);
});
