import { type Entity, type Input, Recorder } from "../writing/recorder.js";
import { keptOf } from "./kept.js";

// After each kind of change lists know at once what the proposition itself answers, and something has changed.

let recorder: Recorder;
const actors: Record<string, Entity> = {};

beforeAll(async () => {
  recorder = await Recorder.start();
  for (const slug of ["east", "west", "guard", "agency"])
    actors[slug] = await recorder.actor({ slug, name: slug });
});
afterAll(() => recorder.stop());

const by = (slug: string) => ({ slug });

async function ofYesNo(slug: string): Promise<string> {
  await recorder.proposition({ slug, text: slug, kind: "YES_NO", measure: null, unit: null });
  return slug;
}

const says = (proposition: string, actor: string, input: Input = {}) =>
  recorder.claim({
    ...{ status: "PUBLISHED", act: "ASSERT", stance: "AFFIRMS", assertedAt: "2024-01-05" },
    ...{ assertedBy: by(actor), proposition: by(proposition) },
    ...input,
  });

/** Expects a status, and that lists know it. */
async function expectStatus(slug: string, status: string, more: Input = {}): Promise<void> {
  expect(await keptOf(recorder, slug)).toMatchObject({ status, found: [slug], ...more });
}

const change = (name: string, record: Entity, field: string, input: Input) =>
  recorder.done(name, { id: record.id, expectedVersion: record.version, [field]: input });

test("a claim's stance, rank, status, proposition, and its end", async () => {
  const [here, there] = [await ofYesNo("stance"), await ofYesNo("elsewhere")];
  await says(here, "east");
  let claim = await says(here, "west", { stance: "REJECTS" });
  await expectStatus(here, "CONTESTED");
  claim = await change("updateClaim", claim, "claim", { stance: "AFFIRMS" });
  await expectStatus(here, "CORROBORATED");
  claim = await change("updateClaim", claim, "claim", { rank: "DEPRECATED" });
  await expectStatus(here, "SINGLE_SOURCED", { sideCount: 1 });
  claim = await change("updateClaim", claim, "claim", { rank: "NORMAL", proposition: by(there) });
  await expectStatus(here, "SINGLE_SOURCED");
  await expectStatus(there, "SINGLE_SOURCED");
  claim = await recorder.done("retractClaim", { id: claim.id });
  await expectStatus(there, "RETRACTED");
  await recorder.done("publishClaim", { id: claim.id });
  await expectStatus(there, "SINGLE_SOURCED");
  await recorder.run("deleteClaim", { id: claim.id, cascade: true }, "deletedId");
  await expectStatus(there, "NO_POSITION");
});

test("a relation, made and removed", async () => {
  const slug = await ofYesNo("relation");
  const first = await says(slug, "east");
  const second = await says(slug, "west");
  const done = await recorder.done(
    "addClaimRelation",
    { claim: second.id, claimRelation: { type: "CONTRADICTS", to: { id: first.id } } },
    "relations { id }",
  );
  await expectStatus(slug, "CONTESTED");
  const [{ id }] = done.relations as [{ id: string }];
  await recorder.run("removeClaimRelation", { id });
  await expectStatus(slug, "CORROBORATED");
});

test("a source's origin and publisher, and a citation", async () => {
  const slug = await ofYesNo("origin");
  const report = await recorder.source({ slug: "report", publisher: by("agency") });
  let copy = await recorder.source({ slug: "copy", publisher: by("west"), syndicationOf: { id: report.id } });
  const own = await recorder.source({ slug: "own", publisher: by("east"), syndicationOf: { id: report.id } });
  const claim = await says(slug, "east", { citations: [{ source: { id: own.id } }] });
  await says(slug, "west", { citations: [{ source: { id: copy.id } }] });
  await expectStatus(slug, "SINGLE_SOURCED", { voices: 1 });
  copy = await change("updateSource", copy, "source", { syndicationOf: null });
  await expectStatus(slug, "CORROBORATED", { voices: 2 });
  copy = await change("updateSource", copy, "source", { syndicationOf: { id: own.id } });
  await expectStatus(slug, "SINGLE_SOURCED", { voices: 1 });
  copy = await change("updateSource", copy, "source", { publisher: by("agency") });
  await expectStatus(slug, "CORROBORATED");
  await change("updateSource", copy, "source", { publisher: by("west") });
  await expectStatus(slug, "SINGLE_SOURCED");
  const other = await recorder.source({ slug: "other" });
  const [{ id }] = claim.citations as [{ id: string }];
  await recorder.run("updateCitation", { id, citation: { source: { id: other.id } } });
  await expectStatus(slug, "CORROBORATED");
});

test("an affiliation, made, dated and removed", async () => {
  const slug = await ofYesNo("affiliation");
  await says(slug, "east");
  await says(slug, "guard");
  await expectStatus(slug, "CORROBORATED", { sideCount: 2 });
  const done = await recorder.done(
    "addAffiliation",
    { actor: actors.guard?.id, affiliation: { role: "PART_OF", actor: by("east") } },
    "affiliations { id }",
  );
  await expectStatus(slug, "SINGLE_SOURCED", { sideCount: 1 });
  const [{ id }] = done.affiliations as [{ id: string }];
  await recorder.run("updateAffiliation", { id, affiliation: { to: "2023" } });
  await expectStatus(slug, "CORROBORATED", { sideCount: 2 });
  await recorder.run("updateAffiliation", { id, affiliation: { to: null } });
  await expectStatus(slug, "SINGLE_SOURCED");
  await recorder.run("removeAffiliation", { id });
  await expectStatus(slug, "CORROBORATED");
});

test("how the figures of a proposition are compared", async () => {
  let toll = await recorder.proposition({ slug: "toll", text: "toll", kind: "QUANTITY", measure: "KILLED" });
  await says("toll", "east", { figure: { best: 100, approximator: "EXACT" } });
  await says("toll", "west", { figure: { best: 300, approximator: "EXACT" }, assertedAt: "2024-03-05" });
  await expectStatus("toll", "CONTESTED");
  toll = await change("updateProposition", toll, "proposition", { accumulates: true });
  await expectStatus("toll", "NOT_COMPARABLE");
  await change("updateProposition", toll, "proposition", { comparableDays: 365 });
  await expectStatus("toll", "CONTESTED");
});
