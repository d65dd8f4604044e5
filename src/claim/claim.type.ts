import sql, { raw, type Sql } from "sql-template-tag";
import { Int } from "type-graphql";
import { type Actor, actors } from "../actor/actor.type.js";
import { type Event, events } from "../event/event.type.js";
import type * as models from "../generated/prisma/models.js";
import { valueTypeOf } from "../graphql/filters.js";
import { Node } from "../graphql/node.js";
import { DateTime } from "../graphql/scalars.js";
import { type ExternalId, externalIds, externalIdsOf } from "../identity/external-id.js";
import { TAGS } from "../identity/tags.js";
import { type Proposition, propositions } from "../proposition/proposition.type.js";
import { all } from "../reading/comparison.js";
import type { Connection } from "../reading/connection.js";
import { declare } from "../reading/declare.js";
import { statistics } from "../reading/declare-statistics.js";
import type { Row } from "../reading/entity.js";
import { at } from "../reading/names.js";
import { heldIn, linkedBy, ownedBy } from "../reading/ties.js";
import { type Revision, revisions } from "../revision/revision.type.js";
import { type Source, sources } from "../source/source.type.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { LANGUAGE } from "../values/language-tag.js";
import { LINE } from "../values/name.js";
import { type Citation, citations } from "./citation.type.js";
import * as words from "./claim.vocabulary.js";
import { type Figure, figures } from "./figure.type.js";
import { type ClaimRelation, relations } from "./relation.type.js";
import { claimVisible } from "./visible.js";

/** Whether a claim has one of some standings. Of those that do not count, nothing has to be kept. */
function ofStanding(claim: Row, value: unknown): Sql {
  const kept = (given: readonly string[], none: boolean) =>
    sql`exists (select from standing kept where kept.claim_id = ${claim.id} and (kept.standing = any(${given}::claim_standing[])) <> ${none}::boolean)`;
  const among = (given: readonly string[]): Sql =>
    given.includes("NOT_COUNTED") ? sql`not ${kept(given, true)}` : kept(given, false);
  const tests: Record<string, (given: never) => Sql> = {
    eq: (given: string | null) => (given === null ? sql`false` : among([given])),
    ne: (given: string | null) => (given === null ? sql`true` : sql`not ${among([given])}`),
    in: among,
    notIn: (given: readonly string[]) => sql`not ${among(given)}`,
  };
  const asked = Object.entries(value as Record<string, never>).filter(([, given]) => given !== undefined);
  return (
    all(asked.map(([operator, given]) => (tests[operator] as (given: never) => Sql)(given))) ?? sql`true`
  );
}

/** The declaration of claims, for those that refer to them. */
export const claims = declare<models.ClaimModel>("claim", {
  name: "Claim",
  description: "One utterance by one actor about one or more events. It is recorded, never judged.",
  prefix: "claim",
  list: { defaultOrder: ["ASSERTED_AT", "DESC"] },
  visible: claimVisible,
  special: {
    standing: {
      type: () => valueTypeOf(words.ClaimStanding).Filter,
      description: "Restricts `standing`.",
      build: ofStanding,
    },
  },
});

@claims.type
export class Claim extends Node {
  @claims.column(() => String, {
    description: "What was said: the recorder's own paraphrase in one sentence.",
    filter: true,
  })
  statement!: string;

  @claims.column(() => String, {
    form: LANGUAGE,
    description: "Language of `statement`, a BCP-47 tag.",
    filter: true,
  })
  language!: string;

  @claims.column(() => words.SpeechAct, {
    description: "What the actor did by speaking.",
    filter: true,
  })
  act!: words.SpeechAct;

  @claims.column(() => words.Stance, {
    description: "Where it stands toward its proposition.",
    filter: true,
  })
  stance!: words.Stance;

  @claims.column(() => words.Certainty, {
    description: "How sure the actor sounds.",
    filter: true,
  })
  certainty!: words.Certainty;

  @claims.column(() => words.AttributionMode, {
    description: "How the source gives the words.",
    filter: true,
  })
  attribution!: words.AttributionMode;

  @claims.one(() => actors, {
    description: "Who said it.",
    ...heldIn<models.ClaimModel>("assertedById"),
    filter: true,
  })
  assertedBy!: Actor;

  @claims.one(() => actors, {
    nullable: true,
    description:
      "Who spoke, where that is another than `assertedBy`, for whom it was said: a spokesperson, a lawyer, an unnamed official.",
    ...heldIn<models.ClaimModel>("speakerId"),
    filter: true,
  })
  speaker!: Actor | null;

  @claims.column(() => String, {
    form: LINE,
    nullable: true,
    description: "The source's own words for who spoke: “a senior official who asked not to be named”.",
    filter: true,
  })
  attributedAs!: string | null;

  @claims.list(() => actors, {
    description: "Who passed it on, from the one who heard it first to the one who published it.",
    ...linkedBy<models.ClaimRelayModel>("claim_relay", "claimId", "actorId"),
    order: (claim, actor) =>
      sql`(select link.position from claim_relay link where link.claim_id = ${claim.column("id")} and link.actor_id = ${actor.id}), ${actor.id}`,
    filter: true,
  })
  relayedBy!: Actor[];

  @claims.fuzzyDate({
    description: "When it was said; null when unknown.",
    filter: true,
    order: { field: "ASSERTED_AT", meaning: "By the earliest, then the latest reading of `assertedAt`." },
  })
  assertedAt!: FuzzyDate | null;

