import { fork } from "node:child_process";
import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";

const bench = (file: string) => import(resolve("bench", file));
const { figuresAsJson, median, ratio, ratios } = await bench("figures.mjs");
const { cpuSeconds, forgetPeak, peakMegabytes } = await bench("machine.mjs");
const { readSettings } = await bench("settings.mjs");

describe("figures", () => {
  const rounds = (...rates: number[]) => rates.map((perSecond) => ({ perSecond, p50: 1000 / perSecond }));

  test("the median of an even number is between the middle two", () => {
    expect(median([9, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 100])).toBe(3.5);
  });

  test("a ratio compares within a round, in the rounds that both took part in", () => {
    const result = { rounds: { a: rounds(10, 100, 1000), b: rounds(20, 200, 1000), once: rounds(5) } };
    expect(ratio(result, "a", "b")).toBe(0.5);
    expect(ratio(result, "a", "once")).toBe(2);
    expect(ratio(result, "a", "c")).toBeUndefined();
  });

  test("PostGraphile is compared on its own Node.js, the limit on the one that runs the benchmark", () => {
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
    const { "limit@24": _left_out, ...quick } = result.rounds;
    expect(ratios({ rounds: quick })).toMatchObject({ toLimit: 0.5, toPostgraphile: 2 });
    expect(ratios({ rounds: quick }).toLimitOnNewerNode).toBeUndefined();
  });

  test("as data: by question, the largest size first, memory as its peak", () => {
    const figures = (perSecond: number, cpu: number, megabytes: number) => ({
      ...{ perSecond, p50: 1, p99: 2, cpu, databaseCpu: 0, megabytes },
    });
    const size = (claims: number, ours: number, cpu: number) => ({
      claims,
      idle: { claimgraph: 90 },
      results: [
        {
          question: { name: "board" },
          bytes: 5,
          rounds: {
            limit: [figures(100, 1, 50), figures(100, 1, 50)],
            claimgraph: [figures(ours, cpu, 150), figures(ours, cpu, 120)],
          },
        },
      ],
    });
    const { board } = figuresAsJson([size(10, 80, 2), size(1000, 40, 3)]);
    expect(board).toMatchObject({ toLimit: 0.4, claims: 1000, memoryToLimit: 3 });
    expect(board.costGrowth).toBeUndefined();
    expect(board.bySize["10"].toLimit).toBe(0.8);
    expect(board.bySize["1000"].contenders.claimgraph).toMatchObject({ megabytes: 150, idleMegabytes: 90 });
  });
});

test("growth compares the two sizes within a round, of Claimgraph and of the limit", () => {
  const costs = (...cpu: number[]) => cpu.map((one) => ({ cpu: one }));
  const rounds = {
    "claimgraph at 10": costs(1, 2, 4),
    "claimgraph at 1000": costs(4, 2, 6),
    "limit at 10": costs(1, 3, 4),
    "limit at 1000": costs(3, 6, 4),
  };
  const growth = { small: 10, large: 1000, results: [{ question: { name: "board" }, rounds }] };
  const measured = [{ claims: 1000, idle: {}, results: [{ question: { name: "board" }, rounds: {} }] }];
  expect(figuresAsJson(measured, growth).board).toMatchObject({ costGrowth: 1.5, limitCostGrowth: 2 });
});

describe("what is measured of a process", () => {
  test("its CPU time grows with its work", () => {
    const before = cpuSeconds(process.pid);
    const until = performance.now() + 100;
    while (performance.now() < until);
    const grown = cpuSeconds(process.pid) - before;
    expect(process.platform !== "linux" || grown > 0).toBe(true);
  });

  test("its peak memory is that since it was forgotten", () => {
    if (!forgetPeak(process.pid)) return expect(process.platform).not.toBe("linux");
    const before = peakMegabytes(process.pid);
    const held = Buffer.alloc(150 * 2 ** 20, 1);
    const with_it = peakMegabytes(process.pid);
    expect(with_it - before).toBeGreaterThan(100);
    expect(with_it - before).toBeLessThan(250);
    expect(held.length).toBeGreaterThan(0);
  });
});

describe("the settings", () => {
  test("a quick run leaves out further questions, the largest set, and most contenders at the smaller", () => {
    const quick = readSettings(["--quick"]);
    const full = readSettings([]);
    expect(quick.sizes).toEqual([10_000, 100_000]);
    expect(full.sizes).toEqual([10_000, 100_000, 1_000_000]);
    expect(quick.chosen.length).toBeLessThan(full.chosen.length);
    expect(quick.takesPart("postgraphile", 10_000)).toBe(false);
    expect(quick.takesPart("postgraphile", 100_000)).toBe(true);
    expect(quick.takesPart("limit@24", 100_000)).toBe(false);
    expect(full.takesPart("postgraphile", 10_000)).toBe(true);
    expect(full.takesPart("embedded", 1_000_000)).toBe(false);
  });

  test("growth is measured between the smallest and the largest set, if there are two", () => {
    expect(readSettings([]).growth).toMatchObject({ contenders: ["claimgraph", "limit"] });
    expect(readSettings(["--quick"]).growth).toMatchObject({ contenders: ["claimgraph"] });
    expect(readSettings(["--contenders", "claimgraph"]).growth).toBeDefined();
    const names = readSettings([]).growth.chosen.map(({ name }: { name: string }) => name);
    expect(names).toContain("nodes");
    expect(names).not.toContain("statsByAct");
    const without = [
      ["--sizes", "10000"],
      ["--sizes", "10000,10000"],
      ["--contenders", "naive"],
      ["--database", "x"],
      ["--only", "statsByAct"],
    ];
    for (const args of without) expect([args, readSettings(args).growth]).toEqual([args, undefined]);
  });

  test("a full run has at least five rounds", () => {
    expect(readSettings([]).pace(1_000_000)).toMatchObject({ rounds: 5, contextRounds: 5 });
  });

  test("a question that there is not is refused, and one alone writes no report", () => {
    expect(() => readSettings(["--only", "nothing"])).toThrow("nothing");
    expect(readSettings(["--only", "board"]).docs).toBeUndefined();
    expect(readSettings([]).docs).toMatch(/docs\/benchmarks\.md$/);
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
    // How many come in that time is the machine's affair; both kinds do.
    expect(Math.min(Number(seen["/a"]), Number(seen["/b"]))).toBeGreaterThan(0);
    expect(Number(seen["/a"]) + Number(seen["/b"])).toBe(outcome.answers);
    expect(Math.abs(Number(seen["/a"]) - Number(seen["/b"]))).toBeLessThanOrEqual(1);
    expect(outcome.milliseconds).toHaveLength(outcome.answers);
    expect(outcome.milliseconds).toEqual([...outcome.milliseconds].sort((a, b) => a - b));
  });

  test("reports a server that closes its connections", async () => {
    const outcome = await under((_request, response) => {
      response.setHeader("connection", "close").setHeader("content-length", 2).end("ok");
    });
    expect(outcome.failure).toContain("closed");
  });

  test("reports an answer that is not 200", async () => {
    const outcome = await under((_request, response) => {
      response.writeHead(500, { "content-length": 4 }).end("oops");
    });
    expect(outcome.failure).toContain("oops");
  });
});
