import type {
  Approximator,
  ClaimRelationType,
  PropositionKind,
  Rank,
  ReviewStatus,
  SpeechAct,
  Stance,
} from "../../src/generated/prisma/enums.js";

/** An actor; `name` decides the order of sides. */
export interface Actor {
  readonly id: string;
  readonly name: string;
}

/** One dated PART_OF: `actor` is part of `of`. */
export interface Affiliation {
  readonly id: string;
  readonly actor: string;
  readonly of: string;
  readonly from: string | null;
  readonly until: string | null;
}

export interface Source {
  readonly id: string;
  readonly publisher: string | null;
  readonly syndicationOf: string | null;
}

export interface Proposition {
  readonly id: string;
  readonly kind: PropositionKind;
  readonly accumulates: boolean;
  readonly comparableDays: number;
}

export interface Figure {
  readonly low: number | null;
  readonly best: number | null;
  readonly high: number | null;
  readonly approximator: Approximator;
  readonly additional: boolean;
  readonly asOf: string | null;
}

export interface Claim {
  readonly id: string;
  readonly by: string;
  readonly proposition: string | null;
  readonly status: ReviewStatus;
  readonly rank: Rank;
  readonly act: SpeechAct;
  readonly stance: Stance;
  /** EDTF. */
  readonly assertedAt: string | null;
  /** ISO 8601 in UTC. */
  readonly recordedAt: string;
  readonly figure: Figure | null;
  readonly relations: readonly { readonly type: ClaimRelationType; readonly to: string }[];
  /** The sources that it cites. */
  readonly citations: readonly string[];
}

/** All that the answer about a dispute depends on, as plain lists. */
export interface WorldRows {
  readonly actors: readonly Actor[];
  readonly affiliations: readonly Affiliation[];
  readonly sources: readonly Source[];
  readonly propositions: readonly Proposition[];
  readonly claims: readonly Claim[];
}

/** The lists of a world, found by id. */
export class PlainWorld {
  readonly #actors: Map<string, Actor>;
  readonly #sources: Map<string, Source>;
  readonly #propositions: Map<string, Proposition>;
  readonly #claims: Map<string, Claim>;
  readonly #affiliations = new Map<string, Affiliation[]>();
  readonly #claimsOf = new Map<string | null, Claim[]>();
  readonly #speakingOf = new Map<string, Claim[]>();

  constructor(readonly rows: WorldRows) {
    this.#actors = byId(rows.actors);
    this.#sources = byId(rows.sources);
    this.#propositions = byId(rows.propositions);
    this.#claims = byId(rows.claims);
    for (const affiliation of rows.affiliations) put(this.#affiliations, affiliation.actor, affiliation);
    for (const claim of rows.claims) {
      put(this.#claimsOf, claim.proposition, claim);
      for (const { to } of claim.relations) put(this.#speakingOf, to, claim);
    }
  }

  actor = (id: string): Actor => known(this.#actors, id);
  source = (id: string): Source => known(this.#sources, id);
  proposition = (id: string): Proposition => known(this.#propositions, id);
  claim = (id: string): Claim => known(this.#claims, id);
  /** What the actor is part of, on whatever day. */
  affiliationsOf = (actor: string): readonly Affiliation[] => this.#affiliations.get(actor) ?? [];
  /** All claims about a proposition, of every status. */
  claimsOf = (proposition: string): readonly Claim[] => this.#claimsOf.get(proposition) ?? [];
  /** The claims that have a relation to this one. */
  speakingOf = (claim: string): readonly Claim[] => this.#speakingOf.get(claim) ?? [];
}

function byId<Row extends { id: string }>(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

function put<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function known<Row>(rows: Map<string, Row>, id: string): Row {
  const row = rows.get(id);
  if (!row) throw new Error(`the world has no ${id}`);
  return row;
}

/** Whether a claim has a relation of this type to the other one. */
export const relates = (claim: Claim, type: ClaimRelationType, to: Claim): boolean =>
  claim.relations.some((relation) => relation.type === type && relation.to === to.id);
