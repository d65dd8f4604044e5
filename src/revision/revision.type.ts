import sql, { type Sql } from "sql-template-tag";
import { ID, Int } from "type-graphql";
import type * as models from "../generated/prisma/models.js";
import { fieldOf } from "../graphql/field-names.js";
import { decodeId } from "../graphql/id.js";
import { Node } from "../graphql/node.js";
import { DateTime, Json } from "../graphql/scalars.js";
import { seesEverything } from "../graphql/viewer.js";
import { declare } from "../reading/declare.js";
import { type Expression, entityOf, type Row } from "../reading/entity.js";
import { hiddenNow } from "../reading/hidden-now.js";
import { columnNamed } from "../reading/row.js";
import type { Declared } from "../writing/record.js";
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
const patch =
  (name: string): Expression =>
  (revision, { viewer }) => {
    const column = revision.column(name);
    return seesEverything(viewer)
      ? column
      : sql`case when ${revision.column("record_type")} in ('CLAIM', 'SOURCE') then readable_patch(${column}) else ${column} end`;
  };

/** The declaration of revisions, for records and the change feed. */
export const revisions = declare<models.RevisionModel>("revision", {
  name: "Revision",
  description:
    "One change of one record: who made it, when and why, and what it changed. Deleting a record is one as well.",
  prefix: "revision",
  list: {
    defaultOrder: ["RECORDED", "DESC"],
    orders: {
      RECORDED: {
        meaning: "As they were committed, one after the other.",
        keys: [{ expression: columnNamed("seq"), type: { sql: "bigint" }, nullable: false }],
      },
    },
  },
  visible: (revision, viewer) =>
    seesEverything(viewer)
      ? undefined
      : sql`(${revision.column("public")} and not ${hiddenNow(revision.column("record_id"))})`,
  special: {
    record: {
      type: () => [ID],
      description: "Is a change of one of these records, by id; also of those that are deleted.",
      build: (revision, ids) => sql`${revision.column("record_id")} = any(${keysOf(ids)}::uuid[])`,
    },
    concerns: {
      type: () => [ID],
      description:
        "Is a change of one of these records, or of one that refers to it, before or after: an event's claims, an actor's claims, the claims that cite a source. Links between claims do not count.",
      build(revision, ids): Sql {
        const keys = keysOf(ids);
        return sql`(${revision.column("record_id")} = any(${keys}::uuid[]) or ${revision.column("concerns")} && ${keys}::uuid[])`;
      },
    },
  },
});

@revisions.type
export class Revision extends Node {
  @revisions.column(() => RecordType, {
    description: "What sort of record was changed.",
    filter: true,
  })
  recordType!: RecordType;

  @revisions.column(() => ID, {
    description: "The record's id, also after it was deleted.",
    from: "recordKey",
  })
  recordId!: string;

  @revisions.column(() => Int, {
    description: "The record's version after the change, counted from 1.",
    filter: true,
  })
  version!: number;

  @revisions.column(() => RevisionAction, {
    description: "What was done.",
    filter: true,
  })
  action!: RevisionAction;

  @revisions.column(() => DateTime, { description: "When.", filter: true })
  recordedAt!: string;

  @revisions.value(() => authors, { description: "By whom.", present: ["authorName"] })
  author!: Author | null;

  @revisions.column(() => String, { nullable: true, description: "Why, in the author's words." })
  reason!: string | null;

  @revisions.column(() => Json, {
    description:
      "The change as a JSON Patch (RFC 6902) of the record, from the version before to this one. Texts of sources stand in it as their hash. For readers, these hashes are left out, and so are links between claims.",
    from: "patch",
    expression: patch("patch"),
  })
  patch!: unknown;

  @revisions.column(() => Json, {
    description: "The JSON Patch that leads back to the version before.",
    from: "inverse",
    expression: patch("inverse"),
  })
  inverse!: unknown;
}

/** Gives revisions the field that reads the record as it is now, such as `actor`. */
export function nameRecord(record: Declared): void {
  const { name, visible } = entityOf(record.target());
  const field = fieldOf({ name });
  const unless = visible ? "; null when it was deleted, or when you may not see it" : "";
  const description = `The ${field} as it is now${unless}.`;
  const on = (revision: Row, target: Row): Sql =>
    sql`${target.column("id")} = ${revision.column("record_id")}`;
  revisions.one(() => record, { nullable: true, description, on, filter: true })(Revision.prototype, field);
}
