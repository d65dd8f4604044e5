import sql, { raw } from "sql-template-tag";
import { v7 } from "uuid";
import { decodeIdOf, encodeId } from "../graphql/id.js";
import { UserError, UserErrorCode } from "../graphql/user-error.js";
import type { Entity } from "../reading/entity.js";
import { line, scheme as schemeRule, slug as slugRule } from "../values/rules.js";
import { shown } from "../values/shown.js";
import { ask } from "./ask.js";
import type { Change, Path } from "./change.js";
import { externalKeys } from "./external-ids.js";
import { type Document, type Field, type Fields, kindOf, type RecordKind } from "./record.js";

/** What a client gave under an input type. */
export type Input = Readonly<Record<string, unknown>>;

/** An identifier in somebody else's register, as an input gives it. */
interface ExternalId {
  readonly scheme: string;
  readonly value: string;
}

/** An input that names a record, gives a new one, or both: then the new one is recorded unless the named one is there. */
interface Ref {
  readonly id?: string | null;
  readonly slug?: string | null;
  readonly externalId?: ExternalId | null;
  /** What a row of the same request is called. */
  readonly key?: string | null;
  readonly create?: Input | null;
}

/** The keys of records, by all that names them. */
type Keyed = Map<Entity, Map<Name, string>>;

/** What may name a record of a kind: its slug, an identifier elsewhere, or the words in which a new one is given. */
type Name = string;
const slugName = (slug: unknown): Name[] =>
  // No record has another sort of slug, and the database cannot even be asked for some of them.
  slugRule.safeParse(slug).success ? [JSON.stringify(["slug", slug])] : [];
const externalName = (id: ExternalId): Name[] => {
  const [scheme, value] = [schemeRule.safeParse(id.scheme), line.safeParse(id.value)];
  return scheme.success && value.success ? [JSON.stringify(["external", scheme.data, value.data])] : [];
};
const keyName = (key: unknown): Name[] => (key == null ? [] : [JSON.stringify(["key", key])]);
const words = (input: Input): Name => JSON.stringify(["words", input]);

/** What a new record is named by in advance. */
const namesOf = ({ slug, externalIds }: Input): Name[] => [
  ...slugName(slug),
  ...((externalIds ?? []) as ExternalId[]).flatMap(externalName),
];

function entryOf<Value>(maps: Map<Entity, Map<Name, Value>>, entity: Entity): Map<Name, Value> {
  const known = maps.get(entity) ?? new Map<Name, Value>();
  maps.set(entity, known);
  return known;
}

/** What some maps have under the first of some names that one of them has. */
function firstOf<Value>(
  names: readonly Name[],
  ...maps: readonly (ReadonlyMap<Name, Value> | undefined)[]
): Value | undefined {
  return names
    .flatMap((name): (Value | undefined)[] => maps.map((map) => map?.get(name)))
    .find((one) => one !== undefined);
}

/** What came of inputs that bring new records along, for other transactions of the same request: keys by words. */
export type Brought = Keyed;

/** Turns inputs into documents: finds what they name, begins what they create. */
export class Inputs {
  /** Records that are there. */
  readonly #known: Keyed = new Map();
  /** What the request creates beside what it is about: it may be named before it is given. */
  readonly #creates = new Map<Entity, Map<Name, Created>>();
  /** What was begun of that. */
  readonly #begun: Keyed = new Map();
  /** Where several inputs bring the same new record along: where it is begun, and where it stands again. */
  readonly #shared: { readonly first: Path; readonly path: Path }[] = [];

  /** @param brought what the same request has recorded before, in transactions of its own */
  constructor(
    private readonly change: Change,
    private readonly brought: Brought = new Map(),
  ) {}

