// What relay-compiler reads; the program imports what it makes of it. With babel-plugin-relay, or a plugin for your
// bundler, documents stand where they are used.
import { graphql } from "relay-runtime";

graphql`
  query documentsWhoDisagreesQuery($proposition: String!, $count: Int!) {
    proposition(slug: $proposition) {
      id
      text
      ...documents_claims @arguments(count: $count)
    }
  }
`;

graphql`
  fragment documents_claims on Proposition
  @argumentDefinitions(count: { type: "Int!" }, cursor: { type: "String" }) {
    claims(
      where: { stance: { in: [AFFIRMS, REJECTS] } }
      orderBy: [{ field: ASSERTED_AT }]
      first: $count
      after: $cursor
    ) @connection(key: "documents_claims", filters: ["where", "orderBy"]) {
      edges {
        node {
          stance
          statement
          assertedBy {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

// Relay can write this query itself, with @refetchable. That needs a bundler that resolves the imports of the artifacts.
graphql`
  query documentsMoreQuery($id: ID!, $count: Int!, $cursor: String) {
    node(id: $id) {
      ...documents_claims @alias(as: "proposition") @arguments(count: $count, cursor: $cursor)
    }
  }
`;
