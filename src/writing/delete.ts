import sql, { join, raw, type Sql } from "sql-template-tag";
import { encodeId } from "../graphql/id.js";
import { UserErrorCode } from "../graphql/user-error.js";
import type { Entity } from "../reading/entity.js";
import { ask } from "./ask.js";
import type { Change, Draft } from "./change.js";
import { allKinds, type Fields, type RecordKind } from "./record.js";

/** How many of the records that stand in the way are listed. */
const MOST_LISTED = 100;

/**
 * Lets a record be deleted, unless others refer to it.
 *
 * @param cascade whether the parts that it owns may go with it
 */
export async function remove(change: Change, draft: Draft, cascade: boolean): Promise<void> {
  const { kind, id, before } = draft;
  const owned = [...kind.fields.values()].filter(
    ({ name, how }) => how.kind === "parts" && ((before?.[name] ?? []) as unknown[]).length > 0,
  );
  if (owned.length > 0 && !cascade) {
    const names = owned.map(({ name }) => `\`${name}\``).join(", ");
    change.problem(
      UserErrorCode.IN_USE,
      `It owns ${names}. Say \`cascade: true\` to let them go with it.`,
      ["input", "cascade"],
      { references: [] },
    );
  }
  const referring = await referringTo(change, kind.entity, id);
  if (referring.length > 0) {
    const count = referring.length > MOST_LISTED ? `More than ${MOST_LISTED}` : String(referring.length);
    change.problem(
      UserErrorCode.IN_USE,
      `${count} ${referring.length === 1 ? "record refers" : "records refer"} to it. Change or delete them first.`,
      ["input", "id"],
      { references: referring.slice(0, MOST_LISTED) },
    );
  }
  change.refuseIfWrong();
  draft.after = null;
}

/** The public ids of the records that refer to one, however: derived from what all kinds declare. */
async function referringTo(change: Change, entity: Entity, id: string): Promise<string[]> {
  const places = allKinds().flatMap((kind) => placesOf(kind, entity, id));
  if (places.length === 0) return [];
  const rows = await ask<{ prefix: string; key: string }>(
    change.tx,
    sql`select distinct prefix, key::text from (${join(places, " union all ")}) found where key <> ${id}::uuid order by prefix, key limit ${MOST_LISTED + 1}`,
  );
  return rows.map(({ prefix, key }) => encodeId(prefix, key));
}

function placesOf(kind: RecordKind, entity: Entity, id: string): Sql[] {
  const { table, prefix } = kind.entity;
  const found = (key: string, from: string, column: string) =>
    sql`select ${prefix}::text as prefix, ${raw(key)} as key from ${raw(from)} where ${raw(column)} = ${id}::uuid`;
  const inside = (fields: Fields, from: string, key: string): Sql[] =>
    [...fields.values()].flatMap(({ how }): Sql[] => {
      if (how.kind === "one" && how.to() === entity) return [found(key, from, how.column)];
      if (how.kind === "many" && how.to() === entity) return [found(how.near, how.table, how.far)];
      if (how.kind === "parts") return inside(how.fields, how.table, how.owner);
      return how.kind === "value" ? inside(how.fields, from, key) : [];
    });
  return inside(kind.fields, table, "id");
}
