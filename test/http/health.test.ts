import { createApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import { testDatabase } from "../support/database.js";
import { librarySchema as schema } from "./library.schema.js";

test("healthz speaks for the process, readyz for the database too", async () => {
  const database = await testDatabase();
  const config = readConfig({ PORT: "0", LOG_LEVEL: "silent", EXAMPLES: "off", PLAYGROUND: "off" });
  const app = await createApp(config, { database, schema });
  const probe = async (path: string) => {
    const answer = await fetch(app.url + path);
    return [answer.status, await answer.json()];
  };
  try {
    expect(await probe("/healthz")).toEqual([200, { status: "ok" }]);
    expect(await probe("/readyz")).toEqual([200, { status: "ok", database: "ok" }]);
    await database.close();
    expect(await probe("/readyz")).toEqual([503, { status: "unavailable", database: "does not answer" }]);
    expect(await probe("/healthz")).toEqual([200, { status: "ok" }]);
  } finally {
    await app.stop();
  }
});
