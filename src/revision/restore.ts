import type { GraphQLResolveInfo } from "graphql";
import sql from "sql-template-tag";
import { ID, Int } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { decodeId } from "../graphql/id.js";
import { Node } from "../graphql/node.js";
import { refuse, UserErrorCode } from "../graphql/user-error.js";
import type { Class } from "../reading/entity.js";
import { shown } from "../values/shown.js";
import { contentAt, openOne } from "../writing/admit.js";
import { ask } from "../writing/ask.js";
import type { Change, Draft } from "../writing/change.js";
import { changing, mutation } from "../writing/mutation.js";
import { allKinds, type Document, type RecordKind } from "../writing/record.js";
import { EXPECTED_VERSION } from "../writing/record-mutations.js";
import type { Input } from "../writing/resolve.js";

const PATH = ["input", "id"];

/** The kind and the key of any record's public id. */
export function named(change: Change, id: string): { kind: RecordKind; key: string } {
  const found = (() => {
    try {
      const { prefix, uuid } = decodeId(id);
      const kind = allKinds().find(({ entity }) => entity.prefix === prefix);
      return kind && { kind, key: uuid };
    } catch {
      return undefined;
    }
  })();
  if (found) return found;
  change.problem(
    UserErrorCode.INVALID,
    `${shown(id)} is not the id of a record. Use one that the server gave.`,
    PATH,
  );
  change.refuseIfWrong();
  throw new Error("unreachable");
}

/** The mutation that brings an earlier version back, also of a record that was deleted. */
export const restoreMutation = (): Class =>
  mutation({
    name: "restore",
    description:
      "Brings the content of an earlier version back, as a new version; also of a record that was deleted. A claim keeps its state of review, and one that was deleted comes back as a draft. A source whose text was kept from readers in that version or since comes back with the textAccess ANALYST; updateSource makes it PUBLIC.",
    role: "EDITOR",
    input(add) {
      add("id", () => ID, "The record's id.");
      add("version", () => Int, "The version to bring back: see `history`.");
      add("expectedVersion", () => Int, EXPECTED_VERSION, { nullable: true });
    },
    payload: (add) => add("node", () => Node, "The record as it is now.", { nullable: true }),
    async run(input, context) {
      const { keys, ...said } = await changing(context, input, async (change) => {
        const draft = await restored(change, input);
        return [draft.id];
      });
      const node = (_args: unknown, { reader }: Context, info: GraphQLResolveInfo) =>
        keys.length === 0 ? null : reader.byId(input.id as string, info);
      return { node, ...said };
    },
  });

async function restored(change: Change, input: Input): Promise<Draft> {
  const { kind, key } = named(change, input.id as string);
  const version = input.version as number;
  const [present] = await change.open(kind, new Map([[key, PATH]]));
  const last = await lastVersion(change, key);
  const draft =
    present || last === undefined
      ? await openOne(change, kind.entity, { key, expectedVersion: input.expectedVersion }, PATH)
      : undefined;
  const content = await contentAt(change, kind, key, version);
  if (!content) return noSuchVersion(change, key, version);
  const status = kind.fields.has("status") ? { status: draft?.before?.status ?? "DRAFT" } : {};
  const text = kind.type === "SOURCE" ? await textOf(change, key, version, content.document) : {};
  const after = { ...content.document, ...status, ...text };
  // What is wrong with that version now stands in no input, but is asked for by its number.
  const path = ["input", "version"];
  if (draft) return Object.assign(draft, { path, after, action: "RESTORED" });
  const { recordedAt } = content;
  const begun = { kind, id: key, path, version: last, after, recordedAt } as const;
  return change.begin({ ...begun, action: "RESTORED" });
}

async function noSuchVersion(change: Change, key: string, version: number): Promise<never> {
  const [erased] = await ask(
    change.tx,
    sql`select from revision where record_id = ${key}::uuid and version = ${version}::int and action <> 'DELETED' and rows is null`,
  );
  const [why, code] = erased
    ? ["its content was erased", UserErrorCode.HISTORY_ERASED]
    : ["there is no such version to bring back", UserErrorCode.NOT_FOUND];
  throw refuse(code, `${shown(version)}: ${why}. Choose another one from \`history\`.`, ["input", "version"]);
}

/**
 * The text that a source had, by its hash: replaced since, or the one that it has. To bring it back is not to publish it: what
 * was withheld once is withheld until somebody says otherwise.
 */
async function textOf(
  change: Change,
  key: string,
  version: number,
  { contentSha256: sha256 }: Document,
): Promise<Document> {
  const [withheld] = await ask(
    change.tx,
    sql`select from revision where record_id = ${key}::uuid and version >= ${version}::int and rows #>> '{source,0,text_access}' <> 'PUBLIC' limit 1`,
  );
  const access = withheld ? { textAccess: "ANALYST" } : {};
  if (sha256 == null) return { ...access, text: null };
  const [found] = await ask<{ text: string }>(
    change.tx,
    sql`select text from source_text where sha256 = ${sha256}::text union all select text from source where content_sha256 = ${sha256}::text limit 1`,
  );
  return { ...access, text: found?.text ?? null };
}

/** The last version of a record, also of one that was deleted. */
async function lastVersion(change: Change, key: string): Promise<number | undefined> {
  const [last] = await ask<{ version: number }>(
    change.tx,
    sql`select version from revision where record_id = ${key}::uuid order by version desc limit 1`,
  );
  return last?.version;
}
