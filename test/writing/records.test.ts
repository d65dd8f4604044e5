import {
  aClaim,
  anActor,
  anEvent,
  aProposition,
  aSource,
  type Entity,
  newSlug,
  Recorder,
} from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

const NAMES = ["actor", "event", "source", "proposition"] as const;
const make = { actor: anActor, event: anEvent, source: aSource, proposition: aProposition };
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const update = (name: string, { id, version }: Entity, changes: object) =>
  [`update${capital(name)}`, { id, expectedVersion: version, [name]: changes }] as const;

const YES_NO = { kind: "YES_NO", measure: null, unit: null, population: null, basis: null };

/** Everything of a record that has an input field. */
const FULL = {
  actor: [
    "name kind description countryCode names { value }",
    { description: "Elected in 2021.", countryCode: "DE", names: [{ value: "Alias" }] },
    { name: "Mayor", countryCode: null },
    {
      name: "Mayor",
      kind: "PERSON",
      description: "Elected in 2021.",
      countryCode: null,
      names: [{ value: "Alias" }],
    },
  ],
  event: [
    "title description occurred { edtf } place { name latitude } partOf { slug }",
    {
      description: "With music.",
      occurred: "2025-05",
      place: { name: "Sollbruck", latitude: 1, longitude: 2 },
    },
    { occurred: "2025~", place: { name: "Upper Sollbruck" } },
    {
      title: "Opening of the bridge",
      description: "With music.",
      occurred: { edtf: "2025~" },
      place: { name: "Upper Sollbruck", latitude: null },
      partOf: null,
    },
  ],
  source: [
    "title url authors publishedAt language text contentSha256 reliability textAccess",
    {
      url: "https://paper.example/1",
      authors: ["A", "B"],
      publishedAt: "2025-01-01T00:00:00Z",
      language: "en",
      text: "Words.",
      reliability: "B",
    },
    { authors: null, publishedAt: null, text: null, textAccess: "PUBLIC" },
    {
      title: "The bridge",
      url: "https://paper.example/1",
      authors: [],
      publishedAt: null,
      language: "en",
      text: null,
      contentSha256: null,
      reliability: "B",
      textAccess: "PUBLIC",
    },
  ],
  proposition: [
    "text kind measure unit population basis accumulates comparableDays",
    { population: "all", basis: "total", accumulates: true, comparableDays: 7 },
    { ...YES_NO, accumulates: false, text: "Did it cost?" },
    { ...YES_NO, accumulates: false, comparableDays: 7, text: "Did it cost?" },
  ],
} as const;

test.each(NAMES)("an update of %s changes what is given, null clears, the rest stays", async (name) => {
  const [selection, given, changes, result] = FULL[name];
  const record = await recorder[name](given);
  expect(record.version).toBe(1);
  const changed = await recorder.done(...update(name, record, changes), selection);
  expect(changed).toEqual({ id: record.id, slug: record.slug, version: 2, ...result });
  const again = await recorder.done(...update(name, changed, changes), selection);
  expect(again).toEqual(changed);
  expect(await recorder.revisions(record.id)).toHaveLength(2);
});

test("claims are found by what their event is now, also when that is brought back", async () => {
  const event = await recorder.event({ type: "RETREAT", occurred: "1950-05" });
  const claim = await recorder.claim({ status: "PUBLISHED", events: [{ id: event.id }] });
  const found = async (some: object) => {
    const query =
      "query ($some: EventWhere!) { claims(where: { events: { some: $some } }) { nodes { id } } }";
    const { data } = await recorder.app.ask(query, { some });
    return (data as unknown as { claims: { nodes: unknown[] } }).claims.nodes;
  };
  const may = { type: { eq: "RETREAT" }, occurred: { possiblyDuring: "1950-05" } };
  const june = { type: { eq: "AID" }, occurred: { possiblyDuring: "1950-06" } };
  const [there, nowhere] = [[{ id: claim.id }], []];
  expect([await found(may), await found(june)]).toEqual([there, nowhere]);
  await recorder.done(...update("event", event, { type: "AID", occurred: "1950-06" }));
  expect([await found(may), await found(june)]).toEqual([nowhere, there]);
  await recorder.run("restore", { id: event.id, version: 1 });
  expect([await found(may), await found(june)]).toEqual([there, nowhere]);
});

