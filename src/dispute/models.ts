import type { Approximator } from "../claim/claim.vocabulary.js";
import type { ConflictKind, DisputeStatus, SideStance } from "./dispute.vocabulary.js";

// What the functions of the database give: types of their own there, rows without a table.

/** A vague date of a row, under the name `since`. */
interface Since {
  sinceEdtf: string | null;
  sinceEarliest: Date | null;
  sinceLatest: Date | null;
}

export interface PositionModel extends Since {
  actorId: string;
  sideId: string;
  stance: SideStance;
  decidingN: number;
  decidingId: string;
  figureId: string | null;
  history: object[];
  increments: string[];
}

export interface ChangeModel {
  stance: SideStance;
  claimId: string;
}

export interface SideModel extends Since {
  n: number;
  actorId: string;
  stance: SideStance;
  divided: boolean;
  decidingId: string;
  figureId: string | null;
  positions: object[];
}

export interface ConflictModel {
  kind: ConflictKind;
  claim1: string;
  claim2: string;
  pair: object[];
}

export interface IntervalModel {
  low: number | null;
  high: number | null;
}

export interface DisputeModel extends Since {
  status: DisputeStatus;
  stance: SideStance | null;
  divided: boolean;
  voices: number;
  sideCount: number;
  spread: number | null;
  sides: object[];
}

export interface DisputeChangeModel {
  day: Date | null;
  status: DisputeStatus;
  sides: object[];
  claims: string[];
}

export interface FigurePointModel {
  /** The claim's key. */
  id: string;
  actorId: string;
  sideId: string;
  onEdtf: string | null;
  asOfEdtf: string | null;
  low: number | null;
  best: number | null;
  high: number | null;
  approximator: Approximator;
  additional: boolean;
  current: boolean;
}
