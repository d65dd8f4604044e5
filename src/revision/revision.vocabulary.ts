import * as enums from "../generated/prisma/enums.js";
import { withArticle } from "../graphql/article.js";
import { vocabulary } from "../graphql/filters.js";

export type RecordType = enums.RecordType;
export const RecordType = vocabulary(
  "RecordType",
  enums.RecordType,
  "What sort of record it is.",
  Object.fromEntries(Object.keys(enums.RecordType).map((type) => [type, meaningOf(type)])) as Record<
    RecordType,
    string
  >,
);

/** NEWS_STORY is "A `NewsStory`.". */
function meaningOf(type: string): string {
  const name = type.toLowerCase().replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return withArticle(name).replace(/^a(n?) (\w+)$/, "A$1 `$2`.");
}

export type RevisionAction = enums.RevisionAction;
export const RevisionAction = vocabulary(
  "RevisionAction",
  enums.RevisionAction,
  "What was done to a record.",
  {
    CREATED: "It was recorded.",
    UPDATED: "It, or a part of it, was changed.",
    DELETED: "It was deleted.",
    RESTORED: "An earlier version was brought back.",
    HISTORY_ERASED: "The contents of its earlier versions were erased.",
  },
);

export type Role = enums.Role;
export const Role = vocabulary(
  "Role",
  enums.Role,
  "What somebody may do; each may do all that those before it may.",
  {
    READER: "Reads what was published.",
    ANALYST: "Reads everything, records drafts and edits those of their own.",
    EDITOR: "Reviews, publishes and edits all content.",
    ADMIN: "Also manages keys, and erases history where the law demands it.",
  },
);
