import { Random } from "../reading/random.js";
import { expectedAnswer } from "./answers.js";
import type { Case } from "./cases.js";
import { CASES, inWordsOfCase, PROPOSITION, worldOf } from "./cases.js";
import { decimal } from "./decimals.js";
import { intervalOf } from "./figures.js";
import { inOrder } from "./order.js";
import type { Claim, Figure } from "./plain-world.js";
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

const said = (id: string, assertedAt: string | null, ...supersedes: string[]): Claim => ({
  ...(worldOf(CASES[0] as Case).claims[0] as Claim),
  ...{ id, assertedAt, recordedAt: "2026-01-01T00:00:00.000Z" },
  relations: supersedes.map((to) => ({ type: "SUPERSEDES", to })),
});

test.each<[string, Claim[], string]>([
  [
    "dates, then instants, then ids; without a date first",
    [
      said("f", "2024-01/2024-02"),
      said("e", "2024-01-01T09:00:00Z"),
      said("d", "2024-01-01T08:00:00Z"),
      said("c", "2024-01-01"),
      said("b", "../2024-03"),
      said("a", null),
      said("a2", null),
    ],
    "a a2 b c d e f",
  ],
  [
    "instants share the places in which they were recorded",
    [
      said("a", "2024-01-10T15:30Z"),
      said("b", "2024-01-10"),
      said("c", "2024-01-10T09:00:00Z"),
      said("d", "2024-01-10"),
    ],
    "c b a d",
  ],
  [
    "who supersedes a later claim comes directly behind it",
    [said("a", "2024-01"), said("b", "2024-02", "c"), said("c", "2024-03"), said("d", "2024-04")],
    "a c b d",
  ],
  [
    "behind one claim the dates decide, and each is followed by its own",
    [
      said("a", null, "d"),
      said("b", "2024-02", "c"),
      said("c", "2024-03", "d"),
      said("d", "2024-04"),
      said("e", "2024-05", "d"),
    ],
    "d a c b e",
  ],
  [
    "who supersedes what was put behind a later claim comes behind that too",
    [said("a", "2024-01", "c"), said("b", "2024-02", "a"), said("c", "2024-03"), said("d", "2024-04")],
    "c a b d",
  ],
])("the order of claims: %s", (_what, claims, expected) => {
  const ids = inOrder([...claims].reverse()).map(({ id }) => id);
  expect(ids.join(" ")).toBe(expected);
});

test.each<[Partial<Figure>, number | null, number | null]>([
  [{ best: 0.1, approximator: "ABOUT" }, 0.09, 0.11],
  [{ low: -100, high: 0.3, approximator: "ABOUT" }, -110, 0.33],
  [{ low: 5, best: 6 }, 5, null],
  [{ low: 5, best: 6, high: 7, approximator: "AT_LEAST" }, 5, null],
  [{ best: 1e15, approximator: "AT_MOST" }, null, 1e15],
])("the interval of %j", (given, low, high) => {
  const figure: Figure = {
    low: null,
    best: null,
    high: null,
    approximator: "EXACT",
    additional: false,
    asOf: null,
    ...given,
  };
  const end = (number: number | null) => (number === null ? null : decimal(number));
  expect(intervalOf(figure)).toEqual({ low: end(low), high: end(high) });
});

/** Every word that an answer says under a name. */
function wordsOf(value: unknown, name = ""): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => wordsOf(item, name));
  if (value === null || typeof value !== "object") return [`${name} ${value}`];
  return Object.entries(value).flatMap(([key, item]) => wordsOf(item, key));
}
