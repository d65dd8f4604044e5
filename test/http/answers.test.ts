import { startTestApp, type TestApp } from "../support/app.js";
import { recordRevision } from "../support/revisions.js";

const MOST = 120_000;

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ env: { MAX_ANSWER_BYTES: String(MOST), LOG_LEVEL: "info" } });
  for (let number = 1; number <= 4; number++) {
    const size = number === 1 ? MOST : MOST / 3;
    await app.database.query(
      `insert into source (id, slug, kind, title, text, text_access, authors)
        values (gen_random_uuid(), $1, 'ARTICLE', 'Text', repeat('x', $2::int), 'PUBLIC', '{}')`,
      [`text-${number}`, size],
    );
  }
});
afterAll(() => app.stop());

const codes = async (query: string) => {
  const { data, errors } = await app.ask(query);
  return { data, codes: errors?.map(({ extensions }) => extensions.code) };
};
const text = (number: number) => `t${number}: source(slug: "text-${number}") { text }`;

test.each([
  ["one field", `{ ${text(1)} }`],
  ["several fields together", `{ ${text(2)} ${text(3)} ${text(4)} }`],
  ["a page", "{ sources { nodes { text } } }"],
])("an answer that is too large is refused: %s", async (_what, query) => {
  // The first time it is new, the second time it is remembered.
  for (let time = 0; time < 2; time++) {
    const answer = await codes(query);
    expect(answer.codes).toContain("ANSWER_TOO_LARGE");
    expect(JSON.stringify(answer.data ?? null).length).toBeLessThan(MOST);
  }
});

test("so is one that graphql-js puts together", async () => {
  const { data } = await app.ask('{ sources(where: { slug: { startsWith: "text" } }) { nodes { id } } }');
  const ids = (data as { sources: { nodes: { id: string }[] } }).sources.nodes.map(({ id }) => id);
  expect(ids).toHaveLength(4);
  const query = `{ nodes(ids: ${JSON.stringify(ids)}) { ... on Source { text } } }`;
  expect((await codes(query)).codes).toEqual(["ANSWER_TOO_LARGE"]);
});

test("what fits is answered, before and after", async () => {
  const { data } = await codes(`{ ${text(2)} ${text(3)} }`);
  expect((data as { t2: { text: string } }).t2.text).toHaveLength(MOST / 3);
});

test("the log tells which operations were refused, and anybody may bring that about: it is no error", async () => {
  await app.ask(`query Large { ${text(1)} }`);
  const lines = app.logged.filter(({ operation, code }) => operation === "Large" && code);
  expect(lines).toEqual([expect.objectContaining({ level: 30, code: "ANSWER_TOO_LARGE" })]);
  expect(app.logged.filter(({ level }) => (level as number) > 30)).toEqual([]);
});

test("keys count before anything is asked: however long, they stand in every row", async () => {
  const keys = (count: number, length: number) =>
    Array.from({ length: count }, (_, n) => `${String(n).padStart(3, "a")}`)
      .map((end) => `${"k".repeat(length - end.length)}${end}: id`)
      .join(" ");
  const ask = (count: number, length: number) =>
    codes(`{ claims(first: 100) { nodes { events(first: 30) { nodes { ${keys(count, length)} } } } } }`);
  expect((await ask(900, 205)).codes).toEqual(["COST_LIMIT_EXCEEDED"]);
  expect((await ask(3, 5)).codes).toBeUndefined();
});

test("changes that do not fit into one answer are followed a few at a time; the cursor loses none", async () => {
  await recordRevision(app.database);
  const { data } = await app.ask("{ changes(first: 100) { pageInfo { endCursor } } }");
  const after = (data as { changes: { pageInfo: { endCursor: string } } }).changes.pageInfo.endCursor;
  const patch = [{ op: "replace", path: "/text", value: "x".repeat(MOST / 10) }];
  for (let number = 1; number <= 25; number++)
    await recordRevision(app.database, { reason: String(number), patch });
  const query = `subscription { changed(after: ${JSON.stringify(after)}) { node { reason patch } } }`;
  const response = await app.fetch("/graphql/stream", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "text/event-stream" },
    body: JSON.stringify({ query }),
  });
  let heard = "";
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    heard += Buffer.from(piece).toString();
    if ((heard.match(/"reason"/g)?.length ?? 0) === 25) break;
  }
  const reasons = [...heard.matchAll(/"reason":"(\d+)"/g)].map(([, number]) => Number(number));
  expect(reasons).toEqual(Array.from({ length: 25 }, (_, n) => n + 1));
  expect(heard).not.toContain("ANSWER_TOO_LARGE");
});
