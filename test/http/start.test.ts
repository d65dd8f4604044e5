import { createApp } from "../../src/app.js";
import { readConfig } from "../../src/config.js";
import type { Database } from "../../src/database/database.js";
import { testDatabase } from "../support/database.js";

test("one question has been asked of the database before anybody can, unseen by the log", async () => {
  const database = await testDatabase();
  const statements: string[] = [];
  const observed: Database = Object.assign(Object.create(database), {
    read: (...asked: Parameters<Database["read"]>) => {
      statements.push(asked[0]);
      return database.read(...asked);
    },
  });
  const lines: string[] = [];
  const config = readConfig({ PORT: "0", EXAMPLES: "off", LOG_LEVEL: "trace" });
  const app = await createApp(config, { database: observed, log: { write: (line) => lines.push(line) } });
  try {
    expect(statements).toEqual([expect.stringContaining(`from "claim"`)]);
    expect(lines).toEqual([expect.stringContaining("Listening on")]);
  } finally {
    await app.stop();
    await database.close();
  }
});
