import type { Ask } from "../support/app.js";
import { type Entity, type Input, Recorder } from "../writing/recorder.js";

let recorder: Recorder;
let reader: Ask;

const by = (slug: string) => ({ slug });
const partOf = (slug: string, dates: Input = {}) => ({ role: "PART_OF", actor: by(slug), ...dates });
const actor = (slug: string, ...affiliations: Input[]) => recorder.actor({ slug, name: slug, affiliations });

beforeAll(async () => {
  recorder = await Recorder.start({ MAX_COST: "1000000000" });
  reader = recorder.app.as("READER");
  for (const slug of ["kingdom", "republic", "empire", "union"]) await actor(slug);
  await actor("army", partOf("kingdom", { to: "1918-11-09" }), partOf("republic", { from: "1918-11-09" }));
  await actor("corps", partOf("army"));
  await actor("brigade", partOf("corps", { from: "1900", to: "1950" }));
  // Of those that hold on one day, the one that began last counts.
  await actor(
    "province",
    partOf("kingdom"),
    partOf("empire", { from: "1500", to: "1800" }),
    partOf("republic", { from: "1700", to: "1900" }),
    partOf("union", { from: "../1400" }),
    { role: "ALLY", actor: by("brigade"), from: "1950" },
  );
  await actor(
    "island",
    partOf("kingdom", { from: "1600/.." }),
    partOf("empire", { from: "1900-05-03" }),
    partOf("republic", { from: "1900-05" }),
  );
  await actor(
    "ship",
    partOf("kingdom", { from: "1805-10", to: "1805-10" }),
    partOf("empire", { from: "2500" }),
  );
  await actor("wreck", partOf("empire", { from: "1900~", to: "1950/.." }));
  // A circle on the days when both hold, as it was recorded before such circles were refused.
  await actor("left");
  await actor("right", partOf("left", { from: "1800", to: "1900" }));
  const rule = (way: string) =>
    recorder.sql(`alter table affiliation ${way} trigger affiliation_is_in_no_circle`);
  await rule("disable");
  await recorder.done("addAffiliation", {
    actor: (await idOf("left")).id,
    affiliation: partOf("right", { from: "1850", to: "1950" }),
  });
  await rule("enable");
  await actor("beside", partOf("left", { from: "1700", to: "1999" }));
});
afterAll(() => recorder.stop());

async function answered<Data>(query: string, variables: Input = {}, ask = reader): Promise<Data> {
  const { data, errors } = await ask(query, variables);
  expect(errors).toBeUndefined();
  return data as Data;
}

async function idOf(slug: string): Promise<Entity> {
  return (await answered<{ actor: Entity }>("query ($slug: String!) { actor(slug: $slug) { id } }", { slug }))
    .actor;
}

interface Belonging {
  parent: { slug: string } | null;
  side: { slug: string };
}

/** What an actor is part of on a day, and the last actor of that chain, as `parent side`. */
async function belonging(slug: string, on?: string): Promise<string> {
  const { actor } = await answered<{ actor: Belonging }>(
    `query ($slug: String!, $on: Date) {
      actor(slug: $slug) { parent(on: $on) { slug } side(on: $on) { slug } }
    }`,
    { slug, on },
  );
  return `${actor.parent?.slug ?? "-"} ${actor.side.slug}`;
}

