import { aClaim, type Entity, type Input, Recorder } from "./recorder.js";

let recorder: Recorder;
beforeAll(async () => {
  recorder = await Recorder.start();
});
afterAll(() => recorder.stop());

/** Each list of parts: its owner, the field, a part of it, a change of it, and what that makes of it. */
const LISTS = [
  ["actor", "names", "ActorName", { value: "Alias", language: "en" }, { kind: "FORMER" }],
  ["actor", "externalIds", "ActorExternalId", { scheme: "wikidata" }, { scheme: "viaf" }],
  ["event", "externalIds", "EventExternalId", { scheme: "wikidata" }, { scheme: "viaf" }],
  ["source", "externalIds", "SourceExternalId", { scheme: "wikidata" }, { scheme: "viaf" }],
  ["proposition", "externalIds", "PropositionExternalId", { scheme: "wikidata" }, { value: "Q2" }],
  ["claim", "externalIds", "ClaimExternalId", { scheme: "wikidata" }, { scheme: "viaf" }],
  ["actor", "affiliations", "Affiliation", { role: "PART_OF" }, { role: "LEADS" }],
  ["event", "participants", "Participation", { role: "TARGET" }, { role: "INITIATOR" }],
  ["claim", "citations", "Citation", { translation: "Words" }, { translation: "Other words" }],
  ["claim", "relations", "ClaimRelation", { type: "DENIES" }, { type: "NARROWS", note: "In part." }],
] as const;

let identifiers = 0;

async function withReference(type: string, part: object): Promise<Input> {
  // No two records have the same.
  if (type.endsWith("ExternalId")) return { ...part, value: `Q${++identifiers}` };
  if (type === "Affiliation" || type === "Participation")
    return { ...part, actor: { id: (await recorder.actor()).id } };
  if (type === "Citation") return { ...part, source: { id: (await recorder.source()).id } };
  return type === "ClaimRelation" ? { ...part, to: { id: (await recorder.claim()).id } } : { ...part };
}

/** The type of a part: several kinds of records have external ids. */
const nameOf = (name: string) => name.replace(/^\w+(?=ExternalId$)/, "");
const lower = (name: string) => nameOf(name).charAt(0).toLowerCase() + nameOf(name).slice(1);
type Part = { id: string } & Record<string, unknown>;

test.each(LISTS)("%s.%s: add, update, move and remove", async (owner, field, type, part, changes) => {
  const selection = `${field} { id ${Object.keys(part).join(" ")} }`;
  const [one, other] = [await recorder[owner](), await recorder[owner]()];
  const before = owner === "claim" && field === "citations" ? 1 : 0;
  const list = (entity: Entity) => entity[field] as Part[];

  const added = await recorder.done(
    `add${type}`,
    { [owner]: one.id, [lower(type)]: await withReference(type, part), expectedVersion: 1 },
    selection,
  );
  expect(added.version).toBe(2);
  expect(list(added)).toHaveLength(before + 1);
  const { id, ...rest } = list(added)[before]!;
  expect(rest).toMatchObject(part);

  const fields = `${field} { id ${Object.keys(changes).join(" ")} }`;
  const updated = await recorder.done(`update${type}`, { id, [lower(type)]: changes }, fields);
  expect(updated.version).toBe(3);
  expect(list(updated)[before]).toMatchObject({ id, ...changes });
  const same = await recorder.done(`update${type}`, { id, [lower(type)]: changes }, fields);
  expect(same).toEqual(updated);

  const moved = await recorder.done(`move${type}`, { id, to: other.id }, fields);
  expect(moved).toMatchObject({ id: other.id, version: 2 });
  const there = list(moved)[before]!;
  expect({ ...there, id }).toMatchObject({ id, ...changes });
  expect(await recorder.revisions(one.id)).toHaveLength(4);

  expect(await recorder.refused(`remove${type}`, { id })).toEqual([
    `NOT_FOUND input.id: "${id}": there is no such ${nameOf(type)}; it may have been removed. Read the ${owner.charAt(0).toUpperCase() + owner.slice(1)} again.`,
  ]);
  const removed = await recorder.done(`remove${type}`, { id: there.id, expectedVersion: 2 }, fields);
  expect(removed.version).toBe(3);
  expect(list(removed)).toHaveLength(before);
  expect((await recorder.revisions(other.id)).map(({ version }) => version)).toEqual([1, 2, 3]);
});

