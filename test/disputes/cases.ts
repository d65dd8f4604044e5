import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { DateReading } from "./counted.js";
import type { Claim, Figure, WorldRows } from "./plain-world.js";

/** What a case says of a dispute; "!" behind a stance is a divided side. */
export interface Expectation {
  readonly on?: string;
  readonly dates?: DateReading;
  readonly status: string;
  readonly sides: Readonly<Record<string, string>>;
  readonly voices: number;
  readonly origins?: number;
  readonly conflicts: readonly string[];
}

interface CaseClaim extends Partial<Omit<Claim, "id" | "figure">> {
  readonly id: string;
  readonly by: string;
  readonly on?: string;
  readonly figure?: Partial<Figure>;
  readonly sources?: readonly string[];
}

/** A worked case: claims in the order in which they are recorded, and what follows from them. */
export interface Case {
  readonly name: string;
  readonly kind?: "YES_NO" | "QUANTITY";
  readonly accumulates?: boolean;
  readonly partOf?: readonly { actor: string; of: string; from?: string; until?: string }[];
  readonly sources?: Readonly<Record<string, { publisher?: string; copyOf?: string }>>;
  readonly claims: readonly CaseClaim[];
  readonly expect: readonly Expectation[];
}

/** The worked cases. */
export const CASES = parse(readFileSync(new URL("./cases.yaml", import.meta.url), "utf8")) as Case[];

/** The id of the proposition of every case. */
export const PROPOSITION = "p";

const NO_FIGURE: Figure = {
  low: null,
  best: null,
  high: null,
  approximator: "EXACT",
  additional: false,
  asOf: null,
};

/** The world of a case; a claim for which it names no source has one of its own. */
export function worldOf({ kind = "YES_NO", accumulates = false, ...given }: Case): WorldRows {
  const { partOf = [], sources = {}, claims } = given;
  const named = [
    ...claims.map(({ by }) => by),
    ...partOf.flatMap(({ actor, of }) => [actor, of]),
    ...Object.values(sources).flatMap(({ publisher }) => publisher ?? []),
  ];
  return {
    actors: [...new Set(named)].map((id) => ({ id, name: id })),
    affiliations: partOf.map(({ actor, of, from = null, until = null }, at) => ({
      ...{ id: `affiliation-${at}`, actor, of },
      from: from === null ? null : String(from),
      until: until === null ? null : String(until),
    })),
    sources: [
      ...Object.entries(sources).map(([id, { publisher = null, copyOf = null }]) => ({
        ...{ id, publisher, syndicationOf: copyOf },
      })),
      ...claims.map(({ id }) => ({ id: `own-${id}`, publisher: null, syndicationOf: null })),
    ],
    propositions: [{ id: PROPOSITION, kind, accumulates, comparableDays: 30 }],
    claims: claims.map((claim, at) => ({
      id: claim.id,
      by: claim.by,
      proposition: PROPOSITION,
      status: claim.status ?? "PUBLISHED",
      rank: claim.rank ?? "NORMAL",
      act: claim.act ?? "ASSERT",
      stance: claim.stance ?? "NEUTRAL",
      assertedAt: claim.on ?? null,
      recordedAt: `2026-01-01T00:00:${String(at).padStart(2, "0")}.000Z`,
      figure: claim.figure ? { ...NO_FIGURE, ...claim.figure } : null,
      relations: claim.relations ?? [],
      citations: claim.sources ?? [`own-${claim.id}`],
    })),
  };
}

/** What an answer says of what a case expects, in the same words. */
export function inWordsOfCase(answer: {
  status: string;
  voices: number;
  origins: number;
  sides: readonly { name: string; stance: string; divided: boolean }[];
  conflicts: readonly { kind: string }[];
}): Omit<Expectation, "on" | "dates"> {
  const { status, voices, origins, sides, conflicts } = answer;
  return {
    ...{ status, voices, origins },
    sides: Object.fromEntries(
      sides.map(({ name, stance, divided }) => [name, divided ? `${stance}!` : stance]),
    ),
    conflicts: conflicts.map(({ kind }) => kind).sort(),
  };
}