describe("the parent and the side of an actor", () => {
  test.each<[string, string | undefined, string]>([
    ["kingdom", undefined, "- kingdom"],
    ["army", "1900-01-01", "kingdom kingdom"],
    // It still belonged to the one for a part of the day; the other one began last.
    ["army", "1918-11-09", "republic republic"],
    ["army", "1918-11-08", "kingdom kingdom"],
    ["army", undefined, "republic republic"],
    ["corps", "1914-07-28", "army kingdom"],
    ["corps", undefined, "army republic"],
    ["brigade", "1914-07-28", "corps kingdom"],
    ["brigade", "1940-01-01", "corps republic"],
    // Until 1950 means until some day of 1950.
    ["brigade", "1950-12-31", "corps republic"],
    ["brigade", "1951-01-01", "- brigade"],
    ["brigade", "1900-01-01", "corps kingdom"],
    ["brigade", "1899-12-31", "- brigade"],
    ["brigade", undefined, "- brigade"],
    // Without a beginning before all others, with an open one as early as it is stored.
    ["province", "1300-01-01", "union union"],
    ["province", "1600-01-01", "empire empire"],
    ["province", "1750-01-01", "republic republic"],
    ["province", "1850-01-01", "republic republic"],
    ["province", "1950-01-01", "union union"],
    // An open end of the beginning counts as the latest.
    ["island", "1599-12-31", "- island"],
    ["island", "1600-01-01", "kingdom kingdom"],
    ["island", "1900-05-31", "kingdom kingdom"],
    ["ship", "1805-09-30", "- ship"],
    ["ship", "1805-10-01", "kingdom kingdom"],
    ["ship", "1805-10-31", "kingdom kingdom"],
    ["ship", "1805-11-01", "- ship"],
    ["ship", "2499-12-31", "- ship"],
    ["ship", "2500-01-01", "empire empire"],
    ["ship", undefined, "- ship"],
    ["wreck", "1900-01-01", "empire empire"],
    ["wreck", "9999-12-31", "empire empire"],
    ["wreck", undefined, "empire empire"],
  ])("%s on %s: %s", async (slug, on, expected) => {
    expect(await belonging(slug, on)).toBe(expected);
  });

  test.each<[string, string, string]>([
    ["right", "1820-01-01", "left left"],
    ["right", "1920-01-01", "- right"],
    ["left", "1920-01-01", "right right"],
    ["right", "1875-01-01", "left left"],
    ["left", "1875-01-01", "right right"],
    ["beside", "1875-01-01", "left right"],
    ["beside", "1820-01-01", "left left"],
  ])("end with the last one before a circle repeats itself: %s on %s: %s", async (slug, on, expected) => {
    expect(await belonging(slug, on)).toBe(expected);
  });

  test("are those of today when no day is named, or null", async () => {
    const today = new Date().toISOString().slice(0, 10);
    const query = `{
      actor(slug: "corps") {
        parent { slug } named: parent(on: null) { slug } today: parent(on: "${today}") { slug }
        side { slug } named2: side(on: null) { slug } today2: side(on: "${today}") { slug }
      }
    }`;
    const [army, republic] = [by("army"), by("republic")];
    expect(await answered(query)).toEqual({
      actor: { parent: army, named: army, today: army, side: republic, named2: republic, today2: republic },
    });
  });

  test("of ties that began at once the one with the greater id counts", async () => {
    const twin = await actor("twin");
    for (const slug of ["union", "empire"]) {
      await recorder.done("addAffiliation", { actor: twin.id, affiliation: partOf(slug, { from: "1990" }) });
    }
    type Twin = { actor: { affiliations: { id: string; actor: { slug: string } }[] } };
    const { actor: found } = await answered<Twin>(
      '{ actor(slug: "twin") { affiliations { id actor { slug } } } }',
    );
    const last = found.affiliations.toSorted((a, b) => (a.id < b.id ? -1 : 1)).at(-1);
    const { slug } = last!.actor;
    expect(await belonging("twin")).toBe(`${slug} ${slug}`);
  });

  test("of several days in one answer, in lists and below each other", async () => {
    const query = `{
      actors(where: { slug: { in: ["army", "brigade"] } }, orderBy: { field: NAME, direction: ASC }) {
        nodes {
          slug
          before: side(on: "1914-07-28") { slug side(on: "1940-01-01") { slug } }
          after: parent(on: "1940-01-01") { slug parent(on: "1914-07-28") { slug } }
        }
      }
    }`;
    expect(await answered(query)).toEqual({
      actors: {
        nodes: [
          {
            slug: "army",
            before: { slug: "kingdom", side: { slug: "kingdom" } },
            after: { slug: "republic", parent: null },
          },
          {
            slug: "brigade",
            before: { slug: "kingdom", side: { slug: "kingdom" } },
            after: { slug: "corps", parent: { slug: "army" } },
          },
        ],
      },
    });
  });

  test("are refused on what is no day", async () => {
    for (const on of ["1914", "1914-02-30", "soon"]) {
      const { errors } = await reader(
        'query ($on: Date) { actor(slug: "army") { parent(on: $on) { id } } }',
        { on },
      );
      expect(errors?.[0]?.extensions.code).toBe("BAD_USER_INPUT");
    }
  });
});

