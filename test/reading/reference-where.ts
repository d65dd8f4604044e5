import { domainToUnicode } from "node:url";
import { GraphQLError } from "graphql";
import { encodeId } from "../support/ids.js";
import { before, endsOf } from "../support/read-date.js";
import type * as prisma from "../support/rows.js";
import type { ClaimRow } from "../support/world.js";
import { compareKeys, type Rows } from "./reference-rows.js";

type Input = Record<string, unknown>;
/** Whether a row fits one entry of a `where` input. */
type Test<Row> = (row: Row, filter: never) => boolean;
/** Whether a row fits a `where` input. */
export type Fits<Row> = (row: Row, where: Input | null | undefined) => boolean;

export const badInput = (message: string) =>
  new GraphQLError(message, { extensions: { code: "BAD_USER_INPUT" } });

function where<Row>(tests: Record<string, Test<Row>>): Fits<Row> {
  const fits: Fits<Row> = (row, input) =>
    Object.entries(input ?? {}).every(([key, value]) => {
      if (key === "and") return (value as Input[]).every((part) => fits(row, part));
      if (key === "or") return (value as Input[]).some((part) => fits(row, part));
      if (key === "not") return !fits(row, value as Input);
      const test = tests[key];
      if (!test) throw new Error(`the reference has no filter ${key}`);
      return test(row, value as never);
    });
  return fits;
}

type Scalar = string | number | boolean | Date | null;

/** A text as `contains` and `startsWith` compare it: by Unicode's full case folding, then composed. */
export const alike = (text: string): string =>
  // Letter by letter: within a word the small letter of Σ depends on what follows. To upper case in between: ß has two
  // letters there. Of all letters only the dotless ı would come back as another one.
  Array.from(text.normalize("NFD"), (letter) =>
    letter === "ı" ? letter : Array.from(letter.toLowerCase().toUpperCase(), lower).join(""),
  )
    .join("")
    .normalize("NFC");

const lower = (letter: string): string => letter.toLowerCase();

/** In which forms a value may be given: the one that is kept, and what kept values may hold where a part is given. */
interface Form {
  kept(given: string): string;
  /** How a kept value may be written. */
  written?(kept: string): string[];
  part?(given: string): string;
}

const BLANKS = /[\s\u0085]+/u;
const LINE: Form = {
  kept(given) {
    const words = given.normalize("NFC").split(BLANKS).filter(Boolean);
    return words.length === 0 ? given : words.join(" ");
  },
  part: (given) => given.split(BLANKS).join(" "),
};
const SCHEME: Form = { kept: (given) => given.trim().toLowerCase() };
const LANGUAGE: Form = {
  kept(given) {
    try {
      return Intl.getCanonicalLocales(given.trim().replaceAll("_", "-"))[0] ?? given;
    } catch {
      return given;
    }
  },
  written: (kept) => (kept === "en" ? ["en", "eng"] : [kept]),
};
const COUNTRY: Form = {
  kept: (given) => (/^\s*[a-z]{2}\s*$/i.test(given) ? given.trim().toUpperCase() : given),
};
const ADDRESS: Form = {
  kept: (given) => (/^\s*https?:\/\/[^/]/i.test(given) ? new URL(given).href : given),
  // As a person writes it, with the port that goes without saying or without.
  written(kept) {
    const { protocol, host } = new URL(kept);
    const rest = kept.slice(`${protocol}//${host}`.length);
    const port = protocol === "https:" ? ":443" : ":80";
    return [
      kept,
      ...["", port].map((port) => `${protocol}//${domainToUnicode(host)}${port}${decodeURI(rest)}`),
    ];
  },
};

/** A filter on a column: every operator of it must hold; null instead of a filter finds what is missing. */
function column<Row>(
  read: (row: Row) => Scalar,
  parse = (value: unknown) => value as Scalar,
  { written = (kept) => [kept], part = (given) => given }: Partial<Form> = {},
): Test<Row> {
  return (row, filter: Input | null) => {
    const value = read(row);
    if (filter === null) return value === null;
    return Object.entries(filter).every(([operator, given]) => {
      const equals = (one: unknown) => one !== null && value !== null && compareKeys(value, parse(one)) === 0;
      if (operator === "eq") return given === null ? value === null : equals(given);
      if (operator === "ne") return given === null ? value !== null : !equals(given);
      if (operator === "in") return (given as unknown[]).some(equals);
      if (operator === "notIn") return !(given as unknown[]).some(equals);
      if (value === null) return false;
      const ways = written(String(value)).map(alike);
      const parts = [String(given), part(String(given))].map(alike);
      if (operator === "contains") return ways.some((way) => parts.some((one) => way.includes(one)));
      if (operator === "startsWith") return ways.some((way) => parts.some((one) => way.startsWith(one)));
      const order = compareKeys(value, parse(given));
      if (operator === "lt") return order < 0;
      if (operator === "lte") return order <= 0;
      if (operator === "gt") return order > 0;
      if (operator === "gte") return order >= 0;
      throw new Error(`the reference has no operator ${operator}`);
    });
  };
}

