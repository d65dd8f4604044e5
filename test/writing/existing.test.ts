import {
  aClaim,
  anActor,
  anEvent,
  aProposition,
  aSource,
  type Entity,
  type Input,
  newSlug,
  Recorder,
} from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

const SAID = "warnings { code message path record }";
const CHOICES = {
  actor: [anActor, "createActor"],
  event: [anEvent, "createEvent"],
  source: [aSource, "createSource"],
  proposition: [aProposition, "createProposition"],
  claim: [aClaim, "recordClaim"],
} as const;
let numbers = 0;
const externalId = () => ({ scheme: "ACLED", value: `R${++numbers}` });

describe.each(Object.entries(CHOICES))(
  "an external id of a record of the type %s",
  (name, [one, mutation]) => {
    test("is kept, found by a filter, and no other record has it", async () => {
      const id = externalId();
      const input = { [name]: { ...one(), externalIds: [id] } };
      const record = await recorder.done(mutation, input, "externalIds { scheme value }");
      expect(record.externalIds).toEqual([{ ...id, scheme: "acled" }]);
      const where = `{ externalIds: { some: { scheme: { eq: "ACLED" }, value: { eq: "${id.value}" } } } }`;
      const { data } = await recorder.app.as("EDITOR")(`{ ${name}s(where: ${where}) { nodes { id } } }`);
      expect(data).toEqual({ [`${name}s`]: { nodes: [{ id: record.id }] } });
      expect(await recorder.refused(mutation, { [name]: { ...one(), externalIds: [id] } })).toEqual([
        expect.stringMatching(
          new RegExp(`^TAKEN input\\.${name}\\.externalIds\\.0: .*${record.id} has this identifier`),
        ),
      ]);
    });
  },
);

describe("a reference", () => {
  test("names a record by an external id", async () => {
    const id = externalId();
    const actor = await recorder.actor({ externalIds: [id] });
    const input = { claim: { ...aClaim(), assertedBy: { externalId: id } } };
    expect((await recorder.done("recordClaim", input, "assertedBy { id }")).assertedBy).toEqual({
      id: actor.id,
    });
    const relations = [{ type: "DENIES", to: { externalId: externalId() } }];
    expect(await recorder.refused("recordClaim", { claim: { ...aClaim(), relations } })).toEqual([
      expect.stringMatching(
        /^NOT_FOUND input\.claim\.relations\.0\.to\.externalId: .*no claim has this identifier in "ACLED"/,
      ),
    ]);
  });

  test.each(["slug", "externalId"])("with a %s and create uses what is there, else makes it", async (by) => {
    const name: Input = by === "slug" ? { slug: newSlug("actor") } : { externalId: externalId() };
    const { slug: _, ...rest } = anActor();
    const claim = () => ({ ...aClaim(), assertedBy: { ...name, create: rest } });
    const record = async () =>
      (await recorder.done("recordClaim", { claim: claim() }, "assertedBy { id slug externalIds { value } }"))
        .assertedBy;
    const before = await recorder.counts();
    const first = await record();
    expect(await record()).toEqual(first);
    expect(first).toMatchObject(
      by === "slug" ? name : { externalIds: [{ value: (name.externalId as Input).value }] },
    );
    expect((await recorder.counts()).actor! - before.actor!).toBe(1);
  });

  test("that arrives several times at once makes one record", async () => {
    const create = { ...anActor(), externalIds: [externalId()] };
    const unnamed: Input = { ...anActor(), slug: undefined, externalIds: [externalId()] };
    const before = await recorder.counts();
    const claims = Array.from({ length: 6 }, (_, at) => ({
      ...aClaim(),
      statement: `Claim ${at}.`,
      assertedBy: { create },
      relayedBy: [{ create: unnamed }],
    }));
    await Promise.all(claims.map((claim) => recorder.done("recordClaim", { claim })));
    expect((await recorder.counts()).actor! - before.actor!).toBe(2);
  });

  test("warns where what is there is called otherwise", async () => {
    const actor = await recorder.actor({ name: "Ministry of Defence" });
    const ask = async (name: string) => {
      const assertedBy = { create: { ...anActor(), slug: actor.slug, name } };
      return (await recorder.run("recordClaim", { claim: { ...aClaim(), assertedBy } }, SAID)).warnings;
    };
    expect(await ask("Ministry of Health")).toMatchObject([
      {
        code: "EXISTING_DIFFERS",
        path: ["input", "claim", "assertedBy", "create", "name"],
        record: actor.id,
      },
    ]);
    expect(await ask("ministry of  defence")).toEqual([]);
  });

  test("warns where what is there is of another kind, or lacks external ids", async () => {
    const has = externalId();
    const actor = await recorder.actor({ name: "Sollbruck Post", kind: "MEDIA", externalIds: [has] });
    const create = { name: "Sollbruck Post", kind: "COMPANY", slug: actor.slug };
    const ask = async (ids: Input[]) => {
      const assertedBy = { create: { ...create, externalIds: ids } };
      return (await recorder.run("recordClaim", { claim: { ...aClaim(), assertedBy } }, SAID)).warnings;
    };
    const place = ["input", "claim", "assertedBy", "create"];
    const kind = {
      code: "EXISTING_DIFFERS",
      path: [...place, "kind"],
      message: expect.stringMatching(/^"COMPANY": the actor that is there is of the kind MEDIA/),
      record: actor.id,
    };
    const lacks = externalId();
    expect(await ask([{ ...has, scheme: "acled" }, lacks])).toEqual([
      kind,
      {
        code: "EXISTING_DIFFERS",
        path: place,
        message: expect.stringMatching(
          new RegExp(`^"${lacks.value}": .* no such identifier in "acled".* with addActorExternalId`),
        ),
        record: actor.id,
      },
    ]);
    expect(await ask([])).toEqual([kind]);
  });
});

