import sql, { type Sql } from "sql-template-tag";
import { withLiterals } from "../../src/database/literals.js";
import { nameOf, StatementNames } from "../../src/database/prepared.js";

test("a statement is named when it comes again, and always alike", () => {
  const names = new StatementNames("read", 100);
  expect(names.of("select 1")).toBeUndefined();
  const name = names.of("select 1");
  expect(name).toBeDefined();
  expect(names.of("select 1")).toBe(name);
  names.of("select 2");
  expect(names.of("select 2")).not.toBe(name);
});

test("whoever names a statement, its name is the same, and that of no other one", () => {
  const [one, other] = [new StatementNames("read", 100), new StatementNames("read", 100)];
  const name = (names: StatementNames, text: string) => [names.of(text), names.of(text)][1];
  const texts = Array.from({ length: 50 }, (_, n) => `select ${n}`);
  const given = texts.map((text) => name(one, text));
  expect(new Set(given).size).toBe(50);
  expect(texts.toReversed().map((text) => name(other, text))).toEqual(given.toReversed());
  // PostgreSQL would cut a longer one off, and take two for one.
  for (const text of given) expect(text?.length).toBeLessThan(64);
});

test("the names are those of the statements that came last", () => {
  const names = new StatementNames("read", 100);
  const ask = (n: number) => names.of(`select ${n}`);
  for (let n = 0; n < 200; n++) {
    ask(n);
    ask(n);
    // One that is always in use.
    ask(0);
  }
  const live = [0, ...Array.from({ length: 99 }, (_, n) => 199 - n)].map(ask);
  expect(live).not.toContain(undefined);
  expect(new Set(live).size).toBe(100);
});

test("a round of more statements than there are names gets none, and takes none away", () => {
  const names = new StatementNames("read", 100);
  for (let time = 0; time < 2; time++) names.of("select now()");
  const given = new Set<string | undefined>();
  for (let n = 0; n < 1_000; n++) given.add(names.of(`select ${n % 150}`));
  expect([...given]).toEqual([undefined]);
  expect(names.of("select now()")).toBe(nameOf("read", "select now()"));
});

test("values are written into a statement as literals, and nothing in them is taken for SQL", () => {
  const literal = ({ strings, values }: Sql) => withLiterals(strings, values)?.text;
  expect(literal(sql`select ${"a"}, ${null}, ${"$1"}, '$1'`)).toBe("select 'a', null, '$1', '$1'");
  expect(literal(sql`${"it's '; --"}`)).toBe("'it''s ''; --'");
  expect(literal(sql`${"a\\'b"}::text`)).toBe(" E'a\\\\''b'::text");
});

test("what bounds a page stays a parameter, so that all pages have one statement", () => {
  const page = (place: string, id: string) => {
    const { strings, values } = sql`select ${"it's"} where (${place}, ${id}) < (${"x"}, ${id})`;
    return withLiterals(strings, values, [1, 2, 4]);
  };
  const text = "select 'it''s' where ($1, $2) < ('x', $3)";
  expect(page("2024", "a")).toEqual({ text, values: ["2024", "a", "a"] });
  expect(page("2023", "b")).toEqual({ text, values: ["2023", "b", "b"] });
});

test("what is too long, or no text, is not written into a statement", () => {
  expect(withLiterals(["", ""], ["a".repeat(20_000)])).toBeUndefined();
  expect(withLiterals(["", ""], [Buffer.from("a")])).toBeUndefined();
});
