import type * as api from "../../generated/pages/graphql.js";

// What the values of the API are called in English.

export const status: Record<api.DisputeStatus, string> = {
  CONTESTED: "Contested",
  CONCEDED: "Conceded",
  CORROBORATED: "Several say so",
  NOT_COMPARABLE: "Not comparable",
  SINGLE_SOURCED: "One voice only",
  RETRACTED: "Held by nobody",
  NO_POSITION: "No position",
};

// What these say when all who take a stance say no.
export const statusOfNo: Partial<Record<api.DisputeStatus, string>> = {
  CONCEDED: "Conceded, all say no",
  CORROBORATED: "Several say no",
  SINGLE_SOURCED: "One voice only, it says no",
};

export const statusMeaning: Record<api.DisputeStatus, string> = {
  CONTESTED: "At least two sides say things that cannot both be true.",
  CONCEDED:
    "All who take a stance hold the same one now. At least one of them had said the opposite, or kept silent, before.",
  CORROBORATED: "Two or more voices agree now, and no side holds otherwise. That is no proof.",
  NOT_COMPARABLE: "Two or more voices give figures, but for times that are too far apart to compare.",
  SINGLE_SOURCED: "One voice takes a stance now. No other voice does.",
  RETRACTED: "Nobody holds a stance any more: what was said was taken back, or withdrawn by the editors.",
  NO_POSITION: "Nobody has taken a stance.",
};

export const stance: Record<api.SideStance, string> = {
  AFFIRMS: "says yes",
  REJECTS: "says no",
  NEUTRAL: "takes no stance",
  SILENT: "says nothing",
  WITHDRAWN: "no longer holds this",
};

export const stanceHeading: Record<api.SideStance, string> = {
  AFFIRMS: "Says yes",
  REJECTS: "Says no",
  NEUTRAL: "Takes no stance",
  SILENT: "Says nothing",
  WITHDRAWN: "No longer held",
};

export const actNoun: Record<api.SpeechAct, string> = {
  ACCUSE: "Accusation",
  ADMIT: "Admission",
  ASSERT: "Assertion",
  CONFIRM: "Confirmation",
  CORRECT: "Correction",
  DECLINE_COMMENT: "Refusal to comment",
  DENY: "Denial",
  ESTIMATE: "Estimate",
  NO_STATEMENT: "Silence",
  RETRACT: "Retraction",
};

export const certainty: Record<api.Certainty, string> = {
  CERTAIN: "put as certain",
  PROBABLE: "put as probable",
  POSSIBLE: "put as possible",
  UNSPECIFIED: "not stated",
};

export const attribution: Record<api.AttributionMode, string> = {
  DIRECT_QUOTE: "Own words",
  INDIRECT: "Words of the report",
  MIXED: "Words of the report, with own words",
  ANONYMOUS: "Words of the report; the speaker is not named",
};

export const standing: Record<api.ClaimStanding, string> = {
  CURRENT: "stands now",
  EARLIER: "an earlier statement",
  SUPERSEDED: "superseded",
  RETRACTED: "withdrawn by the editors",
  STRUCK: "struck by a later claim",
  DEPRECATED: "set aside by the editors",
  NOT_COUNTED: "does not count",
};

export const review: Record<api.ReviewStatus, string> = {
  DRAFT: "Draft",
  IN_REVIEW: "In review",
  PUBLISHED: "Published",
  REJECTED: "Rejected",
  RETRACTED: "Withdrawn by the editors",
};

export const rank = {
  PREFERRED: "preferred by the editors",
  NORMAL: "normal",
  DEPRECATED: "set aside by the editors",
};

export const relation = {
  CONFIRMS: "confirms",
  CONTRADICTS: "contradicts",
  DENIES: "denies",
  NARROWS: "narrows",
  REPEATS: "repeats",
  RESPONDS_TO: "responds to",
  RETRACTS: "takes back",
  SUPERSEDES: "replaces",
};

