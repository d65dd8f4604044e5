import type { Prisma, PrismaClient } from "../generated/prisma/client.js";
import { QuoteError } from "../values/quote.js";
import { checkDataset } from "./check-dataset.js";
import { DatasetError } from "./dataset-error.js";
import type { ClaimEntry } from "./format.js";
import { identify } from "./ids.js";
import { type Dataset, readDataset } from "./read-dataset.js";
import * as rows from "./rows.js";
import { compareWithStored, type Stored } from "./stored.js";

/** How many rows of each noun were added. */
export interface Created {
  actors: number;
  propositions: number;
  sources: number;
  events: number;
  claims: number;
}

/**
 * Loads the data set of a folder, all of it or nothing. What is in the database already is left alone, with
 * all that it owns: a person may have edited it. So loading a set twice changes nothing.
 *
 * @throws DatasetError with everything that is wrong with the files
 */
export async function loadDataset(prisma: PrismaClient, folder: string): Promise<Created> {
  const set = readDataset(folder);
  const outside = checkDataset(set);
  return prisma.$transaction(
    async (tx) => {
      // Any number, the same in every process: two that load at once take turns.
      await tx.$executeRaw`select pg_advisory_xact_lock(7204611943)`;
      const recordedAt = new Date(set.about?.recordedAt ?? 0);
      const id = identify(set.about?.name ?? "", recordedAt);
      const stored = await compareWithStored(tx, set, [...new Set(outside.map(({ slug }) => slug))], id);
      for (const { slug, isUnknown } of outside) if (!stored.actors.has(slug)) isUnknown();
      if (!set.about || set.problems.length > 0) throw new DatasetError(folder, set.problems);
      return write(tx, folder, set, stored, { id, recordedAt, language: set.about.language });
    },
    { maxWait: 60_000, timeout: 120_000 },
  );
}

async function write(
  tx: Prisma.TransactionClient,
  folder: string,
  set: Dataset,
  stored: Stored,
  origin: rows.Origin,
): Promise<Created> {
  const { actors, propositions, sources, events, claims } = stored;
  const each = <Value, Row>(
    { missing }: { missing: readonly Value[] },
    row: (value: Value, origin: rows.Origin, stored: Stored) => Row | Row[],
  ) => ({ data: missing.flatMap((value) => row(value, origin, stored)) });

  const citations = claims.missing.flatMap((claim) => citationsOf(folder, claim, origin, stored));
  const created = {
    actors: (await tx.actor.createMany(each(actors, rows.actorRow))).count,
    propositions: (await tx.proposition.createMany(each(propositions, rows.propositionRow))).count,
    sources: (
      await tx.source.createMany(each(sources, (source) => rows.sourceRow(source, set.texts, origin, stored)))
    ).count,
    events: (await tx.event.createMany(each(events, rows.eventRow))).count,
    claims: (await tx.claim.createMany(each(claims, rows.claimRow))).count,
  };
  await tx.actorName.createMany(each(actors, rows.nameRows));
  await tx.externalId.createMany(each(actors, rows.externalIdRows));
  await tx.affiliation.createMany(each(actors, rows.affiliationRows));
  await tx.participation.createMany(each(events, rows.participationRows));
  await tx.claimEvent.createMany(each(claims, rows.claimEventRows));
  await tx.claimRelay.createMany(each(claims, rows.relayRows));
  await tx.claimRelation.createMany(each(claims, rows.relationRows));
  await tx.citation.createMany({ data: citations });
  return created;
}

/** The files agree with themselves, but the text in the database may have been edited since. */
function citationsOf(folder: string, claim: ClaimEntry, origin: rows.Origin, stored: Stored) {
  try {
    return rows.citationRows(claim, origin, stored);
  } catch (error) {
    if (!(error instanceof QuoteError)) throw error;
    throw new DatasetError(folder, [`claims.yaml, ${claim.key}: in the database's text, ${error.message}`]);
  }
}