/** A filter on a text whose values are kept in one form. */
const formed = <Row>(form: Form, read: (row: Row) => string | null): Test<Row> =>
  column(read, (given) => form.kept(given as string), form);

/** A filter on a list of texts. */
function texts<Row>(read: (row: Row) => readonly string[]): Test<Row> {
  return (row, filter: Input) => {
    const list = read(row);
    return Object.entries(filter).every(([operator, given]) => {
      if (operator === "has") return list.includes(given as string);
      if (operator === "hasSome") return (given as string[]).some((one) => list.includes(one));
      if (operator === "hasEvery") return (given as string[]).every((one) => list.includes(one));
      if (operator === "isEmpty") return (list.length === 0) === given;
      throw new Error(`the reference has no operator ${operator}`);
    });
  };
}

const instant = <Row>(read: (row: Row) => Date | null) => column(read, (value) => new Date(value as string));

const id = (prefix: string) => column((row: { id: string }) => encodeId(prefix, row.id));

function fuzzyDate<Row>(read: (row: Row) => string | null): Test<Row> {
  return (row, filter: Record<string, string> | null) => {
    const edtf = read(row);
    if (filter === null) return edtf === null;
    if (edtf === null) return Object.keys(filter).length === 0;
    const { first, last } = endsOf(edtf);
    return Object.entries(filter).every(([question, given]) => {
      const asked = endsOf(given);
      if (question === "definitelyBefore") return before(last, asked.first);
      if (question === "definitelyAfter") return before(asked.last, first);
      if (question === "definitelyDuring") return !before(first, asked.first) && !before(asked.last, last);
      return !before(asked.last, first) && !before(last, asked.first);
    });
  };
}

function one<Row, Target>(read: (row: Row) => Target | null, fits: () => Fits<Target>): Test<Row> {
  return (row, filter: Input | null) => {
    const target = read(row);
    return filter === null ? target === null : target !== null && fits()(target, filter);
  };
}

function many<Row, Target>(read: (row: Row) => readonly Target[], fits: () => Fits<Target>): Test<Row> {
  return (row, { some, none, every }: { some?: Input; none?: Input; every?: Input }) => {
    const targets = read(row);
    const fitting = (input: Input) => (target: Target) => fits()(target, input);
    return (
      (!some || targets.some(fitting(some))) &&
      (!none || !targets.some(fitting(none))) &&
      (!every || targets.every(fitting(every)))
    );
  };
}

const placeFits = where<prisma.Event>({ countryCode: formed(COUNTRY, (event) => event.placeCountryCode) });
const nameFits = where<prisma.ActorName>({ value: formed(LINE, (name) => name.value) });
const externalIdFits = where<prisma.ExternalId>({
  scheme: formed(SCHEME, (external) => external.scheme),
  value: formed(LINE, (external) => external.value),
});

/** An event has a place when anything is known of where it happened, apart from how finely. */
export const placeOf = (event: prisma.Event) =>
  event.placeName === null && event.placeCountryCode === null && event.placeLatitude === null ? null : event;

/** The hash of a text, of which readers know only that of a text that they may read. */
export const readableHash = (source: prisma.Source) =>
  source.textAccess === "PUBLIC" ? source.contentSha256 : null;

