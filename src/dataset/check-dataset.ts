import { locateQuote, QuoteError, type QuoteSelector } from "../values/quote.js";
import { figureOfProposition } from "../values/rules.js";
import type { ActorEntry, ClaimEntry } from "./format.js";
import type { Dataset, Entries, Entry } from "./read-dataset.js";

/** A mention of an actor that the set does not declare: the database may know it. */
export interface OutsideActor {
  readonly slug: string;
  /** Notes that the database does not know it either. */
  readonly isUnknown: () => void;
}

/**
 * Checks what one entry alone cannot show: references, duplicates, circles and quotes. Adds to the set's
 * problems, and returns the mentions of actors that only the database can vouch for.
 */
export function checkDataset(set: Dataset): OutsideActor[] {
  const outside: OutsideActor[] = [];
  const actor = (entry: Entry<unknown>, slug: string | undefined, ...path: PropertyKey[]) => {
    if (slug === undefined || set.actors.names.has(slug)) return;
    const isUnknown = () => entry.problem(path, "there is no such actor; add it to actors.yaml");
    outside.push({ slug, isUnknown });
  };

  for (const entry of set.actors.drafts) {
    const { slug, names = [], externalIds = [], affiliations = [] } = entry.value;
    for (const [at, { with: other }] of affiliations.entries()) {
      const path = ["affiliations", at, "with"];
      if (other === slug) entry.problem(path, "names the actor itself; name another");
      else actor(entry, other, ...path);
    }
    unique(entry, "names", names, ({ value, language }) => `${language}/${value}`);
    unique(entry, "externalIds", externalIds, ({ scheme, value }) => `${scheme}/${value}`);
  }
  for (const entry of set.events.drafts) {
    const { participants = [], partOf } = entry.value;
    for (const [at, participant] of participants.entries())
      actor(entry, participant.actor, "participants", at, "actor");
    unique(entry, "participants", participants, (one) => `${one.actor}/${one.role}`);
    declared(entry, set.events, partOf, "events.yaml", "partOf");
  }
  for (const entry of set.sources.drafts) {
    actor(entry, entry.value.publisher, "publisher");
    declared(entry, set.sources, entry.value.syndicationOf, "sources.yaml", "syndicationOf");
  }
  for (const entry of set.claims.drafts) {
    const { assertedBy, relayedBy = [] } = entry.value;
    actor(entry, assertedBy, "assertedBy");
    for (const [at, slug] of relayedBy.entries()) actor(entry, slug, "relayedBy", at);
    unique(entry, "relayedBy", relayedBy, (slug) => slug);
    checkClaim(set, entry);
  }
  circles(set.events, "partOf", ({ partOf }) => [partOf]);
  circles(set.sources, "syndicationOf", ({ syndicationOf }) => [syndicationOf]);
  circles(set.actors, "affiliations", wholes);
  return outside;
}

const wholes = ({ affiliations }: ActorEntry): string[] =>
  affiliations.filter(({ role, until }) => role === "PART_OF" && until === undefined).map((one) => one.with);

function checkClaim(set: Dataset, entry: Entry<Partial<ClaimEntry>>): void {
  const { problem } = entry;
  const { key, events = [], proposition, figure, relations = [], citations = [] } = entry.value;
  unique(entry, "events", events, (slug) => slug);
  unique(entry, "relations", relations, ({ to, type }) => `${to}/${type}`);
  for (const [at, slug] of events.entries()) declared(entry, set.events, slug, "events.yaml", "events", at);
  declared(entry, set.propositions, proposition, "propositions.yaml", "proposition");
  const asked = set.propositions.drafts.find(({ value }) => value.slug === proposition)?.value;
  const misfit = figure && figureOfProposition(asked?.kind);
  if (misfit) problem(["figure"], misfit);
  for (const [at, { to }] of relations.entries()) {
    if (to === key) problem(["relations", at, "to"], "names the claim itself; name another");
    else declared(entry, set.claims, to, "claims.yaml", "relations", at, "to");
  }
  for (const [at, { source, quote }] of citations.entries()) {
    declared(entry, set.sources, source, "sources.yaml", "citations", at, "source");
    const wrong = wrongQuote(set.texts.get(source), quote);
    if (wrong !== undefined) problem(["citations", at, "quote"], wrong);
  }
}

/** What is wrong with a quote from a source; nothing can be held against one without stored text. */
function wrongQuote(text: string | undefined, quote: QuoteSelector | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!quote) return "quote words of the source's text";
  try {
    locateQuote(text, quote);
    return undefined;
  } catch (error) {
    if (error instanceof QuoteError) return error.message;
    throw error;
  }
}

function declared(
  { problem }: Entry<unknown>,
  { names }: Entries<unknown>,
  name: string | undefined,
  file: string,
  ...path: PropertyKey[]
): void {
  if (name !== undefined && !names.has(name)) problem(path, `there is no such entry; add it to ${file}`);
}

function unique<Item>(
  { problem }: Entry<unknown>,
  field: string,
  items: readonly Item[],
  identity: (item: Item) => string,
): void {
  const seen = new Set<string>();
  for (const [at, item] of items.entries()) {
    if (seen.has(identity(item))) problem([field, at], "stands here twice; remove one");
    seen.add(identity(item));
  }
}

/** Refuses chains that lead back to where they began: nothing is part of a part of itself. */
function circles<Value extends { slug: string }>(
  { entries }: Entries<Value>,
  field: string,
  next: (value: Value) => (string | undefined)[],
): void {
  const bySlug = new Map(entries.map(({ value }) => [value.slug, value]));
  for (const { value, problem } of entries) {
    const reached = new Set<string>();
    const walk = (from: Value): void => {
      for (const slug of next(from)) {
        const to = slug === undefined ? undefined : bySlug.get(slug);
        if (!to || reached.has(to.slug)) continue;
        reached.add(to.slug);
        walk(to);
      }
    };
    walk(value);
    if (reached.has(value.slug)) problem([field], `leads back to ${value.slug} itself; break the circle`);
  }
}
