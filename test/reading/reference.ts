import {
  buildASTSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  parse,
  type TypeNode,
  visit,
} from "graphql";
import { encodeId } from "../support/ids.js";
import { readDate } from "../support/read-date.js";
import type * as prisma from "../support/rows.js";
import type { ClaimRow, World } from "../support/world.js";
import { type EntityName, type PageArgs, Pages, type Rowed } from "./reference-page.js";
import { Rows } from "./reference-rows.js";
import { Statistics, type StatsArgs } from "./reference-stats.js";
import { badInput, filters, placeOf, readableHash } from "./reference-where.js";

/** Answers a field of one row. */
// biome-ignore lint/suspicious/noExplicitAny: resolvers of many types stand in one table
type Read = (row: any, args: any) => unknown;

const PREFIXES: Record<EntityName, string> = {
  Actor: "actor",
  Event: "event",
  Claim: "claim",
  Source: "source",
  Proposition: "proposition",
};
const NAMES = Object.fromEntries(Object.entries(PREFIXES).map(([name, prefix]) => [prefix, name]));

/** What the rows of a world do not have: how they came to be, and who may change them. */
const BESIDE = /^(Revision|Author|Mutation|Subscription|UserError|UserWarning|ApiKey)|(Payload|s?Result)$/;

/** What is made of all claims about a proposition, which test/disputes holds against a reference of its own. */
const DISPUTED = /^(Dispute|FigurePoint|Side|Position|Conflict|Interval|ClaimStanding)/;
const OF_DISPUTES = /^(DISPUTE_STATUS|DISPUTED_SINCE|SIDE_COUNT|LATEST_CLAIM|STANDING)$/;

const named = (type: TypeNode): string => (type.kind === "NamedType" ? type.name.value : named(type.type));

/** A schema without disputes. */
function withoutDisputes(text: string): DocumentNode {
  const typed = (node: { readonly type: TypeNode }) => (DISPUTED.test(named(node.type)) ? null : undefined);
  const called = (node: { readonly name: { readonly value: string } }) =>
    DISPUTED.test(node.name.value) ? null : undefined;
  return visit(parse(text), {
    FieldDefinition: typed,
    InputValueDefinition: typed,
    EnumValueDefinition: (node) => (OF_DISPUTES.test(node.name.value) ? null : undefined),
    ObjectTypeDefinition: called,
    InputObjectTypeDefinition: called,
    EnumTypeDefinition: called,
  });
}

/** The day that is asked about; today when none is named. */
interface OnDay {
  on?: string | null;
}

const dateTime = (moment: Date | null) => moment?.toISOString().replace(/\.?0*Z$/, "Z");
const fuzzyDate = (edtf: string | null) => (edtf === null ? null : readDate(edtf));

/**
 * An independent answer to every read operation: graphql-js on the committed schema, with one plain resolver for
 * each field, over rows in memory, as a reader sees them.
 */
export class Reference {
  readonly schema: GraphQLSchema;
  readonly pages = new Pages();
  readonly rows: Rows;
  #statements = 0;

  constructor(schemaText: string, world: World) {
    this.rows = new Rows(world);
    this.schema = buildASTSchema(withoutDisputes(schemaText));
    const resolvers = this.#resolvers();
    for (const type of Object.values(this.schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith("__")) continue;
      if (/(Connection|Edge|Stats|Bucket)$|^PageInfo$|^FuzzyDate$/.test(type.name) || BESIDE.test(type.name))
        continue;
      for (const field of Object.values(type.getFields())) {
        if (BESIDE.test(getNamedType(field.type).name)) {
          delete type.getFields()[field.name];
          continue;
        }
        const read = resolvers[type.name]?.[field.name];
        if (!read) throw new Error(`the reference has no resolver for ${type.name}.${field.name}`);
        const resolve: GraphQLFieldResolver<unknown, unknown> = (row, args) => read(row, args);
        field.resolve = resolve;
      }
    }
  }

  /** The answer, and the number of statements that it may take. */
  answer(
    document: DocumentNode,
    variableValues: Record<string, unknown>,
  ): { result: ExecutionResult; statements: number } {
    this.#statements = 0;
    const result = execute({
      schema: this.schema,
      document,
      variableValues,
      typeResolver: (row) => NAMES[this.#prefixOf(row as { id: string })],
    }) as ExecutionResult;
    return { result, statements: this.#statements };
  }

  /** All rows of a type that a reader may see. */
  all<Name extends EntityName>(name: Name): readonly Rowed[Name][] {
    const { actors, events, claims, sources, propositions } = this.rows;
    const all = { Actor: actors, Event: events, Claim: claims, Source: sources, Proposition: propositions };
    return all[name] as unknown as readonly Rowed[Name][];
  }

  #prefixOf(row: { id: string }): string {
    const names = Object.keys(PREFIXES) as EntityName[];
    return PREFIXES[names.find((name) => this.all(name).includes(row as never))!];
  }

  #node(id: string) {
    const prefix = id.slice(0, id.lastIndexOf("_"));
    const name = NAMES[prefix] as EntityName | undefined;
    if (!name) throw badInput("Nothing has such an id.");
    return this.all(name).find((row) => encodeId(prefix, row.id) === id) ?? null;
  }

