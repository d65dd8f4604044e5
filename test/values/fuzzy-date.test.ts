import fc from "fast-check";
import {
  DatePrecision,
  dateBounds,
  FuzzyDateError,
  localBounds,
  OPEN_END,
  OPEN_START,
  parseFuzzyDate,
} from "../../src/values/fuzzy-date.js";

const { INSTANT, DAY, MONTH, SEASON, YEAR, DECADE, CENTURY, INTERVAL } = DatePrecision;

/** Expectations worked out by hand: text, first day, last day, precision, and the qualification. */
const READ: [string, string | null, string | null, DatePrecision, "" | "~" | "?" | "%"][] = [
  ["2024", "2024-01-01", "2024-12-31", YEAR, ""],
  ["0001", "0001-01-01", "0001-12-31", YEAR, ""],
  ["0099", "0099-01-01", "0099-12-31", YEAR, ""],
  ["9999", "9999-01-01", "9999-12-31", YEAR, ""],
  ["2025~", "2025-01-01", "2025-12-31", YEAR, "~"],
  ["2025?", "2025-01-01", "2025-12-31", YEAR, "?"],
  ["2025%", "2025-01-01", "2025-12-31", YEAR, "%"],
  ["2024-02", "2024-02-01", "2024-02-29", MONTH, ""],
  ["2023-02", "2023-02-01", "2023-02-28", MONTH, ""],
  ["1900-02", "1900-02-01", "1900-02-28", MONTH, ""],
  ["2000-02", "2000-02-01", "2000-02-29", MONTH, ""],
  ["2024-06?", "2024-06-01", "2024-06-30", MONTH, "?"],
  ["9999-12", "9999-12-01", "9999-12-31", MONTH, ""],
  ["2025-04-28", "2025-04-28", "2025-04-28", DAY, ""],
  ["2024-02-29", "2024-02-29", "2024-02-29", DAY, ""],
  ["2025-04-28~", "2025-04-28", "2025-04-28", DAY, "~"],
  ["2024-21", "2024-03-01", "2024-05-31", SEASON, ""],
  ["2024-22", "2024-06-01", "2024-08-31", SEASON, ""],
  ["2024-23", "2024-09-01", "2024-11-30", SEASON, ""],
  ["2024-24", "2024-12-01", "2025-02-28", SEASON, ""],
  ["2023-24", "2023-12-01", "2024-02-29", SEASON, ""],
  ["9999-24", "9999-12-01", "9999-12-31", SEASON, ""],
  ["202X", "2020-01-01", "2029-12-31", DECADE, ""],
  ["000X", "0001-01-01", "0009-12-31", DECADE, ""],
  ["19XX", "1900-01-01", "1999-12-31", CENTURY, ""],
  ["2024-XX", "2024-01-01", "2024-12-31", YEAR, ""],
  ["2024-XX-XX", "2024-01-01", "2024-12-31", YEAR, ""],
  ["2024-02-XX", "2024-02-01", "2024-02-29", MONTH, ""],
  ["2024-10/2024-12", "2024-10-01", "2024-12-31", INTERVAL, ""],
  ["2024/2024-06", "2024-01-01", "2024-06-30", INTERVAL, ""],
  ["2024-06/2024", "2024-06-01", "2024-12-31", INTERVAL, ""],
  ["2024-12-30/2025-01", "2024-12-30", "2025-01-31", INTERVAL, ""],
  ["2024-06-09/2024-06-09", "2024-06-09", "2024-06-09", INTERVAL, ""],
  ["2025-01~/2025-04", "2025-01-01", "2025-04-30", INTERVAL, "~"],
  ["2025-01/2025-04?", "2025-01-01", "2025-04-30", INTERVAL, "?"],
  ["2025-01~/2025-04?", "2025-01-01", "2025-04-30", INTERVAL, "%"],
  ["2024-10/..", "2024-10-01", null, INTERVAL, ""],
  ["2024-10/", "2024-10-01", null, INTERVAL, ""],
  ["../2024-10", null, "2024-10-31", INTERVAL, ""],
  ["/2024-10-05", null, "2024-10-05", INTERVAL, ""],
  ["2025-04-28T10:00:00Z", "2025-04-28", "2025-04-28", INSTANT, ""],
  ["2025-04-28T01:00:00+09:00", "2025-04-28", "2025-04-28", INSTANT, ""],
  ["2025-04-28T20:00:00-05:30", "2025-04-28", "2025-04-28", INSTANT, ""],
  ["2026-03-11T00:30+14:00", "2026-03-11", "2026-03-11", INSTANT, ""],
  ["2026-03-10T23:59:59.999-12:00", "2026-03-10", "2026-03-10", INSTANT, ""],
  ["2024-12-31T24:00:00Z", "2025-01-01", "2025-01-01", INSTANT, ""],
  ["2024-12-31T24:00:00+05:45", "2025-01-01", "2025-01-01", INSTANT, ""],
  ["2024-10-05T10:00:00Z/2024-10-07", "2024-10-05", "2024-10-07", INTERVAL, ""],
  ["2026-03-10T22:00:00Z/2026-03-11T00:30:00+01:00", "2026-03-10", "2026-03-11", INTERVAL, ""],
  ["2026-03-10T20:00:00-05:00/..", "2026-03-10", null, INTERVAL, ""],
  ["../2026-03-11T00:30:00+01:00", null, "2026-03-11", INTERVAL, ""],
  ["2025~/2026-03-11T00:30:00+01:00", "2025-01-01", "2026-03-11", INTERVAL, "~"],
];