test("a claim's link to an event that it keeps is left alone; what its event was stands in no version of the claim", async () => {
  const [kept, dropped, added] = [
    await recorder.event({ type: "RETREAT", occurred: "1951-05" }),
    await recorder.event(),
    await recorder.event(),
  ];
  const events = (...of: Entity[]) => ({ events: of.map(({ id }) => ({ id })) });
  const claim = await recorder.claim(events(kept, dropped));
  const links = () =>
    recorder.sql<{ event: string; row: string }>(
      `select public_id as event, link.ctid::text || link.xmin as row from claim_event link join event on event.id = event_id
        where claim_id = (select id from claim where public_id = $1)`,
      claim.id,
    );
  const before = await links();
  await recorder.done(...update("claim", claim, events(added, kept)));
  const after = await links();
  const rowOf = (rows: typeof before, { id }: Entity) => rows.find(({ event }) => event === id)?.row;
  expect(rowOf(after, kept)).toBe(rowOf(before, kept));
  expect(new Set(after.map(({ event }) => event))).toEqual(new Set([kept.id, added.id]));
  const versions = await recorder.revisions(claim.id);
  expect(versions).toHaveLength(2);
  expect(JSON.stringify(versions)).toMatch(/"event_id"/);
  expect(JSON.stringify(versions)).not.toMatch(/RETREAT|1951/);
});

test("an update of a claim keeps its parts and its state of review", async () => {
  const [event, actor] = [await recorder.event(), await recorder.actor()];
  const claim = await recorder.claim({ status: "PUBLISHED", relayedBy: [{ id: actor.id }], credibility: 2 });
  const changes = {
    events: [{ id: event.id }],
    relayedBy: null,
    credibility: null,
    figure: { best: 1, approximator: "EXACT" },
  };
  const selection =
    "status credibility relayedBy { id } events { nodes { id } } citations { id } figure { best } statement";
  expect(await recorder.done(...update("claim", claim, changes), selection)).toEqual({
    id: claim.id,
    version: 2,
    status: "PUBLISHED",
    credibility: null,
    relayedBy: [],
    events: { nodes: [{ id: event.id }] },
    citations: claim.citations,
    figure: { best: 1 },
    statement: aClaim().statement,
  });
});

test.each(NAMES)("null for what every %s must have is an error", async (name) => {
  const record = await recorder[name]();
  const text = { actor: "name", event: "title", source: "title", proposition: "text" }[name];
  const choice = name === "event" ? "type" : "kind";
  const problems = await recorder.refused(
    ...update(name, record, { slug: null, [choice]: null, [text]: null }),
  );
  expect(problems).toHaveLength(3);
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`INVALID input.${name}.${choice}: null: write one of`),
      `INVALID input.${name}.slug: null: write a slug such as north-korea.`,
      `INVALID input.${name}.${text}: null: write a text.`,
    ]),
  );
});

test.each(NAMES)("unknown, malformed and other ids are refused for %s", async (name) => {
  const other = name === "actor" ? await recorder.event() : await recorder.actor();
  const unknown = `${name}_01jt3v8x1zfkq9m2d4n6p8r0sw`;
  for (const verb of ["update", "delete"]) {
    const asked = (id: string) => ({ id, ...(verb === "update" && { expectedVersion: 1, [name]: {} }) });
    expect(await recorder.refused(`${verb}${capital(name)}`, asked(unknown))).toEqual([
      `NOT_FOUND input.id: "${unknown}": there is no such ${name}; it may have been deleted. Use the id of one that exists.`,
    ]);
    expect(await recorder.refused(`${verb}${capital(name)}`, asked(other.id))).toEqual([
      `INVALID input.id: "${other.id}" is the id of another type; here an id that starts with "${name}_" is needed.`,
    ]);
    expect(await recorder.refused(`${verb}${capital(name)}`, asked("nonsense\u0000"))).toEqual([
      expect.stringMatching(/^INVALID input\.id: "nonsense\\u0000" is not an id\./),
    ]);
  }
});

