import { v7 } from "uuid";
import type { Revision } from "../../src/generated/prisma/client.js";
import type { TestDatabase } from "./database.js";

/** Writes one revision of a record, of its own unless told, that a reader may see unless told. */
export async function recordRevision(
  { prisma }: Pick<TestDatabase, "prisma">,
  { inverse, patch, rows, ...given }: Partial<Omit<Revision, "publicId" | "recordKey">> = {},
): Promise<Revision> {
  return prisma.revision.create({
    data: {
      id: v7(),
      recordType: "ACTOR",
      recordId: v7(),
      version: 1,
      action: "CREATED",
      authorId: "test",
      authorName: "Ada",
      authorRole: "EDITOR",
      patch: patch ?? [],
      inverse: inverse ?? [],
      public: true,
      concerns: [],
      ...given,
    },
  });
}

/** Writes revisions whose reasons are `from` … `to`, one after the other. */
export async function recordNumbered(
  database: Pick<TestDatabase, "prisma">,
  from: number,
  to: number,
): Promise<void> {
  for (let number = from; number <= to; number++) await recordRevision(database, { reason: String(number) });
}

/** The texts of the numbers `from` … `to`. */
export const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