  #one(name: EntityName): Read {
    return (_root, { id, slug }: { id?: string | null; slug?: string | null }) => {
      if ((id == null) === (slug == null)) throw badInput("Exactly one of `id` and `slug`.");
      if (id != null && !id.startsWith(`${PREFIXES[name]}_`)) throw badInput("An id of another type.");
      this.#statements++;
      const rows: readonly { id: string; slug?: string }[] = this.all(name);
      return (
        rows.find((row) => (id == null ? row.slug === slug : encodeId(PREFIXES[name], row.id) === id)) ?? null
      );
    };
  }

  #resolvers(): Record<string, Record<string, Read>> {
    const { rows } = this;
    const fitting = filters(rows);
    const statistics = new Statistics(rows);
    const list =
      <Name extends EntityName>(name: Name, read: (owner: never) => readonly Rowed[Name][]): Read =>
      (owner, args: PageArgs & { where?: Record<string, unknown> | null }) => {
        const fits = fitting[name] as (row: Rowed[Name], where: unknown) => boolean;
        const found = read(owner as never).filter((row) => fits(row, args.where));
        const stats = (asked: StatsArgs) => statistics.of(name, found, asked);
        return { ...this.pages.page(name, found, args), stats };
      };
    const root = <Name extends EntityName>(name: Name): Read => {
      const page = list(name, () => this.all(name));
      return (owner, args) => {
        const answer = page(owner, args);
        this.#statements++;
        return answer;
      };
    };
    const id = (name: EntityName) => ({ id: (row: { id: string }) => encodeId(PREFIXES[name], row.id) });
    const own = (prefix: string) => ({ id: (row: { id: string }) => encodeId(prefix, row.id) });
    const plain = (...columns: string[]): Record<string, Read> =>
      Object.fromEntries(columns.map((column) => [column, (row) => row[column]]));
    const recorded = { ...plain("version"), recordedAt: (row: ClaimRow) => dateTime(row.recordedAt) };

    const tagged = { ...plain("tags"), externalIds: rows.externalIdsOf };

    return {
      Query: {
        node: (_root, args: { id: string }) => {
          const row = this.#node(args.id);
          this.#statements++;
          return row;
        },
        nodes: (_root, { ids }: { ids: string[] }) => {
          const found = ids.map((one) => this.#node(one));
          this.#statements++;
          return found;
        },
        actor: this.#one("Actor"),
        event: this.#one("Event"),
        claim: this.#one("Claim"),
        source: this.#one("Source"),
        proposition: this.#one("Proposition"),
        actors: root("Actor"),
        events: root("Event"),
        claims: root("Claim"),
        sources: root("Source"),
        propositions: root("Proposition"),
      },
      Actor: {
        ...id("Actor"),
        ...recorded,
        ...tagged,
        ...plain("slug", "name", "kind", "description", "countryCode"),
        names: rows.namesOf,
        affiliations: rows.affiliationsOf,
        parent: (actor: prisma.Actor, { on }: OnDay) => rows.parentOf(actor, on),
        side: (actor: prisma.Actor, { on }: OnDay) => rows.sideOf(actor, on),
        claims: list("Claim", rows.claimsBy),
        claimCount: (actor: prisma.Actor) => rows.claimsBy(actor).length,
        events: list("Event", rows.eventsWith),
        sources: list("Source", rows.sourcesFrom),
        propositions: list("Proposition", rows.propositionsOf),
      },
      ActorName: { ...own("name"), ...plain("value", "language", "kind") },
      ExternalId: { ...own("external_id"), ...plain("scheme", "value") },
      Affiliation: {
        ...own("affiliation"),
        ...plain("role", "title"),
        actor: (link: prisma.Affiliation) => rows.actor(link.withActorId),
        from: (link: prisma.Affiliation) => fuzzyDate(link.fromEdtf),
        to: (link: prisma.Affiliation) => fuzzyDate(link.untilEdtf),
      },
      Event: {
        ...id("Event"),
        ...recorded,
        ...tagged,
        ...plain("slug", "title", "description", "type"),
        occurred: (event: prisma.Event) => fuzzyDate(event.occurredEdtf),
        place: placeOf,
        participants: rows.participantsOf,
        partOf: (event: prisma.Event) => rows.event(event.partOfId),
        subEvents: list("Event", rows.partsOf),
        claims: list("Claim", rows.claimsAbout),
        claimCount: (event: prisma.Event) => rows.claimsAbout(event).length,
        propositions: list("Proposition", rows.propositionsAbout),
      },
      Place: {
        name: (event: prisma.Event) => event.placeName,
        countryCode: (event: prisma.Event) => event.placeCountryCode,
        latitude: (event: prisma.Event) => event.placeLatitude,
        longitude: (event: prisma.Event) => event.placeLongitude,
        precision: (event: prisma.Event) => event.placePrecision,
      },
      Participation: {
        ...own("participation"),
        ...plain("role"),
        actor: (part: prisma.Participation) => rows.actor(part.actorId),
      },
      Claim: {
        ...id("Claim"),
        ...recorded,
        ...tagged,
        ...plain("statement", "language", "act", "stance", "certainty", "attribution"),
        ...plain("credibility", "rank", "status", "attributedAs"),
        assertedAt: (claim: ClaimRow) => fuzzyDate(claim.assertedAtEdtf),
        assertedBy: (claim: ClaimRow) => rows.actor(claim.assertedById),
        speaker: (claim: ClaimRow) => rows.actor(claim.speakerId),
        aboutSources: rows.sourcesAbout,
        relayedBy: rows.relayersOf,
        side: rows.sideOfClaim,
        events: list("Event", rows.eventsOf),
        proposition: (claim: ClaimRow) => rows.proposition(claim.propositionId),
        figure: (claim: ClaimRow) => (claim.figureApproximator === null ? null : claim),
        citations: rows.citationsOf,
        relations: rows.relationsOf,
      },
      Figure: {
        low: (claim: ClaimRow) => claim.figureLow,
        best: (claim: ClaimRow) => claim.figureBest,
        high: (claim: ClaimRow) => claim.figureHigh,
        approximator: (claim: ClaimRow) => claim.figureApproximator,
        additional: (claim: ClaimRow) => claim.figureAdditional,
        asOf: (claim: ClaimRow) => fuzzyDate(claim.figureAsOfEdtf),
        text: (claim: ClaimRow) => claim.figureText,
      },
      Citation: {
        ...own("citation"),
        ...plain("anchor", "translation", "fragment", "conformsTo"),
        source: (citation: prisma.Citation) => rows.source(citation.sourceId),
        quote: (citation: prisma.Citation) => (citation.exact === null ? null : citation),
      },
      Quote: plain("exact", "prefix", "suffix", "start", "end"),
      ClaimRelation: {
        ...own("relation"),
        ...plain("type", "basis", "note"),
        from: (link: prisma.ClaimRelation) => rows.claim(link.fromId),
        to: (link: prisma.ClaimRelation) => rows.claim(link.toId),
      },
      Source: {
        ...id("Source"),
        ...recorded,
        ...tagged,
        ...plain("slug", "kind", "title", "url", "archivedUrl", "authors", "language", "textAccess"),
        ...plain("reliability"),
        contentSha256: readableHash,
        publisher: (source: prisma.Source) => rows.actor(source.publisherId),
        publishedAt: (source: prisma.Source) => dateTime(source.publishedAt),
        retrievedAt: (source: prisma.Source) => dateTime(source.retrievedAt),
        text: (source: prisma.Source) => (source.textAccess === "PUBLIC" ? source.text : null),
        syndicationOf: (source: prisma.Source) => rows.source(source.syndicationOfId),
        origin: rows.originOf,
        laterVersionOf: (source: prisma.Source) => rows.source(source.laterVersionOfId),
        publishedOn: (source: prisma.Source) => fuzzyDate(source.publishedOnEdtf),
        withdrawnAt: (source: prisma.Source) => fuzzyDate(source.withdrawnAtEdtf),
        claimsAbout: list("Claim", rows.claimsAboutSource),
        claims: list("Claim", rows.claimsCiting),
        claimCount: (source: prisma.Source) => rows.claimsCiting(source).length,
      },
      Proposition: {
        ...id("Proposition"),
        ...recorded,
        ...tagged,
        ...plain(
          "slug",
          "text",
          "kind",
          "measure",
          "unit",
          "population",
          "basis",
          "accumulates",
          "comparableDays",
        ),
        claims: list("Claim", rows.claimsOn),
        claimCount: (proposition: prisma.Proposition) => rows.claimsOn(proposition).length,
      },
    };
  }
}
