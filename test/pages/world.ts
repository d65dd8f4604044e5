import type { Ask } from "../support/app.js";

/** Records of a small world, written as one request may write them. */
interface Said {
  /** By which the test names it. */
  readonly key: string;
  readonly by: string;
  readonly about: string;
  readonly stance?: "AFFIRMS" | "REJECTS";
  readonly act?: string;
  readonly on?: string;
  readonly figure?: object;
  readonly quote?: string;
  readonly source?: string;
  readonly relation?: readonly [string, string];
  readonly more?: object;
}

const ACTORS = [
  { slug: "veltara", name: "Veltara", kind: "STATE" },
  { slug: "ministry", name: "Veltaran Ministry", kind: "GOVERNMENT", affiliations: [partOf("veltara")] },
  { slug: "orsan", name: "Orsan", kind: "STATE" },
  {
    slug: "wave",
    name: "الموجة الحمراء",
    kind: "ARMED_GROUP",
    names: [{ value: "Red Wave", language: "en" }],
  },
  { slug: "agency", name: "Harbour Agency", kind: "MEDIA" },
  { slug: "officials", name: "unnamed officials", kind: "UNNAMED_SOURCE" },
];

const PROPOSITIONS = [
  { slug: "closed", kind: "YES_NO", text: "The harbour is closed." },
  { slug: "open-soon", kind: "YES_NO", text: "The harbour opens in July." },
  { slug: "drill", kind: "YES_NO", text: "A drill was announced." },
  { slug: "warned", kind: "YES_NO", text: "The crew was warned." },
  { slug: "mistake", kind: "YES_NO", text: "A mistake of the editors." },
  { slug: "drunk", kind: "YES_NO", text: "The captain was drunk." },
  { slug: "wreck", kind: "YES_NO", text: "The wreck lies off the cape." },
  { slug: "vague", kind: "YES_NO", text: "A lamp was lit." },
  {
    slug: "dead",
    kind: "QUANTITY",
    unit: "persons",
    text: "Number of dead.",
    measure: "KILLED",
    comparableDays: 10,
  },
  { slug: "oil", kind: "QUANTITY", unit: "km²", text: "Area of oil.", measure: "AREA" },
];

const TEXT =
  "Gen. Smith of the U.S. Army said  “no shot fell” on that day. 観測所は「津波はない」と述べた。 \u{1F6A2}\u{1F6A2} It did sink.";
const SOURCES = [
  { slug: "report", kind: "ARTICLE", title: "A report", language: "en", text: TEXT, textAccess: "PUBLIC" },
  { slug: "log", kind: "DATASET", title: "A log without text" },
];

