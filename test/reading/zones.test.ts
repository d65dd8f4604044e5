import { Recorder } from "../writing/recorder.js";

let recorder: Recorder;

/** What is dated, and its name: in UTC, `late` is on 10 March and `night` on 12 March. */
const DATED = {
  late: "2026-03-11T00:30:00+0100",
  night: "2026-03-11T20:30:00-05:00",
  noon: "2026-03-11T12:00:00Z",
  day: "2026-03-11",
  eve: "2026-03-10",
  across: "2026-03-10T22:00:00Z/2026-03-11T00:30:00+01",
  since: "2026-03-11T20:30:00-05:00/..",
};

beforeAll(async () => {
  recorder = await Recorder.start();
  for (const [slug, occurred] of Object.entries(DATED)) await recorder.event({ slug, title: slug, occurred });
});
afterAll(() => recorder.stop());

async function read<Data>(query: string): Promise<Data> {
  const { data, errors } = await recorder.app.ask(query);
  expect(errors).toBeUndefined();
  return data as Data;
}

test.each([
  ["late", "2026-03-11T00:30:00+01:00", "2026-03-11", "2026-03-11", "2026-03-10T23:30:00Z"],
  ["night", "2026-03-11T20:30:00-05:00", "2026-03-11", "2026-03-11", "2026-03-12T01:30:00Z"],
  ["day", "2026-03-11", "2026-03-11", "2026-03-11", null],
  ["across", "2026-03-10T22:00:00Z/2026-03-11T00:30:00+01:00", "2026-03-10", "2026-03-11", null],
  ["since", "2026-03-11T20:30:00-05:00/..", "2026-03-11", null, null],
])("%s is answered as %s, from %s to %s, at %s", async (slug, edtf, earliest, latest, at) => {
  expect(await read(`{ event(slug: "${slug}") { occurred { edtf earliest latest at } } }`)).toEqual({
    event: { occurred: { edtf, earliest, latest, at } },
  });
});

test.each([
  ['possiblyDuring: "2026-03-11"', "across day late night noon since"],
  ['possiblyDuring: "2026-03-10"', "across eve"],
  ['possiblyDuring: "2026-03-12"', "since"],
  ['definitelyDuring: "2026-03-11"', "day late night noon"],
  ['definitelyDuring: "2026-03-10/2026-03-11"', "across day eve late night noon"],
  ['definitelyBefore: "2026-03-11"', "eve"],
  ['definitelyBefore: "2026-03-12"', "across day eve late night noon"],
  ['definitelyAfter: "2026-03-10"', "day late night noon since"],
  ['definitelyAfter: "2026-03-11"', ""],
  // Times are compared with times as instants, with days by the day of their zone.
  ['possiblyDuring: "2026-03-10T23:30:00Z"', "across eve late"],
  ['possiblyDuring: "2026-03-11T00:30:00+01:00"', "across day late"],
  ['definitelyBefore: "2026-03-11T12:00:00Z"', "across eve late"],
  ['definitelyAfter: "2026-03-11T20:59:59+09:00"', "night noon since"],
  ['definitelyDuring: "2026-03-10T23:30:00Z/2026-03-11T12:00:00Z"', "late noon"],
  [
    'definitelyDuring: "2026-03-11T00:00:00+14:00/2026-03-11T23:59:59.999-12:00"',
    "across day late night noon",
  ],
])("{ %s } finds %s", async (filter, expected) => {
  const { events } = await read<{ events: { totalCount: number; nodes: { slug: string }[] } }>(
    `{ events(where: { occurred: { ${filter} } }) { totalCount nodes { slug } } }`,
  );
  const slugs = events.nodes.map(({ slug }) => slug).sort();
  expect(slugs.join(" ")).toBe(expected);
  expect(events.totalCount).toBe(slugs.length);
});

test("lists go by the instant, statistics by the day of the zone", async () => {
  const { events } = await read<{ events: { nodes: { slug: string }[]; stats: unknown } }>(`{
    events(orderBy: [{ field: OCCURRED, direction: ASC }]) {
      nodes { slug } stats(by: DAY) { buckets { day count vague } }
    }
  }`);
  expect(events.nodes.map(({ slug }) => slug).join(" ")).toBe("eve across late day noon night since");
  expect(events.stats).toEqual({
    buckets: [
      { day: "2026-03-10", count: 2, vague: 1 },
      { day: "2026-03-11", count: 5, vague: 1 },
    ],
  });
});

test("a claim is on the side of its actor on the day of its zone, and counts from that day on", async () => {
  await recorder.actor({ slug: "union", name: "Union" });
  const members = { role: "PART_OF", actor: { slug: "union" } };
  await recorder.actor({
    slug: "joined",
    name: "Joined",
    affiliations: [{ ...members, from: "2026-03-11T20:30:00-05:00" }],
  });
  await recorder.actor({
    slug: "left",
    name: "Left",
    affiliations: [{ ...members, to: "2026-03-11T20:30:00-05:00" }],
  });
  await recorder.proposition({
    slug: "holds",
    text: "It holds.",
    kind: "YES_NO",
    measure: undefined,
    unit: undefined,
  });
  const claim = async (slug: string, assertedAt: string) => {
    const said = {
      assertedBy: { slug },
      assertedAt,
      act: "ASSERT",
      stance: "AFFIRMS",
      proposition: { slug: "holds" },
    };
    const { id, version } = await recorder.claim(said);
    await recorder.done("publishClaim", { id, expectedVersion: version });
    return (await read<{ claim: { side: { slug: string } } }>(`{ claim(id: "${id}") { side { slug } } }`))
      .claim.side.slug;
  };
  expect(await claim("joined", "2026-03-11T00:30:00+01:00")).toBe("union");
  expect(await claim("joined", "2026-03-10T23:30:00-05:00")).toBe("joined");
  expect(await claim("left", "2026-03-11T23:30:00-05:00")).toBe("union");
  expect(await claim("left", "2026-03-12T00:30:00+05:45")).toBe("left");
  const on = (day: string) =>
    `d${day.replaceAll("-", "")}: dispute(on: "${day}") { sides { actor { slug } } }`;
  const { proposition } = await read<Record<string, Record<string, unknown>>>(`{ proposition(slug: "holds") {
    ${["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12"].map(on).join("\n")}
    timeline { on }
  } }`);
  const sides = (...slugs: string[]) => ({ sides: slugs.map((slug) => ({ actor: { slug } })) });
  expect(proposition).toEqual({
    d20260309: sides(),
    d20260310: sides("joined"),
    d20260311: sides("joined", "union"),
    d20260312: sides("joined", "union", "left"),
    timeline: [{ on: "2026-03-10" }, { on: "2026-03-11" }, { on: "2026-03-12" }],
  });
});
