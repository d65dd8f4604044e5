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
  errors: Problem[];
  results: { claim: { id: string; statement: string } | null; errors: Problem[] }[];
}

const batch = async (input: Input, role: "ANALYST" | "EDITOR" = "ANALYST"): Promise<Answer> =>
  (await recorder.run(
    "recordClaims",
    input,
    "recorded results { claim { id statement } errors { code message path } }",
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
    problems: [[], ["INVALID input"], []],
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
    expect(shown(await batch({ mode, claims: [differing] })).problems).toEqual([
      ["TAKEN input.claims.0.assertedBy.create.slug"],
    ]);
  },
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
  expect(await batch(input)).toEqual(first);
  expect(await recorder.counts()).toEqual(before);
  const other = shown(
    await batch({ ...input, claims: claims(5).map((claim) => ({ ...claim, credibility: 1 })) }),
  );
  expect(other.recorded).toBe(mode === "EACH" ? 1 : 0);
  expect(mode === "EACH" ? other.problems[0] : other.errors).toEqual([
    "IDEMPOTENCY_KEY_REUSED input.idempotencyKey",
  ]);
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
  expect((await recorder.counts()).claim).toBe(before.claim! + 100);
  const { recorded, results } = await batch(input);
  expect(recorded).toBe(250);
  expect(results.map(({ claim }) => claim?.statement)).toEqual(list.map(({ statement }) => statement));
  const after = await recorder.counts();
  expect([after.claim! - before.claim!, after.actor! - before.actor!]).toEqual([250, 1]);
});

test("two equal batches at once are done once", async () => {
  const input = { mode: "EACH", claims: claims(120), idempotencyKey: newSlug("key") };
  const before = await recorder.counts();
  const [one, other] = await Promise.all([batch(input), batch(input)]);
  expect(one).toEqual(other);
  expect(one?.recorded).toBe(120);
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
