import { createHash } from "node:crypto";
import { v7 } from "uuid";

/** Gives the row of a kind and key its id, the same at every load. */
export type Identify = (kind: string, ...key: readonly (string | number)[]) => string;

/**
 * Ids of a data set's rows: UUID v7 with the set's instant of recording as their time and a hash of the
 * row's name in the place of the random bits, so that loading a set again finds what it wrote before.
 */
export function identify(set: string, recordedAt: Date): Identify {
  return (kind, ...key) =>
    v7({
      msecs: recordedAt.getTime(),
      random: createHash("sha256")
        .update([set, kind, ...key].join("/"))
        .digest()
        .subarray(0, 16),
    });
}

/** The kind of row that a prefix of public ids stands for. */
export const idKind = (prefix: string): string => prefix.replaceAll("_", "-");
