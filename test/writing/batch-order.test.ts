import { aClaim, anActor, anEvent, aSource, type Input, newSlug, Recorder } from "./recorder.js";

let recorder: Recorder;
/** A claim about what is there already. */
let known: Input;
beforeAll(async () => {
  recorder = await Recorder.start();
  const [actor, event, source] = [
    await recorder.actor(),
    await recorder.event(),
    await recorder.source({ text: "It said: “one  two three.”" }),
  ];
  known = {
    ...aClaim(),
    assertedBy: { slug: actor.slug },
    events: [{ slug: event.slug }],
    citations: [{ source: { slug: source.slug }, quote: { exact: '"one two three."' } }],
  };
});
afterAll(() => recorder.stop());

interface Answer {
  errors: { code: string; path: string[] }[];
  results: { outcome: string; errors: { code: string; message: string; path: string[] }[] }[];
}

/** What became of each row, and how each error begins. */
async function send(mutation: string, input: Input) {
  const answer = (await recorder.run(
    mutation,
    { mode: "EACH", ...input },
    "results { outcome errors { code message path } } errors { code message path }",
  )) as unknown as Answer;
  const outcomes = answer.results.map(({ outcome }) => outcome);
  const said = answer.results.flatMap(({ errors }) =>
    errors.map(({ code, path, message }) => `${code} ${path.slice(1).join(".")}: ${message}`),
  );
  return { outcomes, said, counts: countsOf(outcomes) };
}

const countsOf = (outcomes: readonly string[]) =>
  Object.fromEntries(
    [...new Set(outcomes)].map((one) => [one, outcomes.filter((other) => other === one).length]),
  );

const claims = (count: number, more: (at: number) => Input = () => ({})): Input[] =>
  Array.from({ length: count }, (_, at) => ({ ...known, statement: `Claim ${at}.`, ...more(at) }));

test("a null among the parts of a row is said of that row alone", async () => {
  const rows = claims(30, (at) => (at === 28 ? { events: [null], citations: [null], tags: [null] } : {}));
  const { counts, said } = await send("recordClaims", { claims: rows });
  expect(counts).toEqual({ RECORDED: 29, REFUSED: 1 });
  expect(said.sort()).toEqual([
    "INVALID claims.28.citations.0: null: write a value here, or remove it.",
    "INVALID claims.28.events.0: null: write a value here, or remove it.",
    "INVALID claims.28.tags.0: null: write a value here, or remove it.",
  ]);
});

test("a row may name rows that a repeat has recorded before", async () => {
  const rows = claims(25, (at) => ({ key: `w${at}` }));
  const idempotencyKey = newSlug("key");
  await send("recordClaims", { claims: rows, idempotencyKey });
  const late = { ...known, statement: "Late.", relations: [{ type: "REPEATS", to: { key: "w0" } }] };
  const { outcomes } = await send("recordClaims", { claims: [...rows, late], idempotencyKey });
  expect(countsOf(outcomes)).toEqual({ REPLAYED: 25, RECORDED: 1 });
});

test.each([true, false])("a row may name any row of the request, with dryRun: %s", async (dryRun) => {
  const naming = (at: number) => (at === 0 ? { relations: [{ type: "REPEATS", to: { key: "c59" } }] } : {});
  const rows = claims(60, (at) => ({ key: `c${at}`, ...naming(at) }));
  expect((await send("recordClaims", { claims: rows, dryRun })).counts).toEqual({ RECORDED: 60 });
});

test("a chain of parts may stand in any order, longer than what is recorded at once", async () => {
  const slugs = Array.from({ length: 60 }, () => newSlug("event"));
  const events = slugs.map((slug, at) => ({
    ...anEvent(),
    slug,
    ...(slugs[at + 1] && { partOf: { slug: slugs[at + 1] } }),
  }));
  expect((await send("createEvents", { events })).counts).toEqual({ RECORDED: 60 });
});

test("a circle is said of one of its rows, and keeps no other from being recorded", async () => {
  const [one, other, good, later] = [1, 2, 3, 4].map(() => newSlug("source"));
  const sources = [
    { ...aSource(), slug: one, syndicationOf: { slug: other } },
    { ...aSource(), slug: good, laterVersionOf: { slug: later } },
    { ...aSource(), slug: other, syndicationOf: { slug: one } },
    { ...aSource(), slug: later },
  ];
  const { outcomes, said } = await send("createSources", { sources });
  expect(outcomes).toEqual(["REFUSED", "RECORDED", "REFUSED", "RECORDED"]);
  expect(said.join("\n")).toMatch(
    /INVALID sources\.[02]\.syndicationOf: A source would be a copy of itself, by way of others\./,
  );
});

