import fc from "fast-check";
import { slug } from "../../src/values/rules.js";
import { freeSlug, slugOf } from "../../src/values/slug.js";

test.each([
  ["North Korea", "north-korea"],
  ["  R&D — “Test”!  ", "r-d-test"],
  ["O’Neill & Sons", "oneill-sons"],
  ["조선인민군", "joseoninmingun"],
  ["대한민국 정부", "daehanmingug-jeongbu"],
  ["Збройні сили України", "zbroyni-sili-ukraini"],
  ["Володимир Зеленський", "volodimir-zelenskiy"],
  ["القوات المسلحة", "lqwt-lmslhh"],
  ["עברית", "vryt"],
  ["ハルヴォラ化学", "haruvuorahuaxue"],
  ["データベース", "detabesu"],
  ["東京新聞", "dongjingxinwen"],
  ["Straße über München", "strasse-uber-munchen"],
  ["Zu\u0308rich", "zurich"],
  ["Nguyễn Văn Đức", "nguyen-van-duc"],
  ["Łódź", "lodz"],
  ["Ægir Þór", "aegir-thor"],
  ["İstanbul", "istanbul"],
  ["Έλληνες", "ellines"],
  ["ไทย 2024", "aithy-2024"],
  ["हिन्दी", "hindi"],
  ["Հայաստան", "hayastan"],
  ["😀 Smile 🇺🇦", "smile"],
  ["５０ ½", "50-1-2"],
])("%j is %s", (name, expected) => {
  expect(slugOf(name)).toBe(expected);
});

test.each(["", " ", "😀", "🇺🇦", "—", "’", "ʼ", "№", "\u200D"])("%j leaves nothing for a slug", (name) => {
  expect(slugOf(name)).toBeUndefined();
});

test("a long name is cut at a hyphen, where one is near", () => {
  expect(slugOf("word ".repeat(30))).toBe(Array(12).fill("word").join("-"));
  expect(slugOf("x".repeat(60))).toBe("x".repeat(60));
  expect(slugOf(`${"x".repeat(60)} y`)).toBe("x".repeat(60));
  expect(slugOf(`${"x".repeat(59)} yy`)).toBe("x".repeat(59));
  expect(slugOf(`a ${"b".repeat(100)}`)).toBe(`a-${"b".repeat(58)}`);
  expect(slugOf("中".repeat(40))).toBe("zhong".repeat(12));
});

test("any name has a slug or none", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
      const made = slugOf(name);
      if (made === undefined) return;
      expect(slug.parse(made)).toBe(made);
      expect(made.length).toBeLessThanOrEqual(60);
    }),
    { numRuns: 1_000 },
  );
});

test("a slug that is taken gets the first number that is free", () => {
  expect(freeSlug("kpa", new Set())).toBe("kpa");
  expect(freeSlug("kpa", new Set(["kpa"]))).toBe("kpa-2");
  expect(freeSlug("kpa", new Set(["kpa", "kpa-2", "kpa-4"]))).toBe("kpa-3");
});
