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
  async ({ query, variables = "{}" }) => {
    const { data, errors } = await app.ask(query, JSON.parse(variables));

    expect(errors).toBeUndefined();
    const { asked, filled } = paths(data);
    expect([...asked].filter((path) => !filled.has(path))).toEqual([]);
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
  if (Array.isArray(value)) {
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