test("slugs are made of names in any script, and numbered", async () => {
  const made = async (name: string) => (await recorder.actor({ slug: undefined, name })).slug;
  const name = `Міністерство ${newSlug("оборони")}`;
  const first = await made(name);
  expect(first).toMatch(/^[a-z0-9-]+$/);
  expect(await made(name)).toBe(`${first}-2`);
  expect(await made("🙂")).toMatch(/^actor(-\d+)?$/);
});

describe("a warning tells of", () => {
  const warningsOf = async (mutation: string, input: Input) =>
    (await recorder.run(mutation, input, SAID)).warnings as unknown as Input[];
  const double = (record: Entity, ...path: string[]) => ({
    code: "POSSIBLE_DUPLICATE",
    record: record.id,
    path: ["input", ...path],
  });

  test("the same address, whatever it was found by", async () => {
    const first = await recorder.source({ url: "https://www.news.example/2025/april?utm_source=x" });
    const source = { ...aSource(), url: "http://news.example/2025/april/#top" };
    expect(await warningsOf("createSource", { source })).toMatchObject([double(first, "source", "url")]);
    const other = { ...aSource(), url: "https://news.example/2025" };
    expect(await warningsOf("createSource", { source: other })).toEqual([]);
  });

  test("the same text of a proposition", async () => {
    const first = await recorder.proposition({ text: "The leak began at night" });
    const proposition = { ...aProposition(), text: "the leak began at night." };
    expect(await warningsOf("createProposition", { proposition })).toMatchObject([
      double(first, "proposition", "text"),
    ]);
  });

  test("a name that another actor has", async () => {
    const first = await recorder.actor({ name: "Norrby Fire Brigade", names: [{ value: "NFB Norrby" }] });
    const actor = { ...anActor(), name: "nfb norrby" };
    expect(await warningsOf("createActor", { actor })).toMatchObject([double(first, "actor", "name")]);
  });

  test.each([
    ["Jean d’Ormès", "Jean d'Ormès"],
    ["Saint-Malo Presse", "Saint Malo Presse"],
    ["«Novyny» Agency", "Novyny Agency"],
    ["צה״ל", 'צה"ל'],
    ["U.S.", "US"],
    ["ＡＢＣ", "ABC"],
    ["Xyz\u200b", "Xyz"],
    ["„Zorblax“ Werke", "Zorblax-Werke"],
    ["İzmir Haber", "ızmır haber"],
    ["Zu\u0308richer Straße", "ZÜRICHER STRASSE"],
  ])("%s for %s, as a name, a further name and a text", async (one, other) => {
    const named = await recorder.actor({ name: one });
    expect(await warningsOf("createActor", { actor: { ...anActor(), name: other } })).toMatchObject([
      double(named, "actor", "name"),
    ]);
    const further = await recorder.actor({ name: newSlug("Else"), names: [{ value: `${one} Ltd` }] });
    const names = [{ value: `${other} Ltd.` }];
    const actor = { ...anActor(), name: newSlug("Another"), names };
    expect(await warningsOf("createActor", { actor })).toMatchObject([
      double(further, "actor", "names", "0", "value"),
    ]);
    const said = await recorder.proposition({ text: `So, says ${one} – it is.` });
    const proposition = { ...aProposition(), text: `So says "${other}": it is` };
    expect(await warningsOf("createProposition", { proposition })).toMatchObject([
      double(said, "proposition", "text"),
    ]);
  });

  test("no name that only looks alike", async () => {
    await recorder.actor({ name: "Zelényi Kör" });
    for (const name of ["Zelenyi Kor", "ZelényiKör"]) {
      expect(await warningsOf("createActor", { actor: { ...anActor(), name } })).toEqual([]);
    }
  });

  test("the same claim without a proposition, and on the same date as it was told", async () => {
    const [actor, source] = [await recorder.actor(), await recorder.source()];
    const known = {
      ...aClaim(),
      act: "ASSERT",
      assertedBy: { id: actor.id },
      events: [{ id: (await recorder.event()).id }],
      citations: [{ source: { id: source.id } }],
    };
    const doubles = async (claim: Input) =>
      (await warningsOf("recordClaim", { claim: { ...known, ...claim } })).map(({ record }) => record);
    const record = async (claim: Input) => (await recorder.claim({ ...known, ...claim })).id;

    const silent = await record({ statement: "Nobody was hurt.", assertedAt: "2022-01-01" });
    expect(await doubles({ statement: "NOBODY was hurt.", assertedAt: "2022-01-01" })).toEqual([silent]);
    expect(await doubles({ statement: "Somebody was hurt.", assertedAt: "2022-01-01" })).toEqual([]);
    const undated = await record({ statement: "Nobody came." });
    expect(await doubles({ statement: "Nobody came." })).toEqual([undated]);

    const proposition = { id: (await recorder.proposition()).id };
    const day = await record({ proposition, assertedAt: "2022-02-02" });
    expect(await doubles({ proposition, assertedAt: "2022-02-02T10:00:00Z" })).toEqual([day]);
    expect(await doubles({ proposition, assertedAt: "2022-02-02T23:30:00-05:00" })).toEqual([day]);
    expect(await doubles({ proposition, assertedAt: "2022-02-03T00:30:00+05:00" })).toEqual([]);
    expect(await doubles({ proposition, assertedAt: "2022-02" })).toEqual([]);
    expect(await doubles({ proposition, act: "DENY", assertedAt: "2022-02-02" })).toEqual([]);

    const instant = await record({ proposition, assertedAt: "2022-03-03T23:00:00-05:00" });
    expect(await doubles({ proposition, assertedAt: "2022-03-04T05:00:00+01:00" })).toEqual([instant]);
    expect(await doubles({ proposition, assertedAt: "2022-03-03T22:00:00-05:00" })).toEqual([]);
  });

  test("a claim that becomes the same as a later one", async () => {
    const known = {
      assertedBy: { id: (await recorder.actor()).id },
      citations: [{ source: { id: (await recorder.source()).id } }],
    };
    const first = await recorder.claim({ ...known, assertedAt: "2022-01-01" });
    const later = await recorder.claim({ ...known, assertedAt: "2022-01-02" });
    const input = { id: first.id, expectedVersion: 1, claim: { assertedAt: "2022-01-02" } };
    expect(await warningsOf("updateClaim", input)).toMatchObject([double(later, "claim")]);
  });

  test.each([
    ["2026-03-11", "2026-03-11T08:00:00+09:00", undefined],
    ["2021-05-05T22:00:00-05:00", "2021-05-05", undefined],
    ["2026-03-11T00:30:00+09:00", "2026-03-10", "2026-03-11"],
    ["2026-03-11", "2026-03-10", "2026-03-11"],
    ["2026-03-11T00:30:00+09:00", "2026-03-10T16:00:00Z", undefined],
    ["2026-03-11T00:30:00+09:00", "2026-03-10T15:00:00Z", "2026-03-11T00:30:00+09:00"],
    ["2026-03", "2026-03-01", undefined],
  ])("a claim before its event: %s, %s", async (occurred, assertedAt, begun) => {
    const claim = { ...aClaim(), events: [{ create: { ...anEvent(), occurred } }], assertedAt };
    const found = (await warningsOf("recordClaim", { claim })).filter(({ code }) => code === "BEFORE_EVENT");
    const message = `"${assertedAt}" is before the event began, ${begun} at the earliest. Change it if that is not meant.`;
    expect(found).toEqual(
      begun ? [{ code: "BEFORE_EVENT", message, path: ["input", "claim", "assertedAt"], record: null }] : [],
    );
  });

  test("words that a text has lost, and a claim that quotes them and is published", async () => {
    const source = await recorder.source({ text: "The bridge is open. The mayor is glad." });
    const citations = [{ source: { id: source.id }, quote: { exact: "The mayor is glad." } }];
    const claim = await recorder.claim({ citations });
    const orphaned = (...path: string[]) => ({
      code: "QUOTE_ORPHANED",
      path: ["input", ...path],
      record: claim.id,
      message: expect.stringContaining(`${source.id} does not have "The mayor is glad."`),
    });
    const update = { id: source.id, expectedVersion: 1, source: { text: "The bridge is open." } };
    expect(await warningsOf("updateSource", update)).toEqual([orphaned("source", "text")]);
    expect(await warningsOf("publishClaim", { id: claim.id })).toEqual([orphaned("id")]);
    expect(await warningsOf("retractClaim", { id: claim.id })).toEqual([]);
    const several = "results { warnings { code message path record } } warnings { code message path record }";
    const other = await recorder.claim();
    const { warnings, results } = await recorder.run("publishClaims", { ids: [other.id, claim.id] }, several);
    expect(warnings).toEqual([orphaned("ids", "1")]);
    expect(results).toEqual([{ warnings: [] }, { warnings: [orphaned("ids", "1")] }]);
  });

  test("dates of a source", async () => {
    const odd = async (source: Input) =>
      (await warningsOf("createSource", { source: { ...aSource(), ...source } })).map(({ code, path }) => [
        code,
        (path as string[]).slice(2).join("."),
      ]);
    expect(await odd({ publishedOn: "2025-04-28", withdrawnAt: "2025-04-27" })).toEqual([
      ["UNUSUAL_DATE", "withdrawnAt"],
    ]);
    expect(await odd({ publishedOn: "2025-04-28", withdrawnAt: "2025-04" })).toEqual([]);
    for (const publishedAt of ["2925-04-28T10:00:00Z", "2925-04-28T10:00:00.5+09:00"]) {
      expect(await odd({ publishedAt })).toEqual([["UNUSUAL_DATE", "publishedAt"]]);
    }
    expect(await odd({ publishedOn: "2925-04-28" })).toEqual([["UNUSUAL_DATE", "publishedOn"]]);
  });

  test("the same claim with a proposition", async () => {
    const [actor, proposition, source] = [
      await recorder.actor(),
      await recorder.proposition(),
      await recorder.source(),
    ];
    const claim = {
      ...aClaim(),
      assertedBy: { id: actor.id },
      proposition: { id: proposition.id },
      citations: [{ source: { id: source.id } }],
      assertedAt: "2025-04-28",
    };
    const first = await recorder.claim(claim);
    const about = ({ code }: Input) => code === "POSSIBLE_DUPLICATE";
    const doubles = async (said: Input) => (await warningsOf("recordClaim", { claim: said })).filter(about);
    expect((await doubles({ ...claim, events: [{ create: anEvent() }] })).at(-1)).toMatchObject(
      double(first, "claim"),
    );
    expect(await doubles({ ...claim, assertedAt: "2025-04-29", events: [{ create: anEvent() }] })).toEqual(
      [],
    );
  });

  test("what is odd", async () => {
    const event = await recorder.event({ occurred: "2025-04-28" });
    const known = {
      ...aClaim(),
      assertedBy: { id: (await recorder.actor()).id },
      events: [{ id: event.id }],
      citations: [{ source: { id: (await recorder.source()).id } }],
    };
    const counted = await recorder.proposition({
      text: "How many were killed.",
      measure: "KILLED",
      unit: "persons",
    });
    const proposition = { id: counted.id };
    const odd = async (claim: Input) =>
      (await warningsOf("recordClaim", { claim: { ...known, ...claim } })).map(({ code, path }) => [
        code,
        (path as string[]).slice(2).join("."),
      ]);
    expect(await odd({ assertedAt: "2925-04-28" })).toEqual([["UNUSUAL_DATE", "assertedAt"]]);
    expect(await odd({ assertedAt: "0202-04-28", events: [], proposition })).toEqual([
      ["UNUSUAL_DATE", "assertedAt"],
    ]);
    expect(await odd({ assertedAt: "2025-04-27" })).toEqual([["BEFORE_EVENT", "assertedAt"]]);
    expect(await odd({ proposition, figure: { best: 1.5, low: -1, approximator: "ABOUT" } })).toEqual([
      ["UNUSUAL_FIGURE", "figure.low"],
      ["UNUSUAL_FIGURE", "figure.best"],
    ]);
    expect(
      await odd({ proposition, assertedAt: "2025-04-29", figure: { best: -2.5, approximator: "ABOUT" } }),
    ).toEqual([
      ["UNUSUAL_FIGURE", "figure.best"],
      ["UNUSUAL_FIGURE", "figure.best"],
    ]);
    expect(await odd({ stance: "AFFIRMS" })).toEqual([["STANCE_WITHOUT_PROPOSITION", "stance"]]);
    expect(await odd({ assertedAt: "2025-04-28" })).toEqual([]);
  });
});

