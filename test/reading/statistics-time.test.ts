import type { Ask } from "../support/app.js";
import { Counted } from "./counted.js";

let counted: Counted;
let reader: Ask;

beforeAll(async () => {
  counted = await Counted.start();
  reader = counted.reader;
});
afterAll(() => counted.stop());

const stats: Counted["stats"] = (...asked) => counted.stats(...asked);

describe("time", () => {
  test.each<[string, string, string]>([
    ["DAY", "day", "2024-01-01 1 1, 2024-06-01 2 1, 2024-06-03 1 0, - 2 2"],
    ["WEEK", "week", "2024-01-01 1 1, 2024-05-27 2 1, 2024-06-03 1 0, - 2 2"],
    ["MONTH", "month", "2024-01-01 1 1, 2024-06-01 3 1, - 2 2"],
    ["YEAR", "year", "2024-01-01 4 0, - 2 2"],
  ])("by %s, the earliest first, what has no beginning last", async (unit, field, expected) => {
    expect(await stats("claims", `by: ${unit}`, `${field} count vague`)).toEqual(expected);
  });

  test.each<[string, string, string]>([
    ["2023-12-31", "WEEK", "2023-12-25 1 0"],
    ["2024-01-01", "WEEK", "2024-01-01 1 0"],
    ["2025-01-01", "WEEK", "2024-12-30 1 0"],
    ["2025-01-01/2025-01-05", "WEEK", "2024-12-30 1 0"],
    ["2025-01-01/2025-01-06", "WEEK", "2024-12-30 1 1"],
    // The first of July in UTC.
    ["2024-06-30T23:00:00-02:00", "MONTH", "2024-06-01 1 0"],
    ["2024-06-30T23:00:00-02:00", "DAY", "2024-06-30 1 0"],
    ["2025-01-01T00:30:00+01:00", "YEAR", "2025-01-01 1 0"],
    ["2024-06-30T23:00:00-02:00/2024-06-30T23:30:00-02:00", "DAY", "2024-06-30 1 0"],
    ["2024-06-30T23:00:00-02:00/2024-07-01T00:30:00-02:00", "MONTH", "2024-06-01 1 1"],
    ["2024-06-XX", "MONTH", "2024-06-01 1 0"],
    ["2024-06-XX", "DAY", "2024-06-01 1 1"],
    ["2024-06-01/2024-06-30", "MONTH", "2024-06-01 1 0"],
    ["2024-05/2024-07", "MONTH", "2024-05-01 1 1"],
    ["2024-05/2024-07", "YEAR", "2024-01-01 1 0"],
    ["2023-24", "YEAR", "2023-01-01 1 1"],
    ["2024~", "YEAR", "2024-01-01 1 0"],
    ["2024?", "YEAR", "2024-01-01 1 0"],
    ["199X", "YEAR", "1990-01-01 1 1"],
    ["19XX", "YEAR", "1900-01-01 1 1"],
    ["2024/..", "YEAR", "2024-01-01 1 1"],
    ["9998/..", "YEAR", "9998-01-01 1 1"],
    ["9999", "YEAR", "9999-01-01 1 0"],
    ["0002", "YEAR", "0002-01-01 1 0"],
    // The first of all days stands for an open start, also where it was written.
    ["0001-01-01/0001-01-02", "MONTH", "- 1 1"],
    ["../2024", "YEAR", "- 1 1"],
    ["/2024", "YEAR", "- 1 1"],
  ])(
    "an event of %s by %s: its bucket, and whether it may belong elsewhere, are %s",
    async (occurred, unit, expected) => {
      const event = await counted.recorder.event({ occurred });
      const found = await stats(
        `events(where: { id: { eq: "${event.id}" } })`,
        `by: ${unit}`,
        `${unit.toLowerCase()} count vague`,
      );
      expect(found).toBe(expected);
      await counted.discard("Event", event);
    },
  );

  test("by two units, a row is vague that is so in any of them", async () => {
    expect(await stats("claims", "by: [YEAR, MONTH]", "year month count vague")).toEqual(
      "2024-01-01 2024-01-01 1 1, 2024-01-01 2024-06-01 3 1, - - 2 2",
    );
  });

  test("with something else, the time orders as the first or as the second one that was named", async () => {
    expect(await stats("claims", "by: [MONTH, STANCE]", "month stance count vague")).toEqual(
      "2024-01-01 NEUTRAL 1 1, 2024-06-01 AFFIRMS 2 1, 2024-06-01 REJECTS 1 0, - NEUTRAL 1 1, - REJECTS 1 1",
    );
    expect(await stats("claims", "by: [STANCE, MONTH]", "stance month count")).toEqual(
      "AFFIRMS 2024-06-01 2, NEUTRAL 2024-01-01 1, NEUTRAL - 1, REJECTS 2024-06-01 1, REJECTS - 1",
    );
  });
});