export const relationPassive = {
  CONFIRMS: "is confirmed by",
  CONTRADICTS: "is contradicted by",
  DENIES: "is denied by",
  NARROWS: "is narrowed by",
  REPEATS: "is repeated by",
  RESPONDS_TO: "is answered by",
  RETRACTS: "is taken back by",
  SUPERSEDES: "is replaced by",
};

export const actorKind: Record<api.ActorKind, string> = {
  ARMED_GROUP: "armed group",
  COMPANY: "company",
  GOVERNMENT: "government",
  INTELLIGENCE_AGENCY: "intelligence agency",
  INTERNATIONAL_ORGANIZATION: "international organization",
  MEDIA: "news medium",
  MILITARY: "military",
  NGO: "non-governmental organization",
  POLITICAL_PARTY: "party",
  COURT: "court",
  POLICE: "police",
  LOCAL_GOVERNMENT: "local authority",
  UNION: "trade union",
  HOSPITAL: "hospital",
  RESEARCH: "research institute",
  OTHER: "actor",
  PERSON: "person",
  STATE: "state",
  UNNAMED_SOURCE: "unnamed source",
};

export const eventType: Record<api.EventType, string> = {
  ACCUSE: "accusation",
  AGREE: "agreement",
  AID: "aid",
  ASSAULT: "assault",
  COERCE: "coercion",
  CONCEDE: "concession",
  CONSULT: "consultation",
  COOPERATE: "cooperation",
  MOBILIZE: "mobilization",
  ACCIDENT: "accident",
  DISASTER: "disaster",
  CRIME: "crime",
  INVESTIGATION: "investigation",
  TRIAL: "trial",
  ELECTION: "election",
  PUBLICATION: "publication",
  STATEMENT: "public statement",
  HEALTH: "health",
  OTHER: "event",
  PROTEST: "protest",
  REJECT: "rejection",
  REQUEST: "request",
  RETREAT: "retreat",
  SANCTION: "sanction",
  SUPPORT: "support",
  THREATEN: "threat",
};

export const sourceKind: Record<api.SourceKind, string> = {
  ARTICLE: "article",
  BROADCAST: "broadcast",
  DATASET: "data set",
  DOCUMENT: "document",
  OFFICIAL_STATEMENT: "official statement",
  OTHER: "source",
  SOCIAL_POST: "social media post",
};

export const participant = {
  AFFECTED: "Affected",
  INITIATOR: "Initiator",
  MEDIATOR: "Mediator",
  OPERATOR: "Operator",
  RESPONDER: "Responder",
  INVESTIGATOR: "Investigator",
  VICTIM: "Victim",
  PARTICIPANT: "Participant",
  SUPPORTER: "Supporter",
  TARGET: "Target",
};

export const affiliation = {
  ALLY: "ally of",
  LEADS: "leads",
  MEMBER_OF: "member of",
  OFFICE_HOLDER: "holds an office in",
  OTHER: "tied to",
  PART_OF: "part of",
  SPOKESPERSON: "speaks for",
};

export const nameKind: Record<api.NameKind, string> = {
  ACRONYM: "acronym",
  ALIAS: "also",
  FORMER: "formerly",
  NATIVE: "own name",
  OFFICIAL: "official name",
  SHORT: "short",
};

export const reliability = {
  A: "A: completely reliable",
  B: "B: usually reliable",
  C: "C: fairly reliable",
  D: "D: not usually reliable",
  E: "E: unreliable",
  F: "F: reliability cannot be judged",
};

export const credibility: Record<number, string> = {
  1: "1: confirmed by other sources",
  2: "2: probably true",
  3: "3: possibly true",
  4: "4: doubtful",
  5: "5: improbable",
  6: "6: cannot be judged",
};

export const revision: Record<api.RevisionAction, string> = {
  CREATED: "recorded",
  UPDATED: "changed",
  DELETED: "deleted",
  RESTORED: "restored",
  HISTORY_ERASED: "history erased",
};
