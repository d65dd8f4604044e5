import type { EntryFormat, EntryValue } from "../writing/entry.js";

/** How actors stand in data sets. */
export const actorEntries: EntryFormat = {
  outside: true,
  fields: { affiliations: { fields: { actor: { as: "with" }, to: { as: "until" } } } },
  chains: { affiliations: wholes },
};

interface AffiliationEntry {
  readonly role: string;
  readonly with: string;
  readonly until?: string;
}

/** What an actor is a part of. */
function wholes({ affiliations = [] }: EntryValue): string[] {
  return (affiliations as readonly AffiliationEntry[])
    .filter(({ role, until }) => role === "PART_OF" && until === undefined)
    .map((affiliation) => affiliation.with);
}
