import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { startTestApp, type TestApp } from "../support/app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { REQUEST_SECONDS: "1", ANSWER_SECONDS: "1", LOG_LEVEL: "info" } });
  await app.database.query(
    `insert into source (id, slug, kind, title, text, text_access, authors)
      values (gen_random_uuid(), 'long', 'ARTICLE', 'Long', repeat('x', 15000000), 'PUBLIC', '{}')`,
    [],
  );
});
afterAll(() => app.stop());

const open = async (): Promise<Socket> => {
  const { hostname, port } = new URL(app.url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
};
const head = (length: number) =>
  `POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
const LONG = JSON.stringify({ query: '{ source(slug: "long") { text } }' });

/** Nothing that anybody can bring about is an error of the server's. */
const expectNoErrors = () => expect(app.logged.filter(({ level }) => (level as number) > 30)).toEqual([]);

test.each([
  ["at once", (socket: Socket) => void socket.write(head(1_000))],
  [
    "a byte now and then",
    (socket: Socket) => {
      socket.write(head(1_000));
      const writing = setInterval(() => socket.write("x"), 100);
      socket.once("close", () => clearInterval(writing));
    },
  ],
])("a body that does not arrive ends its connection: the rest is missing, %s", async (_how, send) => {
  const start = performance.now();
  const socket = await open();
  let answer = "";
  socket.on("data", (data) => {
    answer += data;
  });
  send(socket);
  await once(socket, "close");
  expect(answer).toMatch(/^HTTP\/1.1 408 /);
  // Node's own limit for the head of a request is a minute, which was the limit of all of it.
  expect(performance.now() - start).toBeLessThan(40_000);
  expectNoErrors();
});

test("a client that goes away in the middle of its body leaves no error behind", async () => {
  const socket = await open();
  socket.write(`${head(1_000)}{"query":`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  socket.resetAndDestroy();
  const ends = (await app.ask("{ __typename }")).data;
  expect(ends).toEqual({ __typename: "Query" });
  expectNoErrors();
});

test("an answer that nobody reads ends its connection, and one that is read late does not", async () => {
  const [never, late] = [await open(), await open()];
  for (const socket of [never, late]) socket.pause().write(head(LONG.length) + LONG);
  let length = 0;
  late.on("data", (data) => {
    length += data.length;
  });
  late.pause();
  await new Promise((resolve) => setTimeout(resolve, 500));
  late.resume();
  await new Promise<void>((resolve) => {
    late.on("data", () => length > 15_000_000 && resolve());
  });
  late.destroy();
  // It is not read, so only the end of what it can take in tells.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  let read = 0;
  never.on("data", (data) => {
    read += data.length;
  });
  never.resume();
  await once(never, "close");
  expect(read).toBeLessThan(15_000_000);
  expectNoErrors();
}, 30_000);
