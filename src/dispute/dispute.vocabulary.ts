import { vocabulary } from "../graphql/filters.js";

// The words of disputes. docs/disputes.md has their rules.

const words = <Word extends string>(...all: Word[]): { readonly [word in Word]: word } =>
  Object.fromEntries(all.map((word) => [word, word])) as { readonly [word in Word]: word };

export const DisputeStatus = vocabulary(
  "DisputeStatus",
  words(
    "NO_POSITION",
    "SINGLE_SOURCED",
    "CORROBORATED",
    "CONTESTED",
    "CONCEDED",
    "NOT_COMPARABLE",
    "RETRACTED",
  ),
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
export type DisputeStatus = keyof typeof DisputeStatus;

export const SideStance = vocabulary(
  "SideStance",
  words("AFFIRMS", "REJECTS", "SILENT", "WITHDRAWN", "NEUTRAL"),
  "Where an actor or a side stands.",
  {
    AFFIRMS: "It says that it is so, or gives a number.",
    REJECTS: "It says that it is not so, or that a number is wrong.",
    SILENT: "It said nothing or declined to comment, and holds no stance.",
    WITHDRAWN: "It took back what it had said.",
    NEUTRAL: "It spoke about it without a stance.",
  },
);
export type SideStance = keyof typeof SideStance;

export const ConflictKind = vocabulary(
  "ConflictKind",
  words("STANCE", "FIGURE", "RELATION"),
  "Why two sides conflict: the first that fits.",
  {
    STANCE: "One affirms it and the other rejects it.",
    FIGURE: "Both give numbers that can be compared and have no number in common.",
    RELATION: "A claim of one denies or contradicts a claim of the other.",
  },
);
export type ConflictKind = keyof typeof ConflictKind;

export const DateReading = vocabulary(
  "DateReading",
  words("POSSIBLY", "DEFINITELY"),
  "How a vague date is read when it is asked whether it lies by a day.",
  {
    POSSIBLY: "Its earliest reading lies by that day. A claim without a date lies by every day.",
    DEFINITELY: "Even its latest reading lies by that day. A claim without a date lies by no day.",
  },
);
export type DateReading = keyof typeof DateReading;
