import { startTestApp, type TestApp } from "../support/app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

/** Whether a name is found by a part, and by a beginning. */
async function find(name: string, part: string): Promise<{ contains: boolean; startsWith: boolean }> {
  const slug = "folded";
  await app.database.prisma.actor.upsert({
    where: { slug },
    create: { slug, name, kind: "OTHER" },
    update: { name },
  });
  const { data, errors } = await app.ask(
    `query ($part: String!) {
      contains: actors(where: { name: { contains: $part } }) { totalCount }
      startsWith: actors(where: { name: { startsWith: $part } }) { totalCount }
    }`,
    { part },
  );
  expect(errors).toBeUndefined();
  const { contains, startsWith } = data as Record<"contains" | "startsWith", { totalCount: number }>;
  return { contains: contains.totalCount === 1, startsWith: startsWith.totalCount === 1 };
}

describe("contains and startsWith find without regard to case", () => {
  test.each([
    ["Weißenfels", "WEISSEN"],
    ["WEISSENFELS", "weißen"],
    ["WEIẞENFELS", "weiss"],
    ["Weißenfels", "weis"],
    ["İstanbul", "i\u0307stanbul"],
    ["DIYARBAKIR", "diyarbakir"],
    ["ΟΔΟΣ", "οδος"],
    ["οδος", "ΟΔΟΣ"],
    ["ὈΔΥΣΣΕΎΣ", "ὀδυσσεύς"],
    ["ᾼδης", "αι"],
    ["ᾳδης", "ΑΙΔΗΣ"],
    ["КИЇВ", "київ"],
    ["ᲀода", "вода"],
    ["Երևան", "ԵՐԵՒԱՆ"],
    ["ԵՐԵՒԱՆ", "երև"],
    ["ᲡᲐᲥᲐᲠᲗᲕᲔᲚᲝ", "საქართველო"],
    ["ᏣᎳᎩ", "ꮳꮃꭹ"],
    ["ꮳꮃꭹ", "ᏣᎳᎩ"],
    ["\u212Aelvin", "kelvin"],
    ["kelvin", "\u212AEL"],
    ["\u212Bngström", "ångström"],
    ["ſtern", "STERN"],
    ["µm", "Μm"],
    ["ﬁre", "FIRE"],
    ["fire", "ﬁ"],
    ["ŉ Huis", "ʼN H"],
    ["ＡＢＣ", "ａｂｃ"],
    ["𐐀𐐁", "𐐨𐐩"],
    ["ǅungla", "ǆUNG"],
    ["Ჭ", "ჭ"],
  ])("%s by %s", async (name, part) => {
    expect(await find(name, part)).toEqual({ contains: true, startsWith: true });
    expect(await find(`of ${name}`, part)).toEqual({ contains: true, startsWith: false });
  });
});

describe("contains and startsWith find what is written in another way and means the same", () => {
  test.each([
    ["Україна й Київ", "україна и\u0306 киі\u0308в"],
    ["Україна".normalize("NFD"), "УКРАЇ"],
    ["Việt Nam", "vie\u0323\u0302t"],
    ["Việt Nam", "vie\u0302\u0323t"],
    ["vie\u0302\u0323t", "VIỆ"],
    ["대한민국", "대한".normalize("NFD")],
    ["대한민국".normalize("NFD"), "대한민"],
    ["مُحَمَّد", "مُحَم\u0651\u064E"],
    ["مُحَم\u0651\u064Eد", "مُحَم\u064E\u0651د"],
    ["ÉLYSÉE", "e\u0301lyse\u0301e"],
    ["J\u030Coke", "ǰoke"],
    ["豈", "豈"],
  ])("%s by %s", async (name, part) => {
    expect(await find(name, part)).toEqual({ contains: true, startsWith: true });
    expect(await find(`of ${name}`, part)).toEqual({ contains: true, startsWith: false });
  });
});

describe("contains and startsWith do not find", () => {
  test.each([
    ["a letter without its accent", "École", "eco"],
    ["a letter without its accent, written as two", "e\u0301cho", "e"],
    ["a syllable without its last letter", "한국", "하"],
    ["the parts of a fraction", "½ mile", "1"],
    ["the plain form of a wide letter", "ＡＢＣ", "ABC"],
    ["the dotless i by one with a dot", "ılık", "ili"],
    ["the dotted İ by a plain one", "İstanbul", "istanbul"],
    ["one s in two", "Maße", "mase"],
    ["an ae in an æ", "Ærø", "ae"],
    ["all by a character that LIKE knows", "Weißenfels", "%ß_"],
  ])("%s: %s by %s", async (_, name, part) => {
    expect(await find(name, part)).toEqual({ contains: false, startsWith: false });
  });
});

test.each(["ß%", "50%", "Ä_b", "ß\\", "\\ß"])("%s is found as it stands", async (name) => {
  expect(await find(name, name.toUpperCase())).toEqual({ contains: true, startsWith: true });
  expect(await find(name.replace(/[%_\\]/, "-"), name)).toEqual({ contains: false, startsWith: false });
});