  @claims.connection(() => events, {
    description: "The events that it is about.",
    ...linkedBy<models.ClaimEventModel>("claim_event", "claimId", "eventId", {
      unique: true,
      hints: ["type", "occurredEarliest", "occurredLatest"],
    }),
    filter: true,
  })
  events!: Connection<Event>;

  @claims.list(() => sources, {
    description:
      "The sources that it is about: “the e-mail is a forgery”. Where it was published stands in `citations`.",
    ...linkedBy<models.ClaimSourceModel>("claim_source", "claimId", "sourceId", { unique: true }),
    order: (_claim, source) => sql`${source.id}`,
    filter: true,
  })
  aboutSources!: Source[];

  @claims.one(() => propositions, {
    nullable: true,
    description: "What it asserts, if that was settled yet.",
    ...heldIn<models.ClaimModel>("propositionId"),
    filter: true,
  })
  proposition!: Proposition | null;

  @claims.value(() => figures, {
    description: "The number it gives, if any.",
    present: ["figureApproximator"],
    filter: true,
  })
  figure!: Figure | null;

  @claims.list(() => citations, {
    description: "Where it was published, with the quoted span.",
    ...ownedBy<models.CitationModel>("claimId"),
    order: (_claim, citation) => sql`${citation.column("position")}, ${citation.id}`,
    filter: true,
  })
  citations!: Citation[];

  @claims.list(() => relations, {
    description: "Its links to and from other claims: those it makes first, then those made to it.",
    on: (claim, relation) => sql`${claim.id} in (${relation.column("from_id")}, ${relation.column("to_id")})`,
    between: (link) => ({
      tables: sql`(select from_id as claim_id, id from claim_relation union all select to_id, id from claim_relation) ${raw(link)}`,
      near: at(link, "claim_id"),
      far: at(link, "id"),
    }),
    order: (claim, relation) => sql`${relation.column("from_id")} <> ${claim.column("id")}, ${relation.id}`,
    filter: true,
    parts: {
      relationsFrom: {
        ...ownedBy<models.ClaimRelationModel>("fromId"),
        description: "Restricts the `relations` that this claim makes: what it does to others.",
      },
      relationsTo: {
        ...ownedBy<models.ClaimRelationModel>("toId"),
        description: "Restricts the `relations` that are made to this claim: what others do to it.",
      },
    },
  })
  relations!: ClaimRelation[];

  @claims.column(() => Int, {
    nullable: true,
    description: "How credible the claim itself is: 1 (confirmed) to 6 (cannot be judged), Admiralty code.",
    filter: true,
  })
  credibility!: number | null;

  @claims.column(() => words.Rank, {
    description: "Which of several claims to show first.",
    filter: true,
  })
  rank!: words.Rank;

  @claims.column(() => words.ReviewStatus, {
    description: "Where it stands in review.",
    filter: true,
  })
  status!: words.ReviewStatus;

  @claims.one(() => actors, {
    description:
      "The side for which it was said: the last of the actors that its actor was part of when it was asserted.",
    held: "side_id",
    // A former version is read without it.
    on: (
      claim,
      side,
    ) => sql`${side.id} = coalesce(${claim.column("side_id")}, side_of(${claim.column("asserted_by_id")},
      claim_day(${claim.column("asserted_at_edtf")}, ${claim.column("asserted_at_earliest")}, ${claim.column("asserted_at_latest")}, ${claim.column("recorded_at")})))`,
    filter: true,
  })
  side!: Actor;

  @claims.column(() => words.ClaimStanding, {
    description: "What became of it: whether it decides where its actor stands on its proposition.",
    expression: (claim) =>
      sql`coalesce((select kept.standing from standing kept where kept.claim_id = ${claim.id}), 'NOT_COUNTED')`,
  })
  standing!: words.ClaimStanding;

  @claims.list(() => externalIds, externalIdsOf("claimId"))
  externalIds!: ExternalId[];

  @claims.column(() => [String], TAGS)
  tags!: string[];

  @claims.connection(() => revisions, {
    description: "Its changes, the newest first: who made them, when and why.",
    ...ownedBy<models.RevisionModel>("recordId"),
  })
  history!: Connection<Revision>;

  @claims.column(() => DateTime, {
    description: "When it was first recorded.",
    filter: true,
    order: { field: "RECORDED_AT", meaning: "By `recordedAt`." },
  })
  recordedAt!: string;

  @claims.column(() => Int, { description: "How often it was recorded: 1, and one more with every change." })
  version!: number;
}

statistics(claims, {
  rows: "claims",
  by: {
    ACT: "act",
    STANCE: "stance",
    CERTAINTY: "certainty",
    STATUS: "status",
    RANK: "rank",
    LANGUAGE: "language",
    ASSERTED_BY: "assertedBy",
    SIDE: "side",
    STANDING: "standing",
    EVENT: "events",
    EVENT_TYPE: "events.type",
    COUNTRY: "events.place.countryCode",
    PROPOSITION: "proposition",
    SOURCE: "citations.source",
    PUBLISHER: "citations.source.publisher",
  },
  time: "assertedAt",
  tallies: {
    actorCount: { of: "assertedBy", description: "How many different actors assert them." },
    sourceCount: { of: "citations.source", description: "How many different sources they cite." },
  },
});
