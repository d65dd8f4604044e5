import { aClaim, anActor, newSlug, type Payload, Recorder } from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

const record = (input: object, role: "ANALYST" | "EDITOR" = "EDITOR") =>
  recorder.run("recordClaim", { ...input }, "claim { id version statement }", role);
const codes = ({ errors }: Payload) => errors.map(({ code, path }) => `${code} ${path.join(".")}`);

test("a repeat gets the first answer, and changes nothing", async () => {
  const input = { claim: aClaim(), idempotencyKey: newSlug("key") };
  const first = await record(input);
  expect(first.claim).toBeTruthy();
  const before = await recorder.counts();
  expect(await record(input)).toEqual(first);
  expect(await recorder.counts()).toEqual(before);
});

test("of several at once, one does it, and all get its answer", async () => {
  const input = { claim: aClaim(), idempotencyKey: newSlug("key") };
  const before = await recorder.counts();
  const answers = await Promise.all(Array.from({ length: 5 }, () => record(input)));
  expect(answers).toEqual(Array(5).fill(answers[0]));
  expect(answers[0]?.claim).toBeTruthy();
  expect((await recorder.counts()).claim).toBe(before.claim! + 1);
});

test("what was refused may be mended under the same key", async () => {
  const idempotencyKey = newSlug("key");
  const claim = aClaim();
  expect(codes(await record({ claim: { ...claim, statement: "" }, idempotencyKey }))).toEqual([
    "INVALID input.claim.statement",
  ]);
  expect((await record({ claim, idempotencyKey })).claim).toBeTruthy();
});

test("a key stands for one request of one author", async () => {
  const idempotencyKey = newSlug("key");
  const claim = aClaim();
  await record({ claim, idempotencyKey });
  const reused = ["IDEMPOTENCY_KEY_REUSED input.idempotencyKey"];
  expect(codes(await record({ claim: { ...claim, statement: "Other." }, idempotencyKey }))).toEqual(reused);
  expect(codes(await record({ claim, idempotencyKey, reason: "Other." }))).toEqual(reused);
  expect(codes(await recorder.run("createActor", { actor: anActor(), idempotencyKey }))).toEqual(reused);
  expect((await record({ claim: aClaim(), idempotencyKey }, "ANALYST")).claim).toBeTruthy();
});

test("a key cannot be blank or longer than 200 characters", async () => {
  for (const idempotencyKey of ["", "k".repeat(201)]) {
    expect(codes(await record({ claim: aClaim(), idempotencyKey }))).toEqual([
      "INVALID input.idempotencyKey",
    ]);
  }
});

test("the answer stays when what was recorded has been deleted since", async () => {
  const input = { claim: aClaim(), idempotencyKey: newSlug("key") };
  const { claim } = await record(input);
  await recorder.run("deleteClaim", { id: claim?.id, cascade: true });
  expect(await record(input)).toEqual({ claim: null, errors: [] });
});
