import type { Fault } from "./plan.js";

/** What no index can make good: where, how much of it is borne, and why. */
export interface Exception {
  /** Of a question as it is named in a failure. */
  readonly question: RegExp;
  /** The most rows for each kind of fault. */
  readonly atMost: Partial<Record<Fault["kind"], number>>;
  readonly reason: string;
}

export const exceptions: readonly Exception[] = [
  {
    question: /^Source\.origin\b/,
    atMost: { search: 70_000, scan: 20_100, sort: 20_100 },
    reason: "Where copies of copies lead at the end is followed for each source: no index can hold it.",
  },
  {
    question: /publishedOn (possibly|definitely)During/,
    atMost: { search: 61_000 },
    reason: "Which of two vague dates overlap is told by both of their ends, and an index goes by one.",
  },
  {
    question: /^Claim\.(aboutSources\.some|speaker|attributedAs)\b|^Source\.claimsAbout\.some\b/,
    atMost: { sort: 5_100 },
    reason: "Few claims are about a source, or have a speaker of their own: what is found of them is sorted.",
  },
  {
    question: /\.assertedBy\.tags has|\.attributedAs contains a word/,
    atMost: { search: 101_000 },
    reason: "What is rare among the claims of many actors, or of one event, is looked for in their order.",
  },
  {
    question: /\.(none|every)\b/,
    atMost: { search: 300_000, scan: 150_000, sort: 10_000 },
    reason:
      "That nothing fits can only be seen row by row, or by comparing two lists: a page ends early unless few rows are so.",
  },
  {
    question: /\.(some|parent)\./,
    atMost: { sort: 250 },
    reason: "What is found through other rows is in no index's order; if it is little, it is sorted.",
  },
  {
    question: / by \w+ (ASC|DESC), \w/,
    atMost: { sort: 5_000 },
    reason:
      "An index gives the order by one field. Rows that are level in it, such as those without a date, are sorted.",
  },
  {
    question: /\.relations(From|To)?\.some\.type/,
    atMost: { sort: 2_500, scan: 10_000, search: 35_000 },
    reason: "There are eight types of links between claims: what is found of one is an eighth of all links.",
  },
  {
    question: /\.contentSha256 (contains|startsWith)/,
    atMost: { scan: 20_100, search: 21_000 },
    reason: "A checksum is looked up whole; trigrams of random digits would cost every source sixty entries.",
  },
  {
    question: /^Event\.claims\.rank notIn/,
    atMost: { sort: 2_000, scan: 100_000, search: 110_000 },
    reason: "One claim in fifty is preferred: all of them take as long as half of what is about the event.",
  },
  {
    question: /^Event\.claims\.relayedBy\.some\./,
    atMost: { scan: 10_000, search: 22_000 },
    reason:
      "One claim in ten was passed on by somebody: by whom is looked up for all claims of the event, within indexes.",
  },
  {
    question: /^Claim\.recordedAt .* by ASSERTED_AT|^Claim\.assertedAt .* by RECORDED_AT/,
    atMost: { search: 65_000 },
    reason:
      "What was said last was recorded last: in the order of one the range of the other may lie far down.",
  },
  {
    question: /^(Actor|Event)\.(claims|propositions)\.some\..* by RECORDED_AT/,
    atMost: { search: 40_000, sort: 250 },
    reason:
      "Of what was recorded first, little may fit: it is looked up row by row, within indexes, until a page is full.",
  },
  {
    question: /\.(assertedAt|occurred) possiblyDuring .* ASC/,
    atMost: { search: 40_000 },
    reason:
      "What possibly falls within a date may begin any time before: from the oldest on, all of that is read.",
  },
  {
    question: /\.figure\./,
    atMost: { search: 1_015_300, scan: 108_100, sort: 5_000 },
    reason:
      "Figures have no index of their own: a claim in ten gives one, and what it says is looked at among those claims.",
  },
  {
    question: /^Actor\.propositions\.some\b/,
    atMost: { search: 72_800 },
    reason:
      "Who speaks about much is found by looking at what is said about each proposition that fits, within an index.",
  },
  {
    question: /\bdispute\.(?!status)/,
    atMost: { sort: 4_400, search: 196_100 },
    reason:
      "Of what is kept of a dispute, its status has an index for each order; the rest is looked at row by row.",
  },
  {
    question: /\bstanding\b/,
    atMost: { sort: 400, search: 90_000 },
    reason: "What has a rare standing is found by it, and then sorted.",
  },
  {
    question: /\bside\./,
    atMost: { search: 108_100 },
    reason:
      "A side of which other things are asked than its key is looked up claim by claim, within an index.",
  },
];
