import { ReadQuery } from "../../src/database/read-query.js";

/** A connection as far as a read touches it, and what was written to its socket. */
function connection(writable: boolean) {
  const written: Buffer[] = [];
  const parsedStatements: Record<string, string> = {};
  const stream = { writable, write: (bytes: Buffer) => written.push(bytes) };
  return { written, parsedStatements, link: { parsedStatements, stream } as never };
}

const statement = (value: unknown) => ({ text: "select $1", values: [value], name: "read_0" });

test("a read leaves as one buffer, and its statement is prepared once", () => {
  const { written, parsedStatements, link } = connection(true);
  for (let time = 0; time < 2; time++) {
    expect(new ReadQuery(statement("a"), true).submit(link)).toBeUndefined();
  }
  expect(written.map((bytes) => bytes.includes("select $1"))).toEqual([true, false]);
  expect(parsedStatements).toEqual({ read_0: "select $1" });
});

test("nothing is written to a socket that was closed meanwhile: the end of the connection tells of it", () => {
  const { written, link } = connection(false);
  expect(new ReadQuery(statement("a"), true).submit(link)).toBeUndefined();
  expect(written).toEqual([]);
});

test("a value that cannot be sent fails its read, and the connection is as it was", () => {
  const circular: Record<string, unknown> = {};
  circular.itself = circular;
  const { written, parsedStatements, link } = connection(true);
  expect(new ReadQuery(statement(circular), false).submit(link)).toBeInstanceOf(Error);
  expect([written, parsedStatements]).toEqual([[], {}]);
});
