import { setTimeout as sleep } from "node:timers/promises";
import { unauthenticated } from "../../src/graphql/errors.js";
import type { Viewer } from "../../src/graphql/viewer.js";
import type { LiveAuthenticator } from "../../src/http/live/authenticator.js";
import { startTestApp, type TestApp } from "../support/app.js";
import { endOfLog, type Following, follow, TRANSPORTS } from "../support/followers.js";
import { recordRevision } from "../support/revisions.js";

/** Takes the token for the id of an analyst. */
class Guard implements LiveAuthenticator {
  readonly revoked = new Set<string>();
  asked = 0;

  async authenticate(authorization?: string): Promise<Viewer> {
    if (authorization === undefined) return { role: "READER" };
    const id = authorization.replace(/^Bearer /, "");
    if (id === "wrong" || this.revoked.has(id)) throw unauthenticated("This key does not exist.");
    return { role: "ANALYST", id, name: id };
  }

  async stillValid({ id }: Viewer): Promise<boolean> {
    this.asked++;
    return id === undefined || !this.revoked.has(id);
  }
}

const guard = new Guard();
let app: TestApp;
const followers: Following[] = [];
beforeAll(async () => {
  app = await startTestApp({ live: { authenticator: guard, everyMilliseconds: 400 } });
});
afterEach(() => Promise.all(followers.splice(0).map((following) => following.stop())));
afterAll(() => app.stop());

async function begin(settings: Parameters<typeof follow>[1]): Promise<Following> {
  const following = await follow(app, settings);
  followers.push(following);
  return following;
}

describe.each(TRANSPORTS)("over %s", (transport) => {
  test("an analyst sees what readers do not", async () => {
    const variables = { after: await endOfLog(app) };
    const analyst = await begin({ transport, authorization: "Bearer ada", variables });
    const reader = await begin({ transport, variables });
    await recordRevision(app.database, { reason: "1", public: false });
    await recordRevision(app.database, { reason: "2" });
    expect(await analyst.reasons(2)).toEqual(["1", "2"]);
    expect(await reader.reasons(1)).toEqual(["2"]);
  });

  test("who is revoked hears nothing any more", async () => {
    const id = `bob of ${transport}`;
    const variables = { after: await endOfLog(app) };
    const bob = await begin({ transport, authorization: `Bearer ${id}`, variables });
    await recordRevision(app.database, { reason: "1" });
    await bob.reasons(1);
    guard.revoked.add(id);
    await sleep(200);
    await recordRevision(app.database, { reason: "2" });
    const how = await bob.ended;
    expect(bob.events).toHaveLength(1);
    if (transport === "WebSocket") {
      expect(how).toMatchObject({ code: 4403, reason: expect.stringMatching(/^Forbidden: .*revoked/) });
    } else {
      expect(how).toBe("complete");
      expect(bob.errors[0]).toMatchObject({ extensions: { code: "UNAUTHENTICATED" } });
    }
  });

  test("also when nothing happens", async () => {
    const id = `eve of ${transport}`;
    const variables = { after: await endOfLog(app) };
    const eve = await begin({ transport, authorization: `Bearer ${id}`, variables });
    await recordRevision(app.database, { reason: "1" });
    await eve.reasons(1);
    guard.revoked.add(id);
    const start = Date.now();
    await eve.ended;
    expect(Date.now() - start).toBeLessThan(5_000);
  });

  test("who is not known is refused, and told why", async () => {
    const nobody = await begin({ transport, authorization: "Bearer wrong" });
    const how = await nobody.ended;
    if (transport === "WebSocket") {
      expect(how).toMatchObject({ code: 4403, reason: "Forbidden: This key does not exist." });
    } else {
      const { response } = how as { response: Response };
      expect(response.status).toBe(401);
      expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    }
  });
});

test("equal viewers are asked about once each time, however many they are", async () => {
  const variables = { after: await endOfLog(app) };
  const crowd = await Promise.all(
    Array.from({ length: 30 }, () => begin({ authorization: "Bearer ada", variables })),
  );
  await recordRevision(app.database);
  await Promise.all(crowd.map((following) => following.reasons(1)));
  guard.asked = 0;
  await sleep(2_000);
  // Each of them, at each of five times, would be 150.
  expect(guard.asked).toBeGreaterThanOrEqual(1);
  expect(guard.asked).toBeLessThan(30);
});
