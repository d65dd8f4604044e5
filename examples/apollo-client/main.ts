// npm run example:apollo-client -- [endpoint]
// Watches a list while its pages come into Apollo's cache one by one, and shows who disagrees.
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { graphql } from "../generated/gql.js";

const WhoDisagrees = graphql(`
  query ApolloWhoDisagrees($proposition: String!, $first: Int!, $after: String) {
    claims(
      where: { proposition: { slug: { eq: $proposition } }, stance: { in: [AFFIRMS, REJECTS] } }
      orderBy: [{ field: ASSERTED_AT }]
      first: $first
      after: $after
    ) {
      totalCount
      edges { node { id stance statement assertedBy { id name } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

const endpoint = process.argv[2] ?? "http://127.0.0.1:4000/graphql";
const client = new ApolloClient({
  link: new HttpLink({ uri: endpoint }),
  cache: new InMemoryCache({
    typePolicies: {
      // The pages of a list are kept as one list. Another `where` or `orderBy` makes another list.
      Query: { fields: { claims: relayStylePagination(["where", "orderBy"]) } },
    },
  }),
});

const list = client.watchQuery({
  query: WhoDisagrees,
  variables: { proposition: "kursk-fully-retaken", first: 2 },
});
list.subscribe(({ data, dataState, loading, error }) => {
  if (error) throw error;
  // Called also when a page is asked for, with what the cache has so far.
  if (loading || dataState !== "complete") return;
  const { edges, pageInfo, totalCount } = data.claims;
  console.log(`${edges.length} of ${totalCount}`);
  if (pageInfo.hasNextPage) void list.fetchMore({ variables: { after: pageInfo.endCursor } });
  else
    for (const { node } of edges) console.log(`${node.stance}  ${node.assertedBy.name}: ${node.statement}`);
});
