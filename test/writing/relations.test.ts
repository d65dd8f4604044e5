import { aClaim, anActor, type Entity, type Input, Recorder } from "./recorder.js";

// Who may take a claim back or replace it: its actor, and whoever was on the actor's side when doing so.

let recorder: Recorder;
let known: Input;
beforeAll(async () => {
  recorder = await Recorder.start();
  const [event, source] = [await recorder.event(), await recorder.source()];
  known = { ...aClaim(), events: [{ id: event.id }], citations: [{ source: { id: source.id } }] };
});
afterAll(() => recorder.stop());

const TYPES = ["RETRACTS", "SUPERSEDES"];
const MEANING: Record<string, string> = {
  RETRACTS: "RETRACTS takes back a claim of the same actor, or of its side.",
  SUPERSEDES: "SUPERSEDES replaces a claim of the same actor, or of its side.",
};
const OTHERS = "Use CONTRADICTS or DENIES for what others said.";

const by = ({ id }: Entity) => ({ id });
const partOf = (whole: Entity, dates: Input = {}) => ({ role: "PART_OF", actor: by(whole), ...dates });
const actor = (name: string, ...affiliations: Input[]) => recorder.actor({ name, affiliations });
const claimOf = (who: Entity, more: Input = {}): Input => ({ ...known, assertedBy: by(who), ...more });
const claim = (who: Entity, assertedAt: string | null = null, ...relations: Input[]) =>
  recorder.claim(claimOf(who, { assertedAt, relations }));
const to = (earlier: Entity, type = "RETRACTS") => ({ type, to: by(earlier) });

/** Changes a claim, whatever version it has by now. */
async function changing({ id }: Entity, changes: Input): Promise<["updateClaim", Input]> {
  const [now] = await recorder.sql<Entity>("select version from claim where public_id = $1", id);
  return ["updateClaim", { id, expectedVersion: now!.version, claim: changes }];
}
const change = async (of: Entity, changes: Input) => recorder.done(...(await changing(of, changes)));
const refused = async (of: Entity, changes: Input) => recorder.refused(...(await changing(of, changes)));
const relate = (later: Entity, ...[earlier, type]: Parameters<typeof to>) =>
  recorder.done("addClaimRelation", { claim: later.id, claimRelation: to(earlier, type) });

/** The id of the only relation that a claim has. */
async function relationOf({ id }: Entity): Promise<string> {
  const query = "query ($id: ID!) { claim(id: $id) { relations { id } } }";
  const { data } = await recorder.app.as("EDITOR")(query, { id });
  const [relation] = (data as unknown as { claim: { relations: Entity[] } }).claim.relations;
  return relation!.id;
}

/** Ends whatever an actor is part of. */
async function leave({ id }: Entity): Promise<void> {
  const query = "query ($id: ID!) { actor(id: $id) { affiliations { id } } }";
  const { data } = await recorder.app.ask(query, { id });
  for (const one of (data as unknown as { actor: { affiliations: Entity[] } }).actor.affiliations) {
    await recorder.done("removeAffiliation", { id: one.id });
  }
}

