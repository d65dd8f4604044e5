import sql from "sql-template-tag";
import { ID, Int } from "type-graphql";
import { UserErrorCode } from "../graphql/user-error.js";
import type { Class } from "../reading/entity.js";
import { ask, run } from "../writing/ask.js";
import type { Change } from "../writing/change.js";
import { changing, mutation } from "../writing/mutation.js";
import { named } from "./restore.js";

/** The mutation that erases what a record's history says, where the law demands it. */
export const eraseHistoryMutation = (): Class =>
  mutation({
    name: "eraseHistory",
    description:
      "Erases the contents of all earlier versions of a record, where the law demands it: patches, reasons and former texts. That there were changes, when and by whom, stays. It cannot be undone.",
    role: "ADMIN",
    input: (add) => add("id", () => ID, "The record's id; also of one that was deleted."),
    payload(add) {
      add("erased", () => Int, "How many versions were erased.");
    },
    async run(input, context) {
      const { keys, errors } = await changing(context, input, (change) => erase(change, input.id as string));
      return { erased: keys.length, errors };
    },
  });

async function erase(change: Change, id: string): Promise<string[]> {
  const { kind, key } = named(change, id);
  await change.open(kind, new Map([[key, ["input"]]]));
  const versions = await ask<{ id: string; version: number; public: boolean }>(
    change.tx,
    sql`select id::text, version, public from revision where record_id = ${key}::uuid order by seq`,
  );
  const last = versions.at(-1);
  if (!last) {
    change.problem(UserErrorCode.NOT_FOUND, "There is no history of such a record.", ["input", "id"]);
    change.refuseIfWrong();
    return [];
  }
  // Texts that no other record's history names; the text that a source has now is its own.
  await run(
    change.tx,
    sql`delete from source_text t where sha256 in (select rows #>> '{source,0,content_sha256}' from revision where record_id = ${key}::uuid)
      and not exists (select from revision r where r.record_id <> ${key}::uuid and r.record_type = 'SOURCE' and r.rows #>> '{source,0,content_sha256}' = t.sha256)`,
  );
  await run(
    change.tx,
    sql`update revision set patch = '[]', inverse = '[]', rows = null, reason = null, concerns = '{}' where record_id = ${key}::uuid`,
  );
  const draft = change.draft(key);
  if (draft) draft.action = "HISTORY_ERASED";
  else
    change.begin({
      kind,
      id: key,
      path: ["input"],
      version: last.version,
      public: last.public,
      after: null,
      action: "HISTORY_ERASED",
    });
  return versions.map((version) => version.id);
}
