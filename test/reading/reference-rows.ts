import { endsOf, readDate } from "../support/read-date.js";
import type * as prisma from "../support/rows.js";
import type { ClaimRow, World } from "../support/world.js";

/** What a reader may see of a data set, and how its rows belong together. Slow, and plain enough to be believed. */
export class Rows {
  readonly actors: readonly prisma.Actor[];
  readonly events: readonly prisma.Event[];
  readonly sources: readonly prisma.Source[];
  readonly propositions: readonly prisma.Proposition[];
  /** Only what was published, and what was published and then retracted. */
  readonly claims: readonly ClaimRow[];
  readonly #today = new Date().toISOString().slice(0, 10);
  readonly #byId = new Map<string, unknown>();
  readonly #seen: ReadonlySet<string>;

  constructor(private readonly world: World) {
    this.actors = world.actors;
    this.events = world.events;
    this.sources = world.sources;
    this.propositions = world.propositions;
    this.claims = world.claims.filter(({ status }) => status === "PUBLISHED" || status === "RETRACTED");
    this.#seen = new Set(this.claims.map(({ id }) => id));
    for (const rows of [this.actors, this.events, this.sources, this.propositions, this.claims]) {
      for (const row of rows) this.#byId.set(row.id, row);
    }
  }

  /** The row with this key; null for a hidden one, and for the key null. */
  #row<Row>(id: string | null): Row | null {
    return id === null ? null : ((this.#byId.get(id) as Row | undefined) ?? null);
  }

  actor = (id: string | null) => this.#row<prisma.Actor>(id);
  event = (id: string | null) => this.#row<prisma.Event>(id);
  source = (id: string | null) => this.#row<prisma.Source>(id);
  proposition = (id: string | null) => this.#row<prisma.Proposition>(id);
  claim = (id: string | null) => this.#row<ClaimRow>(id);

  namesOf = (actor: prisma.Actor) =>
    inOrder(
      this.world.names.filter((name) => name.actorId === actor.id),
      (name) => [name.id],
    );

  externalIdsOf = (owner: { readonly id: string }) =>
    inOrder(
      this.world.externalIds.filter((id) =>
        [id.actorId, id.eventId, id.sourceId, id.propositionId, id.claimId].includes(owner.id),
      ),
      (id) => [id.scheme, id.value, id.id],
    );

  affiliationsOf = (actor: prisma.Actor) =>
    inOrder(
      this.world.affiliations.filter((link) => link.actorId === actor.id),
      (link) => [link.fromEarliest, link.fromLatest, link.id],
    );

  /** Whether a link makes an actor part of another one at some moment of this day. */
  #holds = (link: prisma.Affiliation, day: string) =>
    link.role === "PART_OF" &&
    (link.fromEdtf === null || endsOf(link.fromEdtf).first.day <= day) &&
    (link.untilEdtf === null || endsOf(link.untilEdtf).last.day >= day);

  /** What the actor is part of on a day: of several it is the one that it joined last, then the one with the greatest id. */
  parentOf = (actor: prisma.Actor, on?: string | null) => {
    const links = this.world.affiliations.filter(
      (link) => link.actorId === actor.id && this.#holds(link, on ?? this.#today),
    );
    const latest = (link: prisma.Affiliation) => link.fromLatest && new Date(-link.fromLatest.getTime());
    const [first] = inOrder(inOrder(links, (link) => [link.id]).reverse(), (link) => [latest(link)]);
    return first ? this.actor(first.withActorId) : null;
  };

  /** The last actor on the way from part to whole; of a circle, the last one before the way repeats itself. */
  sideOf = (actor: prisma.Actor, on?: string | null) => {
    const way = [actor];
    for (const last of way) {
      const next = this.parentOf(last, on);
      if (next && !way.includes(next)) way.push(next);
    }
    return way.at(-1)!;
  };

  /** The side of the actor when it asserted a claim: on the earliest day, the latest if the start is open, or that of its recording. */
  sideOfClaim = ({ assertedById, assertedAtEdtf, recordedAt }: ClaimRow) => {
    const date = assertedAtEdtf === null ? null : readDate(assertedAtEdtf);
    const day = date?.earliest ?? date?.latest ?? recordedAt.toISOString().slice(0, 10);
    return this.sideOf(this.actor(assertedById)!, day);
  };

  /** The named actor and, at any remove, those that are part of it on a day. */
  within = ({ id, slug, on }: { id?: string; slug?: string | null; on?: string | null }) => {
    const found = new Set(this.actors.filter((actor) => actor.id === id || actor.slug === slug));
    for (const whole of found) {
      for (const link of this.world.affiliations) {
        if (link.withActorId === whole.id && this.#holds(link, on ?? this.#today))
          found.add(this.actor(link.actorId)!);
      }
    }
    return found;
  };

  claimsBy = (actor: prisma.Actor) => this.claims.filter((claim) => claim.assertedById === actor.id);

  eventsWith = (actor: prisma.Actor) =>
    this.events.filter((event) =>
      this.world.participations.some((part) => part.actorId === actor.id && part.eventId === event.id),
    );

  sourcesFrom = (actor: prisma.Actor) => this.sources.filter((source) => source.publisherId === actor.id);

  participantsOf = (event: prisma.Event) =>
    inOrder(
      this.world.participations.filter((part) => part.eventId === event.id),
      (part) => [ROLES.indexOf(part.role), part.id],
    );

  partsOf = (event: prisma.Event) => this.events.filter((part) => part.partOfId === event.id);

  claimsAbout = (event: prisma.Event) =>
    this.claims.filter((claim) =>
      this.world.claimEvents.some((link) => link.claimId === claim.id && link.eventId === event.id),
    );

  propositionsAbout = (event: prisma.Event) => {
    const asserted = new Set(this.claimsAbout(event).map((claim) => claim.propositionId));
    return this.propositions.filter((proposition) => asserted.has(proposition.id));
  };

  propositionsOf = (actor: prisma.Actor) => {
    const asserted = new Set(this.claimsBy(actor).map((claim) => claim.propositionId));
    return this.propositions.filter((proposition) => asserted.has(proposition.id));
  };

  eventsOf = (claim: ClaimRow) =>
    this.events.filter((event) =>
      this.world.claimEvents.some((link) => link.claimId === claim.id && link.eventId === event.id),
    );

  sourcesAbout = (claim: ClaimRow) =>
    inOrder(
      this.world.claimSources.filter((link) => link.claimId === claim.id),
      (link) => [link.sourceId],
    ).map((link) => this.source(link.sourceId)!);

  claimsAboutSource = (source: prisma.Source) =>
    this.claims.filter((claim) => this.sourcesAbout(claim).includes(source));

  /** The source at the end of the copies. */
  originOf = (source: prisma.Source): prisma.Source => {
    const original = this.source(source.syndicationOfId);
    return original ? this.originOf(original) : source;
  };

  relayersOf = (claim: ClaimRow) =>
    inOrder(
      this.world.relays.filter((relay) => relay.claimId === claim.id),
      (relay) => [relay.position, relay.actorId],
    ).map((relay) => this.actor(relay.actorId)!);

  citationsOf = (claim: ClaimRow) =>
    inOrder(
      this.world.citations.filter((citation) => citation.claimId === claim.id),
      (citation) => [citation.position, citation.id],
    );

  /** A link with a hidden end is hidden as well. */
  relationsOf = (claim: ClaimRow) =>
    inOrder(
      this.world.relations.filter(
        (link) =>
          (link.fromId === claim.id || link.toId === claim.id) &&
          this.#seen.has(link.fromId) &&
          this.#seen.has(link.toId),
      ),
      (link) => [link.fromId === claim.id ? 0 : 1, link.id],
    );

  claimsCiting = (source: prisma.Source) =>
    this.claims.filter((claim) =>
      this.world.citations.some(
        (citation) => citation.claimId === claim.id && citation.sourceId === source.id,
      ),
    );

  claimsOn = (proposition: prisma.Proposition) =>
    this.claims.filter((claim) => claim.propositionId === proposition.id);
}

// The order of the vocabulary: from the one who began it to those who bore it.
const ROLES = [
  "INITIATOR",
  "TARGET",
  "SUPPORTER",
  "MEDIATOR",
  "PARTICIPANT",
  "AFFECTED",
  "OPERATOR",
  "RESPONDER",
  "INVESTIGATOR",
  "VICTIM",
];

export type Key = string | number | boolean | Date | null;

/** Texts by code point (which is how UTF-8 sorts), moments and numbers by size, what is missing last. */
export function compareKeys(a: Key, b: Key): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === "string" && typeof b === "string") return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a) - Number(b);
}

function inOrder<Row>(rows: readonly Row[], keys: (row: Row) => Key[]): Row[] {
  return [...rows].sort((a, b) => {
    const others = keys(b);
    for (const [index, key] of keys(a).entries()) {
      const order = compareKeys(key, others[index] ?? null);
      if (order !== 0) return order;
    }
    return 0;
  });
}
