import {
  aClaim,
  anActor,
  anEvent,
  aSource,
  type Input,
  newSlug,
  type Problem,
  Recorder,
} from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

interface Answer {
  recorded: number;
  updated: number;
  unchanged: number;
  replayed: number;
  refused: number;
  errors: Problem[];
  results: {
    key: string | null;
    outcome: string;
    claim: { id: string; statement: string } | null;
    errors: Problem[];
    warnings: { code: string; path: string[]; record: string | null }[];
  }[];
}

const batch = async (input: Input, role: "ANALYST" | "EDITOR" = "ANALYST"): Promise<Answer> =>
  (await recorder.run(
    "recordClaims",
    input,
    `recorded updated unchanged replayed refused
      results { key outcome claim { id statement } errors { code message path } warnings { code message path record } }`,
    role,
  )) as unknown as Answer;

const shown = ({ recorded, results, errors }: Answer) => ({
  recorded,
  claims: results.map(({ claim }) => claim?.statement),
  problems: results.map((result) => result.errors.map(({ code, path }) => `${code} ${path.join(".")}`)),
  errors: errors.map(({ code, path }) => `${code} ${path.join(".")}`),
});

/** A claim about what is there already, so that only the claims are counted. */
let known: Input;
beforeAll(async () => {
  const [actor, event, source] = [
    await recorder.actor(),
    await recorder.event(),
    await recorder.source({ text: "It was said: one two three." }),
  ];
  known = {
    ...aClaim(),
    assertedBy: { slug: actor.slug },
    events: [{ slug: event.slug }],
    citations: [{ source: { slug: source.slug }, quote: { exact: "one two three" } }],
  };
});
const claims = (count: number): Input[] =>
  Array.from({ length: count }, (_, at) => ({ ...known, statement: `Claim ${at}.` }));
const wrongAt = (list: Input[], ...places: number[]) =>
  list.map((claim, at) => (places.includes(at) ? { ...claim, language: "?" } : claim));

test("all of them or none", async () => {
  expect(shown(await batch({ claims: claims(3) }))).toEqual({
    recorded: 3,
    claims: ["Claim 0.", "Claim 1.", "Claim 2."],
    problems: [[], [], []],
    errors: [],
  });
  const before = await recorder.counts();
  expect(shown(await batch({ claims: wrongAt(claims(4), 1, 3) }))).toEqual({
    recorded: 0,
    claims: [undefined, undefined, undefined, undefined],
    problems: [[], ["INVALID input.claims.1.language"], [], ["INVALID input.claims.3.language"]],
    errors: ["INVALID input.claims.1.language", "INVALID input.claims.3.language"],
  });
  expect(await recorder.counts()).toEqual(before);
});

test("each for itself", async () => {
  const places = [0, 7, 8, 149];
  const answer = shown(await batch({ mode: "EACH", claims: wrongAt(claims(150), ...places) }));
  expect(answer.recorded).toBe(146);
  expect(answer.errors).toEqual([]);
  expect(answer.claims).toEqual(
    claims(150).map(({ statement }, at) => (places.includes(at) ? undefined : statement)),
  );
  expect(answer.problems).toEqual(
    claims(150).map((_, at) => (places.includes(at) ? [`INVALID input.claims.${at}.language`] : [])),
  );
});

test("what only the database can tell is said of the claim that it is about", async () => {
  const [outer, inner] = [anEvent(), anEvent()];
  const circle = {
    ...known,
    events: [{ create: { ...outer, partOf: { create: { ...inner, partOf: { slug: outer.slug } } } } }],
  };
  const [first, last] = claims(2);
  expect(shown(await batch({ mode: "EACH", claims: [first, circle, last] }))).toEqual({
    recorded: 2,
    claims: ["Claim 0.", undefined, "Claim 1."],
    problems: [[], ["INVALID input.claims.1.events.0.create.partOf.create.partOf"], []],
    errors: [],
  });
});

