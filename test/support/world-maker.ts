import { v7 } from "uuid";
import * as words from "../../src/generated/prisma/enums.js";
import { dateBounds } from "../../src/values/fuzzy-date.js";
import { Random } from "../reading/random.js";
import type * as prisma from "./rows.js";
import type { ClaimRow } from "./world.js";

/** Few, so that every sort key has ties; strange, so that every step from row to answer is put to the test. */
export const TEXTS = [
  "Alpha",
  "alpha",
  "ALPHA beta",
  "Zürich",
  "zebra",
  "Élysée",
  "Україна",
  "УКРАЇНА",
  "100% sure",
  "100 percent",
  "under_score",
  "underXscore",
  "back\\slash",
  "double \" and single ' quote",
  "two\nlines\tand a tab",
  "  leading blanks",
  "smile \u{1F600} here",
  "\u{1F600}",
  "\u{1D49C} script",
  "\uFF46\uFF55\uFF4C\uFF4C width",
  "\uE000 private",
  "cafe\u0301 combining",
  "café precomposed",
  "\u05E9\u05DC\u05D5\u05DD rtl",
  "\u0645\u0631\u062D\u0628\u0627",
  "\u2028 line separator",
  "null",
  "__proto__",
  '{"json": [1, 2]}',
  "<b>&amp;</b>",
  "$1 ?::text",
];

/** Dates of every precision; each occurs often. */
export const DATES = [
  "2024",
  "2024-06",
  "2024-06-15",
  "2025~",
  "2024-10/2024-12",
  "2024-10/..",
  "../2023-05",
  "2024-21",
  "202X",
  "19XX",
  "2025?",
  "2024-XX",
  "2024-06-XX",
  "2025-04-28%",
  "2025-04-28",
  "2025-04-28T10:00:00Z",
  "2025-04-28T10:00:00.120Z",
  // On another day than in UTC.
  "2025-04-28T00:30:00+02:00",
  "2025-04-28T23:30:00-05:00",
  "2024-06-15T23:59:59.999-12:00",
  "2024-06-16T00:00+14:00",
  "2024-06-30T20:00:00-03:30/2024-07-01T10:00:00+09:00",
  "2024-06-15/2024-07-01T00:15:00+05:45",
  "2025-01-01T00:30:00+01:00/..",
  "../2024-12-31T22:30:00-08:00",
  "0001",
  "9999-12-31",
];

const INSTANTS = [
  "2024-01-01T00:00:00.000Z",
  "2024-06-15T12:34:56.789Z",
  "2024-06-15T12:34:56.780Z",
  "2025-04-28T10:00:00.000Z",
  "2025-04-28T10:00:00.500Z",
  "1969-12-31T23:59:59.999Z",
].map((text) => new Date(text));

const LANGUAGES = ["en", "de", "ar", "zh-Hant", "ru"];
export const TAGS = ["war crimes", "Zug", "zug", "ё", "a,b"];
const NO_OWNER = { actorId: null, eventId: null, sourceId: null, propositionId: null, claimId: null };
export const COUNTRIES = ["US", "DE", "RU", "UA", "KP"];
// Close to each other, so that which one holds changes from day to day.
const AFFILIATED_FROM = [
  "1990",
  "199X",
  "2001-05",
  "2001-05-31",
  "2090",
  "../2000",
  "2001/..",
  "2001?",
  "2001-06-01T00:30:00+10:00",
];
const AFFILIATED_UNTIL = [
  "2001-06-01",
  "2001-06",
  "2015",
  "2020-02-29",
  "2095",
  "2010/..",
  "../2020",
  "2001-06-01T20:00:00-08:00",
];
const FIGURES = [0, 0.1, 0.5, 3, 600, 4000, 4000.25, 1e15, 123_456_789.125];

