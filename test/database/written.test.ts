import { randomUUID } from "node:crypto";
import fc from "fast-check";
import sql, { join, raw } from "sql-template-tag";
import type { Database } from "../../src/database/database.js";
import { decodeId } from "../../src/graphql/id.js";
import { fuzzyDatePart, instant } from "../../src/reading/written.js";
import { dateBounds, type FuzzyDate, parseFuzzyDate } from "../../src/values/fuzzy-date.js";
import { testDatabase } from "../support/database.js";
import { encodeId } from "../support/ids.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test("the database writes ids that the program reads, those of the TypeID library", async () => {
  const corners = ["00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"];
  const bits = Array.from({ length: 128 }, (_, bit) => (1n << BigInt(bit)).toString(16).padStart(32, "0"));
  const uuids = [...corners, ...bits, ...Array.from({ length: 500 }, () => randomUUID())];
  const rows = await database.query<{ id: string; written: string }>(
    "select id::text, type_id('claim', id) as written from unnest($1::uuid[]) id",
    [uuids],
  );
  expect(rows).toHaveLength(uuids.length);
  for (const { id, written } of rows) expect(decodeId(written)).toEqual({ prefix: "claim", uuid: id });
  // The library takes no key that is not of a version it knows.
  const given = rows.slice(corners.length + bits.length);
  for (const { id, written } of given) expect(written).toBe(encodeId("claim", id));
});

const digits = (length: number, max: number, min = 1) =>
  fc.integer({ min, max }).map((number) => String(number).padStart(length, "0"));
const year = fc.oneof(digits(4, 9999), fc.constantFrom("0001", "9999", "1999", "2024"));
const month = digits(2, 12);
const day = digits(2, 28);
const calendar = fc.oneof(
  year,
  fc.tuple(year, month).map((parts) => parts.join("-")),
  fc.tuple(year, month, day).map((parts) => parts.join("-")),
);
const masked = fc
  .tuple(year, month)
  .chain(([y, m]) =>
    fc.constantFrom(`${y.slice(0, 3)}X`, `${y.slice(0, 2)}XX`, `${y}-XX`, `${y}-${m}-XX`, `${y}-XX-XX`),
  );
const season = fc.tuple(year, digits(2, 24, 21)).map((parts) => parts.join("-"));
const moment = fc
  .tuple(
    year,
    month,
    day,
    digits(2, 23, 0),
    digits(2, 59, 0),
    fc.constantFrom("Z", "+02:00", "-05:30", "+14:00", "-12:00"),
  )
  .chain(([y, m, d, hour, minute, zone]) =>
    fc.constantFrom(`${y}-${m}-${d}T${hour}:${minute}${zone}`, `${y}-${m}-${d}T${hour}:${minute}:30${zone}`),
  );
const qualified = fc.tuple(calendar, fc.constantFrom("", "?", "~", "%")).map((parts) => parts.join(""));
const end = fc.oneof(qualified, moment, fc.constantFrom("", ".."));
const interval = fc.tuple(end, end).map((ends) => ends.join("/"));
const readable = (edtf: string): boolean => {
  try {
    return Boolean(parseFuzzyDate(edtf));
  } catch {
    return false;
  }
};
const dates = fc.oneof(qualified, masked, season, moment, interval).filter(readable);

test("the database writes the parts of a date as the program reads them", async () => {
  const columns = { edtf: raw("edtf"), earliest: raw("earliest"), latest: raw("latest") };
  const parts = Object.entries(fuzzyDatePart).map(([name, part]) => sql`${part(columns)} as ${raw(name)}`);
  await fc.assert(
    fc.asyncProperty(fc.array(dates, { minLength: 50, maxLength: 200 }), async (given) => {
      const bounds = given.map(dateBounds);
      const times = (end: "earliest" | "latest") => bounds.map((bound) => bound[end].toISOString());
      const { text, values } = sql`select ${join(parts, ", ")} from unnest(
        ${given}::text[], ${times("earliest")}::timestamptz[], ${times("latest")}::timestamptz[]
      ) given (edtf, earliest, latest)`;
      const written = await database.query<FuzzyDate>(text, values);
      expect(written).toEqual(given.map(parseFuzzyDate));
    }),
    { numRuns: 20 },
  );
});

test("the database writes instants in UTC, to the millisecond and no longer than needed", async () => {
  const given = [0, 1, 10, 100, 1000, 1714300200000, 1714300200780, -62135596800000, 253402300799999];
  const { text, values } = sql`select ${instant(raw("at"))} as written
    from unnest(${given.map((at) => new Date(at).toISOString())}::timestamptz(3)[]) at`;
  const rows = await database.query<{ written: string }>(text, values);
  expect(rows.map(({ written }) => Date.parse(written))).toEqual(given);
  expect(rows[0]!.written).toBe("1970-01-01T00:00:00Z");
  expect(rows[2]!.written).toBe("1970-01-01T00:00:00.01Z");
});
