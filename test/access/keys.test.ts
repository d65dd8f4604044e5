import { startTestApp, type TestApp } from "../support/app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

test.each(["READER", "ANALYST", "EDITOR", "ADMIN"] as const)(
  "a key of the role %s is let in",
  async (role) => {
    expect(await app.as(role)("{ __typename }")).toEqual({ data: { __typename: "Query" } });
  },
);
