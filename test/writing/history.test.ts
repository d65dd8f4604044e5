import { applyPatch, type Operation } from "rfc6902";
import { kindOfType } from "../../src/writing/record.js";
import { documentOf } from "../../src/writing/rows.js";
import { Random } from "../reading/random.js";
import {
  aClaim,
  anActor,
  anEvent,
  aProposition,
  aSource,
  type Entity,
  type Input,
  newSlug,
  Recorder,
} from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

const copy = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

/** Applies a patch as RFC 6902 has it; the library does not replace a whole document. */
function patched(document: unknown, patch: readonly Operation[]): unknown {
  const holder = { document: copy(document) };
  const inside = patch.map((step) => ({ ...copy(step), path: `/document${step.path}` }));
  expect(applyPatch(holder, inside as Operation[])).toEqual(inside.map(() => null));
  return holder.document;
}

/** Follows every history from nothing to its end and back. */
async function checkHistories(): Promise<number> {
  const revisions = await recorder.revisions();
  const now = new Map<string, { version: number; document: unknown }>();
  for (const { record_key: key, record_type: type, version, action, patch, inverse, rows } of revisions) {
    const before = now.get(key) ?? { version: 0, document: null };
    expect(version).toBe(before.version + 1);
    const document = patched(before.document, patch);
    expect(document).toEqual(rows && documentOf(kindOfType(type), rows));
    expect(patched(document, inverse)).toEqual(before.document);
    expect(document === null).toBe(action === "DELETED");
    now.set(key, { version, document });
  }
  for (const table of ["actor", "event", "source", "proposition", "claim"]) {
    const rows = await recorder.sql<{ public_id: string; version: number }>(
      `select public_id, version from "${table}"`,
    );
    for (const { public_id, version } of rows)
      expect([public_id, version]).toEqual([public_id, now.get(public_id)?.version]);
  }
  return revisions.length;
}

const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);
const NOUNS = ["actor", "event", "source", "proposition", "claim"] as const;
const make = { actor: anActor, event: anEvent, source: aSource, proposition: aProposition, claim: aClaim };
type NounName = (typeof NOUNS)[number];