describe("fill", () => {
  const EMPTY = ["02", "03", "04", "05"].map((month) => `2024-${month}-01 0`);

  test("adds the empty periods between the first and the last one", async () => {
    const counts = "count actorCount sourceCount vague";
    expect(await stats("claims", "by: MONTH, fill: true", `month ${counts}`)).toBe(
      [
        "2024-01-01 1 1 2 1",
        ...EMPTY.map((month) => `${month} 0 0 0`),
        "2024-06-01 3 2 3 1",
        "- 2 1 2 2",
      ].join(", "),
    );
    expect(await stats("claims", "by: MONTH, fill: false", "month")).toBe("2024-01-01, 2024-06-01, -");
    expect(await stats("claims", "by: YEAR, fill: true", "year count")).toBe("2024-01-01 4, - 2");
    const days = await stats("claims", "by: DAY, fill: true, first: 200", "day");
    expect(days.split(", ")).toHaveLength(155 + 1);
    const weeks = await stats("claims", "by: WEEK, fill: true", "week count");
    expect(weeks.split(", ")).toHaveLength(23 + 1);
    expect(weeks).toMatch(/^2024-01-01 1, 2024-01-08 0, .*, 2024-05-27 2, 2024-06-03 1, - 2$/);
  });

  test("for each value of the second dimension, but without time not once more", async () => {
    const filled = await stats("claims", "by: [MONTH, STANCE], fill: true", "month stance count");
    const months = ["01", "02", "03", "04", "05", "06"].map((month) => `2024-${month}-01`);
    const counts: Record<string, number> = {
      "2024-01-01 NEUTRAL": 1,
      "2024-06-01 AFFIRMS": 2,
      "2024-06-01 REJECTS": 1,
    };
    const dated = months
      .flatMap((month) => ["AFFIRMS", "NEUTRAL", "REJECTS"].map((stance) => `${month} ${stance}`))
      .map((key) => `${key} ${counts[key] ?? 0}`);
    expect(filled).toBe([...dated, "- NEUTRAL 1", "- REJECTS 1"].join(", "));
  });

  test("comes before order and first", async () => {
    expect(await stats("claims", "by: MONTH, fill: true, first: 3", "month count")).toEqual(
      "2024-01-01 1, 2024-02-01 0, 2024-03-01 0",
    );
    const largest = "by: MONTH, fill: true, orderBy: { field: COUNT, direction: DESC }";
    expect(await stats("claims", largest, "month count")).toBe(
      ["2024-06-01 3", "- 2", "2024-01-01 1", ...EMPTY].join(", "),
    );
  });

  test("of a list without any time, or without rows, adds nothing", async () => {
    const undated = "claims(where: { assertedAt: null })";
    expect(await stats(undated, "by: MONTH, fill: true", "month count")).toBe("- 1");
    const none = "claims(where: { act: { eq: RETRACT } })";
    expect(await stats(none, "by: MONTH, fill: true", "month count")).toBe("");
  });

  test("goes to what this viewer sees last", async () => {
    const last = async (ask: Ask) => {
      const months = await stats("claims", "by: MONTH, fill: true", "month", ask);
      return months.split(", ").at(-2);
    };
    expect(await last(reader)).toBe("2024-06-01");
    expect(await last(counted.analyst)).toBe("2024-09-01");
  });

  test("of more than 1,000 periods is refused, of 1,000 not", async () => {
    const first = await counted.recorder.event({ occurred: "2021-01-01" });
    const last = await counted.recorder.event({ occurred: "2023-09-27" });
    const list = `events(where: { id: { in: ["${first.id}", "${last.id}"] } })`;
    const days = (await stats(list, "by: DAY, fill: true, first: 1000", "day count")).split(", ");
    expect(days).toHaveLength(1000);
    expect([days[0], days[1], days[999]]).toEqual(["2021-01-01 1", "2021-01-02 0", "2023-09-27 1"]);
    await counted.recorder.done("updateEvent", {
      id: last.id,
      expectedVersion: 1,
      event: { occurred: "2023-09-30" },
    });
    for (const more of ["", ", first: 1", ", orderBy: { field: COUNT, direction: DESC }"]) {
      const answer = await reader(`{ ${list} { stats(by: DAY, fill: true${more}) { buckets { count } } } }`);
      expect(answer.data).toBeNull();
      expect(answer.errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
      expect(answer.errors![0]!.message).toMatch(/1,?000/);
    }
    const weeks = await stats(list, "by: WEEK, fill: true, first: 1000", "week");
    const { errors } = await reader(
      `{ ${list} { stats(by: [WEEK, TYPE], fill: true) { buckets { count } } } }`,
    );
    expect(errors).toBeUndefined();
    expect(weeks.split(", ")).toHaveLength(144);
    await counted.discard("Event", first, last);
  });
});
