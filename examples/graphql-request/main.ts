// npm run example:graphql-request -- [endpoint]
// Shows who disagrees. With a key in CLAIMGRAPH_KEY it also records a claim, once.
import { GraphQLClient } from "graphql-request";
import { graphql } from "../generated/gql.js";

const WhoDisagrees = graphql(`
  query RequestWhoDisagrees($proposition: String!) {
    proposition(slug: $proposition) {
      text
      claims(where: { stance: { in: [AFFIRMS, REJECTS] } }, orderBy: [{ field: ASSERTED_AT }]) {
        nodes { stance statement assertedBy { name } }
      }
    }
  }
`);

const RecordClaim = graphql(`
  mutation RequestRecordClaim($input: RecordClaimInput!) {
    recordClaim(input: $input) {
      claim { id status }
      errors { path message }
    }
  }
`);

const endpoint = process.argv[2] ?? "http://127.0.0.1:4000/graphql";
const key = process.env.CLAIMGRAPH_KEY;
const client = new GraphQLClient(endpoint, { headers: key ? { authorization: `Bearer ${key}` } : {} });

const { proposition } = await client.request(WhoDisagrees, { proposition: "kursk-fully-retaken" });
console.log(proposition?.text);
for (const { stance, statement, assertedBy } of proposition?.claims.nodes ?? [])
  console.log(`${stance}  ${assertedBy.name}: ${statement}`);

if (key) {
  const { claim, errors } = (
    await client.request(RecordClaim, {
      input: {
        // Under this key it is recorded once, however often the program runs.
        idempotencyKey: "examples/graphql-request",
        claim: {
          statement: "The example desk leaves open whether Russia has retaken the whole of the Kursk region.",
          language: "en",
          act: "ASSERT",
          stance: "NEUTRAL",
          assertedBy: { slug: "claimgraph-example-desk" },
          assertedAt: "2025-04-29",
          events: [{ slug: "kursk-recapture-declared" }],
          proposition: { slug: "kursk-fully-retaken" },
          citations: [
            { source: { slug: "kursk-brief" }, quote: { exact: "Should the Russian account prove right" } },
          ],
        },
      },
    })
  ).recordClaim;
  if (!claim) throw new Error(errors.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  console.log(`\nRecorded ${claim.id}, now ${claim.status}.`);
}
