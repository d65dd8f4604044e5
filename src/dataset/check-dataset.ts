import { fieldOf } from "../graphql/field-names.js";
import type { Entity } from "../reading/entity.js";
import type { Entry, EntryFields, EntryValue, FindEntry, Link } from "../writing/entry.js";
import { type Fields, kindOf, kindOfType, type RecordKind } from "../writing/record.js";
import { differencesOf, fileOf, nameIn } from "./format.js";
import type { Dataset, Entries } from "./read-dataset.js";

/** A mention of a record that the set does not declare: the database may know it. */
export interface Outside {
  readonly kind: RecordKind;
  readonly slug: string;
  /** Notes that the database does not know it either. */
  readonly isUnknown: () => void;
}

type Path = readonly PropertyKey[];

/**
 * Checks what one entry alone cannot show: references, duplicates, circles, and what its kind checks besides. Adds to the
 * set's problems, and returns the mentions of records that only the database can vouch for.
 */
export function checkDataset(set: Dataset): Outside[] {
  const outside: Outside[] = [];
  const find: FindEntry = (type, name) =>
    set.entries.get(kindOfType(type))?.drafts.find((entry) => name !== undefined && entry.name === name);
  for (const [kind, entries] of set.entries) {
    for (const entry of entries.drafts) {
      for (const mention of mentionsIn(kind.fields, differencesOf(kind), entry.value)) {
        outside.push(...checkMention(set, kind, entry, mention));
      }
      checkDuplicates(kind, entry);
      kind.entries?.check?.(entry, find);
    }
    for (const [field, next] of chainsOf(kind)) checkCircles(entries, field, next);
  }
  return outside;
}

/** The name of another record in an entry. */
interface Mention {
  readonly to: Entity;
  readonly name: string;
  readonly path: Path;
}

function mentionsIn(
  fields: Fields,
  differences: EntryFields,
  value: EntryValue,
  path: Path = [],
): readonly Mention[] {
  return [...fields.values()].flatMap(({ name: field, how }): readonly Mention[] => {
    const here = [...path, nameIn(differences, field)];
    const given = value[nameIn(differences, field)];
    const inner = differences[field]?.fields ?? {};
    if (given === undefined) return [];
    switch (how.kind) {
      case "one":
        return [{ to: how.to(), name: given as string, path: here }];
      case "many":
        return (given as string[]).map((name, at) => ({ to: how.to(), name, path: [...here, at] }));
      case "value":
        return mentionsIn(how.fields, inner, given as EntryValue, here);
      case "parts":
        return (given as EntryValue[]).flatMap((part, at) =>
          mentionsIn(how.fields, inner, part, [...here, at]),
        );
      default:
        return [];
    }
  });
}

/** @returns the mention, if only the database can vouch for it */
function checkMention(
  set: Dataset,
  { entity }: RecordKind,
  entry: Entry,
  { to, name, path }: Mention,
): Outside[] {
  const kind = kindOf(to);
  // What an entry itself names, and not a part of it, is checked as a chain.
  if (to === entity && name === entry.name && path.length > 1) {
    entry.problem(path, `names the ${fieldOf(entity)} itself; name another`);
  } else if (!set.entries.get(kind)?.names.has(name)) {
    const outside = kind.entries?.outside === true;
    const what = outside ? fieldOf(to) : "entry";
    const isUnknown = () => entry.problem(path, `there is no such ${what}; add it to ${fileOf(kind)}`);
    if (outside) return [{ kind, slug: name, isUnknown }];
    isUnknown();
  }
  return [];
}

function checkDuplicates(kind: RecordKind, { value, problem }: Entry): void {
  const differences = differencesOf(kind);
  for (const { name, how } of kind.fields.values()) {
    const field = nameIn(differences, name);
    const inner = differences[name]?.fields ?? {};
    const identity = (item: unknown): unknown =>
      how.kind === "parts" ? how.unique.map((one) => Object(item)[nameIn(inner, one)]) : item;
    if (how.kind !== "many" && !(how.kind === "parts" && how.unique.length > 0)) continue;
    const seen = new Set<string>();
    for (const [at, item] of ((value[field] ?? []) as unknown[]).entries()) {
      const own = JSON.stringify(identity(item));
      if (seen.has(own)) problem([field, at], "stands here twice; remove one");
      seen.add(own);
    }
  }
}

type Next = (entry: EntryValue) => readonly Link[];

/** Fields that lead from an entry to others of its kind, each with whither it leads. */
function chainsOf(kind: RecordKind): [field: string, next: Next][] {
  const differences = differencesOf(kind);
  const single = [...kind.fields.values()]
    .filter(({ how }) => how.kind === "one" && how.to() === kind.entity)
    .map(({ name }) => nameIn(differences, name));
  const next = (field: string): Next => {
    return ({ [field]: name }) => (name === undefined ? [] : [{ to: name as string }]);
  };
  return [
    ...single.map((field): [string, Next] => [field, next(field)]),
    ...Object.entries(kind.entries?.chains ?? {}),
  ];
}

const dayOf = (date: Date): number => Math.floor(date.getTime() / 86_400_000);

/** Refuses chains that lead back to where they began, on one day: nothing is part of a part of itself. */
function checkCircles({ entries }: Entries, field: string, next: Next): void {
  const byName = new Map(entries.map((entry) => [entry.name, entry]));
  for (const { name, value, problem } of entries) {
    const reached = new Set<string>();
    const leadsBack = (from: EntryValue, first: number, last: number): boolean =>
      next(from).some(({ to, since, until }) => {
        const start = since ? Math.max(first, dayOf(since)) : first;
        const end = until ? Math.min(last, dayOf(until)) : last;
        const entry = byName.get(to);
        const place = `${to} ${start} ${end}`;
        if (!entry || start > end || reached.has(place)) return false;
        reached.add(place);
        return to === name || leadsBack(entry.value, start, end);
      });
    if (leadsBack(value, -Infinity, Infinity)) {
      problem([field], `leads back to ${name} itself; break the circle`);
    }
  }
}