test.each(READ)("%s lies from %s to %s", (edtf, earliest, latest, precision, mark) => {
  expect(parseFuzzyDate(edtf)).toMatchObject({
    edtf,
    earliest,
    latest,
    precision,
    approximate: mark === "~" || mark === "%",
    uncertain: mark === "?" || mark === "%",
  });
});

test.each([
  ["2025-04-28T10:00:00Z", "2025-04-28T10:00:00Z"],
  ["2025-04-28T10:00:00.120Z", "2025-04-28T10:00:00.12Z"],
  ["2025-04-28T10:00:00.000Z", "2025-04-28T10:00:00Z"],
  ["2025-04-28T10:00Z", "2025-04-28T10:00:00Z"],
  ["2026-03-11T00:30:00+01:00", "2026-03-10T23:30:00Z"],
  ["2024-12-31T24:00:00Z", "2025-01-01T00:00:00Z"],
  ["2025-04-28", null],
  ["2025-04-28T10:00:00Z/2025-04-28T11:00:00Z", null],
])("%s is the instant %s", (edtf, at) => expect(parseFuzzyDate(edtf).at).toBe(at));

test.each([
  ["2026-03-11T00:30:00+01", "2026-03-11T00:30:00+01:00"],
  ["2026-03-11T00:30:00+0100", "2026-03-11T00:30:00+01:00"],
  ["2026-03-11T00:30:00\u221203:30", "2026-03-11T00:30:00-03:30"],
  ["2026-03-11T00:30-09", "2026-03-11T00:30-09:00"],
  ["2026-03-11T00:30:00+00:00", "2026-03-11T00:30:00+00:00"],
  ["2026-03-11T00:30:00.120Z", "2026-03-11T00:30:00.120Z"],
  ["2026-03-10T22:00:00+0545/2026-03-11T00:30:00+01", "2026-03-10T22:00:00+05:45/2026-03-11T00:30:00+01:00"],
  ["2026-03-10/2026-03-11T00:30:00+01", "2026-03-10/2026-03-11T00:30:00+01:00"],
])("%s is kept as %s", (edtf, kept) => {
  expect(parseFuzzyDate(edtf).edtf).toBe(kept);
  expect(parseFuzzyDate(kept)).toEqual(parseFuzzyDate(edtf));
});

test.each([
  ["2026-03", "2026-03-01T00:00:00.000Z", "2026-03-31T23:59:59.999Z"],
  ["2026-03/..", "2026-03-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"],
  ["2026-03-11T00:30:00+01:00", "2026-03-11T00:30:00.000Z", "2026-03-11T00:30:00.999Z"],
  ["2026-03-10T20:00-05:00/2026-03-12", "2026-03-10T20:00:00.000Z", "2026-03-12T23:59:59.999Z"],
])("%s is bounded by %s and %s on the clocks of its places", (edtf, earliest, latest) => {
  const bounds = localBounds(edtf);
  expect(bounds.earliest.toISOString()).toBe(earliest);
  expect(bounds.latest.toISOString()).toBe(latest);
});

test.each([
  ["2024-02", "2024-02-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z"],
  ["2024-10/2024-12", "2024-10-01T00:00:00.000Z", "2024-12-31T23:59:59.999Z"],
  ["2024-10/..", "2024-10-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"],
  ["/2024-10", "0001-01-01T00:00:00.000Z", "2024-10-31T23:59:59.999Z"],
  ["0050", "0050-01-01T00:00:00.000Z", "0050-12-31T23:59:59.999Z"],
  ["2025-04-28T10:00Z", "2025-04-28T10:00:00.000Z", "2025-04-28T10:00:59.999Z"],
  ["2025-04-28T10:00:00+02:00", "2025-04-28T08:00:00.000Z", "2025-04-28T08:00:00.999Z"],
  ["2025-04-28T10:00:00.120Z", "2025-04-28T10:00:00.120Z", "2025-04-28T10:00:00.120Z"],
])("%s is bounded by %s and %s", (edtf, earliest, latest) => {
  const bounds = dateBounds(edtf);
  expect(bounds.earliest.toISOString()).toBe(earliest);
  expect(bounds.latest.toISOString()).toBe(latest);
});

