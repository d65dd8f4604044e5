import sql, { raw } from "sql-template-tag";
import type { Prisma } from "../generated/prisma/client.js";
import { encodeId } from "../graphql/id.js";
import type { Entity } from "../reading/entity.js";
import { line, scheme } from "../values/rules.js";
import { shown } from "../values/shown.js";
import { ask } from "./ask.js";
import type { Change } from "./change.js";
import { allKinds, type Document, kindOf, type PartsHow } from "./record.js";

/** Which record of a kind has an identifier of somebody else's register. */
interface Held {
  readonly scheme: string;
  readonly value: string;
  /** The record's key. */
  readonly id: string;
}

/** Which records of an entity have some identifiers. @param wanted pairs of scheme and value, in the form in which they are kept */
export async function externalKeys(
  tx: Prisma.TransactionClient,
  entity: Entity,
  wanted: readonly (readonly string[])[],
): Promise<readonly Held[]> {
  if (wanted.length === 0) return [];
  const { how } = kindOf(entity).fields.get("externalIds") ?? {};
  const { owner, table } = how as PartsHow;
  const [schemes, values] = [0, 1].map((place) => wanted.map((pair) => pair[place] as string));
  return ask<Held>(
    tx,
    sql`select held.scheme, held.value, held.${raw(owner)}::text as id
      from unnest(${schemes}::text[], ${values}::text[]) as wanted(scheme, value)
      join ${raw(table)} held on held.scheme = wanted.scheme and held.value = wanted.value
      where held.${raw(owner)} is not null`,
  );
}

interface Identifier {
  readonly scheme: string;
  readonly value: string;
}

const pairOf = ({ scheme, value }: Identifier): string => JSON.stringify([scheme, value]);

const identifiersOf = (document: Document | null): Identifier[] =>
  ((document?.externalIds ?? []) as Partial<Identifier>[]).filter(
    // What breaks a rule nobody has, and the database cannot even be asked for some of it.
    (one): one is Identifier => scheme.safeParse(one.scheme).success && line.safeParse(one.value).success,
  );

/** No two records of a kind have the same identifier. */
export async function checkExternalIds(change: Change): Promise<void> {
  for (const kind of allKinds()) {
    const given = change.draftsOf(kind).flatMap((draft) => {
      const before = new Set(identifiersOf(draft.before).map(pairOf));
      return identifiersOf(draft.after).flatMap((one, at) =>
        before.has(pairOf(one)) ? [] : { draft, pair: pairOf(one), path: ["externalIds", at] },
      );
    });
    if (given.length === 0) continue;
    const pairs = given.map(({ pair }) => JSON.parse(pair) as string[]);
    const held = await externalKeys(change.tx, kind.entity, pairs);
    const taken = new Map(held.map((one) => [pairOf(one), one.id]));
    for (const { draft, pair, path } of given) {
      const owner = taken.get(pair) ?? draft.id;
      // It may be moved from one record to the other by the same change.
      const gone = change.draft(owner)?.after?.externalIds;
      const stays = !gone || identifiersOf({ externalIds: gone }).some((one) => pairOf(one) === pair);
      if (owner !== draft.id && stays) {
        const [scheme, value] = JSON.parse(pair) as [string, string];
        const other = `${kind.entity.name.toLowerCase()} ${encodeId(kind.entity.prefix as string, owner)}`;
        const message = `${shown(value)}: the ${other} has this identifier in ${shown(scheme)}. Name that one by it, or remove it there first.`;
        change.taken(draft, message, path);
      }
      taken.set(pair, draft.id);
    }
  }
}
