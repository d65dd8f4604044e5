import type * as api from "../../generated/pages/graphql.js";
import * as values from "./en.values.js";

const plural = (n: number, one: string, more: string): string =>
  `${n.toLocaleString("en-GB")} ${n === 1 ? one : more}`;

const stanceOfSeveral: Record<api.SideStance, string> = {
  AFFIRMS: "say yes",
  REJECTS: "say no",
  NEUTRAL: "take no stance",
  SILENT: "say nothing",
  WITHDRAWN: "no longer hold this",
};

/** All texts of the pages in English. Every other language has the same keys, which the compiler sees to. */
export const en = {
  ...values,

  stanceMeaning: {
    AFFIRMS: "The side asserts it, admits it, or gives a figure.",
    REJECTS: "The side denies it, or denies the figure of others.",
    SILENT: "The side was asked, or was expected to speak, and did not.",
    WITHDRAWN: "The side has taken back what it said, or another of its voices has replaced it.",
    NEUTRAL: "The side spoke about it without a yes or a no.",
  } satisfies Record<api.SideStance, string> as Record<api.SideStance, string>,

  // What all pages have
  site: "Claimgraph",
  skip: "Skip to the content",
  searchLabel: "Search",
  searchHint: "Search people, events, words",
  suggestions: (n: number) => `${plural(n, "suggestion", "suggestions")}. Use the arrow keys.`,
  noSuggestions: "No suggestions.",
  searchButton: "Search",
  furtherNavigation: "More",
  navigation: "Main",
  propositions: "Propositions",
  events: "Events",
  actors: "Actors",
  sources: "Sources",
  statistics: "Statistics",
  playground: "Playground",
  query: "The query of this page",
  motto: "Claimgraph records who said what. It does not say who is right.",
  howStatus: "How a status is found",
  signIn: "Sign in",
  signedIn: (seesDrafts: boolean): string =>
    seesDrafts
      ? "Signed in with a key. Drafts and rejected claims are shown, and are part of the numbers of claims. They never change a status."
      : "Signed in with a key.",
  signOut: "Sign out",
  asOf: (moment: string) => `as of ${moment}`,
  asOfDay: (day: string, surely = false) =>
    surely ? `certainly said by the end of ${day}` : `said or possibly said by the end of ${day}`,
  conflicts: "What conflicts",
  conflict: {
    STANCE: "One says yes, the other says no",
    FIGURE: "These figures cannot both be right",
    RELATION: "One claim speaks against the other",
  },
  titled: (status: string, text: string) => `${status}: ${text}`,
  opening: "“",
  closing: "”",
  all: (n: number) => `All ${n.toLocaleString("en-GB")}`,
  allOf: "All",
  more: (text: string) => `+ ${text}`,
  next: "Next page",
  first: "First page",
  nothing: "There is nothing here yet.",
  showRest: (n: number) => `${plural(n, "more", "more")}`,
  newClaims: (n: number) => `${plural(n, "new claim", "new claims")}, show`,
  newShown: "These are new: go to the first",
  newChanges: (n: number) => `${plural(n, "change", "changes")} since, show`,

  // Dates and numbers
  about: (text: string) => `about ${text}`,
  uncertain: (text: string) => `${text}, uncertain`,
  from: (text: string) => `since ${text}`,
  until: (text: string) => `by ${text}`,
  earliest: (text: string) => `${text} or later`,
  latest: (text: string) => `${text} or earlier`,
  dateUnknown: "date unknown",
  someTime: "some time",
  between: (low: string, high: string, best: string | undefined) =>
    best ? `${low}–${high}, best estimate ${best}` : `${low}–${high}`,
  bestOf: (text: string, best: string) => `${text}, best estimate ${best}`,
  atLeast: (text: string) => `at least ${text}`,
  atMost: (text: string) => `at most ${text}`,
  not: (figure: string) => `not ${figure}`,
  noNumber: "no number",
  now: "now",

  // Propositions and disputes
  side: "Side",
  givesNumber: "gives a figure",
  givesFigure: "Gives a figure",
  voices: (n: number) => (n === 0 ? "no voice yet" : plural(n, "voice", "voices")),
  heardThrough: (voices: number, origins: number) =>
    voices === 0
      ? "no voice yet"
      : `${plural(voices, "voice", "voices")}, heard through ${plural(origins, "source", "sources")}`,
  heldSince: "status since",
  why: (status: string) => `Why “${status.toLowerCase()}”?`,
  inServersWords: "In the words of the record",
  sinceWhen: "since",
  anotherDay: "See another day",
  dayLabel: "Day",
  daysPossibly: "count a vague date from its earliest possible day",
  daysDefinitely: "count a vague date only from its latest possible day",
  show: "Show",
  today: "Back to today",
  whoSaysNow: "Who says what now",
  whoSaidThen: (day: string) => `Who had said what by ${day}`,
  whoSaidBefore: "What each said before",
  saidBefore: "said before",
  whenTheySaidIt: "When they said it",
  timelineKey:
    "A mark is a known day. Hatching means some time within that span. A line begins where the word certainly stood; an arrow means that it still stands.",
  timelineKeyThen:
    "A mark is a known day. Hatching means some time within that span. A line begins where the word certainly stood; an arrow means that it stood on the day of this page.",
  timelineBreak: "The double stroke marks time left out.",
  figuresByClaimant: "The figures, by claimant",
  figuresOf: (n: number, all: number) => `The figures, by claimant: group ${n} of ${all}`,
  figureKey: "Bar: lowest to highest. Dot: one number. Open end: at least or at most. No end bars: about.",
  figuresApart:
    "Figures that count for different times, or were said too far apart, are not drawn on one axis.",
  additions: "Additions to an earlier number",
  additionsNote: "They are not added up: nobody here says to which number they belong.",
  countedForLabel: "Counted for",
  countedFor: "counted for",
  said: "said",
  earlierFigures: (n: number) =>
    plural(n, "earlier figure, for another time", "earlier figures, for other times"),
  earlierFigure: "earlier figure",
  speaker: "speaker",
  asASide: "as a side",
  noLongerPart: "(no longer part of that side)",
  forSide: (side: string) => `for ${side}`,
  unordered: "order not certain",
  onlyToday: "All claims, and the figures as a chart, are shown for today only.",
  maybeLater: "A date here is vague, open or unknown: it may have been said later.",
  firstSaid: "First said",
  takesBack: "Takes back",
  replacedBy: (name: string) => `replaced by a statement of ${name}`,
  itsOtherVoices: "Its other voices",
  orderUncertain: "In which order these words were said is not certain: a date is vague or unknown.",
  divided: "Contradicts itself: its own voices disagree.",
  record: "Record",
  anchor: {
    ORPHANED: "This quote is no longer in the stored text.",
    UNCHECKED: "This quote was not checked: no text is stored.",
  },
  translation: "Translation",
  moreSources: (n: number) => plural(n, "more source", "more sources"),
  otherClaims: (n: number) => plural(n, "other claim", "other claims"),
  allClaims: "All claims",
  namesOnly: (names: string, n: number) => `${names} and ${plural(n, "other", "others")}`,
  sentence: (who: string, what: string) => `${who}: ${what}`,
  stands: (who: string, held: api.SideStance, n: number) =>
    `${who} ${n === 1 ? values.stance[held] : stanceOfSeveral[held]}`,
  had: {
    AFFIRMS: (who: string) => `${who} had affirmed it.`,
    REJECTS: (who: string) => `${who} had denied it.`,
    SILENT: (who: string) => `${who} had said nothing.`,
  },
  spread: (times: string) => `The highest figure is ${times} times the lowest.`,
  someDivided: "The voices of one side disagree.",
  overlap: (text: string) => `All these figures are compatible with ${text}.`,

  // Start
  startTitle: "Who says what, and who disagrees",
  startDescription: "What is contested now, who says what about it since when, and in which words.",
  contestedNow: "Contested now",
  nowOf: {
    CONTESTED: "Contested now",
    CONCEDED: "Conceded",
    CORROBORATED: "Several say so, or say no",
    NOT_COMPARABLE: "Not comparable",
  },
  allPropositions: "All propositions",
  singles: (n: number) =>
    plural(n, "proposition with one voice, or none", "propositions with one voice, or none"),
  stancesLately: "Changed lately",
  stancesLatelyNote: "An actor took a stance, or gave one up.",
  recordedLately: "Recorded lately",
  recordedLatelyNote: "New and changed claims.",
  latestEvents: "Latest events",

  // Events
  eventsTitle: "Events",
  occurred: "When",
  place: "Where",
  subEvents: "What belongs to it",
  propositionsAbout: "What is said about it",
  onlyFirst: (n: number) => `Only the first ${n} in time are shown here.`,
  chronology: "Claims by side, in order of time",
  mapLabel: (place: string) => `Map: ${place}`,
  mapNote: "Borders: Natural Earth. They say nothing about whose land it is.",

  // Actors
  actorsTitle: "Actors",
  names: "Names",
  affiliations: "Belongs to",
  members: "Members and parts",
  positions: "Positions",
  ownPositionsNote: "Where it stands now, and what it said before.",
  positionsNote: "Where it and its parts stand now, and what they said before.",
  itsClaims: "Claims made",
  itsClaimsNote: "Its own claims, and those of whoever is part of it today.",
  itsSources: "Published",
  speaksFor: "Its words count for",
  upTo: "until",
  otherCatalogues: "In other catalogues",

  // Sources
  sourcesTitle: "Sources",
  publishedAt: "Published",
  publisher: "Publisher",
  authors: "Authors",
  language: "Language",
  reliabilityLabel: "Reliability, as the editors grade it (Admiralty code)",
  original: "Original",
  archived: "Archived copy",
  copyOf: "Copy of",
  copiesOfCopies: "Copies of the copies",
  copiedBefore: "Which copied",
  copies: "Copies of it",
  text: "Text",
  textNote: "Marked: what is quoted. Each mark leads to its claim.",
  textNoteOf: (n: number) => `Marked: what the first ${n} claims quote. Each mark leads to its claim.`,
  textForAnalysts: "The text is for analysts only. The quotes are shown.",
  noTextOrForAnalysts: "No text can be read here: none is stored, or it is for analysts only.",
  noText: "No text is kept.",
  accessAnalyst: "text for analysts only",
  claimsFromIt: "Claims published in it",

  // Claims
  claimsTitle: "Claims",
  claimBy: (who: string, act: string) => `${who}, ${act.toLowerCase()}`,
  permalink: "Permanent address",
  wordsOfSource: "The words of the source",
  relations: "How it relates to other claims",
  history: "History",
  olderVersions: (n: number) => `The last ${n} changes are shown. The API has all of them.`,
  versionBy: (version: number, author: string) => `version ${version} by ${author}`,
  unknownAuthor: "unknown",
  reason: "Reason",
  cite: "Cite this",
  saidBy: (who: string, when: string, standing: string | undefined) =>
    `Said by ${who}, ${when}${standing ? `; ${standing}` : ""}.`,
  recordAt: (id: string, version: number) => `Record ${id}, version ${version}`,
  plainText: "Plain text",
  relayedBy: "Relayed by",
  assertedAt: "Said",
  credibilityLabel: "Credibility, as the editors grade it (Admiralty code)",
  standingLabel: "Standing",
  basisInferred: "inferred by the editors",
  proposition: "Proposition",
  figureLabel: "Figure",
  noProposition: "Not tied to a proposition.",
  certaintyLabel: "Certainty",
  rankLabel: "Rank",
  field: "Field",
  fields: {
    statement: "Statement",
    language: "Language",
    act: "Act",
    stance: "Stance",
    assertedBy: "Said by",
    assertedAt: "Said",
    attribution: "Whose words",
    certainty: "Certainty",
    credibility: "Credibility",
    events: "Events",
    figure: "Figure",
    proposition: "Proposition",
    rank: "Rank",
    relayedBy: "Relayed by",
    status: "Review",
    citations: "Citations",
    relations: "Relations",
  },
  fieldBefore: "before",
  fieldAfter: "after",

  // Lists
  only: { actor: "Actor", event: "Event", proposition: "Proposition", source: "Source" },
  unknownSlug: (slug: string) => `${slug} (no record has this name)`,
  remove: "remove",
  withoutThe: {
    actor: "remove this actor",
    event: "remove this event",
    proposition: "remove this proposition",
    source: "remove this source",
  },
  actLabel: "Act",
  stanceLabel: "Stance",
  theseOverTime: "These claims over time",
  listOf: (what: string) => `${what} in Claimgraph, with who said what, when, and in which words.`,
  withText: "With the words",
  statusLabel: "Status",

  // Search
  searchTitle: "Search",
  resultsFor: (text: string) => `Results for “${text}”`,
  noResults: "Nothing was found. Try fewer letters, another spelling, or a name in another language.",
  searchShort: "Type at least two characters.",
  quotesAndWords: "Claims by their words",

  // Statistics
  statisticsTitle: "Claims over time",
  statisticsDescription: "How many claims there are by month, and by act, actor or stance.",
  by: "By",
  byAct: "act",
  byActor: "actor",
  byStance: "stance",
  filterFrom: "From",
  filterTo: "To",
  period: "Period",
  undated: "without a date",
  onlyLatest: (n: number) => `Only the last ${n} periods are drawn. The table has all of them.`,
  filterPossibly: "A claim with a vague date is counted when it may have been made in this time.",
  perMonth: "per month",
  perYear: "per year",
  vagueClaims: (n: number, per: "month" | "year") =>
    `${plural(n, "claim", "claims")} with a vague date: counted in the first ${per} in which they may have been made.`,
  moreFigures: "There are more figures than are drawn here. All are among the claims.",
  tooManyBuckets: (n: string) =>
    `Only the first ${n} numbers are shown. Choose years, or a shorter time, to see all.`,
  theseClaims: "These claims as a list",
  asTable: "As a table",
  undatedClaims: (n: number) =>
    `${plural(n, "claim", "claims")} without a date, or with an open start: in the totals, but in no bar`,
  total: "Total",
  others: "Others",

  // About
  aboutStatusTitle: "How a status is found",
  aboutStatusDescription:
    "What contested, conceded, several say so and the other statuses mean, and how to read the marks.",

  aboutStatusLead:
    "A status is computed from all published claims about a proposition, by rules that are the same for everybody. It says how the sides stand to each other. It never says who is right.",
  marksTitle: "How to read the marks",
  voicesTitle: "Voices and sources",
  voicesMeaning:
    "A side is an actor with all who are part of it: a ministry and an army speak for their state. Sides that only repeat each other, or pass on one text, are one voice. Several reports that copy one original are one source.",

  // What goes wrong
  notFoundTitle: "There is nothing at this address",
  notFound:
    "The record may have been renamed or deleted, or may not be published yet. Search for a word of it, or begin at the start page.",
  unavailableTitle: "The database does not answer just now",
  unavailable: "Nothing is lost. Load this page again in a moment.",
  tooMuchTitle: "This page asks for too much",
  tooMuch:
    "The server has a limit for what one answer may take, and this page is beyond it. The record itself is there: ask for less of it in the playground.",
  signInTitle: "Sign in with a key",
  signInNote:
    "With a key of an analyst, editor or administrator, pages show drafts too. The key is kept by your browser for this site, and goes to no other.",
  keyLabel: "Key",
  keyWrong: "This key is not known here, or has expired. Check that you copied all of it.",
  onlyKeys: "You need a key to read this site. Sign in with yours.",
  brokenTitle: "Something went wrong",
  broken: "The error is in the server's log under this number:",
  badAddressTitle: "This address asks for something that does not exist",
  badQuestion: "A value in this address is not possible. The API says:",
  badForm: "The form could not be read. Open the page again, and send it from there.",
  notFromHereTitle: "This form did not come from this site",
  notFromHere:
    "Only a form of this site can sign you in or out. Open the page anew, and send the form from there.",
  tooLong: (name: string, most: number) => `“${name}” has more than ${most} characters. Take fewer.`,
  badText: (name: string) => `“${name}” has a character that no text can have.`,
  badOrder: (from: string, to: string) => `${to} lies before ${from}. Change “from” or “to”.`,
  badPeriod: (given: string) =>
    `“${given}” is not a day, a month or a year. Write it as 2025-04-26, 2025-04 or 2025.`,
  badDay: (given: string) => `“${given}” is not a day. Write it as 2025-04-26.`,
  badValue: (name: string, given: string, allowed: string) =>
    `“${given}” is not known for “${name}”. Take one of: ${allowed}.`,
  toStart: "Start page",
};

/** A catalogue of texts. */
export type Words = typeof en;
