import { readFileSync } from "node:fs";
import { startTestApp, type TestApp } from "../support/app.js";

describe.each(["on", "off"])("with INTROSPECTION=%s", (INTROSPECTION) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { INTROSPECTION } });
  });
  afterAll(() => app.stop());

  test("/schema.graphql is the committed schema, asked for again only when it has changed", async () => {
    const answer = await app.fetch("/schema.graphql");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "text/plain; charset=utf-8"]);
    expect(await answer.text()).toBe(readFileSync("schema.graphql", "utf8"));
    const tag = answer.headers.get("etag") as string;
    expect(tag).toMatch(/^W\/"[\w-]{43}"$/);
    for (const known of [tag, tag.slice(2), `"other", ${tag}`, "*"]) {
      const again = await app.fetch("/schema.graphql", { headers: { "if-none-match": known } });
      expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", tag]);
    }
    const other = await app.fetch("/schema.graphql", { headers: { "if-none-match": '"other"' } });
    expect(other.status).toBe(200);
  });

  test("an error about an enum lists its values to whoever may read the schema", async () => {
    const messages = await Promise.all(
      [
        app.ask("{ claims(where: { act: { eq: FIBBED } }) { totalCount } }"),
        app.ask('{ claims(where: { act: { eq: "DENY" } }) { totalCount } }'),
        app.ask("query ($act: SpeechAct) { claims(where: { act: { eq: $act } }) { totalCount } }", {
          act: "FIBBED",
        }),
        app.ask("query ($act: SpeechAct) { claims(where: { act: { eq: $act } }) { totalCount } }", {
          act: 1,
        }),
      ].map(async (answer) => (await answer).errors?.map(({ message }) => message).join("\n")),
    );
    for (const message of messages) {
      expect(message).toMatch(/enum/i);
      if (INTROSPECTION === "on") expect(message).toMatch(/ The values are: ASSERT, .*DENY\b.*\.$/);
      else expect(message).not.toMatch(/ASSERT/);
    }
  });
});