describe.each(TYPES)("%s", (type) => {
  test("is accepted of a claim of the same actor, and of one of its side on that day", async () => {
    const state = await actor("Ukraine");
    const army = await actor("Army", partOf(state, { from: "2000" }));
    const corps = await actor("Corps", partOf(army));
    const staff = await actor("Staff", partOf(state));
    const said = await claim(corps, "2024-05-01");
    for (const later of [corps, army, state, staff]) await claim(later, "2024-05-02", to(said, type));
    // An actor that belongs to nobody then may still correct itself.
    const early = await claim(army, "1990");
    await claim(army, "1991", to(early, type));
    await claim(army, null, to(early, type));
  });

  test("is refused of a claim of others, with the words for it, and nothing is kept", async () => {
    const [state, other] = [await actor("Ukraine"), await actor("Russia")];
    const ministry = await actor("Ministry", partOf(state));
    const said = await claim(other, "2024-04");
    const claims = claimOf(ministry, {
      assertedAt: "2024-05-01",
      assertedBy: { create: { ...anActor(), affiliations: [partOf(ministry)] } },
      relations: [
        { type: "DENIES", to: by(said) },
        { type, to: by(said) },
      ],
    });
    expect(await recorder.refused("recordClaim", { claim: claims })).toEqual([
      `INVALID input.claim.relations.1.to: "${said.id}": ${MEANING[type]} Russia was not on the side of Ukraine on 2024-05-01. ${OTHERS}`,
    ]);
  });

  test("goes by the day of the later claim: a side that was left, or is not yet joined", async () => {
    const state = await actor("Ukraine");
    const town = await actor("Town", partOf(state, { from: "2000", to: "2014-03-18" }));
    const said = await claim(town, "2010");
    const refusal = (day: string, path = "relations.0.to") =>
      `INVALID input.claim.${path}: "${said.id}": ${MEANING[type]} Town was not on the side of Ukraine on ${day}. ${OTHERS}`;
    const record = (assertedAt: string | null) =>
      recorder.refused("recordClaim", {
        claim: claimOf(state, { assertedAt, relations: [to(said, type)] }),
      });
    await claim(state, "2014-03-18", to(said, type));
    expect(await record("2014-03-19")).toEqual([refusal("2014-03-19")]);
    expect(await record("1999-12-31")).toEqual([refusal("1999-12-31")]);
    // A vague date counts from its earliest day, with an open start its latest; without any, the day of recording counts.
    await claim(state, "2014", to(said, type));
    await claim(state, "../2014-03-18", to(said, type));
    expect(await record("../2014-03-19")).toEqual([refusal("2014-03-19")]);
    const today = new Date().toISOString().slice(0, 10);
    expect(await record(null)).toEqual([refusal(today)]);
  });

  test("is checked with the actors that come with it", async () => {
    const state = await actor("Ukraine");
    const said = await claim(state, "2024-04");
    const create = (...affiliations: Input[]) => ({ create: { ...anActor(), affiliations } });
    const record = (assertedBy: Input) =>
      claimOf(state, { assertedBy, assertedAt: "2024-05-01", relations: [to(said, type)] });
    await recorder.done("recordClaim", { claim: record(create(partOf(state, { from: "2024-05-01" }))) });
    expect(
      await recorder.refused("recordClaim", { claim: record(create(partOf(state, { from: "2024-06" }))) }),
    ).toEqual([
      expect.stringMatching(
        /^INVALID input\.claim\.relations\.0\.to: .* Ukraine was not on the side of Mayor/,
      ),
    ]);
  });

  test("is refused when it is added, moved or made of another relation", async () => {
    const [state, other] = [await actor("Ukraine"), await actor("Russia")];
    const said = await claim(other, "2024-04");
    const [own, denial] = [
      await claim(state, "2024-05-01"),
      await claim(state, "2024-05-01", to(said, "DENIES")),
    ];
    const refusal = (path: string) =>
      `INVALID input.${path}: "${said.id}": ${MEANING[type]} Russia was not on the side of Ukraine on 2024-05-01. ${OTHERS}`;
    expect(
      await recorder.refused("addClaimRelation", { claim: own.id, claimRelation: to(said, type) }),
    ).toEqual([refusal("claimRelation.to")]);
    const id = await relationOf(denial);
    expect(await recorder.refused("updateClaimRelation", { id, claimRelation: { type } })).toEqual([
      refusal("claimRelation.to"),
    ]);
    const again = await claim(other, "2024-05-02", to(said, type));
    const moved = { id: await relationOf(again), to: own.id };
    expect(await recorder.refused("moveClaimRelation", moved)).toEqual([refusal("id.to")]);
  });

  test("holds when the actor or the date of either claim is changed afterwards", async () => {
    const [state, other] = [await actor("Ukraine"), await actor("Russia")];
    const town = await actor("Town", partOf(state, { to: "2014" }));
    const said = await claim(town, "2010");
    const later = await claim(state, "2012", to(said, type));
    const first = "Remove that relation first.";
    expect(await refused(later, { assertedAt: "2015-02-01" })).toEqual([
      `INVALID input.claim.assertedAt: It ${type} "${said.id}". ${MEANING[type]} Town was not on the side of Ukraine on 2015-02-01. ${first}`,
    ]);
    expect(await refused(later, { assertedBy: by(other) })).toEqual([
      `INVALID input.claim.assertedBy: It ${type} "${said.id}". ${MEANING[type]} Town was not on the side of Russia on 2012-01-01. ${first}`,
    ]);
    expect(await refused(said, { assertedBy: by(other) })).toEqual([
      `INVALID input.claim.assertedBy: "${later.id}" ${type} it. ${MEANING[type]} Russia was not on the side of Ukraine on 2012-01-01. ${first}`,
    ]);
    // What leaves both on one side is taken, and so is anything else.
    await change(later, { assertedAt: "2014-12-31" });
    await change(said, { assertedAt: "2011", assertedBy: by(state) });
    await change(later, { assertedAt: "2020", statement: "Something else." });
    await change(said, { assertedAt: null });
  });

  test("is no concern of affiliations that change later, nor of changes that leave it alone", async () => {
    const state = await actor("Ukraine");
    const town = await actor("Town", partOf(state));
    const said = await claim(town, "2010");
    const later = await claim(state, "2012", to(said, type));
    await leave(town);
    await change(later, { statement: "Something else." });
    await relate(later, said, "NARROWS");
    await recorder.done("publishClaim", { id: later.id });
    // When it was said is another matter.
    expect(await refused(later, { assertedAt: "2013" })).toHaveLength(1);
  });

  test("a claim that is brought back brings no relation that would be refused by now", async () => {
    const state = await actor("Ukraine");
    const town = await actor("Town", partOf(state));
    const said = await claim(town, "2010");
    const later = await claim(state, "2012", to(said, type));
    await recorder.run("deleteClaim", { id: later.id, cascade: true });
    await leave(town);
    expect(await recorder.refused("restore", { id: later.id, version: 1 })).toEqual([
      `INVALID input.version.relations.0.to: "${said.id}": ${MEANING[type]} Town was not on the side of Ukraine on 2012-01-01. ${OTHERS}`,
    ]);
    await recorder.done("addAffiliation", { actor: town.id, affiliation: partOf(state) });
    expect((await recorder.run("restore", { id: later.id, version: 1 })).errors).toEqual([]);
  });
});

