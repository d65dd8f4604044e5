import type { Ask } from "../support/app.js";
import { type Entity, type Input, Recorder } from "../writing/recorder.js";

const by = (slug: string) => ({ slug });

/**
 * What the counts below are about. Two people speak about four events:
 *
 *           | who  | act     | stance   | when              | about        | answers   | published in
 *   one     | Anna | ASSERT  | AFFIRMS  | Saturday, 1 June  | flood, fire  | "Dead."   | morning, twice
 *   two     | Bert | DENY    | REJECTS  | Monday, 3 June    | flood        | "Dead."   | morning, noon
 *   three   | Anna | ASSERT  | AFFIRMS  | June to August    | fire, vote   | "Arson."  | post
 *   four    | Anna | CONFIRM | NEUTRAL  | 2024              | vote         | nothing   | post, evening
 *   five    | Bert | ASSERT  | NEUTRAL  | unknown           | march        | nothing   | evening
 *   six     | Bert | DENY    | REJECTS  | until June        | flood        | "Dead."   | noon
 *   seven   | Anna | ASSERT  | AFFIRMS  | Saturday, 1 June  | flood        | "Dead."   | morning         (a draft)
 *   eight   | Bert | RETRACT | NEUTRAL  | 15 September      | flood        | "Dead."   | noon            (a draft)
 */
async function record(recorder: Recorder): Promise<void> {
  await recorder.actor({ slug: "anna", name: "Anna", kind: "PERSON", countryCode: "DE" });
  await recorder.actor({ slug: "bert", name: "Bert", kind: "MILITARY" });
  await recorder.actor({ slug: "press", name: "Press", kind: "MEDIA", countryCode: "DE" });
  await recorder.actor({ slug: "radio", name: "Radio", kind: "MEDIA", countryCode: "FR" });

  const country = (countryCode: string) => ({ place: { countryCode } });
  await recorder.event({ slug: "flood", title: "Flood", occurred: "2024-05-31", ...country("DE") });
  await recorder.event({
    slug: "fire",
    title: "Fire",
    occurred: "2024-05/2024-07",
    ...country("FR"),
    participants: [{ role: "INITIATOR", actor: by("anna") }],
    partOf: by("flood"),
  });
  await recorder.event({ slug: "vote", title: "Vote", type: "CONSULT", occurred: "../2024" });
  await recorder.event({ slug: "march", title: "March", type: "PROTEST", ...country("DE") });

  await recorder.proposition({ slug: "dead", text: "Dead.", measure: "KILLED" });
  await recorder.proposition({
    slug: "arson",
    text: "Arson.",
    kind: "YES_NO",
    measure: undefined,
    unit: undefined,
  });

  const source = (slug: string, title: string, input: Input) => recorder.source({ slug, title, ...input });
  await source("morning", "Morning", {
    publisher: by("press"),
    publishedAt: "2024-06-01T23:30:00-02:00",
    language: "en",
  });
  await source("noon", "Noon", { publisher: by("press") });
  await source("post", "Post", {
    kind: "SOCIAL_POST",
    publishedAt: "2024-06-30T23:59:59.999Z",
    language: "de",
  });
  await source("evening", "Evening", {
    kind: "BROADCAST",
    publisher: by("radio"),
    publishedAt: "2024-07-01T00:00:00Z",
    language: "en",
  });

  const claim = (
    [who, act, stance, assertedAt]: [string, string, string, string | undefined],
    events: string[],
    proposition: string | undefined,
    sources: string[],
    status = "PUBLISHED",
  ) =>
    recorder.claim({
      assertedBy: by(who),
      act,
      stance,
      assertedAt,
      events: events.map(by),
      proposition: proposition && by(proposition),
      citations: sources.map((slug) => ({ source: by(slug) })),
      status,
    });
  await claim(["anna", "ASSERT", "AFFIRMS", "2024-06-01"], ["flood", "fire"], "dead", ["morning", "morning"]);
  await claim(["bert", "DENY", "REJECTS", "2024-06-03"], ["flood"], "dead", ["morning", "noon"]);
  await claim(["anna", "ASSERT", "AFFIRMS", "2024-06/2024-08"], ["fire", "vote"], "arson", ["post"]);
  await claim(["anna", "CONFIRM", "NEUTRAL", "2024"], ["vote"], undefined, ["post", "evening"]);
  await claim(["bert", "ASSERT", "NEUTRAL", undefined], ["march"], undefined, ["evening"]);
  await claim(["bert", "DENY", "REJECTS", "../2024-06"], ["flood"], "dead", ["noon"]);
  await claim(["anna", "ASSERT", "AFFIRMS", "2024-06-01"], ["flood"], "dead", ["morning"], "DRAFT");
  await claim(["bert", "RETRACT", "NEUTRAL", "2024-09-15"], ["flood"], "dead", ["noon"], "DRAFT");
}

/** Asks, and fails when that goes wrong. */
export async function answered<Data>(ask: Ask, query: string, variables?: Input): Promise<Data> {
  const answer = await ask(query, variables);
  expect(answer.errors).toBeUndefined();
  return answer.data as Data;
}

const SHOWN: Record<string, string> = {
  assertedBy: "assertedBy { name }",
  publisher: "publisher { name }",
  event: "event { title }",
  source: "source { title }",
  proposition: "proposition { text }",
};

/**
 * The buckets of a list as a text, one after the other, with the named fields of each: `AFFIRMS 2, - 1`. A dash stands
 * for null, a name or title for a record.
 */
export async function bucketsOf(ask: Ask, list: string, args: string, fields: string): Promise<string> {
  const names = fields.split(" ");
  const selected = names.map((name) => SHOWN[name] ?? name).join(" ");
  type Lists = Record<string, { stats: { buckets: Record<string, unknown>[] } }>;
  const lists = await answered<Lists>(ask, `{ ${list} { stats(${args}) { buckets { ${selected} } } } }`);
  const { buckets } = Object.values(lists)[0]!.stats;
  return buckets.map((bucket) => names.map((name) => shown(bucket[name])).join(" ")).join(", ");
}

function shown(value: unknown): unknown {
  return value !== null && typeof value === "object" ? Object.values(value)[0] : (value ?? "-");
}

/** A server with the few records that statistics are counted of by hand. */
export class Counted {
  readonly reader: Ask;
  readonly analyst: Ask;

  private constructor(readonly recorder: Recorder) {
    this.reader = recorder.app.as("READER");
    this.analyst = recorder.app.as("ANALYST");
  }

  static async start(): Promise<Counted> {
    const recorder = await Recorder.start({ MAX_COST: "1000000000" });
    await record(recorder);
    return new Counted(recorder);
  }

  /** The buckets of a list as a text; see `bucketsOf`. */
  stats(list: string, args: string, fields: string, ask = this.reader): Promise<string> {
    return bucketsOf(ask, list, args, fields);
  }

  /** Deletes what one test has recorded for itself. */
  async discard(type: string, ...records: Entity[]): Promise<void> {
    for (const { id } of records) {
      const { errors } = await this.recorder.run(`delete${type}`, { id, cascade: true });
      expect(errors).toEqual([]);
    }
  }

  stop(): Promise<void> {
    return this.recorder.stop();
  }
}
