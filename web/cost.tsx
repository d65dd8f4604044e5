import { pick, tryParseJSONC, useGraphiQL } from "@graphiql/react";
import type { GraphQLSchema } from "graphql";
import { useMemo } from "react";
import type { Limits } from "../src/http/admit.js";
import { type Estimate, estimateOf } from "./estimate.js";

/** The limits of the server that sent the page. A page that comes from elsewhere shows no cost. */
const limits: Limits | undefined =
  JSON.parse(document.querySelector<HTMLMetaElement>("meta[name=limits]")?.content ?? "null") ?? undefined;

const inFull = new Intl.NumberFormat("en");
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
// What has more digits is wider than the column of buttons.
const LARGEST_SHOWN = 99_999;
const inShort = (count: number) => (count > LARGEST_SHOWN ? compact : inFull).format(count);

/** Tells what the operation asks for before it runs, and warns when the server will refuse it. */
export function Cost() {
  const { schema, tabs, activeTabIndex, operationName, overrideOperationName } = useGraphiQL(
    pick("schema", "tabs", "activeTabIndex", "operationName", "overrideOperationName"),
  );
  const { query, variables } = tabs[activeTabIndex] ?? {};
  const name = overrideOperationName ?? operationName;
  const estimate = useMemo(() => read(schema, query, variables, name), [schema, query, variables, name]);

  // The place is kept while there is nothing to say, so that no button moves under the pointer.
  if (!limits || !estimate) return <p className="cost" />;
  const { cost, refusal } = estimate;
  return (
    <>
      <p
        className={refusal ? "cost refused" : "cost"}
        title={`The answer may hold ${inFull.format(cost)} objects, by the server's estimate: page sizes multiply. The limit is ${inFull.format(limits.maxCost)}.`}
      >
        cost <b>{inShort(cost)}</b> of {inShort(limits.maxCost)}
      </p>
      {refusal && <p className="refusal">The server will refuse this. {refusal}</p>}
    </>
  );
}

function read(
  schema: GraphQLSchema | null | undefined,
  query: string | null | undefined,
  variables: string | null | undefined,
  name: string | undefined,
): Estimate | undefined {
  if (!schema || !limits || !query) return undefined;
  try {
    return estimateOf(schema, limits, query, tryParseJSONC(variables ?? "") ?? {}, name);
  } catch {
    // Variables that are no JSON: GraphiQL says so when it is to run them.
    return undefined;
  }
}