describe("circles of both types together are refused", () => {
  const refusal = ({ id }: Entity, path = "claimRelation.to") =>
    `INVALID input.${path}: "${id}": RETRACTS and SUPERSEDES lead from this claim back to itself. Leave this relation out, or remove another one of the circle.`;

  test("of two, of three and of five, over several requests", async () => {
    const who = await actor("Ukraine");
    const chain = [await claim(who)];
    for (const at of [0, 1, 2, 3]) chain.push(await claim(who, null, to(chain[at]!, TYPES[at % 2])));
    const [first] = chain as [Entity];
    for (const last of [1, 2, 4]) {
      for (const type of TYPES) {
        const link = { claim: first.id, claimRelation: to(chain[last]!, type) };
        expect(await recorder.refused("addClaimRelation", link)).toEqual([refusal(chain[last]!)]);
      }
    }
    // Other relations may lead back, and so may claims that come later.
    await relate(first, chain[4]!, "RESPONDS_TO");
    await claim(who, null, to(chain[4]!), to(first), to(chain[2]!, "SUPERSEDES"));
  });

  test("when a relation changes its claim or its type", async () => {
    const who = await actor("Ukraine");
    const [first, free] = [await claim(who), await claim(who)];
    const second = await claim(who, null, to(first));
    await relate(first, second, "RESPONDS_TO");
    const answer = { id: await relationOf(first), claimRelation: { type: "SUPERSEDES" } };
    expect(await recorder.refused("updateClaimRelation", answer)).toEqual([refusal(second)]);
    await recorder.done("removeClaimRelation", { id: answer.id });
    await relate(first, free);
    const other = { id: await relationOf(first), claimRelation: { to: by(second) } };
    expect(await recorder.refused("updateClaimRelation", other)).toEqual([refusal(second)]);
  });

  test("of two requests at once that would close one together, one is refused", async () => {
    const who = await actor("Ukraine");
    for (let round = 0; round < 5; round++) {
      const [one, other] = [await claim(who), await claim(who)];
      const answers = await Promise.all([
        recorder.run("addClaimRelation", { claim: one.id, claimRelation: to(other) }),
        recorder.run("addClaimRelation", { claim: other.id, claimRelation: to(one, "SUPERSEDES") }),
      ]);
      expect(answers.map(({ errors }) => errors.length).sort()).toEqual([0, 1]);
    }
  });
});

