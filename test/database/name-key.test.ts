import fc from "fast-check";
import type { Database } from "../../src/database/database.js";
import { nameKey } from "../../src/values/name.js";
import { testDatabase } from "../support/database.js";

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

// Versions of Unicode differ in what they know, of the program as of the server: U+A7F1 is of Unicode 17.
const KNOWN = /[^\p{Cn}\p{Co}\p{Cs}\0\uA7F1]/u;

/** Texts whose key in the database is another one than that of the program's key of them. */
const apart = (texts: readonly string[]) =>
  database.query<{ text: string }>(
    `select text, name_key(text) as key, name_key(program) as other
      from unnest($1::text[], $2::text[], $3::text[]) given (text, program, normal)
      where normalize(text, nfkc) = normal and name_key(text) is distinct from name_key(program)`,
    [texts, texts.map(nameKey), texts.map((text) => text.normalize("NFKC"))],
  );

// So texts that share the program's key share the database's.
test("the database finds every character that the program takes for another", async () => {
  const characters: string[] = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    const character = String.fromCodePoint(point);
    if (KNOWN.test(character) && nameKey(character) !== character) characters.push(character);
  }
  expect(characters.length).toBeGreaterThan(5_000);
  expect(await apart(characters.map((character) => `a${character}b`))).toEqual([]);
});

const marks = fc.constantFrom(
  ..."aAeEiIıİßẞſςΣσᾳᾼﬁＡéÉÅ\u212B½",
  ..."'’‘´`\"“”„«»「」״׳.．…,;:-‐–—_/ \u00A0\u3000\t",
  ..."\u200B\u200D\u200E\u00AD\u034F\uFE0F\u115F\u3164",
  ..."\u0301\u0307\u0323\u0345",
  ..."대하댄",
);

test("the database finds every text that the program takes for another", async () => {
  const texts = fc.sample(fc.string({ unit: marks, maxLength: 10 }), { numRuns: 20_000, seed: 1 });
  expect(await apart(texts)).toEqual([]);
});