test.each([
  ["", "it is empty"],
  ["2".repeat(65), "longer than 64"],
  ["last summer", "does not follow EDTF"],
  [" 2024", "does not follow EDTF"],
  ["2024-13", "does not follow EDTF"],
  ["2024-02-30", "does not follow EDTF"],
  ["2023-02-29", "no day 29"],
  ["1900-02-29", "no day 29"],
  ["2022-06/2023-02-29", "no day 29"],
  ["0000", "0001 to 9999"],
  ["-0044", "0001 to 9999"],
  ["-001X", "0001 to 9999"],
  ["-000X", "0001 to 9999"],
  ["-19XX", "0001 to 9999"],
  ["Y12024", "0001 to 9999"],
  ["19", "19XX for a century"],
  ["0001-01-01T00:00:00+01:00", "0001 to 9999"],
  ["9999-12-31T24:00:00Z", "0001 to 9999"],
  ["9999-12-31T24:00:00+01:00", "0001 to 9999"],
  ["2026-03-11T00:30:00+14:01", "from -12:00 to +14:00"],
  ["2026-03-11T00:30:00-1230", "from -12:00 to +14:00"],
  ["2026-03-10/2026-03-11T00:30:00+23", "from -12:00 to +14:00"],
  ["2026-03-11T00:30:00+1:00", "does not follow EDTF"],
  ["2026-03-11T00:30:00+01:00~", "does not follow EDTF"],
  ["2026-03-11T00:30:00Z?", "does not follow EDTF"],
  ["2026-03-11T00:30:00+14:00/2026-03-10", "last day comes before its first"],
  ["2026-03-11T00:30:00+14:00/2026-03-10T23:00:00Z", "last day comes before its first"],
  ["XXXX", "last two digits"],
  ["2024-12/2024-10", "ends before it starts"],
  ["2024-10-05T10:00:00Z/2024-10-05T09:00:00Z", "ends before it starts"],
  ["/", "neither end is known"],
  ["../..", "neither end is known"],
  ["2025-04-28T10:00:00", "needs a zone"],
  ["2025-04-28T10:00:00.1Z", "three digits"],
  ["2025-04-28T10:00:00.1234Z", "three digits"],
  ["2025-04-28T10:00:00./..", "three digits"],
])("%s is refused: %s", (edtf, reason) => {
  expect(() => parseFuzzyDate(edtf)).toThrow(FuzzyDateError);
  expect(() => dateBounds(edtf)).toThrow(reason);
  expect(() => parseFuzzyDate(edtf)).toThrow("2024-10/2024-12");
});

test.each(["2024?-06", "?2024", "2024-25", "{2024,2025}", "[2024..2025]", "1950S2", "2024-1X", "2024-21~"])(
  "%s belongs to level 2 or above and is refused",
  (edtf) => expect(() => parseFuzzyDate(edtf)).toThrow("level 0 or 1"),
);

test("a day, its month and its year hold one another, in every year", () => {
  const day = fc.date({ min: OPEN_START, max: OPEN_END, noInvalidDate: true });
  fc.assert(
    fc.property(day, (date) => {
      const text = date.toISOString();
      const [instant, inDay, inMonth, inYear] = [
        text,
        text.slice(0, 10),
        text.slice(0, 7),
        text.slice(0, 4),
      ].map((edtf) => dateBounds(edtf));
      expect(instant).toEqual({ earliest: date, latest: date });
      expect(inDay!.earliest <= date && date <= inDay!.latest).toBe(true);
      expect(inMonth!.earliest <= inDay!.earliest && inDay!.latest <= inMonth!.latest).toBe(true);
      expect(inYear!.earliest <= inMonth!.earliest && inMonth!.latest <= inYear!.latest).toBe(true);
      expect(+inDay!.latest - +inDay!.earliest).toBe(86_399_999);
    }),
  );
});

test("whatever the text, it is read or refused as a FuzzyDateError", () => {
  const characters = fc.constantFrom(..."0123456789-/.~?%XTZ:+Y[]{},");
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: characters, maxLength: 30 }), fc.string({ unit: "binary" })),
      (text) => {
        try {
          const { earliest, latest } = dateBounds(text);
          expect(earliest <= latest && OPEN_START <= earliest && latest <= OPEN_END).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(FuzzyDateError);
        }
      },
    ),
    { numRuns: 2000 },
  );
});

test("callers cannot change what others will read", () => {
  dateBounds("2024-06").earliest.setUTCFullYear(1999);
  expect(dateBounds("2024-06").earliest.toISOString()).toBe("2024-06-01T00:00:00.000Z");
  expect(Object.isFrozen(parseFuzzyDate("2024-06"))).toBe(true);
  expect(parseFuzzyDate("2024-06")).toBe(parseFuzzyDate("2024-06"));
});
