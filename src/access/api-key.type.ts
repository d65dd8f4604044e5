import sql from "sql-template-tag";
import type * as models from "../generated/prisma/models.js";
import { Node } from "../graphql/node.js";
import { DateTime } from "../graphql/scalars.js";
import { may } from "../graphql/viewer.js";
import { declare } from "../reading/declare.js";
import { columnNamed } from "../reading/row.js";
import { Role } from "../revision/revision.vocabulary.js";
import { KEY_ID } from "./key-token.js";

/** The declaration of API keys: everything about them but what could be used to call. */
export const apiKeys = declare<models.ApiKeyModel>("api_key", {
  name: "ApiKey",
  description:
    "A key with which a program or a person calls, in a role. Administrators see keys, though never the secret.",
  prefix: KEY_ID,
  list: {
    defaultOrder: ["CREATED_AT", "DESC"],
    orders: {
      CREATED_AT: {
        meaning: "When it was made.",
        keys: [{ expression: columnNamed("created_at"), type: { sql: "timestamptz" }, nullable: false }],
      },
    },
  },
  visible: (_key, viewer) => (may(viewer, "ADMIN") ? undefined : sql`false`),
});

@apiKeys.type
export class ApiKey extends Node {
  @apiKeys.column(() => String, {
    description: "Whose it is, or what for: the history names its changes so.",
  })
  name!: string;

  @apiKeys.column(() => Role, { description: "What can be done with it." })
  role!: Role;

  @apiKeys.column(() => DateTime, { description: "When it was made." })
  createdAt!: string;

  @apiKeys.column(() => String, {
    description: "By whom: the id of a key, issuer and subject of a token, `admin-key` or `command-line`.",
  })
  createdBy!: string;

  @apiKeys.column(() => DateTime, {
    nullable: true,
    description: "From when on it is refused; null when it does not expire.",
  })
  expiresAt!: string | null;

  @apiKeys.column(() => DateTime, {
    nullable: true,
    description: "Since when it has been refused, because it was revoked.",
  })
  revokedAt!: string | null;

  @apiKeys.column(() => String, { nullable: true, description: "By whom it was revoked, as in `createdBy`." })
  revokedBy!: string | null;

  @apiKeys.column(() => String, { nullable: true, description: "Why it was revoked." })
  revocationReason!: string | null;
}