/** Changes records at random, as a newsroom would in years. Refusals are part of it. */
class Newsroom {
  readonly #random: Random;
  readonly records: Record<NounName, string[]> = {
    actor: [],
    event: [],
    source: [],
    proposition: [],
    claim: [],
  };

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  async step(): Promise<void> {
    const random = this.#random;
    const entity = random.pick(NOUNS);
    const id = this.records[entity].length > 0 ? random.pick(this.records[entity]) : undefined;
    if (!id || random.chance(0.2)) {
      const verb = entity === "claim" ? "record" : "create";
      const input = { [entity]: { ...make[entity](), ...this.#fields(entity) } };
      const payload = await recorder.run(`${verb}${capital(entity)}`, input, `${entity} { id }`);
      if (payload[entity]) this.records[entity].push(payload[entity].id);
      return;
    }
    const act = random.pick(["update", "part", "part", "restore", "delete", "review"]);
    if (act === "update") await this.#update(entity, id);
    if (act === "part") await this.#part(entity, id);
    if (act === "restore") await recorder.run("restore", { id, version: random.int(1, 5) });
    if (act === "delete" && random.chance(0.4))
      await recorder.run(`delete${capital(entity)}`, { id, cascade: true });
    if (act === "review" && entity === "claim")
      await recorder.run(`${random.pick(["submit", "publish", "retract", "reject"])}Claim`, { id });
  }

  async #update(entity: NounName, id: string): Promise<void> {
    const [row] = await recorder.sql<{ version: number }>(
      `select version from "${entity}" where public_id = $1`,
      id,
    );
    if (row)
      await recorder.run(`update${capital(entity)}`, {
        id,
        expectedVersion: row.version,
        [entity]: this.#changes(entity),
      });
  }

  async #part(entity: NounName, id: string): Promise<void> {
    const random = this.#random;
    const ref = (of: NounName) => ({
      id: this.records[of].length > 0 ? random.pick(this.records[of]) : `${of}_00000000000000000000000000`,
    });
    const parts: Partial<
      Record<NounName, [name: string, table: string, owner: string, prefix: string, part: Input][]>
    > = {
      actor: [
        [
          "ActorName",
          "actor_name",
          "actor_id",
          "name",
          { value: random.pick(["A", "B", "Ünï\u{1F600}"]), language: random.pick([null, "en", "de"]) },
        ],
        [
          "ActorExternalId",
          "external_id",
          "actor_id",
          "external_id",
          { scheme: random.pick(["wikidata", "cameo"]), value: random.pick(["Q1", "Q2"]) },
        ],
        [
          "Affiliation",
          "affiliation",
          "actor_id",
          "affiliation",
          { role: "PART_OF", actor: ref("actor"), from: random.pick([null, "2020", "2021~"]) },
        ],
      ],
      event: [
        [
          "Participation",
          "participation",
          "event_id",
          "participation",
          { actor: ref("actor"), role: "TARGET" },
        ],
      ],
      claim: [
        [
          "Citation",
          "citation",
          "claim_id",
          "citation",
          { source: ref("source"), quote: random.pick([null, { exact: "words" }, { exact: "more" }]) },
        ],
        [
          "ClaimRelation",
          "claim_relation",
          "from_id",
          "relation",
          { type: random.pick(["DENIES", "NARROWS"]), to: ref("claim") },
        ],
      ],
    };
    const choice = parts[entity];
    if (!choice) return;
    const [name, table, owner, prefix, part] = random.pick(choice);
    const field = name === "ActorExternalId" ? "externalId" : name.charAt(0).toLowerCase() + name.slice(1);
    const rows = await recorder.sql<{ id: string }>(
      `select type_id('${prefix}', p.id) as id from "${table}" p join "${entity}" o on p."${owner}" = o.id where o.public_id = $1`,
      id,
    );
    const existing = rows.length > 0 ? random.pick(rows).id : undefined;
    const act = existing ? random.pick(["add", "update", "move", "remove"]) : "add";
    if (act === "add") await recorder.run(`add${name}`, { [entity]: id, [field]: part });
    if (act === "update") await recorder.run(`update${name}`, { id: existing, [field]: part });
    if (act === "move")
      await recorder.run(`move${name}`, {
        id: existing,
        ...(random.chance(0.5) && { to: ref(entity).id }),
        ...(name === "Citation" && { position: 0 }),
      });
    if (act === "remove") await recorder.run(`remove${name}`, { id: existing });
  }

