import "../../src/schema.js";
import { commentsOn } from "../../src/database/comments.js";
import { readSchema } from "../../src/database/migrations.js";
import { commentsOf } from "../../src/reading/comments.js";
import { allEntities } from "../../src/reading/entity.js";
import { testDatabase } from "../support/database.js";

test("every table and column has a comment: what the schema says of it", async () => {
  const database = await testDatabase();
  const comments = await commentsOn({ query: (text) => database.query(text, []) });
  expect([...comments].filter(([, comment]) => !comment)).toEqual([]);
  // `npm run db:migration` writes what has changed.
  expect(Object.fromEntries(comments)).toEqual(Object.fromEntries(commentsOf(readSchema(), allEntities())));
});
