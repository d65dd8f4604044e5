import { aClaim, aSource, type Entity, type Input, Recorder } from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

const TEXT = "He said: “no comment”. Later he said nothing. She said yes. He said: all is well.";

const QUOTES = "citations { id anchor quote { exact prefix suffix start end } source { slug } }";
interface Cited {
  id: string;
  anchor: string;
  quote: {
    exact: string;
    prefix: string | null;
    suffix: string | null;
    start: number | null;
    end: number | null;
  } | null;
}
const first = (claim: Entity) => (claim.citations as Cited[])[0]!;

const cite = (source: Entity, quote: Input | null = null) => [
  { source: { id: source.id }, ...(quote && { quote }) },
];

async function quoting(source: Entity, quote: Input | null): Promise<Entity> {
  return recorder.done("recordClaim", { claim: { ...aClaim(), citations: cite(source, quote) } }, QUOTES);
}

async function now(claim: Entity): Promise<Entity> {
  const answer = await recorder.app.as("ANALYST")(
    `query ($id: ID!) { claim(id: $id) { id version ${QUOTES} } }`,
    { id: claim.id },
  );
  return answer.data?.claim as Entity;
}

async function retext(source: Entity, text: string | null, reason?: string): Promise<Entity> {
  return recorder.done("updateSource", {
    id: source.id,
    expectedVersion: source.version,
    source: { text },
    reason,
  });
}

const span = (text: string, exact: string, from = 0) => {
  const start = text.indexOf(exact, from);
  return { exact, start, end: start + exact.length };
};

test("a quote is found to the letter", async () => {
  const source = await recorder.source({ text: TEXT });
  expect(first(await quoting(source, { exact: "She said yes" }))).toMatchObject({
    anchor: "EXACT",
    quote: {
      ...span(TEXT, "She said yes"),
      prefix: "omment”. Later he said nothing. ",
      suffix: ". He said: all is well.",
    },
  });
});

test("white space and quotation marks aside, it is FUZZY, and has the text's own words", async () => {
  const source = await recorder.source({ text: TEXT });
  expect(first(await quoting(source, { exact: 'said:  "no comment"' }))).toMatchObject({
    anchor: "FUZZY",
    quote: span(TEXT, "said: “no comment”"),
  });
});

test("one that is not there is refused, and one that is there twice, until its surroundings tell", async () => {
  const source = await recorder.source({ text: TEXT });
  const claim = (quote: Input) => ({ claim: { ...aClaim(), citations: cite(source, quote) } });
  expect(await recorder.refused("recordClaim", claim({ exact: "maybe" }))).toEqual([
    expect.stringMatching(
      /^QUOTE_NOT_FOUND input\.claim\.citations\.0\.quote: "maybe" is not in the text; copy the words/,
    ),
  ]);
  expect(await recorder.refused("recordClaim", claim({ exact: "He said:" }))).toEqual([
    expect.stringMatching(
      /^QUOTE_AMBIGUOUS input\.claim\.citations\.0\.quote: "He said:" is in the text 2 times; give more .* as prefix, or after it as suffix/,
    ),
  ]);
  expect(first(await quoting(source, { exact: "He said:", suffix: " all" })).quote).toMatchObject(
    span(TEXT, "He said:", 10),
  );
  expect(first(await quoting(source, { exact: "He said:", prefix: "yes. " })).quote).toMatchObject(
    span(TEXT, "He said:", 10),
  );
});

test("a source without a text leaves it UNCHECKED, one with a text wants a quote", async () => {
  const without = await recorder.source();
  expect(first(await quoting(without, { exact: "Anything", prefix: "x" }))).toMatchObject({
    anchor: "UNCHECKED",
    quote: { exact: "Anything", prefix: "x", suffix: null, start: null, end: null },
  });
  expect(first(await quoting(without, null))).toMatchObject({ anchor: "UNCHECKED", quote: null });
  const source = await recorder.source({ text: TEXT });
  expect(await recorder.refused("recordClaim", { claim: { ...aClaim(), citations: cite(source) } })).toEqual([
    "INVALID input.claim.citations.0.quote: The source has a text: quote the words of it that say so.",
  ]);
  const claim = await quoting(without, null);
  const { id } = first(claim);
  expect(await recorder.refused("updateCitation", { id, citation: { source: { id: source.id } } })).toEqual([
    "INVALID input.citation.quote: The source has a text: quote the words of it that say so.",
  ]);
  expect(
    await recorder.refused("addCitation", {
      claim: claim.id,
      citation: { source: { id: source.id }, quote: { exact: "maybe" } },
    }),
  ).toEqual([expect.stringMatching(/^QUOTE_NOT_FOUND input\.citation\.quote: /)]);
});

