import { createHash } from "node:crypto";
import type { Prisma } from "../generated/prisma/client.js";
import { dateBounds } from "../values/fuzzy-date.js";
import { contextOf, locateQuote } from "../values/quote.js";
import type { ActorEntry, ClaimEntry, EventEntry, PropositionEntry, SourceEntry } from "./format.js";
import type { Identify } from "./ids.js";
import type { Stored } from "./stored.js";

// Entries become rows of Prisma's createMany. An entry's own children get ids too, numbered in its order.

/** What every row needs to know of its set. */
export interface Origin {
  readonly id: Identify;
  readonly recordedAt: Date;
  /** Language of statements that name none. */
  readonly language: string;
}

export function actorRow(entry: ActorEntry, { id, recordedAt }: Origin): Prisma.ActorCreateManyInput {
  const { names, externalIds, affiliations, ...columns } = entry;
  return { id: id("actor", entry.slug), ...columns, ...recorded(recordedAt) };
}

export function nameRows(
  { slug, names }: ActorEntry,
  { id }: Origin,
  stored: Stored,
): Prisma.ActorNameCreateManyInput[] {
  return names.map((name, at) => ({ id: id("name", slug, at), actorId: stored.actors.keyOf(slug), ...name }));
}

export function externalIdRows(
  { slug, externalIds }: ActorEntry,
  { id }: Origin,
  stored: Stored,
): Prisma.ExternalIdCreateManyInput[] {
  return externalIds.map((one, at) => ({
    id: id("external-id", slug, at),
    actorId: stored.actors.keyOf(slug),
    ...one,
  }));
}

export function affiliationRows(
  { slug, affiliations }: ActorEntry,
  { id }: Origin,
  stored: Stored,
): Prisma.AffiliationCreateManyInput[] {
  return affiliations.map(({ role, with: other, title, from, until }, at) => {
    const [began, ended] = [dateColumns(from), dateColumns(until)];
    return {
      id: id("affiliation", slug, at),
      actorId: stored.actors.keyOf(slug),
      withActorId: stored.actors.keyOf(other),
      role,
      title,
      fromEdtf: began.edtf,
      fromEarliest: began.earliest,
      fromLatest: began.latest,
      untilEdtf: ended.edtf,
      untilEarliest: ended.earliest,
      untilLatest: ended.latest,
    };
  });
}

export function propositionRow(
  entry: PropositionEntry,
  { id, recordedAt }: Origin,
): Prisma.PropositionCreateManyInput {
  return { id: id("proposition", entry.slug), ...entry, ...recorded(recordedAt) };
}

export function sourceRow(
  entry: SourceEntry,
  texts: ReadonlyMap<string, string>,
  { id, recordedAt }: Origin,
  stored: Stored,
): Prisma.SourceCreateManyInput {
  const { textFile, publisher, syndicationOf, ...columns } = entry;
  const text = texts.get(entry.slug);
  return {
    id: id("source", entry.slug),
    ...columns,
    publisherId: publisher && stored.actors.keyOf(publisher),
    syndicationOfId: syndicationOf && stored.sources.keyOf(syndicationOf),
    text,
    contentSha256: text === undefined ? undefined : createHash("sha256").update(text).digest("hex"),
    ...recorded(recordedAt),
  };
}

export function eventRow(
  { slug, title, description, type, occurred, place, partOf }: EventEntry,
  { id, recordedAt }: Origin,
  stored: Stored,
): Prisma.EventCreateManyInput {
  const { edtf, earliest, latest } = dateColumns(occurred);
  return {
    id: id("event", slug),
    slug,
    title,
    description,
    type,
    occurredEdtf: edtf,
    occurredEarliest: earliest,
    occurredLatest: latest,
    placeName: place?.name,
    placeCountryCode: place?.countryCode,
    placeLatitude: place?.latitude,
    placeLongitude: place?.longitude,
    placePrecision: place?.precision,
    partOfId: partOf && stored.events.keyOf(partOf),
    ...recorded(recordedAt),
  };
}

