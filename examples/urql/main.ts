// npm run example:urql -- [endpoint]
// Shows who disagrees, and then each change as it comes, until Ctrl+C. With a key in CLAIMGRAPH_KEY drafts are shown too.
import { Client, cacheExchange, fetchExchange } from "@urql/core";
import { graphql } from "../generated/gql.js";

const WhoDisagrees = graphql(`
  query UrqlWhoDisagrees($proposition: String!) {
    proposition(slug: $proposition) {
      text
      claims(where: { stance: { in: [AFFIRMS, REJECTS] } }, orderBy: [{ field: ASSERTED_AT }]) {
        nodes { id stance statement assertedBy { name } }
      }
    }
    changes(last: 0) { pageInfo { endCursor } }
  }
`);

const Changed = graphql(`
  subscription UrqlChanged($after: String) {
    changed(after: $after, types: [CLAIM]) {
      node { id action version claim { id status statement } }
    }
  }
`);

const endpoint = process.argv[2] ?? "http://127.0.0.1:4000/graphql";
const key = process.env.CLAIMGRAPH_KEY;
const client = new Client({
  url: endpoint,
  exchanges: [cacheExchange, fetchExchange],
  fetchSubscriptions: true, // by Server-Sent Events, from the same address
  fetchOptions: key ? { headers: { authorization: `Bearer ${key}` } } : {},
});

// urql asks by GET where the address stays short.
const { data, error } = await client.query(WhoDisagrees, { proposition: "kursk-fully-retaken" });
if (!data) throw error;
console.log(data.proposition?.text);
for (const { stance, statement, assertedBy } of data.proposition?.claims.nodes ?? [])
  console.log(`${stance}  ${assertedBy.name}: ${statement}`);

console.log("\nListening for changes of claims. Ctrl+C ends this.");
// From where the log ended when we asked, so that no change in between is missed.
client.subscription(Changed, { after: data.changes.pageInfo.endCursor }).subscribe(({ data, error }) => {
  if (!data) throw error;
  const { action, version, claim } = data.changed.node;
  console.log(`version ${version} ${action}, now ${claim?.status ?? "gone"}: ${claim?.statement ?? ""}`);
});
