import { aClaim, anActor, anEvent, aProposition, aSource, Recorder } from "../writing/recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

/** How many rows a filter finds; the message, where it is refused. */
async function count(list: string, where: unknown): Promise<unknown> {
  const type = `${list[0]?.toUpperCase()}${list.slice(1, -1)}Where`;
  const query = `query ($where: ${type}) { ${list}(where: $where) { totalCount } }`;
  const { data, errors } = await recorder.app.as("EDITOR")(query, { where });
  return errors ? errors[0]?.message : (data as Record<string, { totalCount: number }>)[list]?.totalCount;
}

describe("an address is found by a part of it in any form", () => {
  const NEWS = "https://новини.укр/явка?стор=2";
  beforeAll(async () => {
    for (const url of [NEWS, "http://example.org/a/{b}", "https://example.org.example/"]) {
      await recorder.done("createSource", { source: { ...aSource(), url, archivedUrl: url } });
    }
  });

  test.each([
    ["https://новини.укр", 1],
    ["https://НОВИНИ.укр/", 1],
    ["https://новини.укр/явка", 1],
    ["https://новини.укр/яв", 1],
    ["https://новини.укр/явка?ст", 1],
    ["https://xn--b1amarcd.xn--j1amh/%d1%8F%d", 1],
    ["https://xn--b1am", 1],
    ["HTTP://EXAMPLE.org:80/", 1],
    ["HTTP://EXAMPLE.org:80", 1],
    ["http://example.org/a/{", 1],
    ["https://example.org", 1],
    ["https://example.org/", 0],
    ["https://укр", 0],
    ["новини.укр", 0],
    ["https://me@новини.укр", 0],
  ])("startsWith %s finds %d", async (startsWith, found) => {
    expect(await count("sources", { url: { startsWith } })).toBe(found);
  });

  test.each([
    ["новини.укр", 1],
    ["новини", 1],
    [".укр", 1],
    ["явка", 1],
    ["вк", 1],
    ["стор=2", 1],
    ["новини.укр/явка", 1],
    ["//новини.укр/явка?стор", 1],
    ["https://новини.укр/явка", 1],
    ["HTTP://EXAMPLE.org:80/a", 1],
    ["/{b}", 1],
    ["example.org", 2],
    ["укр/новини", 0],
    ["каша", 0],
    ["", 3],
  ])("contains %s finds %d", async (contains, found) => {
    expect(await count("sources", { url: { contains } })).toBe(found);
  });

  test("and lies in a range that is given in any form", async () => {
    expect(await count("sources", { url: { gte: NEWS, lte: NEWS } })).toBe(1);
  });
});

describe("codes are found by a part or a range in any form", () => {
  beforeAll(async () => {
    for (const language of ["en", "en-US", "zh-Hant", "id"]) {
      await recorder.done("createSource", { source: { ...aSource(), language, url: null } });
    }
    await recorder.done("createActor", { actor: { ...anActor(), countryCode: "KR" } });
  });

  test.each([
    [{ startsWith: "eng" }, 2],
    [{ startsWith: "EN_u" }, 1],
    [{ startsWith: "zh-han" }, 1],
    [{ startsWith: "zho_Han" }, 1],
    [{ startsWith: "in" }, 1],
    [{ startsWith: "nobody" }, 0],
    [{ contains: "hant" }, 1],
    [{ contains: "n_US" }, 1],
    [{ gte: "ENG", lte: "eng" }, 1],
    [{ gte: "zh_hant" }, 1],
    [{ lt: "E" }, 0],
    [{ contains: " " }, 0],
  ])("a language by %j", async (language, found) => {
    expect(await count("sources", { language, url: null })).toBe(found);
  });

  test.each([
    [{ gte: "kr", lte: "kr" }, 1],
    [{ gt: "kr" }, 0],
    [{ gte: "K", lt: "L" }, 1],
    [{ startsWith: "k" }, 1],
    [{ startsWith: " kr" }, 1],
  ])("a country by %j", async (countryCode, found) => {
    expect(await count("actors", { countryCode })).toBe(found);
  });
});

describe.each([
  ["in decomposed form", "대한민국 국방부".normalize("NFD")],
  ["with two blanks", "Ministère  de la Défense"],
  ["with a no-break space", "Міністерство\u00A0оборони"],
])("what was recorded %s is found by the same string", (_, text) => {
  const is = [{ eq: text }, { in: ["-", text] }, { contains: text }, { startsWith: text }];
  const isNot = [{ ne: text }, { notIn: ["-", text] }];
  const range = { gte: text, lte: text };

  test.each([
    ["actors", "createActor", "actor", anActor, "name"],
    ["events", "createEvent", "event", anEvent, "title"],
    ["sources", "createSource", "source", aSource, "title"],
    ["propositions", "createProposition", "proposition", aProposition, "text"],
    ["claims", "recordClaim", "claim", aClaim, "attributedAs"],
  ] as const)("among %s", async (list, mutation, argument, some, field) => {
    const externalIds = [{ scheme: "test", value: text }];
    const names = list === "actors" ? { names: [{ value: text }] } : {};
    const record = { ...some(), [field]: text, externalIds, ...names };
    const { id } = await recorder.done(mutation, { [argument]: record });
    const found = (filter: unknown) => count(list, { id: { eq: id }, [field]: filter });
    for (const filter of [...is, range]) expect([filter, await found(filter)]).toEqual([filter, 1]);
    for (const filter of isNot) expect([filter, await found(filter)]).toEqual([filter, 0]);
    for (const value of is) {
      const some = { externalIds: { some: { scheme: { eq: "TEST" }, value } } };
      expect([value, await count(list, some)]).toEqual([value, 1]);
      if (list === "actors") expect(await count(list, { names: { some: { value } } })).toBe(1);
    }
  });
});

test("what is no line finds nothing, and is not refused", async () => {
  for (const eq of ["", " ", "Ky\u0007iv"]) expect(await count("actors", { name: { eq } })).toBe(0);
  const all = await count("actors", {});
  expect(await count("actors", { name: { notIn: ["", "\u202E"] } })).toBe(all);
});

test("a part of a line may begin and end with a blank", async () => {
  await recorder.done("createEvent", { event: { ...anEvent(), title: "Artes et bellum" } });
  for (const contains of [" et ", "\u00A0et\n"])
    expect(await count("events", { title: { contains } })).toBe(1);
  for (const contains of [" artes", " bellum "])
    expect(await count("events", { title: { contains } })).toBe(0);
});