test.each(["ALL_OR_NOTHING", "EACH"])(
  "%s: what several claims bring word for word is recorded once",
  async (mode) => {
    const actor = anActor();
    const source = { ...aSource(), publisher: { create: actor } };
    const list = claims(230).map((claim) => ({
      ...claim,
      assertedBy: { create: actor },
      citations: [{ source: { create: source } }],
    }));
    const before = await recorder.counts();
    expect((await batch({ mode, claims: list })).recorded).toBe(230);
    const after = await recorder.counts();
    expect([after.actor! - before.actor!, after.source! - before.source!]).toEqual([1, 1]);
    const differing = { ...known, assertedBy: { create: { ...actor, name: "Other" } } };
    const { results } = await batch({ mode, claims: [differing] });
    expect(results[0]?.warnings).toMatchObject([
      { code: "EXISTING_DIFFERS", path: ["input", "claims", "0", "assertedBy", "create", "name"] },
    ]);
  },
);

test.each(["ALL_OR_NOTHING", "EACH"])(
  "%s: a thousand claims with quotes fit into one request",
  async (mode) => {
    const text = Array.from(
      { length: 500 },
      (_, at) => `Sentence ${at} of the report says something else.`,
    ).join(" ");
    const source = await recorder.source({ text });
    const list = claims(1000).map((claim, at) => ({
      ...claim,
      statement: `${"A long statement. ".repeat(20)}${at}`,
      citations: [
        { source: { slug: source.slug }, quote: { exact: `Sentence ${at % 500} of the report says` } },
        {
          source: { create: { ...aSource(), title: "A title of usual length for an article in a paper" } },
          quote: { exact: text.slice(0, 500) },
        },
      ],
    }));
    const input = { mode, claims: mode === "EACH" ? wrongAt(list, 3, 500, 998) : list };
    expect((await batch(input)).recorded).toBe(mode === "EACH" ? 997 : 1000);
  },
  120_000,
);

test("more than a thousand are refused, none is fine", async () => {
  const { results, errors } = await batch({ claims: Array.from({ length: 1001 }, () => known) });
  expect(results).toEqual([]);
  expect(errors).toMatchObject([
    {
      code: "INVALID",
      path: ["input", "claims"],
      message: "1001 claims: at most 1000 are taken at once. Send them in several requests.",
    },
  ]);
  expect(shown(await batch({ claims: [] }))).toEqual({ recorded: 0, claims: [], problems: [], errors: [] });
});

test.each(["ALL_OR_NOTHING", "EACH"])("%s: a repeat gets the same answer", async (mode) => {
  const input = { mode, claims: wrongAt(claims(5), mode === "EACH" ? 2 : 9), idempotencyKey: newSlug("key") };
  const first = await batch(input);
  const before = await recorder.counts();
  const again = await batch(input);
  expect(again.results.map(({ claim }) => claim)).toEqual(first.results.map(({ claim }) => claim));
  expect([again.recorded, again.replayed]).toEqual([0, mode === "EACH" ? 4 : 5]);
  expect(await recorder.counts()).toEqual(before);
});

test("ALL_OR_NOTHING: a key is not used for another batch", async () => {
  const idempotencyKey = newSlug("key");
  await batch({ claims: claims(2), idempotencyKey });
  expect(shown(await batch({ claims: claims(3), idempotencyKey })).errors).toEqual([
    "IDEMPOTENCY_KEY_REUSED input.idempotencyKey",
  ]);
});

test("EACH: a row is known again by what it is, not by where it stands", async () => {
  const idempotencyKey = newSlug("key");
  const list = claims(4);
  await batch({ mode: "EACH", claims: list.slice(1), idempotencyKey });
  const { recorded, replayed, results } = await batch({ mode: "EACH", claims: list, idempotencyKey });
  expect([recorded, replayed]).toEqual([1, 3]);
  expect(results.map(({ claim }) => claim?.statement)).toEqual(list.map(({ statement }) => statement));
  const keyed = list.map((claim, at) => ({ ...claim, key: `row-${at}` }));
  await batch({ mode: "EACH", claims: keyed, idempotencyKey });
  const changed = keyed.map((claim, at) => (at === 1 ? { ...claim, credibility: 1 } : claim));
  expect(shown(await batch({ mode: "EACH", claims: changed, idempotencyKey })).problems).toEqual([
    [],
    ["IDEMPOTENCY_KEY_REUSED input.claims.1"],
    [],
    [],
  ]);
});