test.each(NAMES)("a slug that another %s has is TAKEN", async (name) => {
  const [one, other] = [await recorder[name](), await recorder[name]()];
  const taken = `"${one.slug}": another ${name} has this slug. Choose another, or name that one by it.`;
  expect(
    await recorder.refused(`create${capital(name)}`, { [name]: { ...make[name](), slug: one.slug } }),
  ).toEqual([`TAKEN input.${name}.slug: ${taken}`]);
  expect(await recorder.refused(...update(name, other, { slug: one.slug }))).toEqual([
    `TAKEN input.${name}.slug: ${taken}`,
  ]);
});

test("every rule names the value, the place and the mend", async () => {
  const [event, source] = [await recorder.event(), await recorder.source()];
  expect(
    await recorder.refused(
      ...update("event", event, { place: { latitude: 91, countryCode: "X" }, partOf: { id: event.id } }),
    ),
  ).toEqual([
    `INVALID input.event.partOf: "${event.id}": names the record itself; name another.`,
    'INVALID input.event.place.countryCode: "X": write two capitals of ISO 3166-1, such as KR.',
    "INVALID input.event.place.latitude: 91: write -90 to 90.",
  ]);
  expect(await recorder.refused(...update("event", event, { place: { latitude: 1 } }))).toEqual([
    expect.stringMatching(
      /^INVALID input\.event\.place: \{.*write both latitude and longitude, or neither\.$/,
    ),
  ]);
  expect(
    await recorder.refused(
      ...update("source", source, {
        language: "x",
        syndicationOf: { slug: source.slug },
        authors: [" "],
        text: "",
      }),
    ),
  ).toEqual([
    'INVALID input.source.authors.0: " ": write a text that is not blank.',
    'INVALID input.source.language: "x": write a BCP-47 tag, such as en or zh-Hant.',
    `INVALID input.source.syndicationOf: "${source.id}": names the record itself; name another.`,
    'INVALID input.source.text: "": write a text that is not blank.',
  ]);
});

test("circles are refused, at any length", async () => {
  const events = [await recorder.event()];
  const sources = [await recorder.source()];
  const actors = [await recorder.actor()];
  const partOf = ({ id }: Entity) => [{ role: "PART_OF", actor: { id } }];
  for (let at = 0; at < 3; at++) {
    events.push(await recorder.event({ partOf: { id: events[at]!.id } }));
    sources.push(await recorder.source({ syndicationOf: { id: sources[at]!.id } }));
    actors.push(await recorder.actor({ affiliations: partOf(actors[at]!) }));
  }
  expect(await recorder.refused(...update("event", events[0]!, { partOf: { id: events[3]!.id } }))).toEqual([
    "INVALID input.event.partOf: An event would be part of itself, by way of others. Break the circle.",
  ]);
  expect(
    await recorder.refused(...update("source", sources[0]!, { syndicationOf: { id: sources[3]!.id } })),
  ).toEqual([
    "INVALID input.source.syndicationOf: A source would be a copy of itself, by way of others. Break the circle.",
  ]);
  const [affiliation] = partOf(actors[3]!);
  expect(await recorder.refused("addAffiliation", { actor: actors[0]!.id, affiliation })).toEqual([
    expect.stringMatching(
      /^INVALID input\.affiliation: An actor would be part of itself, by way of others\./,
    ),
  ]);
});

test("the number of a QUANTITY may only grow, and its figures are compared over some days", async () => {
  const selection = "accumulates comparableDays";
  const usual = await recorder.done("createProposition", { proposition: aProposition() }, selection);
  expect(usual).toMatchObject({ accumulates: false, comparableDays: 30 });
  const days = async (comparableDays: number) =>
    (await recorder.done(...update("proposition", usual, { comparableDays }), selection)).comparableDays;
  expect(await days(0)).toBe(0);
  usual.version++;
  expect(await days(36_500)).toBe(36_500);
  usual.version++;
  const outside = "write a whole number of days, from 0 to 36500.";
  for (const comparableDays of [-1, 36_501]) {
    expect(await recorder.refused(...update("proposition", usual, { comparableDays }))).toEqual([
      `INVALID input.proposition.comparableDays: ${comparableDays}: ${outside}`,
    ]);
  }
  await recorder.done(...update("proposition", usual, { accumulates: true }));
  usual.version++;
  const growing =
    /^INVALID input\.proposition\.kind: "YES_NO": a YES_NO has no number that could grow; set accumulates/;
  expect(await recorder.refused(...update("proposition", usual, YES_NO))).toEqual([
    expect.stringMatching(growing),
  ]);
  expect(
    await recorder.refused("createProposition", {
      proposition: { ...aProposition(), ...YES_NO, accumulates: true },
    }),
  ).toEqual([expect.stringMatching(growing)]);
  await recorder.done(...update("proposition", usual, { ...YES_NO, accumulates: false }));
});

test("a proposition whose claims give figures stays a QUANTITY", async () => {
  const proposition = await recorder.proposition();
  const claim = await recorder.claim({
    proposition: { id: proposition.id },
    figure: { best: 1, approximator: "EXACT" },
  });
  const changes = { kind: "YES_NO", measure: null, unit: null };
  expect(await recorder.refused(...update("proposition", proposition, changes))).toEqual([
    "INVALID input: Claims about this proposition give figures, so it has to stay a QUANTITY. Change those claims first.",
  ]);
  const whether = await recorder.proposition({ kind: "YES_NO", measure: null, unit: null });
  expect(await recorder.refused(...update("claim", claim, { proposition: { id: whether.id } }))).toEqual([
    "INVALID input.claim.figure: a figure answers a QUANTITY, and this proposition is YES_NO; remove one of them.",
  ]);
  await recorder.done(...update("claim", claim, { proposition: { id: whether.id }, figure: null }));
});

describe("deleting", () => {
  const references = async (name: string, id: string) => {
    const { errors } = await recorder.run(`delete${name}`, { id, cascade: true });
    return errors.map(({ code, path, references }) => [code, path.join("."), references]);
  };

  test("is refused while anything refers to it, however", async () => {
    const actor = await recorder.actor();
    const by = { id: actor.id };
    const affiliated = await recorder.actor({ affiliations: [{ role: "MEMBER_OF", actor: by }] });
    const event = await recorder.event({ participants: [{ actor: by, role: "TARGET" }] });
    const source = await recorder.source({ publisher: by });
    const claims = [await recorder.claim({ assertedBy: by }), await recorder.claim({ relayedBy: [by] })];
    const referring = [affiliated, event, source, ...claims].map(({ id }) => id);
    expect(await references("Actor", actor.id)).toEqual([["IN_USE", "input.id", referring.sort()]]);

    const copy = await recorder.source({ syndicationOf: { id: source.id } });
    const citing = await recorder.claim({
      citations: [{ source: { id: source.id } }, { source: { id: source.id } }],
    });
    expect(await references("Source", source.id)).toEqual([
      ["IN_USE", "input.id", [citing.id, copy.id].sort()],
    ]);

    const part = await recorder.event({ partOf: { id: event.id } });
    const about = await recorder.claim({ events: [{ id: event.id }] });
    expect(await references("Event", event.id)).toEqual([["IN_USE", "input.id", [about.id, part.id].sort()]]);

    const proposition = await recorder.proposition();
    const asserting = await recorder.claim({ proposition: { id: proposition.id } });
    expect(await references("Proposition", proposition.id)).toEqual([["IN_USE", "input.id", [asserting.id]]]);

    const denial = await recorder.claim({ relations: [{ type: "DENIES", to: { id: about.id } }] });
    expect(await references("Claim", about.id)).toEqual([["IN_USE", "input.id", [denial.id]]]);

    await recorder.run("deleteClaim", { id: denial.id, cascade: true });
    expect(await recorder.run("deleteClaim", { id: about.id, cascade: true }, "deletedId")).toEqual({
      errors: [],
      deletedId: about.id,
    });
  });

  test("takes owned parts along only when told", async () => {
    const actor = await recorder.actor({
      names: [{ value: "Alias" }],
      externalIds: [{ scheme: "wikidata", value: "Q2" }],
    });
    expect(await recorder.refused("deleteActor", { id: actor.id })).toEqual([
      "IN_USE input.cascade: It owns `names`, `externalIds`. Say `cascade: true` to let them go with it.",
    ]);
    const { actor_name: before } = await recorder.counts();
    expect((await recorder.run("deleteActor", { id: actor.id, cascade: true })).errors).toEqual([]);
    expect((await recorder.counts()).actor_name).toBe(before! - 1);
    const bare = await recorder.actor();
    expect((await recorder.run("deleteActor", { id: bare.id, expectedVersion: 1 })).errors).toEqual([]);
    expect(await recorder.revisions(bare.id)).toMatchObject([
      { action: "CREATED" },
      { action: "DELETED", version: 2, rows: null },
    ]);
  });

  test("is refused of what has changed since", async () => {
    const event = await recorder.event();
    await recorder.done(...update("event", event, { title: "Other" }));
    expect(await recorder.refused("deleteEvent", { id: event.id, expectedVersion: 1 })).toEqual([
      expect.stringMatching(/^CONFLICT input.expectedVersion/),
    ]);
  });
});

describe("two who change the same", () => {
  test("the second hears which fields differ by now", async () => {
    const actor = await recorder.actor({ names: [{ value: "Alias" }] });
    await recorder.done(...update("actor", actor, { description: "First." }));
    await recorder.done("addActorName", { actor: actor.id, actorName: { value: "Other" } });
    const { errors } = await recorder.run(...update("actor", actor, { description: "Second." }));
    expect(errors).toEqual([
      {
        code: "CONFLICT",
        path: ["input", "expectedVersion"],
        message:
          "1: the actor has version 3 by now; it differs in description, names. Read it again, and send its version.",
        currentVersion: 3,
        differingFields: ["description", "names"],
        references: null,
      },
    ]);
  });

  test("at once: one of them succeeds", async () => {
    const event = await recorder.event();
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, at) => recorder.run(...update("event", event, { title: `Title ${at}` }))),
    );
    expect(answers.map(({ errors }) => errors.map(({ code }) => code).join()).sort()).toEqual([
      "",
      ...Array(5).fill("CONFLICT"),
    ]);
    const revisions = await recorder.revisions(event.id);
    expect(revisions.map(({ version }) => version)).toEqual([1, 2]);
  });

  test("without a version, neither overwrites the other's part", async () => {
    const actor = await recorder.actor();
    const values = Array.from({ length: 6 }, (_, at) => `Name ${at}`);
    await Promise.all(
      values.map((value) => recorder.done("addActorName", { actor: actor.id, actorName: { value } })),
    );
    const [row] = await recorder.sql<{ names: string[]; version: number }>(
      "select version, (select array_agg(value order by value) from actor_name where actor_id = actor.id) as names from actor where slug = $1",
      actor.slug,
    );
    expect(row).toEqual({ version: 7, names: values });
    expect((await recorder.revisions(actor.id)).map(({ version }) => version)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("a slug that both give at once goes to one of them", async () => {
    const slug = newSlug("wanted");
    const answers = await Promise.all(
      [1, 2, 3].map(() => recorder.run("createActor", { actor: { ...anActor(), slug } })),
    );
    expect(answers.map(({ errors }) => errors.map(({ code }) => code).join()).sort()).toEqual([
      "",
      "TAKEN",
      "TAKEN",
    ]);
  });

  test("a figure and a YES_NO never meet", async () => {
    for (let time = 0; time < 4; time++) {
      const proposition = await recorder.proposition();
      const claim = {
        ...aClaim(),
        proposition: { id: proposition.id },
        figure: { best: 1, approximator: "EXACT" },
      };
      const [{ errors: first }, { errors: second }] = await Promise.all([
        recorder.run(...update("proposition", proposition, { kind: "YES_NO", measure: null, unit: null })),
        recorder.run("recordClaim", { claim }),
      ]);
      expect([first.length, second.length].sort()).toEqual([0, 1]);
      expect([...first, ...second].map(({ code }) => code)).toEqual(["INVALID"]);
    }
  });

  test("a link is not lost with the claim that it leads to", async () => {
    for (let time = 0; time < 4; time++) {
      const [one, other] = [await recorder.claim(), await recorder.claim()];
      const link = { claim: one.id, claimRelation: { type: "DENIES", to: { id: other.id } } };
      const [{ errors: first }, { errors: second }] = await Promise.all([
        recorder.run("addClaimRelation", link),
        recorder.run("deleteClaim", { id: other.id, cascade: true }),
      ]);
      expect([first.length, second.length].sort()).toEqual([0, 1]);
      expect(["CONFLICT", "IN_USE", "NOT_FOUND"]).toContain([...first, ...second][0]?.code);
    }
  });
});
