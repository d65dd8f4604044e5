import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import type { Database } from "../../src/database/database.js";
import { alike } from "../reading/reference-where.js";
import { testDatabase } from "../support/database.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

// Versions of Unicode differ in what they know; private characters are left alone by all.
const KNOWN = /[^\p{Cn}\p{Co}\p{Cs}\0]/u;

test("the database folds every character as Unicode does", async () => {
  const characters: string[] = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    const character = String.fromCodePoint(point);
    if (KNOWN.test(character)) characters.push(character);
  }
  const rows = await database.query<{ character: string; folded: string }>(
    `select character, folded(character) from unnest($1::text[]) character
      where folded(character) <> character order by character collate "C"`,
    [characters],
  );
  const expected = characters
    .map((character) => ({ character, folded: alike(character) }))
    .filter(({ character, folded }) => folded !== character);
  expect(expected.length).toBeGreaterThan(2000);
  expect(rows).toEqual(expected);
});

// Letters of which more than one has to be folded, marks that change places, and a few of every kind.
const letters = fc.constantFrom(
  ..."aAeEiIıİjJsStTsSnNkKåÅﬁﬆſßẞŉẚẛéÉệǅ",
  ..."αΑάΆᾳᾼᾴΣσςϐΐΰΊώῼὈιͅ",
  ..."їЇйЙеЕᲀꙋ",
  ..."եւևԵՒﬓ",
  ..."ᲡსꮳᏣⴀႠ𐐀𐐨Ａａ",
  ..."대하댄",
  ..."مدأإآ",
  ..."\u0301\u0300\u0302\u0306\u0307\u0308\u030C\u0323\u0327\u0345\u064E\u0651\u0653\u0654",
  ..." .%_\\½²\u212A\u212B\u2126",
);
const texts = fc.string({ unit: letters, maxLength: 12 });

test("a text is found by another exactly when Unicode's folding of it holds that of the other", async () => {
  const cases = fc.sample(
    fc.tuple(texts, texts, fc.nat(), fc.integer({ min: 1, max: 4 })).map(([text, other, at, length]) => {
      // Half of them are a part of the text, in another form.
      const characters = [...text];
      const from = characters.length > 0 ? at % characters.length : 0;
      const part = characters.slice(from, from + length).join("");
      const forms = [
        other,
        part,
        part.toUpperCase(),
        part.toLowerCase(),
        part.normalize("NFD"),
        part.normalize("NFC"),
      ];
      return { text, part: forms[at % forms.length] as string };
    }),
    { numRuns: 5000, seed: 1 },
  );
  const found = await database.query<{ folded: string; contains: boolean }>(
    `select folded(text), folded(text) like folded('%' || regexp_replace(part, '([\\\\%_])', '\\\\\\1', 'g') || '%') as contains
      from unnest($1::text[], $2::text[]) with ordinality given (text, part, place) order by place`,
    [cases.map(({ text }) => text), cases.map(({ part }) => part)],
  );
  const expected = cases.map(({ text, part }) => ({
    text,
    part,
    folded: alike(text),
    contains: alike(text).includes(alike(part)),
  }));
  expect(expected.filter(({ contains }) => contains).length).toBeGreaterThan(1000);
  const answers = found.map((row, index) => ({ ...cases[index], ...row }));
  const differs = (_: unknown, index: number) => !isDeepStrictEqual(answers[index], expected[index]);
  expect(answers.filter(differs)).toEqual(expected.filter(differs));
});