test("a source was published on a day, at an instant, or both", async () => {
  const published = async (source: Input) =>
    (
      await recorder.done(
        "createSource",
        { source: { ...aSource(), ...source } },
        "publishedOn { edtf } publishedAt",
      )
    ).publishedOn;
  expect(await published({ publishedOn: "2025-04~" })).toEqual({ edtf: "2025-04~" });
  expect(await published({ publishedAt: "2025-04-29T08:00:00+02:00" })).toEqual({
    edtf: "2025-04-29T08:00:00+02:00",
  });
  // The day is that of where it was published, and the instant is kept beside it.
  const atMidnight = { publishedAt: "2026-03-11T00:30:00.250+01:00" };
  const read = "publishedOn { edtf earliest at } publishedAt";
  expect(
    await recorder.done("createSource", { source: { ...aSource(), ...atMidnight } }, read),
  ).toMatchObject({
    publishedOn: { edtf: "2026-03-11T00:30:00+01:00", earliest: "2026-03-11", at: "2026-03-10T23:30:00Z" },
    publishedAt: "2026-03-10T23:30:00.25Z",
  });
  const night = { publishedOn: "2026-03-11", publishedAt: "2026-03-11T00:30:00+01:00" };
  expect(await published(night)).toEqual({ edtf: "2026-03-11" });
  const source = { ...aSource(), ...night, publishedOn: "2026-03-14" };
  expect(await recorder.refused("createSource", { source })).toEqual([
    expect.stringMatching(
      /^INVALID input\.source\.publishedOn: .*publishedAt, 2026-03-10T23:30:00\.000Z, is not within/,
    ),
  ]);
});

