import { MOST_PREPARED, Prepared, ReadQuery } from "../../src/database/read-query.js";

/** A connection as far as a read touches it, and what was written to its socket. */
function connection(writable = true) {
  const written: Buffer[] = [];
  const stream = { writable, write: (bytes: Buffer) => written.push(bytes) };
  const link = { prepared: new Prepared(), stream } as never;
  const send = (name: string, value: unknown = "a") => {
    const query = new ReadQuery({ text: `select $1 as ${name}`, values: [value], name }, true);
    return { query, error: query.submit(link) };
  };
  return { written, link, send };
}

// https://www.postgresql.org/docs/current/protocol-message-formats.html: Close of a prepared statement.
const closing = (name: string) => `S${name}\0`;

test("a read leaves as one buffer, and its statement is prepared once", () => {
  const { written, send } = connection();
  for (let time = 0; time < 2; time++) expect(send("one").error).toBeUndefined();
  expect(written.map((bytes) => bytes.includes("select $1"))).toEqual([true, false]);
});

test("a connection keeps a fixed number of statements, and closes the one that has gone unused for longest", () => {
  const { written, send } = connection();
  for (let n = 0; n < MOST_PREPARED; n++) send(`n${n}`);
  send("n0");
  expect(written.some((bytes) => bytes.includes(closing("n0")))).toBe(false);
  send("new");
  expect(written.at(-1)?.includes(closing("n1"))).toBe(true);
  send("n0");
  expect(written.at(-1)?.includes("select $1")).toBe(false);
  send("n1");
  expect(written.at(-1)?.includes("select $1")).toBe(true);
});

test("a statement that failed may be prepared or not: it is closed and prepared anew", () => {
  const { written, link, send } = connection();
  send("one").query.handleError(new Error("canceled"), link);
  send("one");
  expect([closing("one"), "select $1"].map((part) => written.at(-1)?.includes(part))).toEqual([true, true]);
  send("one");
  expect(written.at(-1)?.includes("select $1")).toBe(false);
});

test("nothing is written to a socket that was closed meanwhile: the end of the connection tells of it", () => {
  const { written, send } = connection(false);
  expect(send("one").error).toBeUndefined();
  expect(written).toEqual([]);
});

test("a value that cannot be sent fails its read, and the connection is as it was", () => {
  const circular: Record<string, unknown> = {};
  circular.itself = circular;
  const { written, send } = connection();
  expect(send("one", circular).error).toBeInstanceOf(Error);
  expect(written).toEqual([]);
  send("one");
  expect(written.at(-1)?.includes("select $1")).toBe(true);
});
