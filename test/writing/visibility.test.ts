import type { Ask } from "../support/app.js";
import { type Entity, Recorder } from "./recorder.js";
import { WholeSchema } from "./whole-schema.js";

let recorder: Recorder;
let whole: WholeSchema;
const known: Record<"actor" | "event" | "source" | "proposition" | "published", Entity> = {} as never;

beforeAll(async () => {
  recorder = await Recorder.start({
    MAX_COST: "1000000000",
    MAX_DEPTH: "100",
    MAX_ANSWER_BYTES: "200000000",
  });
  whole = new WholeSchema(recorder.app.schema);
  known.actor = await recorder.actor();
  known.event = await recorder.event({ participants: [{ role: "TARGET", actor: { id: known.actor.id } }] });
  known.source = await recorder.source({
    text: "Quagga. And words.",
    publisher: { id: known.actor.id },
    textAccess: "PUBLIC",
  });
  known.proposition = await recorder.proposition();
  known.published = await recorder.claim({ ...links(), status: "PUBLISHED" });
}, 30_000);
afterAll(() => recorder.stop());

const links = () => ({
  assertedBy: { id: known.actor.id },
  relayedBy: [{ id: known.actor.id }],
  events: [{ id: known.event.id }],
  proposition: { id: known.proposition.id },
  citations: [{ source: { id: known.source.id }, quote: { exact: "words" } }],
});

const HIDDEN = 'statement: { contains: "Zebra" }';

/** Questions that could tell that there is a claim which says "Zebra". */
function questions(id: string): string[] {
  const claim = [
    HIDDEN,
    "status: { in: [DRAFT, IN_REVIEW, REJECTED] }",
    `id: { eq: "${id}" }`,
    ...["relations", "relationsFrom", "relationsTo"].flatMap((field) =>
      ["to", "from"].flatMap((end) =>
        ["some", "none", "every"].map((how) => `${field}: { ${how}: { ${end}: { ${HIDDEN} } } }`),
      ),
    ),
    ...["some", "none", "every"].map((how) => `relations: { ${how}: { type: { eq: DENIES } } }`),
    `not: { relations: { some: { to: { id: { eq: "${id}" } } } } }`,
  ];
  const lists = ["some", "none", "every"].flatMap((how) =>
    claim.slice(0, 3).map((where) => `claims: { ${how}: { ${where} } }`),
  );
  const counted = (root: string, wheres: string[]) =>
    wheres.map((where) => `{ ${root}(where: { ${where} }) { totalCount nodes { id } } }`);
  const revisions = [
    `record: ["${id}"]`,
    `concerns: ["${id}"]`,
    `claim: { ${HIDDEN} }`,
    `claim: { ${claim[3]} }`,
    `not: { claim: { ${HIDDEN} } }`,
  ];
  return [
    ...counted("claims", claim),
    ...counted("actors", lists),
    ...counted("events", lists),
    ...counted("propositions", lists),
    ...counted("sources", lists),
    ...counted(
      "actors",
      lists.map((where) => `events: { some: { ${where} } }`),
    ),
    ...counted("changes", revisions),
    `{ node(id: "${id}") { id } claim(id: "${id}") { id } nodes(ids: ["${id}"]) { id } }`,
    `{ claims(where: { id: { in: ["${id}"] } }, last: 3) { totalCount edges { cursor } pageInfo { hasPreviousPage hasNextPage } } }`,
  ];
}

/** Everything that can be reached within a few steps from every root, as this caller sees it. */
async function everything(ask: Ask): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const { name, type } of whole.fieldsOf("Query")) {
    if (name === "apiKeys") continue;
    const entity = known[(name === "claim" ? "published" : name) as "actor"];
    const ids = Object.values(known).map(({ id }) => id);
    const targets: string[] = entity
      ? [`id: "${entity.id}"`]
      : name === "node"
        ? ids.map((id) => `id: "${id}"`)
        : [name === "nodes" ? `ids: ${JSON.stringify(ids)}` : "first: 50"];
    for (const target of targets) {
      // Split by where they lead, because a single operation may not ask for so much.
      const disputes = name === "proposition" ? DISPUTES.map((field) => [`Proposition.${field}`]) : [];
      const types = name.startsWith("node") ? NOUNS.map((noun) => [`${noun}.`]) : [];
      const routes = types.length > 0 ? types : whole.routes(type, STEPS - 1);
      for (const route of [...routes, ...disputes]) {
        const steps = types.length > 0 ? STEPS : Math.max(STEPS, route.length + 1);
        const query = `{ ${name}(${target}) ${whole.selection(type, steps, route)} }`;
        const { data, errors } = await ask(query);
        expect(errors).toBeUndefined();
        answers[`${name} ${target} ${route.join(" ")}`] = data;
      }
    }
  }
  return answers;
}

