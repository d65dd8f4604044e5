import { claimRecord } from "../../src/claim/claim.record.js";
import { STEPS } from "../../src/claim/review.js";
import { aClaim, type Entity, Recorder } from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

const STATES = ["DRAFT", "IN_REVIEW", "PUBLISHED", "RETRACTED", "REJECTED"] as const;

/** The steps that there are to be, written down once more. */
const ALLOWED = new Set([
  "submit DRAFT IN_REVIEW",
  "withdraw IN_REVIEW DRAFT",
  "publish DRAFT PUBLISHED",
  "publish IN_REVIEW PUBLISHED",
  "publish RETRACTED PUBLISHED",
  "reject DRAFT REJECTED",
  "reject IN_REVIEW REJECTED",
  "reopen REJECTED DRAFT",
  "retract PUBLISHED RETRACTED",
]);
const VERBS = ["submit", "withdraw", "publish", "reject", "reopen", "retract"];

test("the steps are those of the page on recording", () => {
  const steps = STEPS.flatMap(({ verb, from, to }) => from.map((state) => `${verb} ${state} ${to}`));
  expect(new Set(steps)).toEqual(ALLOWED);
});

test("no step hides from readers what they see: their view of the past relies on it", () => {
  const { readable } = claimRecord;
  const hiding = STEPS.filter(
    ({ from, to }) => from.some((status) => readable?.({ status })) && !readable?.({ status: to }),
  );
  expect(readable?.({ status: "PUBLISHED" })).toBe(true);
  expect(hiding).toEqual([]);
});

test.each(VERBS.flatMap((verb) => STATES.map((from) => [verb, from] as const)))(
  "%s a claim that is %s",
  async (verb, from) => {
    const claim = await recorder.claim({ status: from });
    const [, , to] = [...ALLOWED].find((step) => step.startsWith(`${verb} ${from} `))?.split(" ") ?? [];
    if (to) {
      const moved = await recorder.done(
        `${verb}Claim`,
        { id: claim.id, expectedVersion: 1, reason: "So." },
        "status",
      );
      expect(moved).toMatchObject({ status: to, version: 2 });
      expect((await recorder.revisions(claim.id))[1]).toMatchObject({
        reason: "So.",
        patch: [{ op: "replace", path: "/status", value: to }],
        inverse: [{ op: "replace", path: "/status", value: from }],
        public: to === "PUBLISHED" || to === "RETRACTED",
      });
    } else {
      const takes = [...ALLOWED]
        .filter((step) => step.startsWith(`${verb} `))
        .map((step) => step.split(" ")[1]);
      const onwards = [...ALLOWED]
        .filter((step) => step.split(" ")[1] === from)
        .map((step) => `${step.split(" ")[0]}Claim`);
      expect(await recorder.refused(`${verb}Claim`, { id: claim.id })).toEqual([
        `TRANSITION_NOT_ALLOWED input.id: The claim is ${from}; ${verb}Claim takes one that is ${takes.join(" or ")}. From there lead ${onwards.join(", ")}.`,
      ]);
    }
  },
);

test("a step is refused of what has changed since, and of what is not there", async () => {
  const claim = await recorder.claim();
  await recorder.done("updateClaim", { id: claim.id, expectedVersion: 1, claim: { rank: "PREFERRED" } });
  expect(await recorder.refused("publishClaim", { id: claim.id, expectedVersion: 1 })).toEqual([
    expect.stringMatching(/^CONFLICT input\.expectedVersion: .*differs in rank/),
  ]);
  expect(await recorder.refused("publishClaim", { id: "claim_01jt3v8x1zfkq9m2d4n6p8r0sw" })).toEqual([
    expect.stringMatching(/^NOT_FOUND input\.id/),
  ]);
});