/** Makes the rows of a data set, each of its own accord. */
export class WorldMaker {
  readonly #random: Random;
  #slugs = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
  }

  // Times in no order, so that rows lie in the table in another order than by id.
  id(): string {
    const random = Uint8Array.from({ length: 16 }, () => this.#random.int(0, 255));
    return v7({
      msecs: 1_700_000_000_000 + this.#random.int(0, 1e10),
      seq: this.#random.int(0, 1e6),
      random,
    });
  }

  #entity() {
    const recordedAt = this.#random.pick(INSTANTS);
    return { id: this.id(), version: this.#random.int(1, 4), recordedAt, updatedAt: recordedAt };
  }

  #slug(word: string): string {
    return `${word}-${++this.#slugs}`;
  }

  text(): string {
    return this.#random.pick(TEXTS);
  }

  #words(): string {
    return this.#random.chance(0.5) ? this.text() : `${this.text()} ${this.text()}`;
  }

  actor(): prisma.Actor {
    const random = this.#random;
    return {
      ...this.#entity(),
      slug: this.#slug("actor"),
      name: this.text(),
      kind: random.pick(Object.values(words.ActorKind)),
      description: random.maybe(TEXTS),
      countryCode: random.maybe(COUNTRIES),
      tags: this.#tags(),
    };
  }

  names(actor: prisma.Actor): prisma.ActorName[] {
    const values = this.#random.some(TEXTS, 0, 4);
    return values.map((value) => ({
      id: this.id(),
      actorId: actor.id,
      value,
      language: this.#random.maybe(LANGUAGES),
      kind: this.#random.pick(Object.values(words.NameKind)),
    }));
  }

  #tags(): string[] {
    return this.#random.some(TAGS, 0, 3);
  }

  /** Identifiers of records of one kind: no two have the same. */
  externalIds(
    owner: keyof typeof NO_OWNER,
    records: readonly { readonly id: string }[],
  ): prisma.ExternalId[] {
    const taken = new Set<string>();
    return records.flatMap((record) =>
      this.#random
        .some(["wikidata", "cameo", "acled", "_own", "\u{1F600}", "\uFF46"], 0, 3)
        .flatMap((scheme) => {
          const value = this.text();
          if (taken.has(`${scheme} ${value}`)) return [];
          taken.add(`${scheme} ${value}`);
          return { id: this.id(), ...NO_OWNER, [owner]: record.id, scheme, value };
        }),
    );
  }

  affiliation(
    actor: prisma.Actor,
    other: prisma.Actor,
    role: words.AffiliationRole,
    from: string | null,
    until: string | null,
  ): prisma.Affiliation {
    const [start, end] = [bounds(from), bounds(until)];
    return {
      id: this.id(),
      actorId: actor.id,
      withActorId: other.id,
      role,
      title: this.#random.maybe(TEXTS),
      fromEdtf: from,
      fromEarliest: start.earliest,
      fromLatest: start.latest,
      untilEdtf: until,
      untilEarliest: end.earliest,
      untilLatest: end.latest,
    };
  }

  affiliations(actors: readonly prisma.Actor[]): prisma.Affiliation[] {
    const random = this.#random;
    const roles = Object.values(words.AffiliationRole);
    // Three states, each with a chain below it. Ties with an end may lead back, if not on the same days.
    const links = [3, 4, 5, 6, 7, 8, 9, 10, 11].map((part) =>
      this.affiliation(actors[part]!, actors[part - 3]!, "PART_OF", random.maybe(["2000", "../1999"]), null),
    );
    links.push(this.affiliation(actors[12]!, actors[13]!, "PART_OF", null, "1989"));
    links.push(this.affiliation(actors[13]!, actors[12]!, "PART_OF", "1990", "9999"));
    for (const [at, actor] of actors.entries()) {
      for (const other of at < 3 ? [] : random.some(actors, 0, 4)) {
        if (other === actor) continue;
        const from = random.maybe(AFFILIATED_FROM);
        const until = random.maybe(AFFILIATED_UNTIL, 0.5);
        // Nothing is part of what comes later, nor twice of what it makes a circle with.
        const mayBePart = actors.indexOf(other) < Math.min(at, 12);
        const role = random.pick(mayBePart ? ["PART_OF" as const, ...roles] : roles.filter(isNoPart));
        const end = until ?? (role === "PART_OF" ? "2095" : null);
        links.push(this.affiliation(actor, other, role, from, end));
      }
    }
    return random.shuffle(links);
  }

  event(): prisma.Event {
    const random = this.#random;
    const occurred = random.maybe(DATES, 0.2);
    const latitude = random.maybe([52.5, -33.25, 0, 90, 1e-7], 0.5);
    return {
      ...this.#entity(),
      slug: this.#slug("event"),
      title: this.#words(),
      description: random.maybe(TEXTS),
      type: random.pick(Object.values(words.EventType)),
      occurredEdtf: occurred,
      occurredEarliest: bounds(occurred).earliest,
      occurredLatest: bounds(occurred).latest,
      placeName: random.maybe(TEXTS, 0.6),
      placeCountryCode: random.maybe(COUNTRIES, 0.6),
      placeLatitude: latitude,
      placeLongitude: latitude === null ? null : random.pick([13.4, -180, 0]),
      placePrecision: random.maybe(Object.values(words.GeoPrecision), 0.5),
      partOfId: null,
      tags: this.#tags(),
    };
  }

  participations(event: prisma.Event, actors: readonly prisma.Actor[]): prisma.Participation[] {
    const roles = Object.values(words.ParticipantRole);
    return this.#random.some(actors, 0, 4).flatMap((actor) =>
      // The same actor may take two parts.
      this.#random
        .some(roles, 1, 2)
        .map((role) => ({ id: this.id(), eventId: event.id, actorId: actor.id, role })),
    );
  }

  source(actors: readonly prisma.Actor[]): prisma.Source {
    const random = this.#random;
    const published = random.maybe(DATES, 0.2);
    const withdrawn = random.maybe(DATES, 0.8);
    const text = random.maybe([`A full text: ${this.text()} and more`, "x".repeat(5000)]);
    return {
      ...this.#entity(),
      slug: this.#slug("source"),
      kind: random.pick(Object.values(words.SourceKind)),
      title: this.text(),
      url: random.maybe([
        "https://example.org/a?b=%20#c",
        "http://example.org/100%25_sure",
        new URL("https://новини.укр/явка").href,
      ]),
      archivedUrl: random.maybe(["https://archive.example.org/1"]),
      publisherId: random.maybe(actors.slice(0, 3))?.id ?? null,
      authors: random.some(TEXTS, 0, 3),
      publishedOnEdtf: published,
      publishedOnEarliest: bounds(published).earliest,
      publishedOnLatest: bounds(published).latest,
      withdrawnAtEdtf: withdrawn,
      withdrawnAtEarliest: bounds(withdrawn).earliest,
      withdrawnAtLatest: bounds(withdrawn).latest,
      publishedAt: random.maybe(INSTANTS),
      retrievedAt: random.maybe(INSTANTS),
      language: random.maybe(LANGUAGES),
      text,
      textAccess: random.pick(Object.values(words.TextAccess)),
      contentSha256: text && "0f".repeat(32),
      reliability: random.maybe(Object.values(words.Reliability)),
      syndicationOfId: null,
      laterVersionOfId: null,
      tags: this.#tags(),
    };
  }

  proposition(): prisma.Proposition {
    const random = this.#random;
    const quantity = random.chance(0.5);
    return {
      ...this.#entity(),
      slug: this.#slug("proposition"),
      text: this.text(),
      kind: quantity ? "QUANTITY" : "YES_NO",
      measure: quantity ? random.pick(Object.values(words.Measure)) : null,
      unit: quantity ? random.maybe(["persons", "km²"]) : null,
      population: quantity ? random.maybe(TEXTS) : null,
      basis: quantity ? random.maybe(TEXTS) : null,
      accumulates: quantity && random.chance(0.5),
      comparableDays: random.pick([0, 3, 7, 30]),
      tags: this.#tags(),
    };
  }

  claim(actors: readonly prisma.Actor[], propositions: readonly prisma.Proposition[]): ClaimRow {
    const random = this.#random;
    const said = random.maybe(DATES, 0.2);
    const [low, best, high] = [0, 1, 2]
      .map(() => random.pick(FIGURES))
      .sort((a, b) => a - b)
      .map((figure) => random.maybe([figure], 0.4));
    // An approximator with no number at all is a figure that only has words.
    const proposition = random.maybe(propositions.slice(0, 12));
    const figure = proposition?.kind !== "YES_NO" && random.chance(0.6);
    const asOf = figure ? random.maybe(DATES) : null;
    return {
      ...this.#entity(),
      statement: this.#words(),
      language: random.pick(LANGUAGES),
      act: random.pick(Object.values(words.SpeechAct)),
      stance: random.pick(Object.values(words.Stance)),
      certainty: random.pick(Object.values(words.Certainty)),
      attribution: random.pick(Object.values(words.AttributionMode)),
      assertedById: random.pick(actors.slice(0, 12)).id,
      speakerId: random.maybe(actors)?.id ?? null,
      attributedAs: random.maybe(TEXTS),
      tags: this.#tags(),
      assertedAtEdtf: said,
      assertedAtEarliest: bounds(said).earliest,
      assertedAtLatest: bounds(said).latest,
      propositionId: proposition?.id ?? null,
      figureLow: figure ? (low ?? null) : null,
      figureBest: figure ? (best ?? null) : null,
      figureHigh: figure ? (high ?? null) : null,
      figureApproximator: figure ? random.pick(Object.values(words.Approximator)) : null,
      figureAdditional: figure ? random.chance(0.3) : null,
      figureAsOfEdtf: asOf,
      figureAsOfEarliest: bounds(asOf).earliest,
      figureAsOfLatest: bounds(asOf).latest,
      figureText: figure ? random.maybe(TEXTS) : null,
      credibility: random.maybe([1, 2, 3, 4, 5, 6]),
      rank: random.pick(Object.values(words.Rank)),
      status: random.chance(0.6) ? "PUBLISHED" : random.pick(Object.values(words.ReviewStatus)),
    };
  }

  citation(claim: ClaimRow, source: prisma.Source): prisma.Citation {
    const random = this.#random;
    const anchor = random.pick(Object.values(words.Anchor));
    const exact = anchor === "UNCHECKED" ? random.maybe(TEXTS) : this.text();
    const placed = anchor === "EXACT" || anchor === "FUZZY" || (anchor === "ORPHANED" && random.chance(0.5));
    const start = placed ? random.int(0, 50) : null;
    return {
      id: this.id(),
      claimId: claim.id,
      sourceId: source.id,
      exact,
      prefix: random.maybe(TEXTS),
      suffix: random.maybe(TEXTS),
      start,
      end: start === null ? null : start + random.int(1, 20),
      fragment: random.maybe(["page=12", "t=65,122.05"]),
      conformsTo: random.maybe(["http://www.w3.org/TR/media-frags/"]),
      anchor,
      translation: random.maybe(TEXTS),
      position: random.int(0, 2),
    };
  }

  relations(claims: readonly ClaimRow[], count: number): prisma.ClaimRelation[] {
    const random = this.#random;
    const links = new Map<string, prisma.ClaimRelation>();
    while (links.size < count) {
      const [from, to] = random.some(claims.slice(0, 90), 2, 2);
      const type = random.pick(Object.values(words.ClaimRelationType));
      // An actor takes back, or replaces, a word of its own, and never in a circle.
      const own = from!.assertedById === to!.assertedById && claims.indexOf(from!) < claims.indexOf(to!);
      if ((type === "RETRACTS" || type === "SUPERSEDES") && !own) continue;
      links.set(`${from!.id} ${to!.id} ${type}`, {
        id: this.id(),
        fromId: from!.id,
        toId: to!.id,
        type,
        basis: random.pick(Object.values(words.RelationBasis)),
        note: random.maybe(TEXTS),
      });
    }
    return [...links.values()];
  }
}

const isNoPart = (role: words.AffiliationRole) => role !== "PART_OF";

const bounds = (edtf: string | null) => (edtf === null ? { earliest: null, latest: null } : dateBounds(edtf));
