import type { Prisma } from "../generated/prisma/client.js";
import type { Draft } from "./change.js";
import type { RecordKind } from "./record.js";
import { type Row, rowsOf } from "./rows.js";

/** What every delegate of Prisma's client can do. */
interface Delegate {
  createMany(of: { data: Row[] }): Promise<unknown>;
  updateMany(of: { where: Row; data: Row }): Promise<{ count: number }>;
  deleteMany(of: { where: Row }): Promise<unknown>;
}

/**
 * Writes drafts as rows: new records first, since others may refer to them, then what was dropped, what was changed
 * and what was added, and deletions last.
 */
export async function store(tx: Prisma.TransactionClient, drafts: readonly Draft[]): Promise<void> {
  const of = (table: string) => tx[camel(table) as "actor"] as unknown as Delegate;
  const main = new Map<string, Row[]>();
  const parts = new Map<string, Row[]>();
  const dropped: [table: string, where: Row][] = [];
  const changed: [table: string, where: Row, data: Row][] = [];
  const deleted: [table: string, where: Row][] = [];

  for (const { kind, id, before, after, version, action, recordedAt } of drafts) {
    const { table } = kind.entity;
    if (!after) {
      deleted.push([table, { id }]);
      continue;
    }
    const rows = rowsOf(kind, id, after);
    const [row] = rows[table] as [Row];
    if (!before) {
      add(main, table, [
        { ...row, version: version + 1, ...(recordedAt && { recordedAt, updatedAt: recordedAt }) },
      ]);
      for (const [part, list] of Object.entries(rows)) if (part !== table) add(parts, part, list);
      continue;
    }
    const former = rowsOf(kind, id, before);
    const differing = difference(former[table]?.[0] ?? {}, row);
    const inParts = Object.entries(rows)
      .filter(([part]) => part !== table)
      .map(([part, list]) => compare(kind, part, former[part] ?? [], list));
    if (!differing && action !== "HISTORY_ERASED" && inParts.every((part) => part === undefined)) continue;
    changed.push([table, { id, version }, { ...differing, version: version + 1 }]);
    for (const part of inParts) {
      if (!part) continue;
      for (const where of part.dropped) dropped.push([part.table, where]);
      add(parts, part.table, part.added);
    }
  }

  for (const [table, data] of main) await of(table).createMany({ data: data.map(forPrisma) });
  for (const [table, where] of dropped) await of(table).deleteMany({ where: forPrisma(where) });
  for (const [table, where, data] of changed) {
    const { count } = await of(table).updateMany({ where: forPrisma(where), data: forPrisma(data) });
    // The row is locked, so this is a fault of the program.
    if (count !== 1) throw new Error(`${table} ${JSON.stringify(where)} was not there to be changed`);
  }
  for (const [table, data] of parts) {
    if (data.length > 0) await of(table).createMany({ data: data.map(forPrisma) });
  }
  for (const [table, where] of deleted.reverse()) await of(table).deleteMany({ where });
}

function add(to: Map<string, Row[]>, table: string, rows: readonly Row[]): void {
  to.set(table, [...(to.get(table) ?? []), ...rows]);
}

/** The columns that differ; what is not given does not. */
function difference(before: Row, after: Row): Row | undefined {
  const differing = Object.entries(after).filter(([name, value]) => !same(before[name], value));
  return differing.length > 0 ? Object.fromEntries(differing) : undefined;
}

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** How the rows of one table that belong to a record have changed. */
function compare(kind: RecordKind, table: string, before: readonly Row[], after: readonly Row[]) {
  if (same(before, after)) return undefined;
  const link = [...kind.fields.values()]
    .map(({ how }) => how)
    .find((how) => how.kind === "many" && how.table === table);
  if (link?.kind === "many" && link.ordered) {
    const [row] = [...before, ...after];
    return { table, dropped: [{ [link.near]: row?.[link.near] }], added: after };
  }
  // A part that was changed is written anew: two of them may have changed places, and must never be alike in between.
  const missing = (from: readonly Row[]) => (row: Row) => !from.some((one) => same(one, row));
  const dropped = before.filter(missing(after));
  return {
    table,
    dropped: link ? dropped : dropped.map(({ id }) => ({ id })),
    added: after.filter(missing(before)),
  };
}

const camel = (name: string): string =>
  name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A row by the names of Prisma's models. */
const forPrisma = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [camel(name), value]));
