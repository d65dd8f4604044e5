import { localBounds } from "../values/fuzzy-date.js";
import type { EntryFormat, EntryValue, Link } from "../writing/entry.js";

/** How actors stand in data sets. */
export const actorEntries: EntryFormat = {
  outside: true,
  fields: { affiliations: { fields: { actor: { as: "with" }, to: { as: "until" } } } },
  chains: { affiliations: wholes },
};

interface AffiliationEntry {
  readonly role: string;
  readonly with: string;
  readonly from?: string;
  readonly until?: string;
}

/** What an actor is a part of, at the widest reading of when. */
function wholes({ affiliations = [] }: EntryValue): Link[] {
  return (affiliations as readonly AffiliationEntry[])
    .filter(({ role }) => role === "PART_OF")
    .map(({ with: to, from, until }) => ({
      to,
      ...(from !== undefined && { since: localBounds(from).earliest }),
      ...(until !== undefined && { until: localBounds(until).latest }),
    }));
}