export function participationRows(
  { slug, participants }: EventEntry,
  { id }: Origin,
  stored: Stored,
): Prisma.ParticipationCreateManyInput[] {
  return participants.map((one, at) => ({
    id: id("participation", slug, at),
    eventId: stored.events.keyOf(slug),
    actorId: stored.actors.keyOf(one.actor),
    role: one.role,
  }));
}

export function claimRow(
  entry: ClaimEntry,
  { id, recordedAt, language }: Origin,
  stored: Stored,
): Prisma.ClaimCreateManyInput {
  const { figure } = entry;
  const asserted = dateColumns(entry.assertedAt);
  const asOf = dateColumns(figure?.asOf);
  return {
    id: id("claim", entry.key),
    statement: entry.statement,
    language: entry.language ?? language,
    act: entry.act,
    stance: entry.stance,
    certainty: entry.certainty,
    attribution: entry.attribution,
    assertedById: stored.actors.keyOf(entry.assertedBy),
    assertedAtEdtf: asserted.edtf,
    assertedAtEarliest: asserted.earliest,
    assertedAtLatest: asserted.latest,
    propositionId: entry.proposition && stored.propositions.keyOf(entry.proposition),
    figureLow: figure?.low,
    figureBest: figure?.best,
    figureHigh: figure?.high,
    figureApproximator: figure?.approximator,
    figureAdditional: figure?.additional,
    figureAsOfEdtf: asOf.edtf,
    figureAsOfEarliest: asOf.earliest,
    figureAsOfLatest: asOf.latest,
    figureText: figure?.text,
    credibility: entry.credibility,
    rank: entry.rank,
    status: entry.status,
    ...recorded(recordedAt),
  };
}

/**
 * The citations of a claim, their quotes located in the texts as they are stored.
 *
 * @throws QuoteError when a stored text no longer holds the quote
 */
export function citationRows(
  { key, citations }: ClaimEntry,
  { id }: Origin,
  stored: Stored,
): Prisma.CitationCreateManyInput[] {
  return citations.map(({ source: slug, quote, translation }, position) => {
    const row = {
      id: id("citation", key, position),
      claimId: id("claim", key),
      sourceId: stored.sources.keyOf(slug),
      position,
      translation,
    };
    const text = stored.textOf(slug);
    if (!quote || typeof text !== "string") return { ...row, ...quote, anchor: "UNCHECKED" };
    const located = locateQuote(text, quote);
    return { ...row, ...located, ...contextOf(text, located) };
  });
}

export function claimEventRows(
  { key, events }: ClaimEntry,
  { id }: Origin,
  stored: Stored,
): Prisma.ClaimEventCreateManyInput[] {
  return events.map((slug) => ({ claimId: id("claim", key), eventId: stored.events.keyOf(slug) }));
}

export function relayRows(
  { key, relayedBy }: ClaimEntry,
  { id }: Origin,
  stored: Stored,
): Prisma.ClaimRelayCreateManyInput[] {
  return relayedBy.map((slug, position) => ({
    claimId: id("claim", key),
    actorId: stored.actors.keyOf(slug),
    position,
  }));
}

export function relationRows(
  { key, relations }: ClaimEntry,
  { id }: Origin,
  stored: Stored,
): Prisma.ClaimRelationCreateManyInput[] {
  return relations.map(({ to, ...relation }, at) => ({
    id: id("relation", key, at),
    fromId: id("claim", key),
    toId: stored.claims.keyOf(to),
    ...relation,
  }));
}

function dateColumns(edtf: string | undefined): { edtf?: string; earliest?: Date; latest?: Date } {
  return edtf === undefined ? {} : { edtf, ...dateBounds(edtf) };
}

const recorded = (recordedAt: Date) => ({ recordedAt, updatedAt: recordedAt });
