import { startTestApp, type TestApp } from "../support/app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const first = async (query: string, variables: Record<string, unknown>) => {
  const { data, errors } = await app.as("EDITOR")(query, variables);
  expect(errors).toBeUndefined();
  const [answer] = Object.values(data ?? {}) as { errors: unknown[] }[];
  expect(answer?.errors).toEqual([]);
  return answer as unknown as Record<string, never>;
};
const pause = () => new Promise((done) => setTimeout(done, 5));
const now = async () => {
  await pause();
  const moment = new Date().toISOString();
  await pause();
  return moment;
};

const TEXT = "The town said on Monday that the dam would hold.";

async function record(status: string, slug: string) {
  const { claim } = (await first(
    `mutation ($input: RecordClaimInput!) { recordClaim(input: $input) { claim { id version citations { id source { id version } } assertedBy { id } } errors { message path } } }`,
    {
      input: {
        claim: {
          statement: "The dam holds.",
          language: "en",
          act: "ASSERT",
          status,
          assertedBy: {
            create: {
              slug: `town-${slug}`,
              name: "Town",
              kind: "GOVERNMENT",
              names: [{ value: "The town" }],
            },
          },
          events: [{ create: { slug: `flood-${slug}`, title: "Flood", type: "OTHER" } }],
          citations: [
            {
              source: {
                create: {
                  slug: `news-${slug}`,
                  kind: "ARTICLE",
                  title: "News",
                  text: TEXT,
                  textAccess: "PUBLIC",
                },
              },
              quote: { exact: "the dam would hold" },
            },
          ],
        },
      },
    },
  )) as unknown as {
    claim: {
      id: string;
      version: number;
      assertedBy: { id: string };
      citations: { id: string; source: { id: string } }[];
    };
  };
  return claim;
}

const CLAIM = `query ($id: ID!, $asOf: DateTime) { claim(id: $id, asOf: $asOf) {
  statement version status assertedBy { slug } events { totalCount nodes { slug } }
  citations { anchor quote { exact start } source { slug title } } } }`;

test("a claim as it was, part by part, and as it is", async () => {
  const before = await now();
  const claim = await record("PUBLISHED", "a");
  const then = await now();
  await first(
    `mutation ($input: UpdateClaimInput!) { updateClaim(input: $input) { claim { id } errors { message } } }`,
    {
      input: {
        id: claim.id,
        expectedVersion: 1,
        claim: {
          statement: "The dam may hold.",
          events: [{ create: { slug: "dam-break", title: "Break", type: "OTHER" } }],
        },
      },
    },
  );
  await first(
    `mutation ($input: AddCitationInput!) { addCitation(input: $input) { claim { id } errors { message } } }`,
    {
      input: { claim: claim.id, citation: { source: { slug: "news-a" }, quote: { exact: "on Monday" } } },
    },
  );
  const ask = async (asOf: string | null) => (await app.ask(CLAIM, { id: claim.id, asOf })).data?.claim;
  expect(await ask(before)).toBeNull();
  expect(await ask(then)).toEqual({
    statement: "The dam holds.",
    version: 1,
    status: "PUBLISHED",
    assertedBy: { slug: "town-a" },
    events: { totalCount: 1, nodes: [{ slug: "flood-a" }] },
    citations: [
      {
        anchor: "EXACT",
        quote: { exact: "the dam would hold", start: 29 },
        source: { slug: "news-a", title: "News" },
      },
    ],
  });
  expect(await ask(null)).toMatchObject({ statement: "The dam may hold.", version: 3, citations: [{}, {}] });
  expect(await ask(await now())).toEqual(await ask(null));
});

