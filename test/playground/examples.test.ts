import { startTestApp, type TestApp } from "../support/app.js";
import { readExamples } from "../support/examples.js";

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