  /** Looks up all that inputs name, and notes what they create. Two statements for each entity. */
  lookUp(fields: Fields, inputs: readonly (readonly [Input, Path])[]): Promise<void> {
    const named: Named = { names: new Map(), creates: this.#creates };
    for (const [input, path] of inputs) collect(fields, input, path, named);
    return this.#lookUp(named.names);
  }

  async #lookUp(names: ReadonlyMap<Entity, ReadonlySet<Name>>): Promise<void> {
    for (const [entity, wanted] of names) {
      const known = entryOf(this.#known, entity);
      for (const [name, key] of await keysOf(this.change.tx, entity, wanted)) known.set(name, key);
    }
  }

  /** Begins a new record. @returns its key */
  begin(kind: RecordKind, input: Input, path: Path, id = v7()): string {
    this.change.begin({ kind, id, path, after: this.whole(kind.fields, input, path) });
    return id;
  }

  /** Looks up the names of new records themselves. */
  lookUpRows({ entity }: RecordKind, rows: readonly Input[]): Promise<void> {
    return this.#lookUp(new Map([[entity, new Set(rows.flatMap(namesOf))]]));
  }

  /** The key of the record that has the names of a new one; none when nobody has, nor a row before. */
  thereAs({ entity }: RecordKind, row: Input, path: Path): string | undefined {
    const names = namesOf(row);
    this.#refuseIfSeveral(entity, names, path);
    return firstOf(names, this.#known.get(entity), this.#begun.get(entity));
  }

  /** Names that belong to different records name none. @returns the key of the one that is there */
  #refuseIfSeveral(entity: Entity, names: readonly Name[], path: Path): string | undefined {
    const found = new Set(names.flatMap((name) => this.#known.get(entity)?.get(name) ?? []));
    if (found.size > 1) {
      const message = `The slug and the external ids name ${found.size} different records of the type ${entity.name}. Leave out those that are not meant.`;
      this.change.problem(UserErrorCode.INVALID, message, path);
    }
    const [key] = found;
    return key;
  }

  /** Lets others name a new record, before or after it. @param id the key of the record, if it is there @returns its key */
  announce({ entity }: RecordKind, row: Input, id = v7()): string {
    const begun = entryOf(this.#begun, entity);
    for (const name of [...keyName(row.key), ...namesOf(row)]) if (!begun.has(name)) begun.set(name, id);
    return id;
  }

  /** The errors of new records that several inputs bring along, as they are of the others. */
  sharedBy(errors: readonly UserError[]): UserError[] {
    const said = new Set(errors.map(({ path }) => path.join()));
    return errors.flatMap((error) =>
      this.#shared
        .filter(({ first }) => first.every((name, at) => String(name) === error.path[at]))
        .map(
          ({ first, path }) =>
            new UserError(error.code, error.message, [...path, ...error.path.slice(first.length)]),
        )
        .filter(({ path }) => !said.has(path.join())),
    );
  }

  /** Keeps in `brought` what was begun, once it is recorded. */
  keep(): void {
    for (const [entity, begun] of this.#begun) {
      for (const [name, key] of begun) entryOf(this.brought, entity).set(name, key);
    }
  }

  /** The document of something new. */
  whole(fields: Fields, input: Input, path: Path): Document {
    return Object.fromEntries(
      [...fields.values()].flatMap((field) => {
        const told = input[field.name] ?? field.fromInput?.(input) ?? field.default;
        const value = this.#value(field, told, [...path, field.name]);
        return value === undefined ? [] : [[field.name, value]];
      }),
    );
  }

  /** What an input changes: only what is given, and what follows from that. */
  given(fields: Fields, input: Input, path: Path): Document {
    return Object.fromEntries(
      [...fields.values()].flatMap((field) => {
        const told = input[field.name] ?? field.fromInput?.(input) ?? input[field.name];
        return told === undefined
          ? []
          : [[field.name, this.#value(field, told, [...path, field.name])] as const];
      }),
    );
  }

  #value({ how, nullable }: Field, value: unknown, path: Path): unknown {
    switch (how.kind) {
      case "column": {
        if (how.apart) return value;
        if (value instanceof Date) return value.toISOString();
        return value ?? (Array.isArray(how.type()) ? [] : nullable ? null : value);
      }
      case "date":
        return value ?? null;
      case "value":
        return value == null ? null : this.whole(how.fields, value as Input, path);
      case "one":
        return value == null ? null : this.#reference(how.to(), value as Ref, path);
      case "many":
        return ((value ?? []) as Ref[]).map((ref, at) => this.#reference(how.to(), ref, [...path, at]));
      case "parts":
        return ((value ?? []) as Input[]).map((part, at) => ({
          id: encodeId(how.prefix, v7()),
          ...this.whole(how.fields, part, [...path, at]),
        }));
    }
  }

  /** The public id of what is referred to; none when it cannot be found. */
  #reference(entity: Entity, ref: Ref, path: Path): string | undefined {
    const { id, slug, externalId, create } = ref;
    const what = entity.name.toLowerCase();
    if (id != null) {
      if (slug != null || externalId != null || create != null) {
        const message = `${shown(id)}: an id says already which ${what} is meant; leave out slug, externalId and create.`;
        this.change.problem(UserErrorCode.INVALID, message, path);
      }
      const key = this.key(entity, id, [...path, "id"]);
      return key && encodeId(entity.prefix as string, key);
    }
    const input = create && wholeOf(ref);
    const names = input ? namesOf(input) : nameOf(ref);
    if (create?.slug != null && slug != null && create.slug !== slug) {
      const message = `${shown(create.slug)}: the reference itself says ${shown(slug)}. Write one of them.`;
      this.change.problem(UserErrorCode.INVALID, message, [...path, "create", "slug"]);
    }
    const key = this.#refuseIfSeveral(entity, names, path);
    if (key !== undefined) {
      if (input) this.change.connected.push({ entity, key, input, path });
      return encodeId(entity.prefix as string, key);
    }
    if (input) return this.#create(entity, { input, path });
    const given = firstOf(names, this.#creates.get(entity));
    if (given) return this.#create(entity, given);
    const begun = firstOf(names, this.#begun.get(entity), this.brought.get(entity));
    if (begun) return encodeId(entity.prefix as string, begun);
    this.#missing(entity, ref, path);
    return undefined;
  }

  #missing({ name, filters }: Entity, { key, slug, externalId }: Ref, path: Path): void {
    const what = name.toLowerCase();
    const mend = filters.has("slug") ? "Name another, or give a new one with `create`." : "Name another.";
    if (key != null) {
      const message = `${shown(key)}: no ${what} of this request has this key, or it was refused. Name one of them, or another by its id.`;
      this.change.problem(UserErrorCode.NOT_FOUND, message, [...path, "key"]);
    } else if (slug != null) {
      const message = `${shown(slug)}: no ${what} has this slug. ${mend}`;
      this.change.problem(UserErrorCode.NOT_FOUND, message, [...path, "slug"]);
    } else if (externalId != null) {
      const message = `${shown(externalId.value)}: no ${what} has this identifier in ${shown(externalId.scheme)}. ${mend}`;
      this.change.problem(UserErrorCode.NOT_FOUND, message, [...path, "externalId"]);
    } else {
      const ways = filters.has("slug")
        ? "id, slug or externalId, or give a new one with `create`"
        : "id or externalId";
      this.change.problem(UserErrorCode.INVALID, `Nothing names the ${what}: name it by its ${ways}.`, path);
    }
  }

  /** The key of a public id of an entity; none, and a problem, when it is none. */
  key(entity: Entity, id: string, path: Path): string | undefined {
    return this.decode(entity.prefix as string, id, path);
  }

  /** The key of a public id with a prefix. */
  decode(prefix: string, id: string, path: Path): string | undefined {
    try {
      return decodeIdOf(prefix, id);
    } catch (error) {
      this.change.problem(UserErrorCode.INVALID, (error as Error).message, path);
      return undefined;
    }
  }

  /** Two claims of one request may both bring the same new actor, and two new records may name each other. */
  #create(entity: Entity, { input, path }: Created): string {
    const names = [...namesOf(input), words(input)];
    const begun = entryOf(this.#begun, entity);
    const known = firstOf(names, begun, this.brought.get(entity));
    const same = begun.get(words(input)) === known;
    const id = known ?? v7();
    for (const name of names) begun.set(name, id);
    const place = [...path, "create"];
    if (known === undefined) this.begin(kindOf(entity), input, place, id);
    else if (!same) this.change.connected.push({ entity, key: known, input, path });
    else {
      // In other words it may be right where the first one is wrong.
      const first = this.change.draft(id)?.path;
      if (first && first.join() !== place.join()) this.#shared.push({ first, path: place });
    }
    return encodeId(entity.prefix as string, id);
  }
}

/** What names a record. */
const nameOf = ({ key, slug, externalId }: Ref): Name[] => [
  ...keyName(key),
  ...slugName(slug),
  ...(externalId ? externalName(externalId) : []),
];

/** A new record with the slug and the identifier by which its reference names it. */
function wholeOf({ slug, externalId, create }: Ref): Input {
  const own = (create?.externalIds ?? []) as ExternalId[];
  const [given] = externalId ? externalName(externalId) : [];
  const isThere = (one: ExternalId) => externalName(one)[0] === given;
  return {
    ...(create ?? undefined),
    ...(slug != null && create?.slug == null && { slug }),
    ...(externalId && { externalIds: own.some(isThere) ? own : [...own, externalId] }),
  };
}

/** A new record that an input brings along, and the place of that input. */
interface Created {
  readonly input: Input;
  readonly path: Path;
}

/** What inputs name, and what they create. */
interface Named {
  readonly names: Map<Entity, Set<Name>>;
  readonly creates: Map<Entity, Map<Name, Created>>;
}

/** By what other rows of a request name a row, and what it names itself among the records of its kind. */
export function namesAround(
  { entity, fields }: RecordKind,
  row: Input & { readonly key?: unknown },
): {
  /** The names of the row itself. */
  readonly own: readonly string[];
  /** The names of what it brings along. */
  readonly brings: readonly string[];
  /** The names of what it refers to, whether or not it brings that along. */
  readonly refers: readonly string[];
} {
  const named: Named = { names: new Map(), creates: new Map() };
  collect(fields, row, [], named);
  const all = <Value>(maps: ReadonlyMap<Entity, ReadonlyMap<Name, Value> | ReadonlySet<Name>>) =>
    [...maps].flatMap(([{ name }, names]) => [...names.keys()].map((one) => `${name} ${one}`));
  const own = [...keyName(row.key), ...namesOf(row)].map((one) => `${entity.name} ${one}`);
  return { own, brings: all(named.creates), refers: all(named.names) };
}

/** Lets later transactions of the same request name a record by the names of its row. */
export function bring(brought: Brought, { entity }: RecordKind, row: Input, key: string): void {
  const known = entryOf(brought, entity);
  for (const name of [...keyName(row.key), ...namesOf(row)]) known.set(name, key);
}

/** The keys of records of an entity by some of their names. */
async function keysOf(
  tx: Change["tx"],
  entity: Entity,
  wanted: ReadonlySet<Name>,
): Promise<ReadonlyMap<Name, string>> {
  const all = [...wanted].map((name) => JSON.parse(name) as string[]);
  const slugs = all.flatMap(([kind, slug]) => (kind === "slug" ? [slug] : []));
  const external = all.filter(([kind]) => kind === "external");
  const keys = new Map<Name, string>();
  if (slugs.length > 0) {
    const rows = await ask<{ slug: string; id: string }>(
      tx,
      sql`select slug, id::text from ${raw(entity.table)} where slug = any(${slugs}::text[])`,
    );
    for (const { slug, id } of rows) keys.set(JSON.stringify(["slug", slug]), id);
  }
  for (const { scheme, value, id } of await externalKeys(
    tx,
    entity,
    external.map(([, ...id]) => id),
  )) {
    keys.set(JSON.stringify(["external", scheme, value]), id);
  }
  return keys;
}

/** Gathers what an input names, at any depth. */
function collect(fields: Fields, input: Input, path: Path, named: Named): void {
  for (const { name, how } of fields.values()) {
    const value = input[name];
    const here = [...path, name];
    if (value == null) continue;
    if (how.kind === "value") collect(how.fields, value as Input, here, named);
    if (how.kind === "one") collectRef(how.to(), value as Ref, here, named);
    if (how.kind === "parts" || how.kind === "many") {
      for (const [at, one] of (value as Input[]).entries()) {
        if (how.kind === "parts") collect(how.fields, one, [...here, at], named);
        else collectRef(how.to(), one as Ref, [...here, at], named);
      }
    }
  }
}

function collectRef(entity: Entity, ref: Ref, path: Path, named: Named): void {
  const input = ref.create ? wholeOf(ref) : undefined;
  const names = input ? namesOf(input) : nameOf(ref);
  const wanted = named.names.get(entity) ?? new Set<Name>();
  for (const name of names) wanted.add(name);
  if (wanted.size > 0) named.names.set(entity, wanted);
  if (!input) return;
  const creates = entryOf(named.creates, entity);
  for (const name of names) if (!creates.has(name)) creates.set(name, { input, path });
  collect(kindOf(entity).fields, input, [...path, "create"], named);
}
