import sql, { raw } from "sql-template-tag";
import type { Prisma } from "../generated/prisma/client.js";
import type { Entity } from "../reading/entity.js";
import { ask } from "../writing/ask.js";
import type { Entry } from "../writing/entry.js";
import type { RecordKind } from "../writing/record.js";
import { keyFieldOf } from "./format.js";
import { type Identify, idKind } from "./ids.js";
import type { Dataset, Entries } from "./read-dataset.js";

/** The entries of one kind against the rows of the database. */
export interface Compared {
  /**
   * The key of the row that a name stands for, whether it is in the database or about to be.
   *
   * @throws for a name that neither the set nor the database knows
   */
  readonly keyOf: (name: string) => string;
  /** Whether the database knows the name. */
  readonly has: (name: string) => boolean;
  /** The entries without a row. */
  readonly missing: readonly Entry[];
}

/** A data set compared with the database. */
export interface Stored {
  of(entity: Entity): Compared;
}

/**
 * Finds out which entries have a row already. A row is recognised by its slug, whoever wrote it, and by its
 * id, in case a person has changed the slug since; one without a slug has only an id.
 *
 * @param outside names that are mentioned but not declared
 */
export async function compareWithStored(
  tx: Prisma.TransactionClient,
  set: Dataset,
  outside: ReadonlyMap<RecordKind, readonly string[]>,
  id: Identify,
): Promise<Stored> {
  const compared = new Map<Entity, Compared>();
  for (const [kind, entries] of set.entries) {
    compared.set(kind.entity, await compare(tx, kind, entries, outside.get(kind) ?? [], id));
  }
  return { of: (entity) => compared.get(entity) as Compared };
}

async function compare(
  tx: Prisma.TransactionClient,
  kind: RecordKind,
  { entries, names }: Entries,
  outside: readonly string[],
  id: Identify,
): Promise<Compared> {
  const { table, prefix } = kind.entity;
  const idOf = (name: string) => id(idKind(prefix as string), name);
  const wanted = entries.map(({ name }) => name as string);
  const slug = keyFieldOf(kind) === "slug" ? raw("slug") : raw("null::text");
  const rows = await ask<{ id: string; slug: string | null }>(
    tx,
    sql`select id::text, slug from (select id, ${slug} as slug from ${raw(table)}) row
      where slug = any(${[...wanted, ...outside]}::text[]) or id = any(${wanted.map(idOf)}::uuid[])`,
  );
  const bySlug = new Map(rows.map((row) => [row.slug, row.id]));
  const byId = new Set(rows.map((row) => row.id));
  const stored = (name: string) => bySlug.get(name) ?? (byId.has(idOf(name)) ? idOf(name) : undefined);
  const keyOf = (name: string) => {
    const key = stored(name) ?? (names.has(name) ? idOf(name) : undefined);
    if (key === undefined) throw new Error(`${name} is neither in the data set nor in the database`);
    return key;
  };
  const has = (name: string) => stored(name) !== undefined;
  return { keyOf, has, missing: entries.filter(({ name }) => !has(name as string)) };
}