test("a quote that goes to another source is looked up there by its words", async () => {
  const [one, other] = [
    await recorder.source({ text: TEXT }),
    await recorder.source({ text: `Heard: She said yes, they say.` }),
  ];
  const claim = await quoting(one, { exact: "She said yes" });
  const { id } = first(claim);
  const changed = await recorder.done(
    "updateCitation",
    { id, citation: { source: { id: other.id } } },
    QUOTES,
  );
  expect(first(changed)).toMatchObject({
    anchor: "EXACT",
    quote: { start: 7, end: 19, prefix: "Heard: ", suffix: ", they say." },
  });
  const same = await recorder.done("updateCitation", { id, citation: { translation: "Ja" } }, QUOTES);
  expect(first(same)).toEqual(first(changed));
});

test("replacing a text moves the quotes of all claims, or orphans them, each with a revision that says so", async () => {
  const source = await recorder.source({ text: TEXT });
  const kept = await quoting(source, { exact: "She said yes" });
  const lost = await quoting(source, { exact: "“no comment”" });
  const other = await quoting(await recorder.source({ text: TEXT }), { exact: "She said yes" });
  const text = `Update. ${TEXT.replace("“no comment”", "nothing")}`;
  const replaced = await retext(source, text, "Corrected by the paper.");
  expect(replaced.version).toBe(2);

  expect(await now(kept)).toMatchObject({
    version: 2,
    citations: [{ anchor: "EXACT", quote: span(text, "She said yes") }],
  });
  expect(await now(lost)).toMatchObject({
    version: 2,
    citations: [{ anchor: "ORPHANED", quote: { ...first(lost).quote, start: null, end: null } }],
  });
  expect(await now(other)).toMatchObject({ version: 1 });
  for (const claim of [kept, lost]) {
    expect(await recorder.revisions(claim.id)).toMatchObject([
      { version: 1 },
      {
        version: 2,
        action: "UPDATED",
        reason: `The text of a source that it cites was replaced: ${source.id}.`,
      },
    ]);
  }
  expect(await recorder.revisions(source.id)).toMatchObject([
    {},
    { version: 2, reason: "Corrected by the paper." },
  ]);

  const gone = await retext(replaced, null);
  expect(await now(kept)).toMatchObject({
    version: 3,
    citations: [{ anchor: "UNCHECKED", quote: { exact: "She said yes", start: null } }],
  });
  await retext(gone, TEXT);
  expect(await now(kept)).toMatchObject({
    version: 4,
    citations: [{ anchor: "EXACT", quote: span(TEXT, "She said yes") }],
  });
  expect(await now(lost)).toMatchObject({
    version: 4,
    citations: [{ anchor: "EXACT", quote: first(lost).quote }],
  });
});

test("text that is added to a source is searched for what was quoted of it", async () => {
  const source = await recorder.source();
  const [found, lost, silent] = [
    await quoting(source, { exact: "She said yes" }),
    await quoting(source, { exact: "maybe" }),
    await quoting(source, null),
  ];
  await retext(source, TEXT);
  expect(await now(found)).toMatchObject({
    version: 2,
    citations: [{ anchor: "EXACT", quote: span(TEXT, "She said yes") }],
  });
  expect(await now(lost)).toMatchObject({ version: 2, citations: [{ anchor: "ORPHANED" }] });
  expect(await now(silent)).toMatchObject({ version: 1, citations: [{ anchor: "UNCHECKED", quote: null }] });
});

test("the same text again changes nothing", async () => {
  const source = await recorder.source({ text: TEXT });
  expect((await retext(source, TEXT)).version).toBe(1);
  expect(await recorder.revisions(source.id)).toHaveLength(1);
});

test("a quote keeps its place in an unchanged text, even where its words stand twice among the same words", async () => {
  const text = `Asked, ${"yes and no, ".repeat(12)}end`;
  const source = await recorder.source({ text });
  const claim = await quoting(source, { exact: "yes", prefix: `Asked, ${"yes and no, ".repeat(5)}` });
  const { id, version } = claim;
  await recorder.done("updateClaim", { id, expectedVersion: version, claim: { statement: "Other." } });
  await recorder.run("restore", { id, version: 1 });
  expect(first(await now(claim))).toEqual(first(claim));
});

test("claims recorded while a text is replaced end with a quote that fits", async () => {
  const source = await recorder.source({ text: TEXT });
  const text = `Longer now. ${TEXT}`;
  const claims = [1, 2, 3, 4].map(() => quoting(source, { exact: "She said yes" }));
  const [all] = await Promise.all([Promise.all(claims), retext(source, text)]);
  for (const claim of all) expect(first(await now(claim)).quote).toMatchObject(span(text, "She said yes"));
});

