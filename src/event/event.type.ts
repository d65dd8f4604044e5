import sql, { raw } from "sql-template-tag";
import { Float, ID, Int } from "type-graphql";
import { type Actor, actors } from "../actor/actor.type.js";
import { type Claim, claims } from "../claim/claim.type.js";
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
import { COUNTRY } from "../values/country.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { LINE } from "../values/name.js";
import { EventType, GeoPrecision, ParticipantRole } from "./event.vocabulary.js";

const places = declare<models.EventModel>("event", {
  name: "Place",
  description: "Where an event happened.",
});

@places.type
export class Place {
  @places.column(() => String, { nullable: true, description: "The place's name.", from: "placeName" })
  name!: string | null;

  @places.column(() => String, {
    form: COUNTRY,
    nullable: true,
    description: "Its country, ISO 3166-1 alpha-2.",
    from: "placeCountryCode",
    filter: true,
  })
  countryCode!: string | null;

  @places.column(() => Float, {
    nullable: true,
    description: "Degrees north, WGS 84.",
    from: "placeLatitude",
  })
  latitude!: number | null;

  @places.column(() => Float, {
    nullable: true,
    description: "Degrees east, WGS 84.",
    from: "placeLongitude",
  })
  longitude!: number | null;

  @places.column(() => GeoPrecision, {
    nullable: true,
    description: "How finely the place is known.",
    from: "placePrecision",
  })
  precision!: GeoPrecision | null;
}

const participations = declare<models.ParticipationModel>("participation", {
  name: "Participation",
  description: "An actor's part in an event.",
});

@participations.type
export class Participation {
  @participations.column(() => ID, {
    description: "The id by which mutations name it.",
    expression: ownId("participation"),
  })
  id!: string;

  @participations.one(() => actors, {
    description: "The actor.",
    ...heldIn<models.ParticipationModel>("actorId"),
    filter: true,
  })
  actor!: Actor;

  @participations.column(() => ParticipantRole, {
    description: "Its part.",
    filter: true,
  })
  role!: ParticipantRole;
}

/** The declaration of events, for those that refer to them. */
export const events = declare<models.EventModel>("event", {
  name: "Event",
  description: "Something that happened, or is said to have happened.",
  prefix: "event",
  list: { defaultOrder: ["OCCURRED", "DESC"], called: "title" },
});

@events.type
export class Event extends Node {
  @events.column(() => String, {
    description: "A readable name for addresses and queries.",
    filter: true,
    unique: true,
  })
  slug!: string;

  @events.column(() => String, {
    form: LINE,
    description: "What happened, as a headline.",
    filter: true,
    order: { field: "TITLE", meaning: "By `title`, code point by code point." },
  })
  title!: string;

  @events.column(() => String, {
    nullable: true,
    description: "What happened, in a few sentences.",
    filter: true,
  })
  description!: string | null;

  @events.column(() => EventType, { description: "What sort of event it is.", filter: true })
  type!: EventType;

  @events.fuzzyDate({
    description: "When it happened; null when unknown.",
    filter: true,
    order: { field: "OCCURRED", meaning: "By the earliest, then the latest reading of `occurred`." },
  })
  occurred!: FuzzyDate | null;

  @events.value(() => places, {
    description: "Where it happened; null when unknown.",
    present: ["placeName", "placeCountryCode", "placeLatitude"],
    filter: true,
  })
  place!: Place | null;

  @events.list(() => participations, {
    description: "Who took part, and how.",
    ...ownedBy<models.ParticipationModel>("eventId"),
    order: (_event, part) => sql`${part.column("role")}, ${part.id}`,
    filter: true,
  })
  participants!: Participation[];

  @events.one(() => events, {
    nullable: true,
    description: "The larger event that it is part of.",
    ...heldIn<models.EventModel>("partOfId"),
    filter: true,
  })
  partOf!: Event | null;

  @events.connection(() => events, {
    description: "The events that are part of it.",
    ...ownedBy<models.EventModel>("partOfId"),
    filter: true,
  })
  subEvents!: Connection<Event>;

  @events.connection(() => claims, {
    description: "The claims about it.",
    ...linkedBy<models.ClaimEventModel>("claim_event", "eventId", "claimId", {
      unique: true,
      carries: [
        "assertedAtEdtf",
        "assertedAtEarliest",
        "assertedAtLatest",
        "recordedAt",
        "status",
        "assertedById",
        "propositionId",
        "act",
        "stance",
      ],
      inOrder: {
        field: "ASSERTED_AT",
        direction: "DESC",
        tells: ["assertedAtEdtf", "assertedAtEarliest", "assertedAtLatest", "assertedById"],
      },
    }),
    filter: true,
  })
  claims!: Connection<Claim>;

  @events.count("claims", { description: "How many claims are about it, of those that you may see." })
  claimCount!: number;

  @events.connection(() => propositions, {
    description: "What is asserted about it: the propositions of the claims about it.",
    on: (event, proposition, { viewer }) =>
      sql`exists (select from claim_event link where link.event_id = ${event.id} and link.proposition_id = ${proposition.id} and ${visible(claims, "link", viewer)})`,
    between: (link, viewer) => ({
      tables: sql`claim_event ${raw(link)}`,
      near: at(link, "event_id"),
      far: at(link, "proposition_id"),
      // A claim may have none.
      only: sql`${at(link, "proposition_id")} is not null and ${visible(claims, link, viewer)}`,
    }),
    uneven: true,
    filter: true,
  })
  propositions!: Connection<Proposition>;

  @events.list(() => externalIds, externalIdsOf("eventId"))
  externalIds!: ExternalId[];

  @events.column(() => [String], TAGS)
  tags!: string[];

  @events.connection(() => revisions, {
    description: "Its changes, the newest first: who made them, when and why.",
    ...ownedBy<models.RevisionModel>("recordId"),
  })
  history!: Connection<Revision>;

  @events.column(() => DateTime, {
    description: "When it was first recorded.",
    filter: true,
    order: { field: "RECORDED_AT", meaning: "By `recordedAt`." },
  })
  recordedAt!: string;

  @events.column(() => Int, { description: "How often it was recorded: 1, and one more with every change." })
  version!: number;
}

statistics(events, { rows: "events", by: { TYPE: "type", COUNTRY: "place.countryCode" }, time: "occurred" });