describe("analysts", () => {
  const FORBIDDEN = [expect.stringMatching(/^FORBIDDEN: /)];
  const attempts = ({ id, version }: Entity) =>
    [
      ["updateClaim", { id, expectedVersion: version, claim: { rank: "DEPRECATED" } }],
      ["deleteClaim", { id, cascade: true }],
    ] as const;

  test("edit, submit, withdraw and delete drafts of their own", async () => {
    const { id } = await recorder.claim({}, "ANALYST");
    await recorder.done(
      "updateClaim",
      { id, expectedVersion: 1, claim: { rank: "PREFERRED" } },
      "",
      "ANALYST",
    );
    await recorder.done("submitClaim", { id }, "", "ANALYST");
    await recorder.done("withdrawClaim", { id }, "", "ANALYST");
    const { errors } = await recorder.run("deleteClaim", { id, cascade: true }, "", "ANALYST");
    expect(errors).toEqual([]);
  });

  test("nothing of others, and nothing of their own that is no draft any more", async () => {
    const others = await recorder.claim();
    const own = await recorder.claim({ status: "IN_REVIEW" }, "ANALYST");
    for (const claim of [others, own]) {
      for (const [name, input] of attempts(claim))
        expect(await recorder.failed(name, input, "ANALYST")).toEqual(FORBIDDEN);
    }
    expect(await recorder.failed("submitClaim", { id: others.id }, "ANALYST")).toEqual(FORBIDDEN);
    const submitted = await recorder.claim({ status: "IN_REVIEW" });
    expect(await recorder.failed("withdrawClaim", { id: submitted.id }, "ANALYST")).toEqual(FORBIDDEN);
    await recorder.done("publishClaim", { id: own.id });
    for (const [name, input] of attempts(own))
      expect(await recorder.failed(name, input, "ANALYST")).toEqual(FORBIDDEN);
  });

  test.each(["PUBLISHED", "RETRACTED", "REJECTED"])("do not begin with %s", async (status) => {
    const before = await recorder.counts();
    expect(await recorder.failed("recordClaim", { claim: { ...aClaim(), status } }, "ANALYST")).toEqual(
      FORBIDDEN,
    );
    expect(await recorder.counts()).toEqual(before);
  });

  test.each(["publish", "reject", "reopen", "retract"])("do not %s", async (verb) => {
    const { id } = await recorder.claim({}, "ANALYST");
    expect(await recorder.failed(`${verb}Claim`, { id }, "ANALYST")).toEqual(FORBIDDEN);
  });
});

describe("several claims take a step together", () => {
  const RESULTS = "changed results { claim { status } errors { code path } }";
  const drafts = async (count: number) => {
    const claims: Entity[] = [];
    for (let made = 0; made < count; made++) claims.push(await recorder.claim());
    return claims.map(({ id }) => id);
  };

  test("all of them or none", async () => {
    const ids = await drafts(3);
    expect(await recorder.run("publishClaims", { ids }, RESULTS)).toMatchObject({
      changed: 3,
      errors: [],
      results: ids.map(() => ({ claim: { status: "PUBLISHED" }, errors: [] })),
    });
    const [one] = await drafts(1);
    const { changed, errors } = await recorder.run("publishClaims", { ids: [one, ...ids] }, RESULTS);
    expect(changed).toBe(0);
    expect(errors.map(({ code, path }) => `${code} ${path.join(".")}`)).toEqual(
      [1, 2, 3].map((at) => `TRANSITION_NOT_ALLOWED input.ids.${at}`),
    );
  });

  test("or each for itself", async () => {
    const ids = await drafts(2);
    const input = { ids: [ids[0], "nobody", ids[1], ids[1]], mode: "EACH" };
    expect(await recorder.run("rejectClaims", input, RESULTS)).toMatchObject({
      changed: 2,
      errors: [],
      results: [
        { claim: { status: "REJECTED" }, errors: [] },
        { claim: null, errors: [{ code: "INVALID", path: ["input", "ids", "1"] }] },
        { claim: { status: "REJECTED" }, errors: [] },
        { claim: null, errors: [{ code: "TAKEN", path: ["input", "ids", "3"] }] },
      ],
    });
  });

  test("of others, an analyst moves none", async () => {
    const ids = await drafts(1);
    expect(await recorder.failed("submitClaims", { ids }, "ANALYST")).toEqual([
      expect.stringMatching(/^FORBIDDEN/),
    ]);
  });
});