test.each(["ALL_OR_NOTHING", "EACH"])("%s: claims name each other by their keys", async (mode) => {
  const [first, second, third] = claims(3) as [Input, Input, Input];
  const to = (key: string) => [{ type: "RESPONDS_TO", to: { key } }];
  const list = [
    { ...first, key: "question", relations: to("answer") },
    { ...second, key: "answer" },
    { ...third, key: "comment", relations: to("question") },
  ];
  const { results, recorded } = await batch({ mode, claims: list });
  expect([recorded, ...results.map(({ key }) => key)]).toEqual([3, "question", "answer", "comment"]);
  const { data } = await recorder.app.as("EDITOR")(
    "query ($id: ID!) { claim(id: $id) { relations { from { id } to { id } } } }",
    { id: results[0]?.claim?.id },
  );
  const ids = results.map(({ claim }) => claim?.id);
  expect(data?.claim).toMatchObject({
    relations: [
      { from: { id: ids[0] }, to: { id: ids[1] } },
      { from: { id: ids[2] }, to: { id: ids[0] } },
    ],
  });
  expect(shown(await batch({ mode, claims: [{ ...first, relations: to("nobody") }] })).problems).toEqual([
    ["NOT_FOUND input.claims.0.relations.0.to.key"],
  ]);
  expect(
    shown(await batch({ mode, claims: list.map((claim) => ({ ...claim, key: "one" })) })).problems,
  ).toEqual([
    ["NOT_FOUND input.claims.0.relations.0.to.key"],
    ["TAKEN input.claims.1.key"],
    ["TAKEN input.claims.2.key", "NOT_FOUND input.claims.2.relations.0.to.key"],
  ]);
});

describe("what is there already, by its external id", () => {
  const row = (claim: Input, value: string) => ({ ...claim, externalIds: [{ scheme: "acled", value }] });
  const outcomes = ({ results }: Answer) => results.map(({ outcome }) => outcome);

  test("is refused, skipped or updated", async () => {
    const value = newSlug("id");
    const [one, other] = claims(2) as [Input, Input];
    const first = await batch({ mode: "EACH", claims: [row(one, value)] }, "EDITOR");
    const again = [row({ ...one, credibility: 3 }, value), other];
    const ask = (onExisting: string) => batch({ mode: "EACH", claims: again, onExisting }, "EDITOR");
    expect(outcomes(await ask("ERROR"))).toEqual(["REFUSED", "RECORDED"]);
    const skipped = await ask("SKIP");
    expect(outcomes(skipped)).toEqual(["UNCHANGED", "RECORDED"]);
    expect(skipped.results[0]?.claim).toEqual(first.results[0]?.claim);
    const updated = await ask("UPDATE");
    expect([outcomes(updated), updated.updated]).toEqual([["UPDATED", "RECORDED"], 1]);
    expect(updated.results[0]?.claim?.id).toBe(first.results[0]?.claim?.id);
    expect(outcomes(await ask("UPDATE"))).toEqual(["UNCHANGED", "RECORDED"]);
  });

  test("so it is for twice in one batch", async () => {
    const value = newSlug("id");
    const twice = claims(2).map((claim) => row(claim, value));
    expect(outcomes(await batch({ mode: "EACH", claims: twice }))).toEqual(["RECORDED", "REFUSED"]);
    const other = newSlug("id");
    const again = claims(2).map((claim) => row(claim, other));
    expect(outcomes(await batch({ mode: "EACH", claims: again, onExisting: "SKIP" }))).toEqual([
      "RECORDED",
      "UNCHANGED",
    ]);
  });
});

