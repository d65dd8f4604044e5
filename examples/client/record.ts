import { setTimeout } from "node:timers/promises";
import { ChangesDocument, RecordClaimDocument, type RecordClaimInput } from "./generated/graphql.js";
import { request, type Server } from "./request.js";

/** A claim to try it with. Under its idempotency key it is recorded once, however often the program runs. */
export const EXAMPLE: RecordClaimInput = {
  idempotencyKey: "examples/client",
  claim: {
    statement: "Ukraine's military says that the fighting in the Kursk region goes on.",
    language: "en",
    act: "DENY",
    stance: "REJECTS",
    assertedBy: { slug: "ukraine-military" },
    relayedBy: [{ slug: "claimgraph-example-desk" }],
    assertedAt: "2025-04-26/2025-04-29",
    events: [{ slug: "kursk-recapture-declared" }],
    proposition: { slug: "kursk-fully-retaken" },
    citations: [
      { source: { slug: "kursk-brief" }, quote: { exact: "said that fighting in the region went on" } },
    ],
  },
};

/**
 * Records a claim.
 *
 * @returns its id
 * @throws Error that says what is wrong, and where
 */
export async function record(server: Server, input: RecordClaimInput): Promise<string> {
  const { claim, errors } = (await request(server, RecordClaimDocument, { input })).recordClaim;
  if (!claim) throw new Error(errors.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"));
  return claim.id;
}

/**
 * What became of a record up to now, and then what becomes of it, as lines of text. Cursors follow the order of
 * commits, so nothing is missed between two looks.
 *
 * @param signal ends it
 * @param pause between two looks, in milliseconds
 */
export async function* follow(
  server: Server,
  id: string,
  signal: AbortSignal,
  pause = 1_000,
): AsyncGenerator<string> {
  let after: string | null | undefined;
  while (!signal.aborted) {
    const { nodes, pageInfo } = (await request(server, ChangesDocument, { record: [id], after })).changes;
    for (const { recordedAt, action, version, author, reason, claim } of nodes) {
      const why = reason ? ` (${reason})` : "";
      yield `${recordedAt}  version ${version} ${action} by ${author?.name}${why}; now ${claim?.status ?? "gone"}`;
    }
    after = pageInfo.endCursor ?? after;
    if (nodes.length === 0) await setTimeout(pause, undefined, { signal }).catch(() => undefined);
  }
}
