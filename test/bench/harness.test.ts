import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { TypeID } from "typeid-js";

const bench = (file: string) => import(resolve("bench", file));
const { canonical } = await bench("canonical.mjs");
const { median, ratio, ratios } = await bench("figures.mjs");

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

  test("an answer with errors is never equal to anything", () => {
    expect(() => canonical({ data: { claim: null }, errors: [{ message: "no" }] })).toThrow("no");
  });
});

describe("figures", () => {
  const rounds = (...rates: number[]) => rates.map((perSecond) => ({ perSecond }));

  test("the median of an even number is between the middle two", () => {
    expect(median([9, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  test("a ratio compares within a round", () => {
    const result = { rounds: { a: rounds(10, 100, 1000), b: rounds(20, 200, 1000) } };
    expect(ratio(result, "a", "b")).toBe(0.5);
    expect(ratio(result, "a", "c")).toBeUndefined();
  });

  test("PostGraphile is compared on its own Node.js", () => {
    const result = {
      rounds: {
        limit: rounds(100),
        claimgraph: rounds(50),
        "limit@24": rounds(200),
        "claimgraph@24": rounds(150),
        postgraphile: rounds(75),
      },
    };
    expect(ratios(result)).toMatchObject({ toLimit: 0.5, toLimitOnNewerNode: 0.75, toPostgraphile: 2 });
  });
});

describe("the load generator", () => {
  async function under(listener: RequestListener) {
    const server = createServer(listener).listen(0, "127.0.0.1");
    await once(server, "listening");
    const generator = fork(resolve("bench/load.mjs"), { serialization: "advanced", execArgv: [] });
    try {
      const { port } = server.address() as AddressInfo;
      const requests = ["/a", "/b"].map((path) => `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
      generator.send({ port, requests, connections: 2, seconds: 0.2 });
      const [outcome] = await once(generator, "message");
      return outcome as { answers: number; milliseconds: number[]; failure?: string };
    } finally {
      generator.kill();
      server.closeAllConnections();
      server.close();
    }
  }

  test("counts each answer once, with a length or in chunks, and takes the requests in turn", async () => {
    const seen: Record<string, number> = { "/a": 0, "/b": 0 };
    const outcome = await under((request, response) => {
      const path = String(request.url);
      seen[path] = (seen[path] ?? 0) + 1;
      if (path === "/a") response.setHeader("content-length", 200_000);
      else response.write("first");
      response.end("x".repeat(200_000));
    });
    expect(outcome.failure).toBeUndefined();
    expect(outcome.answers).toBeGreaterThan(10);
    expect(Number(seen["/a"]) + Number(seen["/b"])).toBe(outcome.answers);
    expect(Math.abs(Number(seen["/a"]) - Number(seen["/b"]))).toBeLessThanOrEqual(1);
    expect(outcome.milliseconds).toHaveLength(outcome.answers);
    expect(outcome.milliseconds).toEqual([...outcome.milliseconds].sort((a, b) => a - b));
  });

  test("reports an answer that is not 200", async () => {
    const outcome = await under((_request, response) => {
      response.writeHead(500, { "content-length": 4 }).end("oops");
    });
    expect(outcome.failure).toContain("oops");
  });
});
