import { EventBoardDocument } from "./generated/graphql.js";
import { request, type Server } from "./request.js";

/**
 * The claims about one event as lines of text: when, who, what they did by saying it, and the quoted words.
 *
 * @param event slug of the event
 */
export async function board(server: Server, event: string): Promise<string[]> {
  const data = await request(server, EventBoardDocument, { event });
  if (!data.event) throw new Error(`There is no event "${event}".`);
  return data.event.claims.nodes.map((claim) => {
    const quotes = claim.citations.map(({ quote }) => (quote ? ` “${quote.exact}”` : "")).join(",");
    return `${claim.assertedAt?.edtf ?? "undated"}  ${claim.assertedBy.name}  ${claim.act}:${quotes}`;
  });
}