describe("within", () => {
  /** The slugs of all actors that are in another one. */
  async function within(key: string): Promise<string> {
    const { actors } = await answered<{ actors: { nodes: Entity[] } }>(
      `{ actors(first: 100, where: { within: { ${key} } }) { nodes { slug } } }`,
    );
    return actors.nodes
      .map(({ slug }) => slug)
      .sort()
      .join(" ");
  }

  test.each<[string, string]>([
    ['slug: "kingdom", on: "1914-07-28"', "army brigade corps island kingdom province"],
    ['slug: "kingdom", on: "1940-01-01"', "island kingdom province"],
    // On the last day of the one tie both hold: membership needs no decision between them.
    ['slug: "kingdom", on: "1918-11-09"', "army brigade corps island kingdom province"],
    ['slug: "republic", on: "1918-11-09"', "army brigade corps island republic"],
    ['slug: "republic", on: "1918-11-08"', "island republic"],
    ['slug: "republic", on: "1750-01-01"', "province republic"],
    ['slug: "army", on: "1951-01-01"', "army corps"],
    ['slug: "army", on: "1950-12-31"', "army brigade corps"],
    ['slug: "left", on: "1875-01-01"', "beside left right"],
    ['slug: "right", on: "1875-01-01"', "beside left right"],
    ['slug: "left", on: "1820-01-01"', "beside left right"],
    ['slug: "right", on: "1820-01-01"', "right"],
    ['slug: "brigade", on: "1960-01-01"', "brigade"],
    ['slug: "nobody", on: "1960-01-01"', ""],
  ])("{ %s }: %s", async (key, expected) => {
    expect(await within(key)).toBe(expected);
  });

  test("is as of today when no day is named, or null", async () => {
    const today = new Date().toISOString().slice(0, 10);
    for (const on of ["", ", on: null", `, on: "${today}"`])
      expect(await within(`slug: "republic"${on}`)).toBe("army corps island republic");
  });

  test("takes an id as well, and variables, and serves relation filters", async () => {
    const { id } = await idOf("kingdom");
    expect(await within(`id: "${id}", on: "1914-07-28"`)).toBe("army brigade corps island kingdom province");
    const query = `query ($within: ActorWithin!, $on: Date) {
      whole: actors(where: { within: $within }) { totalCount }
      parts: actors(where: { within: { id: "${id}", on: $on } }) { totalCount }
      parents: actors(where: { parent: { within: { id: "${id}", on: $on } } }) { nodes { slug } }
    }`;
    expect(await answered(query, { within: { id, on: "1940-01-01" }, on: "1914-07-28" })).toEqual({
      whole: { totalCount: 3 },
      parts: { totalCount: 6 },
      // The parent is that of today.
      parents: { nodes: [{ slug: "corps" }, { slug: "island" }] },
    });
  });

  test.each(["{ }", '{ on: "1914-07-28" }', "{ id: null, slug: null }", "BOTH", "BOTH_ON"])(
    "takes exactly one of id and slug: %s",
    async (given) => {
      const { id } = await idOf("kingdom");
      const both = `id: "${id}", slug: "kingdom"`;
      const key = given.replace("BOTH_ON", `{ ${both}, on: "1914-07-28" }`).replace("BOTH", `{ ${both} }`);
      const { errors } = await reader(`{ actors(where: { within: ${key} }) { totalCount } }`);
      expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    },
  );
});

describe("claimCount", () => {
  const LISTS = ["actors", "events", "sources", "propositions"];
  const COUNTS = "nodes { slug claimCount claims { totalCount } }";
  type Counts = { nodes: { slug: string; claimCount: number; claims: { totalCount: number } }[] };

  beforeAll(async () => {
    await recorder.event({ slug: "parade" });
    await recorder.source({ slug: "gazette" });
    await recorder.proposition({ slug: "losses" });
    const claim = (status: string) =>
      recorder.claim({
        assertedBy: by("army"),
        events: [by("parade")],
        proposition: by("losses"),
        citations: [{ source: by("gazette") }, { source: by("gazette") }],
        status,
      });
    for (const status of ["PUBLISHED", "PUBLISHED", "DRAFT", "IN_REVIEW", "REJECTED", "RETRACTED"]) {
      await claim(status);
    }
  });

  test.each([
    ["actor", "army"],
    ["event", "parade"],
    ["source", "gazette"],
    ["proposition", "losses"],
  ])("of the %s %s is how many of its claims the viewer may see", async (field, slug) => {
    const query = `{ ${field}(slug: "${slug}") { claimCount } }`;
    expect(await answered(query)).toEqual({ [field]: { claimCount: 3 } });
    expect(await answered(query, {}, recorder.app.ask)).toEqual({ [field]: { claimCount: 3 } });
    expect(await answered(query, {}, recorder.app.as("ANALYST"))).toEqual({ [field]: { claimCount: 6 } });
  });

  test.each(LISTS)("of %s is claims.totalCount, for a reader and an analyst", async (list) => {
    for (const ask of [reader, recorder.app.as("ANALYST")]) {
      const found = await answered<Record<string, Counts>>(`{ ${list}(first: 100) { ${COUNTS} } }`, {}, ask);
      expect(found[list]!.nodes.some(({ claimCount }) => claimCount > 0)).toBe(true);
      for (const { slug, claimCount, claims } of found[list]!.nodes)
        expect([slug, claimCount]).toEqual([slug, claims.totalCount]);
    }
  });
});