  #fields(entity: NounName): Input {
    const random = this.#random;
    if (entity === "source") return { text: random.pick([null, "Some words.", "Other words, and more."]) };
    if (entity !== "claim") return {};
    const [actors, events] = [this.records.actor, this.records.event];
    return {
      ...(actors.length > 0 && {
        relayedBy: random
          .some(actors, 0, 3)
          .map((id) => ({ id }))
          .filter(unique),
      }),
      events: [
        { create: anEvent() },
        ...random
          .some(events, 0, 2)
          .map((id) => ({ id }))
          .filter(unique),
      ].reverse(),
      status: random.pick(["DRAFT", "PUBLISHED"]),
    };
  }

  #changes(entity: NounName): Input {
    const random = this.#random;
    const text = random.pick(["One\n", "Two", "Ünï\u{1F600}", "~/0~1/path"]);
    const ref = (of: NounName) =>
      this.records[of].length > 0 && random.chance(0.7) ? { id: random.pick(this.records[of]) } : null;
    const number = random.pick([0.1, 1e21, 12e6, -0.5, 1 / 3, null]);
    switch (entity) {
      case "actor":
        return { name: text, countryCode: random.pick([null, "DE"]), description: random.pick([null, text]) };
      case "event":
        return {
          title: text,
          partOf: ref("event"),
          occurred: random.pick([null, "2025-05", "2024~"]),
          place: random.pick([null, { name: text }, { latitude: 0.1, longitude: -1e-7 }]),
        };
      case "source":
        return {
          title: text,
          authors: random.some(["A", "B", "C"], 0, 3),
          text: random.pick([null, "Some words.", "more words", text]),
          publisher: ref("actor"),
          syndicationOf: ref("source"),
          publishedAt: random.pick([null, "2025-01-01T00:00:00.5+02:00"]),
        };
      case "proposition":
        return { text, unit: random.pick([null, "EUR"]) };
      case "claim":
        return {
          statement: text,
          proposition: ref("proposition"),
          figure: random.pick([
            null,
            { best: number, approximator: "ABOUT", asOf: random.pick([null, "2024"]) },
          ]),
          ...(random.chance(0.5) && {
            events: random
              .some(this.records.event, 0, 3)
              .map((id) => ({ id }))
              .filter(unique),
          }),
          ...(random.chance(0.5) && {
            relayedBy: random
              .some(this.records.actor, 0, 3)
              .map((id) => ({ id }))
              .filter(unique),
          }),
        };
    }
  }
}

const unique = ({ id }: { id?: string }, at: number, all: { id?: string }[]) =>
  all.findIndex((one) => one.id === id) === at;

test.each([1, 2, 3])(
  "patches lead from each version to the next, and inverses back (seed %i)",
  async (seed) => {
    const newsroom = new Newsroom(seed);
    for (let step = 0; step < 200; step++) await newsroom.step();
    expect(await checkHistories()).toBeGreaterThan(100);
  },
  120_000,
);

test("one revision for each record that was changed, in the order of their references", async () => {
  const before = await recorder.sql<{ seq: string }>(
    "select coalesce(max(seq), 0)::text as seq from revision",
  );
  await recorder.claim();
  const made = await recorder.sql(
    "select record_type::text as type, version, action::text from revision where seq > $1::bigint order by seq",
    before[0]?.seq,
  );
  expect(made).toEqual(
    ["ACTOR", "EVENT", "SOURCE", "CLAIM"].map((type) => ({ type, version: 1, action: "CREATED" })),
  );
});

test("why a draft was recorded is not told beside what it brought along", async () => {
  const reason = "Nobody else has this yet.";
  const record = async (status: string) => {
    const before = await recorder.revisions();
    await recorder.run("recordClaim", { claim: { ...aClaim(), status }, reason });
    return (await recorder.revisions()).slice(before.length).map((one) => [one.record_type, one.reason]);
  };
  expect(await record("DRAFT")).toEqual([
    ["ACTOR", null],
    ["EVENT", null],
    ["SOURCE", null],
    ["CLAIM", reason],
  ]);
  for (const [, told] of await record("PUBLISHED")) expect(told).toBe(reason);
});

test("events in another order are no change", async () => {
  const ids = [await recorder.event(), await recorder.event(), await recorder.event()].map(({ id }) => ({
    id,
  }));
  const claim = await recorder.claim({ events: ids.toReversed() });
  const same = await recorder.done("updateClaim", {
    id: claim.id,
    expectedVersion: 1,
    claim: { events: ids },
  });
  expect(same.version).toBe(1);
});

test("what was written without a history gets the beginning of one with its first change", async () => {
  const actor = await recorder.actor({ name: "Before" });
  await recorder.sql("delete from revision where record_key = $1", actor.id);
  await recorder.done("updateActor", { id: actor.id, expectedVersion: 1, actor: { name: "Before" } });
  expect(await recorder.revisions(actor.id)).toEqual([]);
  await recorder.done("updateActor", { id: actor.id, expectedVersion: 1, actor: { name: "After" } });
  expect(await recorder.revisions(actor.id)).toMatchObject([
    { version: 1, action: "CREATED", patch: [{ value: { name: "Before" } }] },
    { version: 2, action: "UPDATED", patch: [{ op: "replace", path: "/name", value: "After" }] },
  ]);
});

