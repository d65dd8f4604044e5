import * as enums from "../generated/prisma/enums.js";
import { vocabulary } from "../graphql/filters.js";

// The words of disputes. docs/disputes.md has their rules.

export type DisputeStatus = enums.DisputeStatus;
export const DisputeStatus = vocabulary(
  "DisputeStatus",
  enums.DisputeStatus,
  "How the sides stand to each other on a proposition: the first that fits, as CONTESTED, CONCEDED, NOT_COMPARABLE, CORROBORATED, SINGLE_SOURCED, RETRACTED, NO_POSITION.",
  {
    NO_POSITION: "Nobody holds a stance, and nobody took one.",
    SINGLE_SOURCED: "Somebody holds a stance, and no second voice holds the same.",
    CORROBORATED:
      "Two or more voices hold the same stance; where a figure is held, two voices hold figures that can be compared.",
    CONTESTED: "Two sides conflict.",
    CONCEDED:
      "All agree now, and a side came to it from the opposite stance, or from silence by an admission, after another side had said it.",
    NOT_COMPARABLE:
      "Two or more voices hold figures, none of which can be compared with that of another voice.",
    RETRACTED: "Nobody holds a stance any more, but somebody took one.",
  },
);

export type SideStance = enums.SideStance;
export const SideStance = vocabulary("SideStance", enums.SideStance, "Where an actor or a side stands.", {
  AFFIRMS: "It says that it is so, or gives a number.",
  REJECTS: "It says that it is not so, or that a number is wrong.",
  SILENT: "It said nothing or declined to comment, and holds no stance.",
  WITHDRAWN: "It took back what it had said.",
  NEUTRAL: "It spoke about it without a stance.",
});

export type ConflictKind = enums.ConflictKind;
export const ConflictKind = vocabulary(
  "ConflictKind",
  enums.ConflictKind,
  "Why two sides conflict: the first that fits.",
  {
    STANCE: "One affirms it and the other rejects it.",
    FIGURE: "Both give numbers that can be compared and have no number in common.",
    RELATION: "A claim of one denies or contradicts a claim of the other.",
  },
);

export type DateReading = enums.DateReading;
export const DateReading = vocabulary(
  "DateReading",
  enums.DateReading,
  "How a vague date is read when it is asked whether it lies by a day.",
  {
    POSSIBLY: "Its earliest reading lies by that day. A claim without a date lies by every day.",
    DEFINITELY: "Even its latest reading lies by that day. A claim without a date lies by no day.",
  },
);
