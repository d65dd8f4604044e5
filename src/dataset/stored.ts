import type { Prisma } from "../generated/prisma/client.js";
import type { Identify } from "./ids.js";
import type { Dataset, Entries } from "./read-dataset.js";

/** The key of the row that an entry stands for, whether it is in the database or about to be. */
export type KeyOf = (name: string) => string;

/** One entity's entries against the rows of the database. */
export interface Compared<Value> {
  /** Throws for a name that neither the set nor the database knows. */
  readonly keyOf: KeyOf;
  /** Whether the database knows the name. */
  readonly has: (name: string) => boolean;
  /** The entries without a row. */
  readonly missing: readonly Value[];
}

type ValueOf<Entity> = Entity extends Entries<infer Value> ? Value : never;

/** A data set compared with the database. */
export interface Stored {
  readonly actors: Compared<ValueOf<Dataset["actors"]>>;
  readonly propositions: Compared<ValueOf<Dataset["propositions"]>>;
  readonly sources: Compared<ValueOf<Dataset["sources"]>>;
  readonly events: Compared<ValueOf<Dataset["events"]>>;
  readonly claims: Compared<ValueOf<Dataset["claims"]>>;
  /** A source's text: the stored one where the source is in the database, where it may have been edited. */
  readonly textOf: (source: string) => string | null | undefined;
}

/**
 * Finds out which entries have a row already. A row is recognised by its slug, whoever wrote it, and by its
 * id, in case a person has changed the slug since; a claim has only an id.
 *
 * @param outside slugs of actors that are mentioned but not declared
 */
export async function compareWithStored(
  tx: Prisma.TransactionClient,
  set: Dataset,
  outside: readonly string[],
  id: Identify,
): Promise<Stored> {
  const where = (kind: string, set: Entries<{ slug: string }>, others: readonly string[] = []) => {
    const slugs = set.entries.map(({ value }) => value.slug);
    const ids = slugs.map((slug) => id(kind, slug));
    return { OR: [{ slug: { in: [...slugs, ...others] } }, { id: { in: ids } }] };
  };
  const select = { id: true, slug: true };

  const sources = await tx.source.findMany({
    where: where("source", set.sources),
    select: { ...select, text: true },
  });
  const claims = await tx.claim.findMany({
    where: { id: { in: set.claims.entries.map(({ value }) => id("claim", value.key)) } },
    select: { id: true },
  });
  const compared = {
    actors: compare(
      set.actors,
      await tx.actor.findMany({ where: where("actor", set.actors, outside), select }),
      (slug) => id("actor", slug),
    ),
    propositions: compare(
      set.propositions,
      await tx.proposition.findMany({ where: where("proposition", set.propositions), select }),
      (slug) => id("proposition", slug),
    ),
    sources: compare(set.sources, sources, (slug) => id("source", slug)),
    events: compare(
      set.events,
      await tx.event.findMany({ where: where("event", set.events), select }),
      (slug) => id("event", slug),
    ),
    claims: compare(set.claims, claims, (key) => id("claim", key)),
  };
  const texts = new Map(sources.map((row) => [row.id, row.text]));
  const textOf = (slug: string) => {
    const key = compared.sources.keyOf(slug);
    return texts.has(key) ? texts.get(key) : set.texts.get(slug);
  };
  return { ...compared, textOf };
}

function compare<Value extends { slug: string } | { key: string }>(
  { entries, names }: Entries<Value>,
  rows: readonly { id: string; slug?: string }[],
  idOf: (name: string) => string,
): Compared<Value> {
  const bySlug = new Map(rows.map((row) => [row.slug, row.id]));
  const byId = new Set(rows.map((row) => row.id));
  const stored = (name: string) => bySlug.get(name) ?? (byId.has(idOf(name)) ? idOf(name) : undefined);
  const keyOf = (name: string) => {
    const key = stored(name) ?? (names.has(name) ? idOf(name) : undefined);
    if (key === undefined) throw new Error(`${name} is neither in the data set nor in the database`);
    return key;
  };
  const has = (name: string) => stored(name) !== undefined;
  const nameOf = (value: Value) => ("slug" in value ? value.slug : value.key);
  return {
    keyOf,
    has,
    missing: entries.map(({ value }) => value).filter((value) => !has(nameOf(value))),
  };
}