const restore = (id: string, version: number, more: Input = {}) =>
  recorder.run(
    "restore",
    { id, version, ...more },
    "node { id ... on Claim { status version statement } ... on Actor { version name recordedAt names { id value } } ... on Event { version title } ... on Source { version title content: text } ... on Proposition { version text } }",
  );

describe("restoring", () => {
  const TEXTS = {
    actor: "name",
    event: "title",
    source: "title",
    proposition: "text",
    claim: "statement",
  } as const;

  test.each(NOUNS)("%s: an earlier version, and one that was deleted", async (entity) => {
    const field = TEXTS[entity];
    const record: Entity = await recorder[entity]({ [field]: "First." });
    const { id } = record;
    await recorder.done(`update${capital(entity)}`, {
      id,
      expectedVersion: 1,
      [entity]: { [field]: "Second." },
    });
    const back = await restore(id, 1, { reason: "A mistake." });
    expect(back).toMatchObject({ errors: [], node: { id, version: 3 } });
    expect(await restore(id, 2, { expectedVersion: 2 })).toMatchObject({
      node: null,
      errors: [{ code: "CONFLICT", currentVersion: 3 }],
    });
    expect((await recorder.run(`delete${capital(entity)}`, { id, cascade: true })).errors).toEqual([]);
    const again = await restore(id, 2);
    expect(again).toMatchObject({ errors: [], node: { id, version: 5 } });
    expect(await recorder.revisions(id)).toMatchObject(
      ["CREATED", "UPDATED", "RESTORED", "DELETED", "RESTORED"].map((action, at) => ({
        action,
        version: at + 1,
      })),
    );
    const [row] = await recorder.sql(`select "${field}" as text from "${entity}" where public_id = $1`, id);
    expect(row).toEqual({ text: "Second." });
    await checkHistories();
  });

  test("the same content is no change", async () => {
    const { id } = await recorder.event();
    expect(await restore(id, 1)).toMatchObject({ errors: [], node: { version: 1 } });
    expect(await recorder.revisions(id)).toHaveLength(1);
  });

  test("a claim keeps its state of review; a deleted one is a draft again", async () => {
    const { id } = await recorder.claim({ statement: "First." });
    await recorder.done("publishClaim", { id });
    await recorder.done("updateClaim", { id, expectedVersion: 2, claim: { statement: "Second." } });
    expect(await restore(id, 1)).toMatchObject({ node: { status: "PUBLISHED", statement: "First." } });
    await recorder.run("deleteClaim", { id, cascade: true });
    expect(await restore(id, 3)).toMatchObject({ node: { status: "DRAFT", statement: "Second." } });
  });

  test("a source gets its former text, and its quotes their places", async () => {
    const source = await recorder.source({ text: "Some words." });
    const claim = await recorder.claim({
      citations: [{ source: { id: source.id }, quote: { exact: "words" } }],
    });
    await recorder.done("updateSource", { id: source.id, expectedVersion: 1, source: { text: "Nothing." } });
    expect(
      await recorder.sql(
        "select anchor::text, start from citation where type_id('claim', claim_id) = $1",
        claim.id,
      ),
    ).toEqual([{ anchor: "ORPHANED", start: null }]);
    expect(await restore(source.id, 1)).toMatchObject({ node: { content: "Some words.", version: 3 } });
    expect(
      await recorder.sql(
        "select anchor::text, start from citation where type_id('claim', claim_id) = $1",
        claim.id,
      ),
    ).toEqual([{ anchor: "EXACT", start: 5 }]);
  });

  test("names that changed places", async () => {
    const actor = await recorder.done(
      "createActor",
      {
        actor: { slug: newSlug("actor"), name: "N", kind: "PERSON", names: [{ value: "A" }, { value: "B" }] },
      },
      "names { id value }",
    );
    const [a, b] = actor.names as [{ id: string }, { id: string }];
    for (const [{ id }, value] of [
      [a, "C"],
      [b, "A"],
      [a, "B"],
    ] as const)
      await recorder.done("updateActorName", { id, actorName: { value } });
    expect(await restore(actor.id, 1)).toMatchObject({
      errors: [],
      node: {
        names: [
          { ...a, value: "A" },
          { ...b, value: "B" },
        ],
      },
    });
  });

  test("what it refers to must still be there, and its slug free", async () => {
    const gone = await recorder.actor();
    const slug = newSlug("taken");
    const source = await recorder.source({ slug, publisher: { id: gone.id } });
    await recorder.done("updateSource", {
      id: source.id,
      expectedVersion: 1,
      source: { publisher: null, slug: newSlug("other") },
    });
    await recorder.run("deleteActor", { id: gone.id });
    await recorder.source({ slug });
    expect(await recorder.refused("restore", { id: source.id, version: 1 })).toEqual([
      `NOT_FOUND input.version.publisher: "${gone.id}": there is no such actor; it may have been deleted. Name another.`,
      `TAKEN input.version.slug: "${slug}": another source has this slug. Choose another, or name that one by it.`,
    ]);
    const claim = await recorder.claim();
    expect(await recorder.refused("restore", { id: claim.id, version: 9 })).toEqual([
      "NOT_FOUND input.version: 9: there is no such version to bring back. Choose another one from `history`.",
    ]);
    expect(await recorder.refused("restore", { id: "claim_01jt3v8x1zfkq9m2d4n6p8r0sw", version: 1 })).toEqual(
      [expect.stringMatching(/^NOT_FOUND input\.id: /)],
    );
    expect(await recorder.refused("restore", { id: "key_01jt3v8x1zfkq9m2d4n6p8r0sw", version: 1 })).toEqual([
      expect.stringMatching(/^INVALID input\.id: /),
    ]);
  });

  test("a record keeps the time when it was first recorded", async () => {
    const { id } = await recorder.actor();
    const recordedAt = async () =>
      (
        await recorder.sql<{ at: string }>(
          "select recorded_at::text as at from actor where public_id = $1",
          id,
        )
      )[0]?.at;
    const before = await recordedAt();
    await recorder.run("deleteActor", { id });
    await restore(id, 1);
    expect(await recordedAt()).toBe(before);
  });

  test("several at once bring it back once", async () => {
    const { id } = await recorder.actor();
    await recorder.run("deleteActor", { id });
    const answers = await Promise.all([restore(id, 1), restore(id, 1), restore(id, 1)]);
    for (const { errors } of answers) expect(errors.filter(({ code }) => code !== "CONFLICT")).toEqual([]);
    expect(await recorder.revisions(id)).toHaveLength(3);
  });
});

