import sql, { type Sql } from "sql-template-tag";
import { ID, Int } from "type-graphql";
import { type Actor, actors } from "../actor/actor.type.js";
import { type Claim, claims } from "../claim/claim.type.js";
import { type Event, events } from "../event/event.type.js";
import type * as models from "../generated/prisma/models.js";
import { DateTimeFilter, enumFilter, IntFilter } from "../graphql/filters.js";
import { decodeId } from "../graphql/id.js";
import { Node } from "../graphql/node.js";
import { DateTime, Json } from "../graphql/scalars.js";
import { seesEverything, type Viewer } from "../graphql/viewer.js";
import { type Proposition, propositions } from "../proposition/proposition.type.js";
import { declare } from "../reading/declare.js";
import type { Alias, Owner } from "../reading/entity.js";
import { hiddenNow } from "../reading/hidden-now.js";
import { at } from "../reading/names.js";
import { type Source, sources } from "../source/source.type.js";
import { RecordType, RevisionAction, Role } from "./revision.vocabulary.js";

const authors = declare<models.RevisionModel>("revision", {
  name: "Author",
  description: "Who made a change.",
});

@authors.type
export class Author {
  @authors.column(() => String, {
    description: "The name under which they were known then.",
    from: "authorName",
  })
  name!: string;

  @authors.column(() => Role, { description: "The role in which they acted.", from: "authorRole" })
  role!: Role;
}

const keysOf = (ids: unknown): string[] => (ids as string[]).map((id) => decodeId(id).uuid);

/** A patch as this viewer may read it. */
const patch = (column: string) => (revision: Alias, viewer: Viewer) =>
  seesEverything(viewer)
    ? sql`${at(revision, column)}`
    : sql`case when ${at(revision, "record_type")} in ('CLAIM', 'SOURCE') then readable_patch(${at(revision, column)}) else ${at(revision, column)} end`;

/** The declaration of revisions, for records and the change feed. */
export const revisions = declare<models.RevisionModel>("revision", {
  name: "Revision",
  description:
    "One change of one record: who made it, when and why, and what it changed. Deleting a record is one as well.",
  node: {
    prefix: "revision",
    defaultOrder: ["RECORDED", "DESC"],
    orders: {
      RECORDED: {
        meaning: "As they were committed, one after the other.",
        keys: [{ column: "seq", cast: "bigint", nullable: false }],
      },
    },
  },
  visible: (revision, viewer) =>
    seesEverything(viewer)
      ? undefined
      : sql`(${at(revision, "public")} and not ${hiddenNow(at(revision, "record_id"))})`,
  special: {
    record: {
      type: () => [ID],
      description: "Is a change of one of these records, by id; also of those that are deleted.",
      build: (_id, ids, revision) => sql`${at(revision, "record_id")} = any(${keysOf(ids)}::uuid[])`,
    },
    concerns: {
      type: () => [ID],
      description:
        "Is a change of one of these records, or of one that refers to it, before or after: an event's claims, an actor's claims, the claims that cite a source. Links between claims do not count.",
      build(_id, ids, revision): Sql {
        const keys = keysOf(ids);
        return sql`(${at(revision, "record_id")} = any(${keys}::uuid[]) or ${at(revision, "concerns")} && ${keys}::uuid[])`;
      },
    },
  },
});

const record = (owner: Owner, target: Alias): Sql =>
  sql`${at(target, "id")} = ${at(owner.alias, "record_id")}`;

@revisions.type
export class Revision extends Node {
  @revisions.column(() => RecordType, {
    description: "What sort of record was changed.",
    filter: enumFilter(RecordType),
  })
  recordType!: RecordType;

  @revisions.column(() => ID, {
    description: "The record's id, also after it was deleted.",
    from: "recordKey",
  })
  recordId!: string;

  @revisions.column(() => Int, {
    description: "The record's version after the change, counted from 1.",
    filter: IntFilter,
  })
  version!: number;

  @revisions.column(() => RevisionAction, {
    description: "What was done.",
    filter: enumFilter(RevisionAction),
  })
  action!: RevisionAction;

  @revisions.column(() => DateTime, { description: "When.", filter: DateTimeFilter })
  recordedAt!: string;

  @revisions.value(() => authors, { description: "By whom.", present: ["authorName"] })
  author!: Author | null;

  @revisions.column(() => String, { nullable: true, description: "Why, in the author's words." })
  reason!: string | null;

  @revisions.column(() => Json, {
    description:
      "The change as a JSON Patch (RFC 6902) of the record, from the version before to this one. Texts of sources stand in it as their hash. For readers, these hashes are left out, and so are links between claims.",
    read: patch("patch"),
  })
  patch!: unknown;

  @revisions.column(() => Json, {
    description: "The JSON Patch that leads back to the version before.",
    read: patch("inverse"),
  })
  inverse!: unknown;

  @revisions.one(() => actors, {
    nullable: true,
    description: "The actor as it is now.",
    on: record,
    filter: true,
  })
  actor!: Actor | null;

  @revisions.one(() => events, {
    nullable: true,
    description: "The event as it is now.",
    on: record,
    filter: true,
  })
  event!: Event | null;

  @revisions.one(() => sources, {
    nullable: true,
    description: "The source as it is now.",
    on: record,
    filter: true,
  })
  source!: Source | null;

  @revisions.one(() => propositions, {
    nullable: true,
    description: "The proposition as it is now.",
    on: record,
    filter: true,
  })
  proposition!: Proposition | null;

  @revisions.one(() => claims, {
    nullable: true,
    description: "The claim as it is now; null when it was deleted, or when you may not see it.",
    on: record,
    filter: true,
  })
  claim!: Claim | null;
}
