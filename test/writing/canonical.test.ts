import { aClaim, anActor, anEvent, aSource, Recorder } from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

async function found(list: string, where: string): Promise<string[]> {
  const { data, errors } = await recorder.app.as("EDITOR")(`{ ${list}(where: ${where}) { nodes { id } } }`);
  if (errors) return errors.map(({ message }) => message);
  return (data as Record<string, { nodes: { id: string }[] }>)[list]!.nodes.map(({ id }) => id);
}

describe("codes are kept in one form, and found by any", () => {
  test("of countries", async () => {
    const { id, countryCode } = await recorder.done(
      "createActor",
      { actor: { ...anActor(), countryCode: "kp" } },
      "countryCode",
    );
    expect(countryCode).toBe("KP");
    const where = (code: string) => `{ countryCode: { eq: "${code}" }, id: { eq: "${id}" } }`;
    for (const code of ["KP", "kp", " kp"]) expect(await found("actors", where(code))).toEqual([id]);
    expect(await found("actors", `{ countryCode: { in: ["kp"] }, id: { eq: "${id}" } }`)).toEqual([id]);
    expect(await found("actors", `{ countryCode: { notIn: ["kp"] }, id: { eq: "${id}" } }`)).toEqual([]);
    expect(await found("actors", where("UK"))).toEqual([
      expect.stringMatching(/`countryCode\.eq` is "UK": .*GB/),
    ]);
  });

  test("of languages", async () => {
    const { id, language } = await recorder.done(
      "createSource",
      { source: { ...aSource(), language: "ZH-hant-tw" } },
      "language",
    );
    expect(language).toBe("zh-Hant-TW");
    expect(await found("sources", `{ language: { eq: "zh-HANT-TW" }, id: { eq: "${id}" } }`)).toEqual([id]);
    expect(await recorder.refused("createSource", { source: { ...aSource(), language: "ua" } })).toEqual([
      expect.stringMatching(/^INVALID input\.source\.language: "ua": .*uk/),
    ]);
  });

  test("of addresses", async () => {
    const { id, url } = await recorder.done(
      "createSource",
      { source: { ...aSource(), url: "HTTPS://News.Example" } },
      "url",
    );
    expect(url).toBe("https://news.example/");
    expect(await found("sources", `{ url: { eq: "https://NEWS.example" } }`)).toEqual([id]);
    const { errors } = await recorder.app.as("EDITOR")(
      "mutation ($source: SourceInput!) { createSource(input: { source: $source }) { errors { message } } }",
      { source: { ...aSource(), url: "https://me:secret@news.example/" } },
    );
    expect(errors?.[0]?.message).toMatch(/remove the user and password/);
  });
});

test("names are trimmed and single spaced, prose keeps its lines", async () => {
  const { name, description } = await recorder.done(
    "createActor",
    { actor: { ...anActor(), name: "  Ministry \n of  Défense ", description: " One.\n\nTwo. " } },
    "name description",
  );
  expect({ name, description }).toEqual({ name: "Ministry of Défense", description: "One.\n\nTwo." });
});

test.each(["Kyiv\u202E", "Ky\u0007iv"])("%j is refused, and the character named", async (title) => {
  expect(await recorder.refused("createEvent", { event: { ...anEvent(), title } })).toEqual([
    expect.stringMatching(/^INVALID input\.event\.title: .*U\+(202E|0007), which is character/),
  ]);
  expect(await recorder.refused("recordClaim", { claim: { ...aClaim(), statement: title } })).toHaveLength(1);
});

test("what would be dropped is refused", async () => {
  const event = { ...anEvent(), place: { precision: "EXACT" } };
  expect(await recorder.refused("createEvent", { event })).toEqual([
    expect.stringMatching(
      /^INVALID input\.event\.place: .*give at least one of name, .*or leave the whole out/,
    ),
  ]);
  expect(await recorder.refused("createEvent", { event: { ...anEvent(), place: {} } })).toHaveLength(1);
});

test("what was wrong before stands in nobody's way", async () => {
  const { id, version } = await recorder.source();
  await recorder.sql("update source set language = 'ua' where type_id('source', id) = $1", id);
  const changed = await recorder.done("updateSource", {
    id,
    expectedVersion: version,
    source: { title: "Another title" },
  });
  expect(
    await recorder.refused("updateSource", {
      id,
      expectedVersion: changed.version,
      source: { language: "english" },
    }),
  ).toEqual([expect.stringMatching(/^INVALID input\.source\.language: /)]);
});