describe("erasing a history", () => {
  const erase = (id: string) =>
    recorder.run("eraseHistory", { id, reason: "Order of a court." }, "erased", "ADMIN");

  /** Where a word stands in what is kept of the past. */
  const traces = (word: string) =>
    recorder.sql<{ found: string }>(
      "select 'revision ' || version as found from revision r where r::text like $1 union all select 'text' from source_text t where t::text like $1",
      `%${word}%`,
    );

  test("leaves no trace of former contents, and the history goes on", async () => {
    const source = await recorder.done("createSource", {
      source: { slug: "secret-slug", kind: "ARTICLE", title: "Secret title", text: "Secret words." },
      reason: "Secret reason",
    });
    const claim = await recorder.claim({
      citations: [{ source: { id: source.id }, quote: { exact: "words" } }],
    });
    await recorder.done("updateSource", {
      id: source.id,
      expectedVersion: 1,
      source: { text: "Secret text.", title: "Second secret" },
    });
    await recorder.done("updateSource", {
      id: source.id,
      expectedVersion: 2,
      source: { text: "Harmless.", title: "Harmless", slug: "harmless" },
    });
    const quoted = await traces("Secret words");
    expect(quoted.length).toBeGreaterThan(0);
    expect(await erase(source.id)).toMatchObject({ errors: [], erased: 3 });
    for (const word of [
      "secret-slug",
      "Secret title",
      "Secret reason",
      "Secret text",
      "Second secret",
      "Secret words",
    ])
      expect(await traces(word)).toEqual([]);
    expect(await recorder.revisions(source.id)).toMatchObject([
      { version: 1, action: "CREATED", patch: [], inverse: [], reason: null, rows: null },
      { version: 2, action: "UPDATED", patch: [], rows: null },
      { version: 3, action: "UPDATED", patch: [], rows: null },
      { version: 4, action: "HISTORY_ERASED", patch: [], reason: "Order of a court." },
    ]);
    for (const version of [1, 3]) {
      expect(await recorder.refused("restore", { id: source.id, version })).toEqual([
        `HISTORY_ERASED input.version: ${version}: its content was erased. Choose another one from \`history\`.`,
      ]);
    }
    const changed = await recorder.done("updateSource", {
      id: source.id,
      expectedVersion: 4,
      source: { title: "New" },
    });
    expect(changed.version).toBe(5);
    expect(await restore(source.id, 4)).toMatchObject({
      errors: [],
      node: { version: 6, title: "Harmless" },
    });
    const { data, errors } = await recorder.app.as("READER")(
      "query ($id: ID!) { source(id: $id) { history { totalCount nodes { version action patch author { name } } } } changes(where: { record: [$id] }) { nodes { version } } }",
      { id: source.id },
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({
      source: { history: { totalCount: 6 } },
      changes: { nodes: [1, 2, 3, 4, 5, 6].map((version) => ({ version })) },
    });
    await recorder.run("deleteClaim", { id: claim.id, cascade: true });
  });

  test("a text that another source had as well stays", async () => {
    const text = "The very same words of an agency.";
    const [one, other] = [await recorder.source({ text }), await recorder.source({ text })];
    for (const { id } of [one, other])
      await recorder.done("updateSource", { id, expectedVersion: 1, source: { text: null } });
    await erase(one.id);
    expect(await restore(other.id, 1)).toMatchObject({ errors: [], node: { content: text } });
  });

  test("who follows a claim that was deleted hears that its history is erased", async () => {
    const shown = async (status: string) => {
      const { id } = await recorder.claim({ status });
      await recorder.run("deleteClaim", { id, cascade: true });
      await erase(id);
      return (await recorder.revisions(id)).map((one) => [one.action, one.public]);
    };
    const actions = ["CREATED", "DELETED", "HISTORY_ERASED"];
    expect(await shown("PUBLISHED")).toEqual(actions.map((action) => [action, true]));
    expect(await shown("DRAFT")).toEqual(actions.map((action) => [action, false]));
  });

  test("of what was deleted, and of what never was", async () => {
    const { id } = await recorder.actor({ name: "Jane Secret" });
    await recorder.run("deleteActor", { id });
    expect(await erase(id)).toMatchObject({ errors: [], erased: 2 });
    expect(await traces("Jane Secret")).toEqual([]);
    expect(await recorder.refused("restore", { id, version: 1 })).toEqual([
      expect.stringMatching(/^HISTORY_ERASED input\.version/),
    ]);
    expect(
      await recorder.refused("eraseHistory", { id: "actor_01jt3v8x1zfkq9m2d4n6p8r0sw" }, "ADMIN"),
    ).toEqual(["NOT_FOUND input.id: There is no history of such a record."]);
  });
});
