import { startTestApp, type TestApp } from "../support/app.js";
import { readExamples } from "../support/examples.js";

type Row = Record<string, unknown>;
const isRow = (value: unknown): value is Row => typeof value === "object" && value !== null;

const examples = readExamples();
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ env: { EXAMPLES: "on" } });
});
afterAll(() => app?.stop());

test("every example has a name, a title and a file name of its own", () => {
  expect(examples.length).toBeGreaterThanOrEqual(12);
  expect(new Set(examples.map(({ name }) => name)).size).toBe(examples.length);
  expect(new Set(examples.map(({ title }) => title)).size).toBe(examples.length);
});

test.each(examples)(
  "$name shows something in each field it asks for",
  async ({ query, variables = "{}", role }) => {
    const ask = role === "READER" ? app.ask : app.as(role);
    const { data, errors } = await ask(query, JSON.parse(variables));

    expect(errors).toBeUndefined();
    const { asked, filled } = paths(data);
    // What was refused would be listed there.
    const empty = [...asked].filter((path) => !filled.has(path));
    expect(empty.filter((path) => !/^data\.\w+\.errors$/.test(path))).toEqual([]);
    expect([...filled].filter((path) => path.endsWith(".errors.code"))).toEqual([]);
  },
);

const charted = examples.flatMap((example) => {
  const [, path] = /\bA chart takes ([\w.]+) as its rows\.$/.exec(example.purpose) ?? [];
  return path ? [{ ...example, path }] : [];
});

test("three examples can be charted at once", () => expect(charted).toHaveLength(3));

test.each(charted)("$name gives flat rows with a count", async ({ query, path }) => {
  const answer: unknown = await app.ask(query);
  const rows = path.split(".").reduce((found, key) => Object(found)[key], answer) as Row[];

  expect(rows.length).toBeGreaterThan(2);
  for (const { count, ...dimensions } of rows) {
    expect(count).toEqual(expect.any(Number));
    // A record is named by one field.
    const flat = Object.values(dimensions).map((value) => (isRow(value) ? Object.values(value) : [value]));
    expect(flat.filter((values) => values.length !== 1 || values.some(isRow))).toEqual([]);
  }
});

// A key is made each time.
test.each(examples.filter(({ records, role }) => records && role !== "ADMIN"))(
  "$name, run again, records nothing twice and says why",
  async ({ name, query, variables = "{}", role }) => {
    const count = "{ claims { totalCount } }";
    const before = await app.as("ADMIN")(count);
    const { data, errors } = await app.as(role)(query, JSON.parse(variables));

    expect(errors).toBeUndefined();
    expect(await app.as("ADMIN")(count)).toEqual(before);
    const refused = Object.values(data ?? {}).flatMap((payload) => Object(payload).errors);
    expect(refused.map(({ code }) => code)).toEqual(name === "CorrectClaim" ? ["CONFLICT"] : []);
  },
);

/**
 * The paths of an answer without list positions: those asked for, and those that hold a value in some row. A path
 * that is null or empty in every row shows a newcomer nothing.
 */
function paths(
  value: unknown,
  path = "data",
  found = { asked: new Set<string>(), filled: new Set<string>() },
) {
  // What a patch holds was not asked for one by one.
  if (path.endsWith(".patch")) {
    found.asked.add(path);
    found.filled.add(path);
  } else if (Array.isArray(value)) {
    found.asked.add(path);
    for (const item of value) paths(item, path, found);
  } else {
    found.asked.add(path);
    if (value !== null && value !== undefined) found.filled.add(path);
    if (value && typeof value === "object") {
      for (const [key, child] of Object.entries(value)) paths(child, `${path}.${key}`, found);
    }
  }
  return found;
}
