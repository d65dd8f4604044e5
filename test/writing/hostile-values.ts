import { Random } from "../reading/random.js";

const random = new Random(1);
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz0123456789"];
// What is compressed well fits into a row of an index after all.
const LONG = Array.from({ length: 20_000 }, () => random.pick(LETTERS)).join("");
const VERY_LONG = "a".repeat(1_000_000);

/** Texts that are a burden to the database, to patterns, to objects or to messages, those of one sort together. */
const TEXTS: readonly (readonly unknown[])[] = [
  ["a\0b", "\0"],
  ["\ud800", "x\udc00y"],
  ["a\nb", "a\r\nb", "a\tb", "a\u2028b"],
  ["", " "],
  [
    "__proto__",
    "'; drop table claim; --",
    "constructor",
    "$1",
    "9".repeat(400),
    "%",
    "toString",
    "\\",
    "-1",
    "{{}}",
  ],
  [LONG],
];

/** JSON of another kind than any scalar asks for, and what is too long for a message. */
const ANYTHING: readonly unknown[] = [
  {},
  { toString: 1 },
  JSON.parse('{"__proto__": {"a": 1}, "constructor": null}'),
  ["a"],
  [[["a"]]],
  true,
  1e308,
  { letters: VERY_LONG },
  VERY_LONG,
];

const INTS = [2147483647, -2147483648, 2147483648, 0.5, -1, 0];
const NUMBERS: readonly unknown[] = [...INTS, 1e308, -1e308, 1e-320, 0.1 + 0.2, -0, 2 ** 53 + 2];

const OF_TYPE: Readonly<Record<string, readonly unknown[]>> = {
  Int: [...NUMBERS, "1"],
  Float: [...NUMBERS, "NaN"],
  ID: [
    "actor_8zzzzzzzzzzzzzzzzzzzzzzzzz",
    "actor_7zzzzzzzzzzzzzzzzzzzzzzzzz",
    "claim_00000000000000000000000000",
    "citation_00000000000000000000000000",
    "__proto___01h455vb4pex5vsknk084sn02q",
    7,
  ],
  URL: [
    "http://",
    "https://a\nb.example/",
    "https://a.example/\r",
    "https://a\t.example/",
    "http://a\0b.example/",
    "https://a.example/\0",
    "https://a.example/?\ud800",
    "https://a.example/#x\udc00y",
    " https://a.example/ ",
    "https://a.example/a b",
    "https://a.example/\u2028",
    "javascript:alert(1)",
    "https:a.example",
    "https:///a.example",
    "https://[::1]:99999/",
    "https://a@b:c@d.example/%00%zz",
    `https://a.example/${LONG}`,
    `https://${"a.".repeat(1_000)}example/`,
  ],
  EDTF: [
    "9999-99-99",
    "0000",
    "-0001",
    "y170000002",
    "2024-02-30",
    "9999-12-31T23:59:60Z",
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
    "2025\n",
    "../..",
    "XXXX",
    "2025-04-28T10:00:00Z/2025",
  ],
  DateTime: [
    "9999-99-99",
    "9999-12-31T23:59:59.999999999Z",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "0001-01-01T00:00:00Z",
    "2024-02-30T00:00:00Z",
    "2024-01-01T24:00:00Z",
    "+275760-09-13T00:00:00Z",
    "2024-01-01T00:00:00Z\n",
  ],
};

/** Picks values for place after place, so that all of them get their turn. */
export class HostileValues {
  readonly #tried = new Set<string>();
  #turn = 0;

  /**
   * What to put into a place: everything where a type is met for the first time; where a declaration is, what its rules and
   * its column might not take; where another mutation leads there again, now and then one value.
   *
   * @param type of the place
   * @param declared where the schema declares it
   */
  of(type: string, declared: string): readonly unknown[] {
    const turn = this.#turn++;
    const own = OF_TYPE[type] ?? [];
    const texts = TEXTS.map((sort) => sort[turn % sort.length]);
    const isNew = this.#isNew(declared);
    if (this.#isNew(type)) return [...own, ...TEXTS.flat(), ...ANYTHING];
    if (isNew) return type === "String" || type === "ID" ? [...own, ...texts] : every(3, own, turn);
    return turn % 3 === 0 ? every(own.length + texts.length, [...own, ...texts], turn) : [];
  }

  #isNew(name: string): boolean {
    const before = this.#tried.size;
    return this.#tried.add(name).size > before;
  }
}

/** One of so many values, another one each turn. */
const every = (step: number, values: readonly unknown[], turn: number): readonly unknown[] =>
  values.filter((_, index) => (index + turn) % step === 0);

/** A value as a message of the test shows it. */
export const briefly = (value: unknown): string => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length} characters)` : text;
};