const NOUNS = ["Actor", "Event", "Source", "Proposition", "Claim"];

/** Steps from one record to the next, after the root. One step more makes the test about ten times as long. */
const STEPS = Number(process.env.VISIBLE_STEPS ?? 1);

/** What is made of all claims about a proposition. */
const DISPUTES = ["dispute", "timeline", "figures"];

const CALLERS = [
  ["anonymous", (): Ask => recorder.app.ask],
  ["a reader", (): Ask => recorder.app.as("READER")],
] as const;

async function answersOf(ask: Ask, id: string): Promise<unknown> {
  const answers = [];
  for (const question of questions(id)) answers.push([question, await ask(question)]);
  return [answers, await everything(ask)];
}

test("of a draft that refers to published things, nobody who may not see it finds a trace; of one they refer to neither", async () => {
  // A claim's place among others is made of its id: the same one before and after.
  const draft = await recorder.claim(
    { ...links(), statement: "Zebra.", relations: [{ type: "DENIES", to: { id: known.published.id } }] },
    "ANALYST",
  );
  await recorder.run("deleteClaim", { id: draft.id, cascade: true });
  const before = [];
  for (const [, ask] of CALLERS) before.push(await answersOf(ask(), draft.id));
  const { errors } = await recorder.run("restore", { id: draft.id, version: 1 });
  expect(errors).toEqual([]);
  const after = [];
  for (const [, ask] of CALLERS) after.push(await answersOf(ask(), draft.id));
  expect(after).toEqual(before);

  await recorder.done("addClaimRelation", {
    claim: known.published.id,
    claimRelation: { type: "DENIES", to: { id: draft.id }, note: "Zebra." },
  });
  const rows = await recorder.sql<{ id: string; key: string }>(
    `select type_id('claim', id) as id, id::text as key from claim where statement = 'Zebra.'
      union all select type_id('citation', c.id), c.id::text from citation c join claim on claim.id = c.claim_id where statement = 'Zebra.'
      union all select type_id('relation', r.id), r.id::text from claim_relation r`,
  );
  expect(rows).toHaveLength(4);
  const traces = ["Zebra", ...rows.flatMap(({ id, key }) => [id, key, key.replaceAll("-", "")])];
  for (const [, ask] of CALLERS) {
    const seen = JSON.stringify(await everything(ask()));
    expect(seen).toContain("Mayor of Sollbruck");
    for (const trace of traces) expect([trace, seen.includes(trace)]).toEqual([trace, false]);
    for (const [at, question] of questions(draft.id).entries()) {
      // The link made the published claim's second version, which is no secret; nothing else differs.
      if (question.includes("changes")) {
        const { data } = await ask()(question.replace("nodes { id }", "nodes { recordId patch inverse }"));
        for (const trace of traces)
          expect([question, JSON.stringify(data).includes(trace)]).toEqual([question, false]);
        if (!question.includes("not:")) expect(data).toEqual({ changes: { totalCount: 0, nodes: [] } });
      } else {
        const [answers] = before[0] as [[string, unknown][]];
        expect([question, await ask()(question)]).toEqual(answers[at]);
      }
    }
  }
  const everythingOfAnalysts = JSON.stringify(await everything(recorder.app.as("ANALYST")));
  for (const trace of ["Zebra", draft.id]) expect(everythingOfAnalysts).toContain(trace);
}, 240_000);

test("an update of a published claim does not tell of its links in what readers are shown", async () => {
  const { data } = await recorder.app.as("READER")(
    "query ($id: ID!) { claim(id: $id) { version history { totalCount nodes { version patch inverse } } } }",
    { id: known.published.id },
  );
  expect(data).toMatchObject({
    claim: {
      version: 2,
      history: { totalCount: 2, nodes: [{ version: 2, patch: [], inverse: [] }, { version: 1 }] },
    },
  });
});

