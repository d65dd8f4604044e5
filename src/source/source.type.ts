import sql, { raw } from "sql-template-tag";
import { Int } from "type-graphql";
import { type Actor, actors } from "../actor/actor.type.js";
import { type Claim, claims } from "../claim/claim.type.js";
import type * as models from "../generated/prisma/models.js";
import { Node } from "../graphql/node.js";
import { DateTime, Url } from "../graphql/scalars.js";
import { seesEverything } from "../graphql/viewer.js";
import { type ExternalId, externalIds, externalIdsOf } from "../identity/external-id.js";
import { TAGS } from "../identity/tags.js";
import type { Connection } from "../reading/connection.js";
import { declare } from "../reading/declare.js";
import { statistics } from "../reading/declare-statistics.js";
import type { Expression } from "../reading/entity.js";
import { at } from "../reading/names.js";
import { heldIn, linkedBy, ownedBy } from "../reading/ties.js";
import { type Revision, revisions } from "../revision/revision.type.js";
import type { FuzzyDate } from "../values/fuzzy-date.js";
import { LANGUAGE } from "../values/language-tag.js";
import { LINE } from "../values/name.js";
import { Reliability, SourceKind, TextAccess } from "./source.vocabulary.js";

/** The declaration of sources, for those that refer to them. */
export const sources = declare<models.SourceModel>("source", {
  name: "Source",
  description: "One publication: an article, an official statement, a post, a broadcast, a data set.",
  prefix: "source",
  list: { defaultOrder: ["PUBLISHED_AT", "DESC"], called: "title" },
});

const AS_OF =
  "As of an earlier moment, readers are given it only if they may read the source's text now, and could ever since.";

/** What tells the text, as this viewer may read it. Who could compare a hash could confirm a guess. */
const readableText =
  (column: "text" | "content_sha256"): Expression =>
  (source, { viewer }) =>
    seesEverything(viewer)
      ? source.column(column)
      : sql`case when ${source.column("text_access")} = 'PUBLIC' then ${source.column(column)} end`;

@sources.type
export class Source extends Node {
  @sources.column(() => String, {
    description: "A readable name for addresses and queries.",
    filter: true,
    unique: true,
  })
  slug!: string;

  @sources.column(() => SourceKind, {
    description: "What sort of publication it is.",
    filter: true,
  })
  kind!: SourceKind;

  @sources.column(() => String, {
    form: LINE,
    description: "Its title.",
    filter: true,
    order: { field: "TITLE", meaning: "By `title`, code point by code point." },
  })
  title!: string;

  @sources.column(() => Url, { nullable: true, description: "Where it was published.", filter: true })
  url!: string | null;

  @sources.column(() => Url, { nullable: true, description: "Where a copy is kept." })
  archivedUrl!: string | null;

  @sources.one(() => actors, {
    nullable: true,
    description: "Who published it.",
    ...heldIn<models.SourceModel>("publisherId"),
    filter: true,
  })
  publisher!: Actor | null;

  @sources.column(() => [String], { description: "The authors, as named by the publication." })
  authors!: string[];

  @sources.fuzzyDate({
    description: "The day on which it was published, or what is known of it. Lists go by it.",
    filter: true,
    order: { field: "PUBLISHED_AT", meaning: "By the earliest, then the latest reading of `publishedOn`." },
  })
  publishedOn!: FuzzyDate | null;

  @sources.column(() => DateTime, {
    nullable: true,
    description: "The instant at which it was published, where it is known.",
    filter: true,
  })
  publishedAt!: string | null;

  @sources.column(() => DateTime, { nullable: true, description: "When it was fetched for the record." })
  retrievedAt!: string | null;

  @sources.column(() => String, {
    form: LANGUAGE,
    nullable: true,
    description: "Its language, a BCP-47 tag.",
    filter: true,
  })
  language!: string | null;

  @sources.column(() => String, {
    nullable: true,
    description: `Its full text; null when none is stored, or when \`textAccess\` keeps it from the caller. ${AS_OF}`,
    from: "text",
    expression: readableText("text"),
  })
  text!: string | null;

  @sources.column(() => TextAccess, { description: "Who may read the full text." })
  textAccess!: TextAccess;

  @sources.column(() => String, {
    nullable: true,
    description:
      "SHA-256 of the stored text (UTF-8), in hexadecimal; null when the caller may not read `text`, also for filters.",
    from: "contentSha256",
    expression: readableText("content_sha256"),
    filter: true,
  })
  contentSha256!: string | null;

  @sources.column(() => Reliability, {
    nullable: true,
    description: "How reliable the source is (Admiralty code).",
    filter: true,
  })
  reliability!: Reliability | null;

  @sources.one(() => sources, {
    nullable: true,
    description: "The source of which this one is a syndicated copy.",
    ...heldIn<models.SourceModel>("syndicationOfId"),
    filter: true,
  })
  syndicationOf!: Source | null;

  @sources.one(() => sources, {
    description:
      "Where its words come from: the source at the end of `syndicationOf`; itself when it is no copy.",
    on: (owner, target) => sql`${target.id} = origin_of(${owner.id})`,
    between: (link) => ({
      tables: sql`(select id, origin_of(id) as origin_id from source) ${raw(link)}`,
      near: at(link, "id"),
      far: at(link, "origin_id"),
    }),
    filter: true,
  })
  origin!: Source;

  @sources.one(() => sources, {
    nullable: true,
    description: "The source of which this one is a later version: an edited article, a corrected report.",
    ...heldIn<models.SourceModel>("laterVersionOfId"),
    filter: true,
  })
  laterVersionOf!: Source | null;

  @sources.fuzzyDate({
    description: "When it was withdrawn: taken offline, retracted, deleted; null while it stands.",
    filter: true,
  })
  withdrawnAt!: FuzzyDate | null;

  @sources.connection(() => claims, {
    description: "The claims that cite it.",
    ...linkedBy<models.CitationModel>("citation", "sourceId", "claimId"),
    filter: true,
  })
  claims!: Connection<Claim>;

  @sources.connection(() => claims, {
    description: "The claims that are about it: whether it is genuine, or what is wrong with it.",
    ...linkedBy<models.ClaimSourceModel>("claim_source", "sourceId", "claimId", { unique: true }),
    filter: true,
  })
  claimsAbout!: Connection<Claim>;

  @sources.count("claims", { description: "How many claims cite it, of those that you may see." })
  claimCount!: number;

  @sources.list(() => externalIds, externalIdsOf("sourceId"))
  externalIds!: ExternalId[];

  @sources.column(() => [String], TAGS)
  tags!: string[];

  @sources.connection(() => revisions, {
    description: "Its changes, the newest first: who made them, when and why.",
    ...ownedBy<models.RevisionModel>("recordId"),
  })
  history!: Connection<Revision>;

  @sources.column(() => DateTime, {
    description: "When it was first recorded.",
    filter: true,
    order: { field: "RECORDED_AT", meaning: "By `recordedAt`." },
  })
  recordedAt!: string;

  @sources.column(() => Int, { description: "How often it was recorded: 1, and one more with every change." })
  version!: number;
}

statistics(sources, {
  rows: "sources",
  by: { KIND: "kind", PUBLISHER: "publisher", LANGUAGE: "language" },
  time: "publishedOn",
});