test("the day of publication follows the instant, in its zone, until it is given itself", async () => {
  const { id } = await recorder.source({ publishedAt: "2026-03-11T00:30:00+01:00" });
  let expectedVersion = 0;
  const update = async (source: Input) =>
    recorder.done("updateSource", { id, expectedVersion: ++expectedVersion, source }, "publishedOn { edtf }");
  expect(await update({ publishedAt: "2026-03-12T00:30:00+01:00" })).toMatchObject({
    publishedOn: { edtf: "2026-03-12T00:30:00+01:00" },
  });
  expect(await update({ publishedOn: "2026-03-12" })).toMatchObject({ publishedOn: { edtf: "2026-03-12" } });
});

test("a text is taken out of its source by null", async () => {
  const { id } = await recorder.source({ text: "It was said." });
  expect(
    await recorder.done(
      "updateSource",
      { id, expectedVersion: 1, source: { text: null } },
      "text contentSha256",
    ),
  ).toMatchObject({ text: null, contentSha256: null });
});

test("a reason is trimmed, and has no characters that turn it around", async () => {
  const actor = await recorder.actor();
  const input = { id: actor.id, expectedVersion: 1, actor: { kind: "OTHER" } };
  expect(await recorder.refused("updateActor", { ...input, reason: "a\u202Eb" })).toEqual([
    expect.stringMatching(/^INVALID input\.reason: .*remove the direction control U\+202E/),
  ]);
  await recorder.done("updateActor", { ...input, reason: " Now\nso. " });
  expect((await recorder.revisions(actor.id)).at(-1)?.reason).toBe("Now\nso.");
  for (const [name, key] of Object.entries({
    createApiKey: { name: "a\u202Eb", role: "READER" },
    revokeApiKey: { id: "key_0", reason: "a\u202Eb" },
  })) {
    expect(await recorder.refused(name, key, "ADMIN")).toEqual([expect.stringMatching(/^INVALID input\./)]);
  }
});
