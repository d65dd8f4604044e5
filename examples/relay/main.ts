// npm run example:relay -- [endpoint]
// Reads a list page by page into Relay's store, which joins the pages, and shows who disagrees.
import {
  createOperationDescriptor,
  Environment,
  type FetchFunction,
  fetchQuery,
  type GraphQLResponse,
  Network,
  RecordSource,
  Store,
} from "relay-runtime";
import { waitForFragmentData } from "relay-runtime/experimental.js";
import Claims, { type documents_claims$key } from "./__generated__/documents_claims.graphql.js";
import More, { type documentsMoreQuery } from "./__generated__/documentsMoreQuery.graphql.js";
import WhoDisagrees, {
  type documentsWhoDisagreesQuery,
} from "./__generated__/documentsWhoDisagreesQuery.graphql.js";

const endpoint = process.argv[2] ?? "http://127.0.0.1:4000/graphql";

const ask: FetchFunction = async ({ text }, variables) => {
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: text, variables }),
  });
  return (await response.json()) as GraphQLResponse;
};
const environment = new Environment({ network: Network.create(ask), store: new Store(new RecordSource()) });

const variables = { proposition: "kursk-fully-retaken", count: 2 };
// The store keeps what belongs to this query for as long as it is retained.
environment.retain(createOperationDescriptor(WhoDisagrees, variables));
const data = await fetchQuery<documentsWhoDisagreesQuery>(environment, WhoDisagrees, variables).toPromise();
const proposition = data?.proposition;
if (!proposition) throw new Error("There is no such proposition.");
console.log(proposition.text);

/** The pages that have come so far, as one list; usePaginationFragment gives it to a component. */
const read = () => waitForFragmentData<documents_claims$key>(environment, Claims, proposition);

let { claims } = await read();
while (claims.pageInfo.hasNextPage) {
  const page = { id: proposition.id, count: 2, cursor: claims.pageInfo.endCursor };
  await fetchQuery<documentsMoreQuery>(environment, More, page).toPromise();
  ({ claims } = await read());
}
for (const { node } of claims.edges)
  console.log(`${node.stance}  ${node.assertedBy.name}: ${node.statement}`);