/** The tests that the `where` inputs of the entities stand for. */
export function filters(rows: Rows) {
  const tagged = {
    externalIds: many(rows.externalIdsOf, () => externalIdFits),
    tags: texts((row: { tags: string[] }) => row.tags),
  };
  const affiliation = where<prisma.Affiliation>({
    role: column((link) => link.role),
    actor: one(
      (link) => rows.actor(link.withActorId),
      () => actor,
    ),
  });
  const participation = where<prisma.Participation>({
    role: column((part) => part.role),
    actor: one(
      (part) => rows.actor(part.actorId),
      () => actor,
    ),
  });
  const citation = where<prisma.Citation>({
    anchor: column((quoted) => quoted.anchor),
    source: one(
      (quoted) => rows.source(quoted.sourceId),
      () => source,
    ),
  });
  const relation = where<prisma.ClaimRelation>({
    type: column((link) => link.type),
    from: one(
      (link) => rows.claim(link.fromId),
      () => claim,
    ),
    to: one(
      (link) => rows.claim(link.toId),
      () => claim,
    ),
  });
  const actor: Fits<prisma.Actor> = where<prisma.Actor>({
    id: id("actor"),
    ...tagged,
    slug: column((row) => row.slug),
    name: formed(LINE, (row) => row.name),
    kind: column((row) => row.kind),
    countryCode: formed(COUNTRY, (row) => row.countryCode),
    recordedAt: instant((row) => row.recordedAt),
    names: many(rows.namesOf, () => nameFits),
    affiliations: many(rows.affiliationsOf, () => affiliation),
    parent: one(rows.parentOf, () => actor),
    claims: many(rows.claimsBy, () => claim),
    events: many(rows.eventsWith, () => event),
    sources: many(rows.sourcesFrom, () => source),
    propositions: many(rows.propositionsOf, () => proposition),
    within: (row, { id, slug, on }: { id?: string | null; slug?: string | null; on?: string | null }) => {
      if ((id == null) === (slug == null)) throw badInput("Exactly one of `id` and `slug`.");
      const whole = rows.actors.find((one) => encodeId("actor", one.id) === id);
      return rows.within({ id: whole?.id, slug, on }).has(row);
    },
  });
  const event: Fits<prisma.Event> = where<prisma.Event>({
    id: id("event"),
    ...tagged,
    slug: column((row) => row.slug),
    title: formed(LINE, (row) => row.title),
    description: column((row) => row.description),
    type: column((row) => row.type),
    occurred: fuzzyDate((row) => row.occurredEdtf),
    place: one(placeOf, () => placeFits),
    participants: many(rows.participantsOf, () => participation),
    partOf: one(
      (row) => rows.event(row.partOfId),
      () => event,
    ),
    subEvents: many(rows.partsOf, () => event),
    claims: many(rows.claimsAbout, () => claim),
    propositions: many(rows.propositionsAbout, () => proposition),
    recordedAt: instant((row) => row.recordedAt),
  });
  const figureFits = where<ClaimRow>({
    low: column((row) => row.figureLow),
    best: column((row) => row.figureBest),
    high: column((row) => row.figureHigh),
    approximator: column((row) => row.figureApproximator),
    additional: column((row) => row.figureAdditional),
    asOf: fuzzyDate((row) => row.figureAsOfEdtf),
  });
  const claim: Fits<ClaimRow> = where<ClaimRow>({
    id: id("claim"),
    ...tagged,
    statement: column((row) => row.statement),
    language: formed(LANGUAGE, (row) => row.language),
    act: column((row) => row.act),
    stance: column((row) => row.stance),
    certainty: column((row) => row.certainty),
    attribution: column((row) => row.attribution),
    assertedBy: one(
      (row) => rows.actor(row.assertedById),
      () => actor,
    ),
    speaker: one(
      (row) => rows.actor(row.speakerId),
      () => actor,
    ),
    attributedAs: formed(LINE, (row) => row.attributedAs),
    aboutSources: many(rows.sourcesAbout, () => source),
    relayedBy: many(rows.relayersOf, () => actor),
    side: one(rows.sideOfClaim, () => actor),
    figure: one(
      (row) => (row.figureApproximator === null ? null : row),
      () => figureFits,
    ),
    assertedAt: fuzzyDate((row) => row.assertedAtEdtf),
    events: many(rows.eventsOf, () => event),
    proposition: one(
      (row) => rows.proposition(row.propositionId),
      () => proposition,
    ),
    citations: many(rows.citationsOf, () => citation),
    relations: many(rows.relationsOf, () => relation),
    relationsFrom: many(
      (row) => rows.relationsOf(row).filter((link) => link.fromId === row.id),
      () => relation,
    ),
    relationsTo: many(
      (row) => rows.relationsOf(row).filter((link) => link.toId === row.id),
      () => relation,
    ),
    credibility: column((row) => row.credibility),
    rank: column((row) => row.rank),
    status: column((row) => row.status),
    recordedAt: instant((row) => row.recordedAt),
  });
  const source: Fits<prisma.Source> = where<prisma.Source>({
    id: id("source"),
    ...tagged,
    slug: column((row) => row.slug),
    kind: column((row) => row.kind),
    title: formed(LINE, (row) => row.title),
    url: formed(ADDRESS, (row) => row.url),
    publisher: one(
      (row) => rows.actor(row.publisherId),
      () => actor,
    ),
    publishedOn: fuzzyDate((row) => row.publishedOnEdtf),
    withdrawnAt: fuzzyDate((row) => row.withdrawnAtEdtf),
    publishedAt: instant((row) => row.publishedAt),
    origin: one(rows.originOf, () => source),
    laterVersionOf: one(
      (row) => rows.source(row.laterVersionOfId),
      () => source,
    ),
    claimsAbout: many(rows.claimsAboutSource, () => claim),
    language: formed(LANGUAGE, (row) => row.language),
    contentSha256: column(readableHash),
    reliability: column((row) => row.reliability),
    syndicationOf: one(
      (row) => rows.source(row.syndicationOfId),
      () => source,
    ),
    claims: many(rows.claimsCiting, () => claim),
    recordedAt: instant((row) => row.recordedAt),
  });
  const proposition: Fits<prisma.Proposition> = where<prisma.Proposition>({
    id: id("proposition"),
    ...tagged,
    slug: column((row) => row.slug),
    text: formed(LINE, (row) => row.text),
    kind: column((row) => row.kind),
    measure: column((row) => row.measure),
    accumulates: column((row) => row.accumulates),
    comparableDays: column((row) => row.comparableDays),
    claims: many(rows.claimsOn, () => claim),
    recordedAt: instant((row) => row.recordedAt),
  });
  return { Actor: actor, Event: event, Claim: claim, Source: source, Proposition: proposition };
}