test.each(["ALL_OR_NOTHING", "EACH"])("%s: a dry run reports everything and writes nothing", async (mode) => {
  const before = await recorder.counts();
  const list = wrongAt(claims(3), 1);
  const { recorded, refused, results } = await batch({ mode, claims: list, dryRun: true });
  const kept = mode === "EACH" ? "RECORDED" : "LEFT_OUT";
  expect([recorded, refused]).toEqual([mode === "EACH" ? 2 : 0, 1]);
  expect(results.map(({ outcome, claim }) => [outcome, claim])).toEqual([
    [kept, null],
    ["REFUSED", null],
    [kept, null],
  ]);
  expect(await recorder.counts()).toEqual(before);
});

test("EACH: a new record that is wrong is wrong for all rows that bring it along", async () => {
  const bad = { create: { ...anActor(), countryCode: "UK" } };
  const list = claims(4).map<Input>((claim, at) => (at === 1 ? claim : { ...claim, assertedBy: bad }));
  const place = (at: number) => [`INVALID input.claims.${at}.assertedBy.create.countryCode`];
  expect(shown(await batch({ mode: "EACH", claims: list })).problems).toEqual([
    place(0),
    [],
    place(2),
    place(3),
  ]);
});

test("the other kinds are recorded in the same form", async () => {
  const slugs = [newSlug("part"), newSlug("whole")];
  const events = [
    { ...anEvent(), slug: slugs[0], partOf: { slug: slugs[1] } },
    { ...anEvent(), slug: slugs[1] },
    { ...anEvent(), title: " " },
  ];
  const answer = await recorder.run(
    "createEvents",
    { events, mode: "EACH" },
    "recorded refused results { event { slug partOf { slug } } errors { path } }",
    "ANALYST",
  );
  expect(answer).toMatchObject({
    recorded: 2,
    refused: 1,
    results: [
      { event: { slug: slugs[0], partOf: { slug: slugs[1] } } },
      { event: { slug: slugs[1], partOf: null } },
      { event: null, errors: [{ path: ["input", "events", "2", "title"] }] },
    ],
  });
});

test("EACH goes on where it broke off", async () => {
  const actor = anActor();
  const list = claims(250).map<Input>((claim) => ({ ...claim, assertedBy: { create: actor } }));
  const input = { mode: "EACH", claims: list, idempotencyKey: newSlug("key") };
  // The database fails in the middle of the batch.
  await recorder.sql(
    "create function claim_breaks() returns trigger language plpgsql as $$ begin if new.statement = 'Claim 170.' then raise exception 'out of order' using errcode = 'XX000'; end if; return new; end $$",
  );
  await recorder.sql(
    "create trigger claim_breaks before insert on claim for each row execute function claim_breaks()",
  );
  const before = await recorder.counts();
  const failed = await recorder.failed("recordClaims", input, "ANALYST");
  expect(failed).toEqual(["INTERNAL_SERVER_ERROR: Internal server error"]);
  await recorder.sql("drop trigger claim_breaks on claim");
  const kept = (await recorder.counts()).claim! - before.claim!;
  // How many rows are recorded together depends on how long they take.
  expect(kept).toBeGreaterThan(0);
  expect(kept).toBeLessThanOrEqual(170);
  const { recorded, replayed, results } = await batch(input);
  expect([recorded, replayed]).toEqual([250 - kept, kept]);
  expect(results.map(({ claim }) => claim?.statement)).toEqual(list.map(({ statement }) => statement));
  const after = await recorder.counts();
  expect([after.claim! - before.claim!, after.actor! - before.actor!]).toEqual([250, 1]);
});

test("two equal batches at once are done once", async () => {
  const input = { mode: "EACH", claims: claims(120), idempotencyKey: newSlug("key") };
  const before = await recorder.counts();
  const [one, other] = await Promise.all([batch(input), batch(input)]);
  const ids = ({ results }: Answer) => results.map(({ claim }) => claim?.id);
  expect(ids(one)).toEqual(ids(other));
  expect(one.recorded + other.recorded).toBe(120);
  expect((await recorder.counts()).claim).toBe(before.claim! + 120);
});