test("what filters name is what had that name then", async () => {
  const claim = await record("PUBLISHED", "named");
  const then = await now();
  const events = await app.ask(`{ event(slug: "flood-named") { id } }`);
  const { id } = (events.data as { event: { id: string } }).event;
  await first(
    `mutation ($input: UpdateEventInput!) { updateEvent(input: $input) { event { slug } errors { message } } }`,
    { input: { id, expectedVersion: 1, event: { slug: "flood-renamed" } } },
  );
  const ask = async (slug: string, asOf: string | null) =>
    (
      await app.ask(
        `query ($id: ID!, $slug: String!, $asOf: DateTime) { event(id: $id, asOf: $asOf) {
          slug claims(where: { events: { some: { slug: { eq: $slug } } } }) { nodes { id } } } }`,
        { id, slug, asOf },
      )
    ).data?.event;
  const nodes = [{ id: claim.id }];
  expect(await ask("flood-named", then)).toEqual({ slug: "flood-named", claims: { nodes } });
  expect(await ask("flood-renamed", then)).toEqual({ slug: "flood-named", claims: { nodes: [] } });
  expect(await ask("flood-renamed", null)).toEqual({ slug: "flood-renamed", claims: { nodes } });
  expect(await ask("flood-named", null)).toEqual({ slug: "flood-renamed", claims: { nodes: [] } });
});

test("readers do not see a claim as the draft that it was", async () => {
  const claim = await record("DRAFT", "b");
  const then = await now();
  await first(
    `mutation ($input: PublishClaimInput!) { publishClaim(input: $input) { claim { id } errors { message } } }`,
    {
      input: { id: claim.id },
    },
  );
  expect((await app.ask(CLAIM, { id: claim.id })).data?.claim).toMatchObject({ status: "PUBLISHED" });
  expect((await app.ask(CLAIM, { id: claim.id, asOf: then })).data?.claim).toBeNull();
  expect((await app.as("ANALYST")(CLAIM, { id: claim.id, asOf: then })).data?.claim).toMatchObject({
    status: "DRAFT",
  });
});

test("a source with the text that it had", async () => {
  const claim = await record("PUBLISHED", "c");
  const then = await now();
  const { id } = claim.citations[0]!.source;
  await first(
    `mutation ($input: UpdateSourceInput!) { updateSource(input: $input) { source { id } errors { message } } }`,
    {
      input: { id, expectedVersion: 1, source: { text: "It was said that the dam would hold." } },
    },
  );
  const query = 'query ($asOf: DateTime) { source(slug: "news-c", asOf: $asOf) { text version } }';
  expect((await app.ask(query, { asOf: then })).data?.source).toEqual({ text: TEXT, version: 1 });
  expect((await app.ask(query)).data?.source).toEqual({
    text: "It was said that the dam would hold.",
    version: 2,
  });
  // The claim that quotes it has moved with it.
  expect((await app.ask(CLAIM, { id: claim.id })).data?.claim).toMatchObject({
    version: 2,
    citations: [{ anchor: "EXACT", quote: { start: 17 } }],
  });
});

test("what was deleted since, and what only that referred to", async () => {
  const claim = await record("PUBLISHED", "d");
  const then = await now();
  await first(
    `mutation ($input: DeleteClaimInput!) { deleteClaim(input: $input) { deletedId errors { message } } }`,
    {
      input: { id: claim.id, cascade: true },
    },
  );
  await first(
    `mutation ($input: DeleteActorInput!) { deleteActor(input: $input) { deletedId errors { message } } }`,
    {
      input: { id: claim.assertedBy.id, cascade: true },
    },
  );
  expect((await app.ask(CLAIM, { id: claim.id })).data?.claim).toBeNull();
  expect((await app.ask(CLAIM, { id: claim.id, asOf: then })).data?.claim).toMatchObject({
    statement: "The dam holds.",
    assertedBy: { slug: "town-d" },
    citations: [{ quote: { exact: "the dam would hold" } }],
  });
  const actor = "query ($id: ID!, $asOf: DateTime) { actor(id: $id, asOf: $asOf) { names { value } } }";
  expect((await app.ask(actor, { id: claim.assertedBy.id, asOf: then })).data?.actor).toEqual({
    names: [{ value: "The town" }],
  });
});

test("a record without a history is what it is, from when it was recorded", async () => {
  await app.database.query(
    "insert into actor (id, slug, name, kind, recorded_at) values ('00000000-0000-7000-8000-00000000000a', 'old', 'Old', 'STATE', '2024-01-01')",
    [],
  );
  const query = 'query ($asOf: DateTime) { actor(slug: "old", asOf: $asOf) { name } }';
  expect((await app.ask(query, { asOf: "2024-01-02T00:00:00Z" })).data?.actor).toEqual({ name: "Old" });
  expect((await app.ask(query, { asOf: "2023-12-31T00:00:00Z" })).data?.actor).toBeNull();
});
