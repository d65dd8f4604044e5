import { startTestApp, type TestApp } from "../support/app.js";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const TEXT =
  'The mayor was brief. "The bridge will cost some 12 million," she said. And later, once more: "The bridge will open."';

const RECORD = `mutation ($input: RecordClaimInput!) {
  recordClaim(input: $input) {
    claim {
      id statement act status version
      assertedBy { slug name parent { slug } affiliations { id role actor { slug } from { edtf } } }
      events { nodes { slug title } }
      proposition { slug measure }
      figure { best approximator additional }
      citations { id anchor quote { exact prefix suffix start end } source { slug text contentSha256 } }
      history { nodes { version action author { name role } reason patch } }
    }
    errors { code message path }
  }
}`;

const claim = () => ({
  statement: "The mayor expects the bridge to cost about 12 million euros.",
  language: "en",
  act: "ESTIMATE",
  stance: "AFFIRMS",
  assertedBy: {
    create: {
      slug: "mayor",
      name: "Mayor of Sollbruck",
      kind: "PERSON",
      affiliations: [
        {
          role: "PART_OF",
          from: "2021",
          actor: { create: { slug: "sollbruck", name: "Sollbruck", kind: "GOVERNMENT" } },
        },
      ],
    },
  },
  assertedAt: "2024-08",
  events: [
    { create: { slug: "opening", title: "Opening of the bridge", type: "OTHER", occurred: "2025-22" } },
  ],
  proposition: {
    create: { slug: "cost", text: "Cost of the bridge.", kind: "QUANTITY", measure: "OTHER", unit: "EUR" },
  },
  figure: { best: 12e6, approximator: "ABOUT", text: "some 12 million" },
  citations: [
    {
      source: {
        create: {
          slug: "report",
          kind: "ARTICLE",
          title: "The bridge",
          text: TEXT,
          textAccess: "PUBLIC",
          publishedAt: "2024-08-30T06:00:00Z",
        },
      },
      quote: { exact: "some 12 million" },
    },
  ],
});

test("records all of it", async () => {
  const answer = await app.as("ANALYST")(RECORD, { input: { claim: claim(), reason: "First report." } });
  console.log(JSON.stringify(answer, null, 1));
});
