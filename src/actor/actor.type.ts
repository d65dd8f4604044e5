import sql, { raw } from "sql-template-tag";
import { ID, Int } from "type-graphql";
import { type Claim, claims } from "../claim/claim.type.js";
import { type Event, events } from "../event/event.type.js";
import type * as models from "../generated/prisma/models.js";
import { Node } from "../graphql/node.js";
import { DateTime } from "../graphql/scalars.js";
import { type ExternalId, externalIds, externalIdsOf } from "../identity/external-id.js";
import { TAGS } from "../identity/tags.js";
import { type Proposition, propositions } from "../proposition/proposition.type.js";
import type { Connection } from "../reading/connection.js";
import { declare } from "../reading/declare.js";
import { statistics } from "../reading/declare-statistics.js";
import { at } from "../reading/names.js";
import { heldIn, linkedBy, ownedBy, ownId } from "../reading/ties.js";
import { visible } from "../reading/visible.js";
import { type Revision, revisions } from "../revision/revision.type.js";
import { type Source, sources } from "../source/source.type.js";
import { COUNTRY } from "../values/country.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { LANGUAGE } from "../values/language-tag.js";
import { LINE } from "../values/name.js";
import { ActorKind, AffiliationRole, NameKind } from "./actor.vocabulary.js";
import { ActorWithin, memberships, ON, parentOn, sideOn, within } from "./within.js";

const names = declare<models.ActorNameModel>("actor_name", {
  name: "ActorName",
  description: "A further name of an actor.",
});

@names.type
export class ActorName {
  @names.column(() => ID, { description: "The id by which mutations name it.", expression: ownId("name") })
  id!: string;

  @names.column(() => String, { form: LINE, description: "The name.", filter: true })
  value!: string;

  @names.column(() => String, {
    form: LANGUAGE,
    nullable: true,
    description: "Its language, a BCP-47 tag.",
  })
  language!: string | null;

  @names.column(() => NameKind, { description: "What sort of name it is." })
  kind!: NameKind;
}

const affiliations = declare<models.AffiliationModel>("affiliation", {
  name: "Affiliation",
  description: "A dated link from an actor to another one.",
});

@affiliations.type
export class Affiliation {
  @affiliations.column(() => ID, {
    description: "The id by which mutations name it.",
    expression: ownId("affiliation"),
  })
  id!: string;

  @affiliations.column(() => AffiliationRole, {
    description: "How it belongs to the other actor.",
    filter: true,
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
  prefix: "actor",
  list: { defaultOrder: ["NAME", "ASC"], called: "name" },
  special: {
    within: {
      type: () => ActorWithin,
      description:
        "Is this actor, or part of it at any remove on a day: a state's military, ministries, officials.",
      build: within,
    },
  },
});

@actors.type
export class Actor extends Node {
  @actors.column(() => String, {
    description: "A readable name for addresses and queries.",
    filter: true,
    unique: true,
  })
  slug!: string;

  @actors.column(() => String, {
    form: LINE,
    description: "The name in English, or the usual one.",
    filter: true,
    order: { field: "NAME", meaning: "By `name`, code point by code point." },
  })
  name!: string;

  @actors.column(() => ActorKind, { description: "What sort of actor it is.", filter: true })
  kind!: ActorKind;

  @actors.column(() => String, { nullable: true, description: "Who or what it is, in a sentence." })
  description!: string | null;

  @actors.column(() => String, {
    form: COUNTRY,
    nullable: true,
    description: "Its country, ISO 3166-1 alpha-2.",
    filter: true,
  })
  countryCode!: string | null;

  @actors.list(() => names, {
    description: "Its further names.",
    ...ownedBy<models.ActorNameModel>("actorId"),
    order: (_actor, name) => sql`${name.id}`,
    filter: true,
  })
  names!: ActorName[];

  @actors.list(() => externalIds, externalIdsOf("actorId"))
  externalIds!: ExternalId[];

  @actors.column(() => [String], TAGS)
  tags!: string[];

  @actors.list(() => affiliations, {
    description: "What it belongs or belonged to, the earliest first; those without a start date last.",
    ...ownedBy<models.AffiliationModel>("actorId"),
    order: (_actor, link) => sql`${link.column("from_earliest")}, ${link.column("from_latest")}, ${link.id}`,
    filter: true,
  })
  affiliations!: Affiliation[];

  @actors.one(() => actors, {
    nullable: true,
    description:
      "The actor that it is part of on a day; of several, the one to which it came last. As a filter: today.",
    args: ON,
    on: parentOn,
    between: memberships,
    filter: true,
  })
  parent!: Actor | null;

  @actors.one(() => actors, {
    description:
      "Its side on a day: the last of the actors that it is part of at any remove, itself when it is part of none.",
    args: ON,
    on: sideOn,
  })
  side!: Actor;

  @actors.connection(() => claims, {
    description: "The claims that it asserts.",
    ...ownedBy<models.ClaimModel>("assertedById"),
    filter: true,
  })
  claims!: Connection<Claim>;

  @actors.count("claims", { description: "How many claims it asserts, of those that you may see." })
  claimCount!: number;

  @actors.connection(() => propositions, {
    description: "What it takes a stance on or speaks about: the propositions of its claims.",
    on: (actor, proposition, { viewer }) =>
      sql`exists (select from claim said where said.asserted_by_id = ${actor.id} and said.proposition_id = ${proposition.id} and ${visible(claims, "said", viewer)})`,
    between: (said, viewer) => ({
      tables: sql`claim ${raw(said)}`,
      near: at(said, "asserted_by_id"),
      far: at(said, "proposition_id"),
      // A claim may have none.
      only: sql`${at(said, "proposition_id")} is not null and ${visible(claims, said, viewer)}`,
    }),
    uneven: true,
    filter: true,
  })
  propositions!: Connection<Proposition>;

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

  @actors.column(() => DateTime, {
    description: "When it was first recorded.",
    filter: true,
    order: { field: "RECORDED_AT", meaning: "By `recordedAt`." },
  })
  recordedAt!: string;

  @actors.column(() => Int, { description: "How often it was recorded: 1, and one more with every change." })
  version!: number;
}

statistics(actors, { rows: "actors", by: { KIND: "kind", COUNTRY: "countryCode" } });