describe("a claim that was published, deleted and restored as a draft", () => {
  const pause = () => new Promise((done) => setTimeout(done, 5));
  let claim: Entity;
  let twice: Entity;
  let event: Entity;
  let then: string;
  beforeAll(async () => {
    event = await recorder.event();
    const about = { events: [{ id: event.id }], status: "PUBLISHED" };
    claim = await recorder.claim({ ...about, statement: "Okapi." });
    // One that was deleted again after it had come back.
    twice = await recorder.claim({ ...about, statement: "Okapi too." });
    await pause();
    then = new Date().toISOString();
    await pause();
    for (const { id } of [claim, twice]) await recorder.run("deleteClaim", { id, cascade: true });
  });

  const restore = ({ id }: Entity) => recorder.run("restore", { id, version: 1 });
  const HISTORY = "history { totalCount nodes { id version patch inverse } }";
  const feed = (where: string) =>
    `{ changes(where: { ${where} }) { totalCount nodes { id recordId patch } } }`;

  /** Everything that could tell of it as it was. */
  const asked = ({ id }: Entity): string[] => [
    `{ claim(id: "${id}") { statement ${HISTORY} } }`,
    `{ claim(id: "${id}", asOf: "${then}") { statement status citations { id } ${HISTORY} } }`,
    `{ event(id: "${event.id}", asOf: "${then}") { claims { totalCount nodes { statement ${HISTORY} } } } }`,
    `{ claims(where: { events: { some: { id: { eq: "${event.id}" } } } }) { totalCount nodes { statement } } }`,
    `{ node(id: "${id}") { id } }`,
    feed(`record: ["${id}"]`),
    feed(`concerns: ["${id}"]`),
    feed(`record: ["${id}"], action: { eq: DELETED }`),
  ];

  /** What is told of the two claims, by anything that is asked of one of them. */
  async function told(ask: Ask, of: Entity): Promise<boolean[]> {
    const revisions = await recorder.sql<{ id: string }>(
      "select public_id as id from revision where record_key = $1",
      of.id,
    );
    const nodes = `{ nodes(ids: ${JSON.stringify(revisions.map(({ id }) => id))}) { ... on Revision { recordId patch } } }`;
    const answers = [];
    for (const question of [...asked(of), nodes]) {
      const { data, errors } = await ask(question);
      expect(errors).toBeUndefined();
      answers.push(/Okapi|"recordId"|"totalCount":[1-9]|"id":/.test(JSON.stringify(data)));
    }
    return answers;
  }

  const NOTHING = Array.from({ length: 9 }, () => false);

  test("is shown as of when it was published, while it is only deleted", async () => {
    for (const [, ask] of CALLERS)
      for (const one of [claim, twice])
        expect(await told(ask(), one)).toEqual([false, true, true, false, false, true, true, true, true]);
  });

  test("is not shown as of then, nor in its history and the feed, until it is published again", async () => {
    for (const one of [claim, twice]) expect((await restore(one)).errors).toEqual([]);
    await recorder.run("deleteClaim", { id: twice.id, cascade: true });
    for (const one of [claim, twice]) {
      for (const [, ask] of CALLERS) expect([one.id, await told(ask(), one)]).toEqual([one.id, NOTHING]);
      expect(await told(recorder.app.as("ANALYST"), one)).toContain(true);
    }
    // The loader of data sets begins what was deleted anew, under its former key.
    await recorder.sql(
      "update revision set action = 'CREATED' where record_key = $1 and action = 'RESTORED'",
      claim.id,
    );
    for (const [, ask] of CALLERS) expect(await told(ask(), claim)).toEqual(NOTHING);
    await recorder.done("submitClaim", { id: claim.id }, "", "EDITOR");
    for (const [, ask] of CALLERS) expect(await told(ask(), claim)).toEqual(NOTHING);

    await recorder.done("publishClaim", { id: claim.id });
    for (const [, ask] of CALLERS) {
      const [now, asOf, , , node, ...others] = await told(ask(), claim);
      expect([now, asOf, node, ...others]).toEqual([true, true, true, true, true, true, true]);
      const { data } = await ask()(`{ claim(id: "${claim.id}") { history { nodes { version } } } }`);
      // Not the versions 3 and 4, in which it was a draft.
      expect(data).toEqual({
        claim: { history: { nodes: [{ version: 5 }, { version: 2 }, { version: 1 }] } },
      });
    }
    // Deleted again, it is what was published last.
    await recorder.run("deleteClaim", { id: claim.id, cascade: true });
    for (const [, ask] of CALLERS) expect((await told(ask(), claim))[1]).toBe(true);
  });
});
