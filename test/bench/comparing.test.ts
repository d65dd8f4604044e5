import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { TypeID } from "typeid-js";

const bench = (file: string) => import(resolve("bench", file));
const { canonical } = await bench("canonical.mjs");
const { prepareQuestion } = await bench("answers.mjs");

const uuid = "018e72b9-ff80-734d-a5b3-abb4bc5d3fe7";
const typeId = TypeID.fromUUID("claim", uuid).toString();

describe("comparing answers", () => {
  test("the same rows in two shapes are equal", () => {
    const ours = {
      claim: {
        id: typeId,
        assertedAt: { edtf: "2024" },
        recordedAt: "2024-01-02T03:04:05Z",
        citations: [{ quote: { exact: "a", start: 1 }, source: { title: "s" } }],
        events: { nodes: [{ title: "b" }, { title: "a" }] },
      },
    };
    const theirs = {
      claimByRowId: {
        recordedAt: "2024-01-02T03:04:05.000+00:00",
        id: uuid,
        assertedAt: "2024",
        citations: { nodes: [{ exact: "a", start: 1, source: { title: "s" } }] },
        events: { nodes: [{ link: { title: "a" } }, { link: { title: "b" } }] },
      },
    };
    expect(canonical({ data: ours })).toBe(canonical({ data: theirs }));
  });

  test("another row, order or total is a difference", () => {
    const page = (ids: string[], total = 2) => ({
      data: { event: { claims: { totalCount: total, nodes: ids.map((id) => ({ id })) } } },
    });
    const expected = canonical(page(["a", "b"]));
    expect(canonical(page(["a", "b"]))).toBe(expected);
    expect(canonical(page(["b", "a"]))).not.toBe(expected);
    expect(canonical(page(["a"]))).not.toBe(expected);
    expect(canonical(page(["a", "b"], 3))).not.toBe(expected);
  });

  test("a cursor is compared only by its presence", () => {
    const edges = (cursor: string | null) => ({
      data: { claims: { edges: [{ cursor, node: { id: "a" } }] } },
    });
    expect(canonical(edges("x"))).toBe(canonical(edges("y")));
    expect(canonical(edges("x"))).not.toBe(canonical(edges(null)));
  });

  test("an answer with errors is never equal to anything", () => {
    expect(() => canonical({ data: { claim: null }, errors: [{ message: "no" }] })).toThrow("no");
  });
});

describe("asking", () => {
  const question = {
    ...{ name: "event", asks: "an event", kind: "small", limit: "" },
    claimgraph: { method: "GET", query: "{ event { title } }" },
  };
  const title = (text: string) => JSON.stringify({ data: { event: { title: text } } });

  /** Starts a server that sees the search parameters, or nothing of a request by POST. */
  async function contender(language: string, name: string, answer: (asked: URLSearchParams) => string) {
    const server = createServer((request, response) => {
      response.end(answer(new URL(String(request.url), "http://localhost").searchParams));
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    servers.push(server);
    const { port } = server.address() as AddressInfo;
    return { contender: { language, name, title: name, path: "/" }, running: { port } };
  }
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  const refusal = (code: string) => JSON.stringify({ errors: [{ message: "no", extensions: { code } }] });

  test("a document is persisted where that can be done, and sent as a text elsewhere", async () => {
    const known = new Set<string>();
    const keeping = (asked: URLSearchParams) => {
      const extensions = asked.get("extensions");
      if (!extensions) return refusal("BAD_USER_INPUT");
      if (asked.get("query")) known.add(extensions);
      return known.has(extensions) ? title("a") : refusal("PERSISTED_QUERY_NOT_FOUND");
    };
    const refusing = (asked: URLSearchParams) =>
      asked.get("extensions") ? refusal("PERSISTED_QUERY_NOT_SUPPORTED") : title("a");
    const all = [
      await contender("claimgraph", "keeping", keeping),
      await contender("claimgraph", "refusing", refusing),
    ];
    const { asked } = await prepareQuestion(question, undefined, all);
    const sent = asked.map(({ byHash, requests }: { byHash: boolean; requests: string[] }) => [
      byHash,
      requests[0]?.includes("query="),
    ]);
    expect(sent).toEqual([
      [true, false],
      [false, true],
    ]);
    expect(known.size).toBe(1);
  });

  test("pages are turned once for all pages that are asked for, whatever their order", async () => {
    const turned: string[] = [];
    const turning = (asked: URLSearchParams) => {
      const { first, after = "0" } = JSON.parse(asked.get("variables") ?? "{}");
      if (!asked.get("query")?.includes("endCursor")) return title(`rows after ${after}`);
      turned.push(`${first} after ${after}`);
      return JSON.stringify({
        data: { event: { list: { pageInfo: { endCursor: String(Number(after) + first) } } } },
      });
    };
    const paged = {
      ...question,
      far: true,
      parameters: "select page",
      rows: 10,
      claimgraph: {
        method: "GET",
        query: "query ($after: String) { event { title } }",
        variables: ({ first, after }: Record<string, unknown>) => ({ first, after }),
        turn: {
          query: "query ($first: Int!, $after: String) { event { list { pageInfo { endCursor } } } }",
          most: 25,
          list: (data: { event: { list: unknown } }) => data.event.list,
        },
      },
    };
    const client = { query: async () => ({ rows: [{ page: 6 }, { page: 1 }, { page: 4 }] }) };
    const { asked } = await prepareQuestion(paged, client, [
      await contender("claimgraph", "paging", turning),
    ]);
    expect(turned).toEqual(["25 after 0", "5 after 25", "20 after 30"]);
    const cursors = asked[0].requests.map((request: string) => {
      const { searchParams } = new URL(request.split(" ")[1] ?? "", "http://localhost");
      return JSON.parse(searchParams.get("variables") ?? "").after;
    });
    expect(cursors).toEqual(["50", undefined, "30"]);
  });

  test("a question without hand-written SQL is not put to the limit", async () => {
    const limit = await contender("limit", "the limit", () => title("b"));
    const ours = await contender("claimgraph", "ours", () => title("a"));
    const { asked } = await prepareQuestion({ ...question, limit: undefined }, undefined, [limit, ours]);
    expect(asked.map((one: { contender: { name: string } }) => one.contender.name)).toEqual(["ours"]);
  });

  test("who answers differently, or with an error, is named before anything is measured", async () => {
    const limit = await contender("limit", "the limit", () => title("a"));
    const wrong = await contender("claimgraph", "the wrong one", () => title("b"));
    const failing = await contender("claimgraph", "the failing one", () => refusal("INTERNAL_SERVER_ERROR"));
    await expect(prepareQuestion(question, undefined, [limit, wrong])).rejects.toThrow(
      /the wrong one answers "event" differently.*"b"/,
    );
    await expect(prepareQuestion(question, undefined, [limit, failing])).rejects.toThrow(/the failing one/);
  });
});