describe("the database", () => {
  const insert = (type: string, from: Entity, earlier: Entity) =>
    recorder.sql(
      `insert into claim_relation (id, from_id, to_id, type, basis)
        select gen_random_uuid(), (select id from claim where public_id = $1), (select id from claim where public_id = $2),
          $3::claim_relation_type, 'STATED'`,
      from.id,
      earlier.id,
      type,
    );

  test("keeps the rules itself, whoever writes", async () => {
    const [state, other] = [await actor("Ukraine"), await actor("Russia")];
    const [own, again, foreign] = [await claim(state), await claim(state), await claim(other)];
    await expect(insert("RETRACTS", own, foreign)).rejects.toThrow("claim_relation_is_within_a_side");
    await insert("DENIES", own, foreign);
    await insert("RETRACTS", own, again);
    await expect(insert("SUPERSEDES", again, own)).rejects.toThrow("claim_relation_is_in_no_circle");
    await expect(
      recorder.sql(
        "update claim set asserted_by_id = (select id from actor where public_id = $1) where public_id = $2",
        other.id,
        again.id,
      ),
    ).rejects.toThrow("claim_relation_is_within_a_side");
  });

  test("lets what was recorded before stay as it is", async () => {
    const [state, other] = [await actor("Ukraine"), await actor("Russia")];
    const [own, foreign] = [await claim(state), await claim(other)];
    const rule = (way: string) =>
      recorder.sql(`alter table claim_relation ${way} trigger claim_relation_is_allowed`);
    await rule("disable");
    await insert("RETRACTS", own, foreign);
    await rule("enable");
    await change(own, { statement: "Something else." });
    await relate(own, foreign, "DENIES");
    expect(await refused(own, { assertedAt: "2024" })).toHaveLength(1);
  });
});

test("in a batch the claim is named that is wrong; the others are recorded where each is for itself", async () => {
  const [state, other] = [await actor("Ukraine"), await actor("Russia")];
  const said = await claim(other, "2024-04");
  const claims = [state, state, other].map((who, at) =>
    claimOf(who, { assertedAt: "2024-05-01", relations: at === 0 ? [] : [to(said)] }),
  );
  const report = "recorded results { errors { path message } }";
  const all = await recorder.run("recordClaims", { claims }, report);
  expect(all.recorded).toBe(0);
  expect(all.errors.map(({ path }) => path.join("."))).toEqual(["input.claims.1.relations.0.to"]);
  const each = await recorder.run("recordClaims", { claims, mode: "EACH" }, report);
  expect(each.recorded).toBe(2);
  expect(each.results).toEqual([
    { errors: [] },
    {
      errors: [
        {
          path: ["input", "claims", "1", "relations", "0", "to"],
          message: `"${said.id}": ${MEANING.RETRACTS} Russia was not on the side of Ukraine on 2024-05-01. ${OTHERS}`,
        },
      ],
    },
    { errors: [] },
  ]);
});
