import { Random } from "../reading/random.js";
import type * as prisma from "./rows.js";
import { WorldMaker } from "./world-maker.js";

type Numbers = "figureLow" | "figureBest" | "figureHigh";

/** A claim's row; its figures are plain numbers here. */
export type ClaimRow = Omit<prisma.Claim, Numbers> & Record<Numbers, number | null>;
export type ClaimEventRow = Pick<prisma.ClaimEvent, "claimId" | "eventId">;

/** A whole data set, table by table, as rows in memory. */
export interface World {
  actors: prisma.Actor[];
  names: prisma.ActorName[];
  externalIds: prisma.ExternalId[];
  affiliations: prisma.Affiliation[];
  events: prisma.Event[];
  participations: prisma.Participation[];
  sources: prisma.Source[];
  propositions: prisma.Proposition[];
  claims: ClaimRow[];
  relays: prisma.ClaimRelay[];
  claimEvents: ClaimEventRow[];
  claimSources: prisma.ClaimSource[];
  citations: prisma.Citation[];
  relations: prisma.ClaimRelation[];
}

/**
 * Makes a data set with ties in every sort key, gaps in every nullable column and claims of every status.
 *
 * @param size how many claims
 */
export function makeWorld(seed: number, size = 200): World {
  const random = new Random(seed + 1);
  const maker = new WorldMaker(seed);
  const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);

  const actors = times(25, () => maker.actor());
  const events = times(40, () => maker.event());
  events.forEach((event, index) => {
    // Only to an earlier one: a tree. The first few stand alone or have many parts.
    if (index >= 4 && random.chance(0.7)) {
      event.partOfId = events[random.chance(0.5) ? random.int(0, 3) : random.int(0, index - 1)]!.id;
    }
  });
  const sources = times(25, () => maker.source(actors));
  sources.forEach((source, index) => {
    if (index > 0 && random.chance(0.3)) source.syndicationOfId = sources[random.int(0, index - 1)]!.id;
    if (index > 0 && random.chance(0.2)) source.laterVersionOfId = sources[random.int(0, index - 1)]!.id;
  });
  const propositions = times(20, () => maker.proposition());
  const claims = times(size, () => maker.claim(actors, propositions));

  return {
    actors,
    names: actors.flatMap((actor) => maker.names(actor)),
    externalIds: [
      ...maker.externalIds("actorId", actors),
      ...maker.externalIds("eventId", events),
      ...maker.externalIds("sourceId", sources),
      ...maker.externalIds("propositionId", propositions),
      ...maker.externalIds("claimId", claims),
    ],
    affiliations: maker.affiliations(actors),
    events,
    participations: events.flatMap((event) => maker.participations(event, actors)),
    sources,
    propositions,
    claims,
    relays: claims.flatMap((claim) =>
      random
        .some(actors, 0, 3)
        .map((actor) => ({ claimId: claim.id, actorId: actor.id, position: random.int(0, 2) })),
    ),
    claimEvents: claims.flatMap((claim) =>
      random.some(events.slice(0, 25), 0, 4).map((event) => ({ claimId: claim.id, eventId: event.id })),
    ),
    claimSources: claims.flatMap((claim) =>
      random.some(sources.slice(0, 10), 0, 2).map((source) => ({ claimId: claim.id, sourceId: source.id })),
    ),
    citations: claims.flatMap((claim) =>
      // Not `some`: one claim may quote the same source twice.
      times(random.int(0, 3), () => maker.citation(claim, random.pick(sources.slice(0, 6)))),
    ),
    relations: maker.relations(claims, Math.min(120, size)),
  };
}

/** Writes a data set into an empty database. */
export async function insertWorld(client: prisma.PrismaClient, world: World): Promise<void> {
  await client.actor.createMany({ data: world.actors });
  await client.actorName.createMany({ data: world.names });
  await client.affiliation.createMany({ data: world.affiliations });
  await client.event.createMany({ data: world.events });
  await client.participation.createMany({ data: world.participations });
  await client.source.createMany({ data: world.sources });
  await client.proposition.createMany({ data: world.propositions });
  await client.claim.createMany({ data: world.claims });
  await client.externalId.createMany({ data: world.externalIds });
  await client.claimRelay.createMany({ data: world.relays });
  await client.claimEvent.createMany({ data: world.claimEvents });
  await client.claimSource.createMany({ data: world.claimSources });
  await client.citation.createMany({ data: world.citations });
  await client.claimRelation.createMany({ data: world.relations });
}

/** Reads everything that a database has. */
export async function readWorld(client: prisma.PrismaClient): Promise<World> {
  const claims = await client.claim.findMany();
  const number = (value: { toNumber(): number } | null) => value?.toNumber() ?? null;
  return {
    actors: await client.actor.findMany(),
    names: await client.actorName.findMany(),
    externalIds: await client.externalId.findMany(),
    affiliations: await client.affiliation.findMany(),
    events: await client.event.findMany(),
    participations: await client.participation.findMany(),
    sources: await client.source.findMany(),
    propositions: await client.proposition.findMany(),
    claims: claims.map(({ figureLow, figureBest, figureHigh, ...claim }) => ({
      ...claim,
      ...{ figureLow: number(figureLow), figureBest: number(figureBest), figureHigh: number(figureHigh) },
    })),
    relays: await client.claimRelay.findMany(),
    claimEvents: await client.claimEvent.findMany(),
    claimSources: await client.claimSource.findMany(),
    citations: await client.citation.findMany(),
    relations: await client.claimRelation.findMany(),
  };
}
