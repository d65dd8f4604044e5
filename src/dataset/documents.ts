import { encodeId } from "../graphql/id.js";
import type { Document } from "../writing/record.js";
import type { ActorEntry, ClaimEntry, EventEntry, PropositionEntry, SourceEntry } from "./format.js";
import type { Identify } from "./ids.js";
import type { Stored } from "./stored.js";

// Entries become documents, as mutations make them. An entry's own parts get ids too, numbered in its order.

/** What every document needs to know of its set. */
export interface Origin {
  readonly id: Identify;
  /** Language of statements that name none. */
  readonly language: string;
  readonly stored: Stored;
  /** Texts of sources by their slugs. */
  readonly texts: ReadonlyMap<string, string>;
}

type Nouns = "actors" | "propositions" | "sources" | "events" | "claims";

const PREFIXES = {
  actors: "actor",
  propositions: "proposition",
  sources: "source",
  events: "event",
  claims: "claim",
} as const;

/** The public id of what an entry names. */
const named = ({ stored }: Origin, entity: Nouns, name: string): string =>
  encodeId(PREFIXES[entity], stored[entity].keyOf(name));

const optional = (origin: Origin, entity: Nouns, name: string | undefined): string | undefined =>
  name && named(origin, entity, name);

/** Numbers the parts of an entry. */
const parts = <Part>(
  { id }: Origin,
  [prefix, kind]: readonly [prefix: string, kind: string],
  name: string,
  list: readonly Part[],
  document: (part: Part) => Document,
): Document[] => list.map((part, at) => ({ id: encodeId(prefix, id(kind, name, at)), ...document(part) }));

export const actorDocument = (entry: ActorEntry, origin: Origin): Document => ({
  ...entry,
  names: parts(origin, ["name", "name"], entry.slug, entry.names, (name) => name),
  externalIds: parts(origin, ["external_id", "external-id"], entry.slug, entry.externalIds, (one) => one),
  affiliations: parts(
    origin,
    ["affiliation", "affiliation"],
    entry.slug,
    entry.affiliations,
    ({ with: other, until, ...affiliation }) => ({
      ...affiliation,
      actor: named(origin, "actors", other),
      to: until,
    }),
  ),
});

export const propositionDocument = (entry: PropositionEntry): Document => entry;

export const sourceDocument = ({ textFile: _file, ...entry }: SourceEntry, origin: Origin): Document => ({
  ...entry,
  publisher: optional(origin, "actors", entry.publisher),
  syndicationOf: optional(origin, "sources", entry.syndicationOf),
  text: origin.texts.get(entry.slug),
});

export const eventDocument = (entry: EventEntry, origin: Origin): Document => ({
  ...entry,
  participants: parts(
    origin,
    ["participation", "participation"],
    entry.slug,
    entry.participants,
    ({ actor, role }) => ({ actor: named(origin, "actors", actor), role }),
  ),
  partOf: optional(origin, "events", entry.partOf),
});

export const claimDocument = ({ key, ...entry }: ClaimEntry, origin: Origin): Document => ({
  ...entry,
  language: entry.language ?? origin.language,
  assertedBy: named(origin, "actors", entry.assertedBy),
  relayedBy: entry.relayedBy.map((slug) => named(origin, "actors", slug)),
  events: entry.events.map((slug) => named(origin, "events", slug)),
  proposition: optional(origin, "propositions", entry.proposition),
  citations: parts(origin, ["citation", "citation"], key, entry.citations, (citation) => ({
    ...citation,
    source: named(origin, "sources", citation.source),
  })),
  relations: parts(origin, ["relation", "relation"], key, entry.relations, (relation) => ({
    ...relation,
    to: named(origin, "claims", relation.to),
  })),
});
