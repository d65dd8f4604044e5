import { setTimeout as sleep } from "node:timers/promises";
import { GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { startTestApp } from "../support/app.js";

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      slow: {
        type: GraphQLString,
        args: { ms: { type: GraphQLInt } },
        resolve: (_root, { ms }) => sleep(ms, "done"),
      },
    },
  }),
});

test("a running request finishes, a new one is refused, and the port is free again", async () => {
  const app = await startTestApp({ schema });
  await app.ask("{ slow(ms: 1) }");
  const running = app.ask("{ slow(ms: 600) }");
  await sleep(150);
  const start = Date.now();
  const stopped = app.stop();
  await sleep(50);
  const late = await app.fetch("/healthz").then(
    (answer) => answer.status,
    () => "refused",
  );
  expect(["refused", 503]).toContain(late);
  expect(await running).toEqual({ data: { slow: "done" } });
  await stopped;
  // Not the ten seconds of the deadline: nothing is left to wait for.
  expect(Date.now() - start).toBeLessThan(4000);
  await expect(app.fetch("/healthz")).rejects.toThrow();
});

test("a request that takes longer than SHUTDOWN_SECONDS is cut off", async () => {
  const app = await startTestApp({ schema, env: { SHUTDOWN_SECONDS: "1" } });
  const running = app.ask("{ slow(ms: 4000) }").then(
    () => "answered",
    () => "cut off",
  );
  await sleep(150);
  const start = Date.now();
  await app.stop();
  expect(Date.now() - start).toBeLessThan(3000);
  expect(await running).toBe("cut off");
});

test("stopping twice is stopping once", async () => {
  const app = await startTestApp({ schema });
  await Promise.all([app.stop(), app.stop()]);
});
