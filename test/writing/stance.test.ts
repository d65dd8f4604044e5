import { aClaim, aProposition, type Input, Recorder } from "./recorder.js";

let recorder: Recorder;
let proposition: Input;
beforeAll(async () => {
  recorder = await Recorder.start();
  proposition = {
    id: (await recorder.proposition({ ...aProposition(), kind: "QUANTITY", measure: "KILLED" })).id,
  };
});
afterAll(() => recorder.stop());

const saying = (said: Input) => ({ claim: { ...aClaim(), stance: undefined, ...said } });
const record = async (said: Input) => recorder.done("recordClaim", saying(said), "stance act");

describe("the stance follows from the act", () => {
  const FOLLOWING = {
    ASSERT: "AFFIRMS",
    CONFIRM: "AFFIRMS",
    ADMIT: "AFFIRMS",
    ACCUSE: "AFFIRMS",
    ESTIMATE: "AFFIRMS",
    DENY: "REJECTS",
    DECLINE_COMMENT: "NEUTRAL",
    NO_STATEMENT: "NEUTRAL",
    RETRACT: "NEUTRAL",
  };
  test.each(Object.entries(FOLLOWING))("of %s about a proposition: %s", async (act, stance) => {
    expect((await record({ act, proposition })).stance).toBe(stance);
    expect((await record({ act })).stance).toBe("NEUTRAL");
  });

  test("unless it is given", async () => {
    expect((await record({ act: "ASSERT", proposition, stance: "NEUTRAL" })).stance).toBe("NEUTRAL");
    expect((await record({ act: "DENY", proposition, stance: "AFFIRMS" })).stance).toBe("AFFIRMS");
  });

  test("of CORRECT it must be given", async () => {
    expect(await recorder.refused("recordClaim", saying({ act: "CORRECT", proposition }))).toEqual([
      expect.stringMatching(/^INVALID input\.claim\.stance: .*write AFFIRMS or REJECTS/),
    ]);
    expect((await record({ act: "CORRECT", proposition, stance: "REJECTS" })).stance).toBe("REJECTS");
    expect((await record({ act: "CORRECT" })).stance).toBe("NEUTRAL");
  });

  test("and changes with it", async () => {
    const change = (claim: { id: string; version: number }, said: Input) =>
      recorder.done("updateClaim", { id: claim.id, expectedVersion: claim.version, claim: said }, "stance");
    const without = await record({ act: "ASSERT" });
    const about = await change(without, { proposition });
    expect(about.stance).toBe("AFFIRMS");
    const denied = await change(about, { act: "DENY" });
    expect(denied.stance).toBe("REJECTS");
    const given = await change(denied, { stance: "NEUTRAL" });
    expect((await change(given, { act: "ASSERT" })).stance).toBe("NEUTRAL");
  });
});

describe("contradictions are refused, all of them at once", () => {
  const figure = { best: 12, approximator: "EXACT" };
  test.each(["NO_STATEMENT", "DECLINE_COMMENT"])("%s takes no stance and gives no figure", async (act) => {
    const said = saying({ act, proposition, stance: "AFFIRMS", figure });
    expect(await recorder.refused("recordClaim", said)).toEqual([
      expect.stringMatching(/^INVALID input\.claim\.figure: .*is a silence, which gives no figure/),
      expect.stringMatching(/^INVALID input\.claim\.stance: .*is a silence, which takes no stance/),
    ]);
  });

  test("RETRACT takes no stance", async () => {
    expect(
      await recorder.refused("recordClaim", saying({ act: "RETRACT", proposition, stance: "REJECTS" })),
    ).toEqual([expect.stringMatching(/^INVALID input\.claim\.stance: .*takes no stance itself/)]);
  });

  test.each([
    [{ high: 5, approximator: "AT_LEAST" }, /AT_LEAST leaves no number/],
    [{ low: 5, approximator: "AT_MOST" }, /AT_MOST leaves no number/],
  ])("%j leaves no number", async (figure, message) => {
    const said = saying({ act: "ESTIMATE", proposition, figure });
    expect(await recorder.refused("recordClaim", said)).toEqual([expect.stringMatching(message)]);
  });

  test("an act that becomes a silence leaves its figure behind", async () => {
    const { id, version } = await record({ act: "ESTIMATE", proposition, figure });
    const claim = { act: "NO_STATEMENT" };
    expect(await recorder.refused("updateClaim", { id, expectedVersion: version, claim })).toEqual([
      expect.stringMatching(/^INVALID input\.claim\.figure: /),
    ]);
    const mended = { claim: { ...claim, figure: null } };
    expect(
      (await recorder.done("updateClaim", { id, expectedVersion: version, ...mended }, "stance")).stance,
    ).toBe("NEUTRAL");
  });
});