describe("a record that several rows bring along", () => {
  const bringing = (slug: string, create?: Input) => ({
    ...known,
    proposition: { slug, ...(create && { create: { kind: "YES_NO", ...create } }) },
  });

  test("may be right in one where it is wrong in another", async () => {
    const slug = newSlug("proposition");
    const rows = [bringing(slug, { text: " " }), bringing(slug), bringing(slug, { text: "Good text." })];
    const { outcomes, said } = await send("recordClaims", { claims: rows });
    expect(outcomes).toEqual(["REFUSED", "RECORDED", "RECORDED"]);
    expect(said).toEqual(['INVALID claims.0.proposition.create.text: " ": write a text that is not blank.']);
  });

  test("is wrong in all that bring it in the same words", async () => {
    const slug = newSlug("proposition");
    const rows = Array.from({ length: 30 }, () => bringing(slug, { text: " " }));
    const { counts, said } = await send("recordClaims", { claims: [...rows, known] });
    expect(counts).toEqual({ REFUSED: 30, RECORDED: 1 });
    expect(said[29]).toMatch(/^INVALID claims\.29\.proposition\.create\.text: /);
  });

  test("has one slug", async () => {
    const [slug, other] = [newSlug("actor"), newSlug("actor")];
    const row = { ...known, assertedBy: { slug, create: { ...anActor(), slug: other } } };
    expect((await send("recordClaims", { claims: [row] })).said).toEqual([
      `INVALID claims.0.assertedBy.create.slug: "${other}": the reference itself says "${slug}". Write one of them.`,
    ]);
  });
});

describe("what is there already", () => {
  const id = () => ({ scheme: "desk", value: newSlug("row") });

  test.each(["EACH", "ALL_OR_NOTHING"])("may come from an earlier row of the request: %s", async (mode) => {
    const [claimId, slug] = [id(), newSlug("actor")];
    const rows = ["One.", "Two.", "Two."].map((statement) => ({
      ...known,
      statement,
      externalIds: [claimId],
    }));
    const input = { mode, onExisting: "UPDATE" };
    expect((await send("recordClaims", { ...input, claims: rows })).outcomes).toEqual([
      "RECORDED",
      "UPDATED",
      "UNCHANGED",
    ]);
    const actors = ["One", "Two"].map((name) => ({ ...anActor(), slug, name }));
    expect((await send("createActors", { ...input, actors })).outcomes).toEqual(["RECORDED", "UPDATED"]);
    const { data } = await recorder.app.ask(
      `{ actor(slug: "${slug}") { name } claims(where: { statement: { eq: "Two." } }) { totalCount } }`,
    );
    expect(data?.actor).toEqual({ name: "Two" });
  });

  test("is unchanged when the same is sent again, however it is written", async () => {
    const [value, slug] = [newSlug("row"), newSlug("actor")];
    const claim = {
      ...known,
      externalIds: [{ scheme: "ACLED", value: ` ${value}` }],
      citations: (known.citations as Input[]).map((one) => ({ ...one, fragment: " t=1 " })),
    };
    const actor = {
      ...anActor(),
      slug,
      names: [{ language: "DE", value: "Zwei  Blanks", kind: "ALIAS" }],
    };
    const input = { onExisting: "UPDATE" };
    for (const expected of ["RECORDED", "UNCHANGED", "UNCHANGED"]) {
      expect((await send("recordClaims", { ...input, claims: [claim] })).outcomes).toEqual([expected]);
      expect((await send("createActors", { ...input, actors: [actor] })).outcomes).toEqual([expected]);
    }
  });

  test("cannot be two records at once", async () => {
    const ids = [id(), id()];
    await send("createActors", { actors: ids.map((one) => ({ ...anActor(), externalIds: [one] })) });
    const { said } = await send("createActors", {
      onExisting: "SKIP",
      actors: [{ ...anActor(), externalIds: ids }],
    });
    expect(said).toEqual([
      expect.stringMatching(/^INVALID actors\.0: The slug and the external ids name 2 different records/),
    ]);
  });
});