const SAID: readonly Said[] = [
  // Several say no, and one of them in a vague span.
  {
    key: "c1",
    by: "veltara",
    about: "closed",
    stance: "REJECTS",
    on: "2025-04-26/2025-04-29",
    quote: "no shot fell",
    source: "report",
  },
  { key: "c2", by: "orsan", about: "closed", stance: "REJECTS", act: "ASSERT", on: "2025-05-02" },
  // A ministry and its state disagree.
  { key: "o1", by: "ministry", about: "open-soon", stance: "REJECTS", act: "DENY", on: "2025-06-01" },
  { key: "o2", by: "veltara", about: "open-soon", stance: "AFFIRMS", on: "2025-06-02" },
  // Conceded to a no, after a yes; said again later.
  { key: "d1", by: "orsan", about: "drill", stance: "REJECTS", act: "DENY", on: "2025-04-01" },
  { key: "d2", by: "veltara", about: "drill", stance: "AFFIRMS", on: "2025-04-02" },
  { key: "d3", by: "veltara", about: "drill", stance: "REJECTS", act: "ADMIT", on: "2025-04-20" },
  { key: "d4", by: "veltara", about: "drill", stance: "REJECTS", act: "CONFIRM", on: "2025-05-20" },
  // Silence is broken by another voice of the side.
  { key: "w1", by: "orsan", about: "warned", stance: "AFFIRMS", on: "2025-07-01" },
  { key: "w2", by: "veltara", about: "warned", act: "NO_STATEMENT", on: "2025-07-02" },
  {
    key: "w3",
    by: "ministry",
    about: "warned",
    stance: "AFFIRMS",
    act: "ADMIT",
    on: "2025-07-03",
    relation: ["SUPERSEDES", "w2"],
  },
  // Withdrawn by the editors; taken back by the speaker; set aside.
  { key: "m1", by: "agency", about: "mistake", stance: "AFFIRMS", on: "2025-04-01" },
  { key: "k1", by: "ministry", about: "drunk", stance: "AFFIRMS", on: "2025-04-30" },
  {
    key: "k2",
    by: "ministry",
    about: "drunk",
    act: "RETRACT",
    on: "2025-06-10",
    relation: ["RETRACTS", "k1"],
  },
  {
    key: "k3",
    by: "agency",
    about: "drunk",
    stance: "AFFIRMS",
    on: "2025-05-01",
    more: { rank: "DEPRECATED" },
  },
  // All say yes, and yet one speaks against the other.
  { key: "r1", by: "orsan", about: "wreck", stance: "AFFIRMS", on: "2025-05-01" },
  {
    key: "r2",
    by: "wave",
    about: "wreck",
    stance: "AFFIRMS",
    on: "2025-05-02",
    relation: ["CONTRADICTS", "r1"],
  },
  // In which order is not known; open ends; a time of day.
  { key: "v1", by: "agency", about: "vague", stance: "AFFIRMS" },
  { key: "v2", by: "agency", about: "vague", stance: "REJECTS", act: "DENY", on: "2025-05?" },
  { key: "v3", by: "orsan", about: "vague", stance: "REJECTS", act: "DENY", on: "2025-05/.." },
  {
    key: "v4",
    by: "officials",
    about: "vague",
    stance: "AFFIRMS",
    act: "ESTIMATE",
    on: "2025-05-01T08:00:00Z",
    quote: "津波はない",
    source: "report",
  },
  // Figures: a rejected one, one with an open end, some that are too far apart in time.
  {
    key: "f0",
    by: "orsan",
    about: "dead",
    stance: "AFFIRMS",
    on: "2025-04-30",
    figure: { best: 9, asOf: "2025-05-01" },
  },
  {
    key: "f1",
    by: "orsan",
    about: "dead",
    stance: "AFFIRMS",
    on: "2025-05-01",
    figure: { best: 10, asOf: "2025-05-01" },
  },
  {
    key: "f2",
    by: "officials",
    about: "dead",
    stance: "AFFIRMS",
    on: "2025-05-17",
    figure: { best: 90, asOf: "2025-05-17" },
  },
  {
    key: "f3",
    by: "wave",
    about: "dead",
    stance: "REJECTS",
    act: "DENY",
    on: "2025-05-18",
    figure: { best: 90 },
  },
  { key: "f4", by: "veltara", about: "dead", stance: "AFFIRMS", figure: { low: 5, best: 8 } },
  {
    key: "e1",
    by: "orsan",
    about: "oil",
    stance: "AFFIRMS",
    on: "2025-04-28",
    figure: { best: 100, approximator: "AT_LEAST" },
  },
  {
    key: "e2",
    by: "wave",
    about: "oil",
    stance: "AFFIRMS",
    on: "2025-04-28",
    figure: { best: 10_000, approximator: "AT_LEAST" },
  },
];

function partOf(slug: string) {
  return { role: "PART_OF", actor: { slug } };
}

/** Records it all. @returns the id of each claim by its key */
export async function recordWorld(ask: Ask): Promise<ReadonlyMap<string, string>> {
  const make = async (field: string, argument: string, input: object, answer = "") => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const { data, errors } = await ask(
      `mutation ($input: ${type}!) { ${field}(input: $input) { ${answer} errors { path message } } }`,
      { input: argument ? { [argument]: input } : input },
    );
    const made = Object(data)[field] as { errors: unknown[]; claim?: { id: string } };
    if (errors || made.errors.length > 0) throw new Error(JSON.stringify([input, errors ?? made.errors]));
    return made;
  };
  for (const actor of ACTORS) await make("createActor", "actor", actor);
  for (const proposition of PROPOSITIONS) await make("createProposition", "proposition", proposition);
  for (const source of SOURCES) await make("createSource", "source", source);
  await make("createEvent", "event", { slug: "crisis", title: "A crisis", type: "OTHER", occurred: "2025" });
  const ids = new Map<string, string>();
  for (const said of SAID) {
    const {
      key,
      by,
      about,
      stance,
      act = "ASSERT",
      on,
      figure,
      quote,
      source = "log",
      relation,
      more,
    } = said;
    const { claim } = await make(
      "recordClaim",
      "claim",
      {
        statement: `Words ${key}.`,
        language: "en",
        status: "PUBLISHED",
        act,
        stance,
        assertedBy: { slug: by },
        assertedAt: on,
        proposition: { slug: about },
        events: [{ slug: "crisis" }],
        figure: figure && { approximator: "EXACT", ...figure },
        citations: [{ source: { slug: source }, quote: quote && { exact: quote } }],
        relations: relation && [{ type: relation[0], to: { id: ids.get(relation[1]) } }],
        ...more,
      },
      "claim { id }",
    );
    ids.set(key, claim?.id as string);
  }
  await make("retractClaim", "", { id: ids.get("m1"), reason: "A mistake of ours." });
  return ids;
}
