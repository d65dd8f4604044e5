import { startTestApp } from "../support/app.js";
import { endOfLog, follow } from "../support/followers.js";
import { recordRevision } from "../support/revisions.js";

test("a server with followers stops quickly, and tells them to come again", async () => {
  const app = await startTestApp();
  const variables = { after: await endOfLog(app) };
  const socket = await follow(app, { variables });
  const stream = await follow(app, { transport: "event stream", variables });
  await recordRevision(app.database);
  await Promise.all([socket.reasons(1), stream.reasons(1)]);
  const start = Date.now();
  await app.stop();
  expect(Date.now() - start).toBeLessThan(5_000);
  expect(await socket.ended).toMatchObject({
    code: 1001,
    reason: expect.stringMatching(/resume with `after`/),
  });
  // Not `complete`: the stream has been broken off, and a client may try again.
  expect(await stream.ended).toBeInstanceOf(Error);
  expect(app.logged).toEqual([]);
});

test("a client that does not answer the farewell does not hold the server up", async () => {
  const app = await startTestApp();
  const { default: WebSocket } = await import("ws");
  const socket = new WebSocket(`${app.url.replace("http", "ws")}/graphql`, "graphql-transport-ws");
  await new Promise((resolve) => socket.once("open", resolve));
  socket.pause();
  const start = Date.now();
  await app.stop();
  expect(Date.now() - start).toBeLessThan(6_000);
  socket.terminate();
});