test("a claim may quote twice what it brings", async () => {
  const slug = aSource().slug as string;
  const claim = await recorder.done(
    "recordClaim",
    {
      claim: {
        ...aClaim(),
        citations: [
          { source: { slug }, quote: { exact: "yes" } },
          { source: { create: { ...aSource(), slug, text: TEXT } }, quote: { exact: "no comment" } },
        ],
      },
    },
    QUOTES,
  );
  expect(claim.citations).toMatchObject([
    { anchor: "EXACT", source: { slug } },
    { anchor: "EXACT", source: { slug } },
  ]);
});

test("a new text orphans no published claim unasked", async () => {
  const source = await recorder.source({ text: TEXT });
  const claim = await recorder.claim({
    citations: cite(source, { exact: "She said yes" }),
    status: "PUBLISHED",
  });
  const input = { id: source.id, expectedVersion: source.version, source: { text: "He said nothing." } };
  const { errors } = await recorder.run("updateSource", input);
  expect(errors).toMatchObject([
    { code: "IN_USE", path: ["input", "source", "text"], references: [claim.id] },
  ]);
  await recorder.done("updateSource", { ...input, orphanQuotes: true });
  expect(first(await now(claim))).toMatchObject({ anchor: "ORPHANED" });
});

test("a byte order mark is no part of a text, nor of what is quoted of it", async () => {
  const source = await recorder.source({ text: `\uFEFF${TEXT}` });
  const claims = [
    await quoting(source, { exact: "She said yes" }),
    await quoting(source, { exact: "\uFEFFShe said yes" }),
    await quoting(source, { exact: "yes", prefix: "\uFEFFShe said ", suffix: "\uFEFF. He" }),
  ];
  const stored = await recorder.app.as("ANALYST")("query ($id: ID!) { source(id: $id) { text } }", {
    id: source.id,
  });
  expect(stored.data).toEqual({ source: { text: TEXT } });
  for (const claim of claims) {
    const { quote } = first(await now(claim));
    expect(TEXT.slice(quote!.start!, quote!.end!)).toBe(quote!.exact);
    expect(quote).toEqual(first(claim).quote);
  }
});

test("a byte order mark is none of a text that comes with its quote, nor of its hash", async () => {
  const create = { ...aSource(), text: `\uFEFF${TEXT}` };
  const citations = [{ source: { create }, quote: { exact: "He said: “no" } }];
  const claim = await recorder.done(
    "recordClaim",
    { claim: { ...aClaim(), citations } },
    "citations { anchor quote { exact prefix start end } source { id text contentSha256 } }",
  );
  const plain = await recorder.done(
    "createSource",
    { source: { ...aSource(), text: TEXT } },
    "contentSha256",
  );
  expect(claim.citations).toMatchObject([
    {
      quote: { ...span(TEXT, "He said: “no"), prefix: "" },
      source: { text: TEXT, contentSha256: plain.contentSha256 },
    },
  ]);
});

test("a byte order mark within a text is not kept where a quote or its surroundings begin", async () => {
  const text = "He said no.\uFEFFShe said yes,\uFEFF they say.";
  const source = await recorder.source({ text });
  const claim = await quoting(source, { exact: "\uFEFFShe said yes" });
  expect(first(claim)).toMatchObject({ anchor: "EXACT", quote: span(text, "She said yes") });
  const other = await quoting(source, { exact: "She said yes," });
  for (const one of [claim, other]) expect(first(await now(one))).toEqual(first(one));
  await recorder.done("updateClaim", { id: other.id, expectedVersion: 1, claim: { statement: "Other." } });
  expect(first(await now(other))).toEqual(first(other));
});

test("what is quoted of a source without a text has no controls, as other texts have none", async () => {
  const without = await recorder.source();
  const refused = (quote: Input) =>
    recorder.refused("recordClaim", { claim: { ...aClaim(), citations: cite(without, quote) } });
  const place = "input.claim.citations.0.quote";
  expect(await refused({ exact: "no \u202Eyes" })).toEqual([
    `INVALID ${place}.exact: "no \u202Eyes": remove the direction control U+202E, which is character 4 of the text.`,
  ]);
  expect(await refused({ exact: "no", prefix: "\u2067", suffix: " \u0007" })).toEqual([
    `INVALID ${place}.prefix: "\u2067": remove the direction control U+2067, which is character 1 of the text.`,
    `INVALID ${place}.suffix: " \\u0007": remove the control character U+0007, which is character 2 of the text.`,
  ]);
  expect(first(await quoting(without, { exact: "no\n\tyes", prefix: " " }))).toMatchObject({
    anchor: "UNCHECKED",
  });
  const source = await recorder.source({ text: "He \u202Bsaid\u202C no." });
  expect(first(await quoting(source, { exact: "said no" }))).toMatchObject({
    anchor: "FUZZY",
    quote: { exact: "said\u202C no" },
  });
  expect(first(await quoting(source, { exact: "said\u202C no" }))).toMatchObject({ anchor: "EXACT" });
});
