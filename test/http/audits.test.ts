import { type AuditResult, auditServer } from "graphql-http";
import { startTestApp, type TestApp } from "../support/app.js";
import { librarySchema as schema } from "./library.schema.js";

let app: TestApp;
let results: AuditResult[];

beforeAll(async () => {
  app = await startTestApp({ schema });
  results = await auditServer({ url: `${app.url}/graphql` });
});
afterAll(() => app.stop());

const named = (status: AuditResult["status"]) =>
  results.filter((result) => result.status === status).map(({ id, name }) => `${id} ${name}`);

test("nothing that the specification demands is missing", () => {
  expect(results.length).toBeGreaterThan(50);
  expect(named("error")).toEqual([]);
});

// MAY and SHOULD: each of these is a choice of Apollo Server. One more or one less is to be looked at.
test("what it recommends and is done otherwise", () => {
  expect({ warnings: named("warn"), notices: named("notice") }).toMatchInlineSnapshot(`
   {
     "notices": [],
     "warnings": [
       "572B SHOULD use 200 status code on document parsing failure when accepting application/json",
       "FDE2 SHOULD use 200 status code on document validation failure when accepting application/json",
       "7B9B SHOULD use a status code of 200 on variable coercion failure when accepting application/json",
     ],
   }
  `);
});
