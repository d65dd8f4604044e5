import { Random } from "../reading/random.js";
import { expectedAnswer } from "./answers.js";
import { CASES, inWordsOfCase, PROPOSITION, worldOf } from "./cases.js";
import { disputeOf, PlainWorld } from "./reference.js";
import { makeWorld } from "./worlds.js";

test.each(CASES)("the reference: $name", (worked) => {
  const world = new PlainWorld(worldOf(worked));
  for (const { on = null, dates = "POSSIBLY", ...expected } of worked.expect) {
    const dispute = disputeOf(world, PROPOSITION, { on, dates });
    const sides = dispute.sides.map(({ actor, stance, divided }) => ({ name: actor, stance, divided }));
    const { origins, ...said } = inWordsOfCase({ ...dispute, sides });
    const wanted = { ...expected, conflicts: [...expected.conflicts].sort() };
    expect({ on, dates, ...(expected.origins !== undefined && { origins }), ...said }).toEqual({
      on,
      dates,
      ...wanted,
    });
  }
});

test("the worlds that are made reach every answer", () => {
  const reached = new Set<string>();
  for (let seed = 1; seed <= 250; seed++) {
    const rows = makeWorld(new Random(seed), `w${seed}`);
    const world = new PlainWorld(rows);
    for (const { id } of rows.propositions) {
      for (const say of wordsOf(expectedAnswer(world, id, ["2024-02-10"]))) reached.add(say);
    }
  }
  const words = {
    status: [
      "NO_POSITION",
      "SINGLE_SOURCED",
      "CORROBORATED",
      "CONTESTED",
      "CONCEDED",
      "NOT_COMPARABLE",
      "RETRACTED",
    ],
    stance: ["AFFIRMS", "REJECTS", "SILENT", "WITHDRAWN", "NEUTRAL"],
    kind: ["STANCE", "FIGURE", "RELATION"],
    standing: ["CURRENT", "EARLIER", "SUPERSEDED", "STRUCK", "DEPRECATED", "RETRACTED", "NOT_COUNTED"],
    divided: [true, false],
    orderCertain: [true, false],
    current: [true, false],
  };
  const missing = Object.entries(words).flatMap(([name, values]) =>
    values.map((value) => `${name} ${value}`).filter((word) => !reached.has(word)),
  );
  expect(missing).toEqual([]);
});

/** Every word that an answer says under a name. */
function wordsOf(value: unknown, name = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => wordsOf(item, name));
  if (value === null || typeof value !== "object") return [`${name} ${value}`];
  return Object.entries(value).flatMap(([key, item]) => wordsOf(item, key));
}
