import { StatementNames } from "../../src/database/prepared.js";

test("a statement is named when it comes again, and always alike", () => {
  const names = new StatementNames("read");
  expect(names.of("select 1")).toBeUndefined();
  const name = names.of("select 1");
  expect(name).toBeDefined();
  expect(names.of("select 1")).toBe(name);
  names.of("select 2");
  expect(names.of("select 2")).not.toBe(name);
});

test("a stream of ever new statements gets a fixed number of names, also when each comes twice", () => {
  const names = new StatementNames("read");
  const given = new Set<string | undefined>();
  for (let n = 0; n < 1_000; n++) {
    names.of(`select ${n}`);
    given.add(names.of(`select ${n}`));
  }
  given.delete(undefined);
  expect(given.size).toBe(100);
});