test("analysts begin with drafts, in a batch as well", async () => {
  const [failure] = await recorder.failed(
    "recordClaims",
    { claims: [{ ...known, status: "PUBLISHED" }] },
    "ANALYST",
  );
  expect(failure).toMatch(/^FORBIDDEN: A new claim with the status PUBLISHED needs the role EDITOR/);
});

test("what an analyst may not do ends no batch whose rows stand for themselves", async () => {
  const rows = claims(3).map((row) => ({ ...row, externalIds: [{ scheme: "desk", value: newSlug("row") }] }));
  await batch({ claims: rows.slice(0, 1) }, "EDITOR");
  const list = rows.map((row, at) => ({ ...row, ...(at === 1 ? { status: "PUBLISHED" } : {}) }));
  const answer = await batch({
    mode: "EACH",
    onExisting: "UPDATE",
    claims: [...list, { ...known, language: "?" }],
  });
  expect(shown(answer)).toMatchObject({
    recorded: 1,
    problems: [
      ["FORBIDDEN input.claims.0"],
      ["FORBIDDEN input.claims.1"],
      [],
      ["INVALID input.claims.3.language"],
    ],
    errors: [],
  });
});

test("an update moves no claim to another state of review", async () => {
  const row = { ...known, externalIds: [{ scheme: "desk", value: newSlug("row") }] };
  const send = (status?: string) =>
    batch({ mode: "EACH", onExisting: "UPDATE", claims: [{ ...row, ...(status && { status }) }] }, "EDITOR");
  expect((await send("PUBLISHED")).recorded).toBe(1);
  expect((await send("PUBLISHED")).unchanged).toBe(1);
  expect((await send()).unchanged).toBe(1);
  expect(shown(await send("DRAFT")).problems).toEqual([["INVALID input.claims.0.status"]]);
});

describe("a row that does not fit its type", () => {
  const odd = (claim: Input, at: number): Input =>
    [
      { ...claim, assertedAt: "some day", credibility: 7 },
      { ...claim, act: "SHOUT", figure: { best: "many", approximator: "EXACT" }, language: "english" },
      { ...claim, events: "Kyiv", colour: "red" },
      {
        ...claim,
        statement: undefined,
        citations: [{ source: { slug: 1 } }, { source: { slug: "nowhere" } }],
      },
      claim,
    ][at] as Input;
  const WRONG = [
    ["INVALID assertedAt", "INVALID credibility"],
    ["INVALID act", "INVALID figure.best", "INVALID language"],
    ["INVALID colour", "INVALID events.0"],
    ["INVALID citations.0.source.slug", "INVALID statement", "NOT_FOUND citations.1.source.slug"],
    [],
  ];
  const problems = ({ results }: Answer) =>
    results.map(({ errors }) => errors.map(({ code, path }) => `${code} ${path.slice(3).join(".")}`).sort());

  test("fails alone, with all that is wrong with it", async () => {
    const answer = await batch({ mode: "EACH", claims: claims(5).map(odd) });
    expect(problems(answer)).toEqual(WRONG);
    expect([answer.recorded, answer.refused]).toEqual([1, 4]);
  });

  test("keeps a whole batch out, as any other", async () => {
    const answer = await batch({ claims: claims(5).map(odd) });
    expect(problems(answer)).toEqual(WRONG);
    expect(answer.recorded).toBe(0);
  });

  test("or in a variable of its own", async () => {
    const { data } = await recorder.app.as("ANALYST")(
      "mutation ($rows: [ClaimRowInput]!) { recordClaims(input: { claims: $rows, mode: EACH }) { recorded refused results { errors { message } } } }",
      { rows: [null, { ...claims(1)[0], act: "SHOUT" }, claims(1)[0]] },
    );
    expect(data?.recordClaims).toMatchObject({
      recorded: 1,
      refused: 2,
      results: [
        {},
        { errors: [{ message: expect.stringMatching(/^"SHOUT": write one of ASSERT, /) }] },
        { errors: [] },
      ],
    });
  });
});
