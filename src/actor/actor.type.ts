import sql from "sql-template-tag";
import { ID, Int } from "type-graphql";
import { type Claim, claims } from "../claim/claim.type.js";
import { type Event, events } from "../event/event.type.js";
import type * as models from "../generated/prisma/models.js";
import { DateTimeFilter, enumFilter, StringFilter } from "../graphql/filters.js";
import { Node } from "../graphql/node.js";
import { DateTime } from "../graphql/scalars.js";
import type { Connection } from "../reading/connection.js";
import { declare, heldIn, linkedBy, ownedBy, ownId } from "../reading/declare.js";
import { at } from "../reading/names.js";
import { type Revision, revisions } from "../revision/revision.type.js";
import { type Source, sources } from "../source/source.type.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { ActorKind, AffiliationRole, NameKind } from "./actor.vocabulary.js";
import { ActorWithin, currentMembership, currentParent, within } from "./within.js";

const names = declare<models.ActorNameModel>("actor_name", {
  name: "ActorName",
  description: "A further name of an actor.",
});

@names.type
export class ActorName {
  @names.column(() => ID, { description: "The id by which mutations name it.", read: ownId("name") })
  id!: string;

  @names.column(() => String, { description: "The name.", filter: StringFilter })
  value!: string;

  @names.column(() => String, { nullable: true, description: "Its language, a BCP-47 tag." })
  language!: string | null;

  @names.column(() => NameKind, { description: "What sort of name it is." })
  kind!: NameKind;
}

const externalIds = declare<models.ExternalIdModel>("external_id", {
  name: "ExternalId",
  description: "An identifier in somebody else's register.",
});

@externalIds.type
export class ExternalId {
  @externalIds.column(() => ID, {
    description: "The id by which mutations name it.",
    read: ownId("external_id"),
  })
  id!: string;

  @externalIds.column(() => String, { description: "The register: wikidata, cameo, …", filter: StringFilter })
  scheme!: string;

  @externalIds.column(() => String, { description: "The identifier in it.", filter: StringFilter })
  value!: string;
}

const affiliations = declare<models.AffiliationModel>("affiliation", {
  name: "Affiliation",
  description: "A dated link from an actor to another one.",
});

@affiliations.type
export class Affiliation {
  @affiliations.column(() => ID, {
    description: "The id by which mutations name it.",
    read: ownId("affiliation"),
  })
  id!: string;

  @affiliations.column(() => AffiliationRole, {
    description: "How it belongs to the other actor.",
    filter: enumFilter(AffiliationRole),
  })
  role!: AffiliationRole;

  @affiliations.column(() => String, { nullable: true, description: "The office or function, in words." })
  title!: string | null;

  @affiliations.one(() => actors, {
    description: "The other actor.",
    ...heldIn<models.AffiliationModel>("withActorId"),
    filter: true,
  })
  actor!: Actor;

  @affiliations.fuzzyDate({ description: "Since when; null when unknown." })
  from!: FuzzyDate | null;

  @affiliations.fuzzyDate({ description: "Until when; null while it lasts.", from: "until" })
  to!: FuzzyDate | null;
}

/** The declaration of actors, for those that refer to them. */
export const actors = declare<models.ActorModel>("actor", {
  name: "Actor",
  description:
    "Somebody who can assert, act or publish: a state, a military, an official, an outlet, unnamed officials.",
  node: { prefix: "actor", defaultOrder: ["NAME", "ASC"] },
  special: {
    within: {
      type: () => ActorWithin,
      description:
        "Is this actor, or currently part of it at any remove: a state's military, ministries, officials.",
      build: within,
    },
  },
});

@actors.type
export class Actor extends Node {
  @actors.column(() => String, {
    description: "A readable name for addresses and queries.",
    filter: StringFilter,
    unique: true,
  })
  slug!: string;

  @actors.column(() => String, {
    description: "The name in English, or the usual one.",
    filter: StringFilter,
    order: { field: "NAME", meaning: "By `name`, code point by code point." },
  })
  name!: string;

  @actors.column(() => ActorKind, { description: "What sort of actor it is.", filter: enumFilter(ActorKind) })
  kind!: ActorKind;

  @actors.column(() => String, { nullable: true, description: "Who or what it is, in a sentence." })
  description!: string | null;

  @actors.column(() => String, {
    nullable: true,
    description: "Its country, ISO 3166-1 alpha-2.",
    filter: StringFilter,
  })
  countryCode!: string | null;

  @actors.list(() => names, {
    description: "Its further names.",
    ...ownedBy<models.ActorNameModel>("actorId"),
    order: (_actor, name) => sql`${at(name, "id")}`,
    filter: true,
  })
  names!: ActorName[];

  @actors.list(() => externalIds, {
    description: "Its identifiers elsewhere.",
    ...ownedBy<models.ExternalIdModel>("actorId"),
    order: (_actor, id) => sql`${at(id, "scheme")}, ${at(id, "value")}, ${at(id, "id")}`,
    filter: true,
  })
  externalIds!: ExternalId[];

  @actors.list(() => affiliations, {
    description: "What it belongs or belonged to, the earliest first; those without a start date last.",
    ...ownedBy<models.AffiliationModel>("actorId"),
    order: (_actor, link) => sql`${at(link, "from_earliest")}, ${at(link, "from_latest")}, ${at(link, "id")}`,
    filter: true,
  })
  affiliations!: Affiliation[];

  @actors.one(() => actors, {
    nullable: true,
    description: "The actor that it is currently part of.",
    on: currentParent,
    between: currentMembership,
    filter: true,
  })
  parent!: Actor | null;

  @actors.connection(() => claims, {
    description: "The claims that it asserts.",
    ...ownedBy<models.ClaimModel>("assertedById"),
    filter: true,
  })
  claims!: Connection<Claim>;

  @actors.connection(() => events, {
    description: "The events in which it takes part.",
    ...linkedBy<models.ParticipationModel>("participation", "actorId", "eventId"),
    uneven: true,
    filter: true,
  })
  events!: Connection<Event>;

  @actors.connection(() => sources, {
    description: "The sources that it published.",
    ...ownedBy<models.SourceModel>("publisherId"),
    filter: true,
  })
  sources!: Connection<Source>;

  @actors.connection(() => revisions, {
    description: "Its changes, the newest first: who made them, when and why.",
    ...ownedBy<models.RevisionModel>("recordId"),
  })
  history!: Connection<Revision>;

  @actors.column(() => DateTime, { description: "When it was first recorded.", filter: DateTimeFilter })
  recordedAt!: string;

  @actors.column(() => Int, { description: "How often it was recorded: 1, and one more with every change." })
  version!: number;
}