test.each(LISTS)("%s.%s: what is wrong is said of the part", async (owner, field, type, part, changes) => {
  const one = await recorder[owner]();
  const given = await withReference(type, part);
  const at = `input.${lower(type)}`;
  const [selection] = [`${field} { id }`];
  const entity = await recorder.done(`add${type}`, { [owner]: one.id, [lower(type)]: given }, selection);
  const { id } = (entity[field] as Part[]).at(-1)!;
  expect(await recorder.refused(`add${type}`, { [owner]: "nobody", [lower(type)]: given })).toEqual([
    expect.stringMatching(new RegExp(`^INVALID input\\.${owner}: "nobody" is not an id`)),
  ]);
  expect(await recorder.refused(`update${type}`, { id: one.id, [lower(type)]: changes })).toEqual([
    expect.stringMatching(/^INVALID input\.id: ".*" is the id of another type/),
  ]);
  expect(await recorder.refused(`move${type}`, { id, to: "nobody" })).toEqual([
    expect.stringMatching(/^INVALID input\.to: "nobody" is not an id/),
  ]);
  const required = {
    names: "value",
    externalIds: "scheme",
    affiliations: "actor",
    participants: "role",
    citations: "source",
    relations: "type",
  }[field];
  expect(await recorder.refused(`update${type}`, { id, [lower(type)]: { [required]: null } })).toEqual([
    expect.stringMatching(new RegExp(`^INVALID ${at}\\.${required}: null: `)),
  ]);
  if (field === "affiliations" || field === "citations") return;
  expect(await recorder.refused(`add${type}`, { [owner]: one.id, [lower(type)]: given })).toEqual([
    expect.stringMatching(new RegExp(`^TAKEN ${at}: .*stands here twice; remove one\\.$`)),
  ]);
  // No two records have the same external id, so that none is ever moved to one that has it.
  if (field === "externalIds") return;
  const other = await recorder[owner]({ [field]: [given] });
  expect(await recorder.refused(`move${type}`, { id, to: other.id })).toEqual([
    expect.stringMatching(/^TAKEN input\.id: .*stands here twice; remove one\.$/),
  ]);
});

test("citations keep the order that they are given", async () => {
  const titles = ["A", "B", "C", "D"];
  const claim = await recorder.claim({
    citations: await Promise.all(
      titles.map(async (translation) => ({ translation, source: { id: (await recorder.source()).id } })),
    ),
  });
  const ids = (claim.citations as Part[]).map(({ id }) => id);
  const order = async (name: string, input: Input) => {
    const { citations } = await recorder.done(name, input, "citations { translation }");
    return (citations as { translation: string }[]).map(({ translation }) => translation).join("");
  };
  expect(await order("moveCitation", { id: ids[3], position: 0 })).toBe("DABC");
  expect(await order("moveCitation", { id: ids[0], position: 2 })).toBe("DBAC");
  expect(await order("moveCitation", { id: ids[1] })).toBe("DACB");
  expect(await order("removeCitation", { id: ids[2] })).toBe("DAB");
  const source = { id: (await recorder.source()).id };
  expect(
    await order("addCitation", { claim: claim.id, citation: { source, translation: "E" }, position: 1 }),
  ).toBe("DEAB");
  expect(
    await order("addCitation", { claim: claim.id, citation: { source, translation: "F" }, position: 99 }),
  ).toBe("DEABF");
  expect(await recorder.refused("moveCitation", { id: ids[0], position: -1 })).toEqual([
    "INVALID input.position: -1: count places from 0. Without one, it comes last.",
  ]);
});

test("the last citation of a claim stays", async () => {
  const [one, other] = [await recorder.claim(), await recorder.claim()];
  const [{ id }] = one.citations as [Part];
  const refusal = ["INVALID input.id: []: at least one is needed; give one."];
  expect(await recorder.refused("removeCitation", { id })).toEqual(refusal);
  expect(await recorder.refused("moveCitation", { id, to: other.id })).toEqual(refusal);
});

test("a claim says nothing of itself, and an actor does not belong to itself", async () => {
  const [claim, actor] = [await recorder.claim(), await recorder.actor()];
  expect(
    await recorder.refused("addClaimRelation", {
      claim: claim.id,
      claimRelation: { type: "DENIES", to: { id: claim.id } },
    }),
  ).toEqual([`INVALID input.claimRelation.to: "${claim.id}": names the record itself; name another.`]);
  expect(
    await recorder.refused("addAffiliation", {
      actor: actor.id,
      affiliation: { role: "PART_OF", actor: { slug: actor.slug } },
    }),
  ).toEqual([`INVALID input.affiliation.actor: "${actor.id}": names the record itself; name another.`]);
});

test("analysts change the parts of their own drafts only", async () => {
  const own = await recorder.claim({}, "ANALYST");
  const others = await recorder.claim();
  const citation = (aClaim().citations as Input[])[0];
  await recorder.done("addCitation", { claim: own.id, citation }, "", "ANALYST");
  const forbidden = [expect.stringMatching(/^FORBIDDEN: /)];
  expect(await recorder.failed("addCitation", { claim: others.id, citation }, "ANALYST")).toEqual(forbidden);
  const [{ id }] = own.citations as [Part];
  expect(await recorder.failed("moveCitation", { id, to: others.id }, "ANALYST")).toEqual(forbidden);
});

test("an affiliation ends when it has begun, as far as the dates tell", async () => {
  const [actor, other] = [await recorder.actor(), await recorder.actor()];
  const add = (from: string, to: string) =>
    ({ actor: actor.id, affiliation: { role: "MEMBER_OF", actor: { id: other.id }, from, to } }) as const;
  // The place is the same each time.
  for (const from of ["2025", "2024"]) {
    expect(await recorder.refused("addAffiliation", add(from, "2020"))).toEqual([
      expect.stringMatching(
        /^INVALID input\.affiliation: .*it ends before it starts; change one of the dates\.$/,
      ),
    ]);
  }
  expect((await recorder.run("addAffiliation", add("2020-06", "2020"))).errors).toEqual([]);
});
