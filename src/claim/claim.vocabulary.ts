import * as enums from "../generated/prisma/enums.js";
import { vocabulary } from "../graphql/filters.js";

export type SpeechAct = enums.SpeechAct;
export const SpeechAct = vocabulary("SpeechAct", enums.SpeechAct, "What the actor did by speaking.", {
  ASSERT: "Said that it is so.",
  CONFIRM: "Said that what another said is so.",
  DENY: "Said that it is not so.",
  ADMIT: "Owned up to what it had denied or kept silent about.",
  ACCUSE: "Said that somebody did wrong.",
  ESTIMATE: "Gave a number or a judgement as its own estimate.",
  DECLINE_COMMENT: "Was asked and did not answer.",
  NO_STATEMENT: "Kept silent: an observed silence, dated and sourced like any claim.",
  RETRACT: "Took back what it had said.",
  CORRECT: "Replaced what it had said.",
});

export type Stance = enums.Stance;
export const Stance = vocabulary("Stance", enums.Stance, "Where a claim stands toward its proposition.", {
  AFFIRMS: "It is so.",
  REJECTS: "It is not so.",
  NEUTRAL: "It takes no side.",
});

export type Certainty = enums.Certainty;
export const Certainty = vocabulary("Certainty", enums.Certainty, "How sure the actor sounds (FactBank).", {
  CERTAIN: "Certain.",
  PROBABLE: "Probable.",
  POSSIBLE: "Possible.",
  UNSPECIFIED: "It does not say.",
});

export type AttributionMode = enums.AttributionMode;
export const AttributionMode = vocabulary(
  "AttributionMode",
  enums.AttributionMode,
  "How the source gives the words.",
  {
    DIRECT_QUOTE: "Word for word.",
    INDIRECT: "In the source's own words.",
    MIXED: "Partly word for word.",
    ANONYMOUS: "Without naming who spoke.",
  },
);

export type Rank = enums.Rank;
export const Rank = vocabulary("Rank", enums.Rank, "Which of several claims to show first (Wikibase).", {
  PREFERRED: "Show it first.",
  NORMAL: "No preference.",
  DEPRECATED: "Known to be superseded or recorded in error; kept for the record.",
});

export type ReviewStatus = enums.ReviewStatus;
export const ReviewStatus = vocabulary(
  "ReviewStatus",
  enums.ReviewStatus,
  "Where a claim stands in review.",
  {
    DRAFT: "Being written; readers do not see it.",
    IN_REVIEW: "Waiting for an editor; readers do not see it.",
    PUBLISHED: "Published.",
    RETRACTED: "Published and taken back; readers still see that it was there.",
    REJECTED: "Not accepted; readers do not see it.",
  },
);

export type Approximator = enums.Approximator;
export const Approximator = vocabulary("Approximator", enums.Approximator, "How a number is meant.", {
  EXACT: "Exactly.",
  ABOUT: "About.",
  AT_LEAST: "This or more.",
  AT_MOST: "This or less.",
});

export type Anchor = enums.Anchor;
export const Anchor = vocabulary(
  "Anchor",
  enums.Anchor,
  "How well a quoted span is tied to its source's text.",
  {
    EXACT: "The text has these very characters at these offsets.",
    FUZZY:
      "The quote was given in other white space, quotation marks or normal form; words and offsets are the text's.",
    ORPHANED: "The text was replaced and no longer has it.",
    UNCHECKED: "The source has no stored text.",
  },
);

export type ClaimRelationType = enums.ClaimRelationType;
export const ClaimRelationType = vocabulary(
  "ClaimRelationType",
  enums.ClaimRelationType,
  "What a claim does to another one.",
  {
    DENIES: "Says that it is not so.",
    CONFIRMS: "Says that it is so.",
    CONTRADICTS: "Cannot be true together with it, without speaking of it.",
    SUPERSEDES: "Replaces it: the later word of the same actor, or of its side.",
    RETRACTS: "Takes it back, for the same actor or its side.",
    NARROWS: "Says the same more closely.",
    REPEATS: "Says the same again.",
    RESPONDS_TO: "Answers it.",
  },
);

export type RelationBasis = enums.RelationBasis;
export const RelationBasis = vocabulary(
  "RelationBasis",
  enums.RelationBasis,
  "Who drew the link between two claims.",
  {
    STATED: "The actor or the source draws it.",
    INFERRED: "The recorder drew it.",
  },
);

export type ClaimStanding = enums.ClaimStanding;
export const ClaimStanding = vocabulary(
  "ClaimStanding",
  enums.ClaimStanding,
  "What became of a claim about a proposition.",
  {
    CURRENT: "It decides where its actor stands.",
    EARLIER: "A later claim decides; or it changed nothing.",
    SUPERSEDED: "A later claim supersedes it.",
    STRUCK: "A later claim retracts it: it holds nothing on any day.",
    DEPRECATED: "Its rank is DEPRECATED: it does not count.",
    RETRACTED: "Its status is RETRACTED: an editor took it back.",
    NOT_COUNTED: "It does not count: it is not published, has no proposition, or gives an increment.",
  },
);
