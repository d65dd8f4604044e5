import sql, { raw } from "sql-template-tag";
import { v7 } from "uuid";
import { decodeIdOf, encodeId } from "../graphql/id.js";
import { UserErrorCode } from "../graphql/user-error.js";
import type { Entity } from "../reading/entity.js";
import { slug as slugRule } from "../values/rules.js";
import { shown } from "../values/shown.js";
import { ask } from "./ask.js";
import type { Change, Path } from "./change.js";
import { type Document, type Field, type Fields, kindOf, type RecordKind } from "./record.js";

/** What a client gave under an input type. */
export type Input = Readonly<Record<string, unknown>>;

/** An input that names a record, or gives a new one. */
interface Ref {
  readonly id?: string | null;
  readonly slug?: string | null;
  readonly create?: Input | null;
}

/** New records that inputs give beside what they are about, by entity and slug. */
export type Creates = Map<Entity, Map<string, Input>>;

/** Turns inputs into documents: finds what they name, begins what they create. */
export class Inputs {
  /** The keys of records by their slugs. */
  readonly #known = new Map<Entity, Map<string, string>>();
  /** What the request creates beside what it is about, by slug: it may be named before it is given. */
  readonly #creates: Creates = new Map();
  /** What was begun of that. */
  readonly #created = new Map<Entity, Map<string, { readonly id: string; readonly text: string }>>();

  /** @param brought what the same request has recorded before, in transactions of its own */
  constructor(
    private readonly change: Change,
    private readonly brought: Creates = new Map(),
  ) {}

  /** Looks up all that inputs name by slug, and notes what they create. One statement for each entity. */
  lookUp(fields: Fields, inputs: readonly Input[]): Promise<void> {
    return this.#lookUp((named) => {
      for (const input of inputs) collect(fields, input, named);
    });
  }

  /** The same for new records, whose own slugs may be taken. */
  lookUpNew(kind: RecordKind, inputs: readonly Input[]): Promise<void> {
    return this.#lookUp((named) => {
      for (const create of inputs) collectRef(kind.entity, { create }, named, true);
    });
  }

  async #lookUp(gather: (named: Named) => void): Promise<void> {
    const named: Named = { slugs: new Map(), creates: this.#creates };
    gather(named);
    for (const [entity, wanted] of named.slugs) {
      const known = this.#known.get(entity) ?? new Map<string, string>();
      this.#known.set(entity, known);
      const rows = await ask<{ slug: string; id: string }>(
        this.change.tx,
        sql`select slug, id::text from ${raw(entity.table)} where slug = any(${[...wanted]}::text[])`,
      );
      for (const { slug, id } of rows) known.set(slug, id);
    }
  }

  /** Begins a new record. @returns its key */
  begin(kind: RecordKind, input: Input, path: Path, id = v7()): string {
    this.change.begin({ kind, id, path, after: this.whole(kind.fields, input, path) });
    return id;
  }

  /** The document of something new. */
  whole(fields: Fields, input: Input, path: Path): Document {
    return Object.fromEntries(
      [...fields.values()].flatMap((field) => {
        const value = this.#value(field, input[field.name] ?? field.default, [...path, field.name]);
        return value === undefined ? [] : [[field.name, value]];
      }),
    );
  }

  /** What an input changes: only what is given. */
  given(fields: Fields, input: Input, path: Path): Document {
    return Object.fromEntries(
      [...fields.values()]
        .filter(({ name }) => input[name] !== undefined)
        .map((field) => [field.name, this.#value(field, input[field.name], [...path, field.name])]),
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
  #reference(entity: Entity, { id, slug, create }: Ref, path: Path): string | undefined {
    if (create) return this.#create(entity, create, path);
    const key =
      id == null ? this.#known.get(entity)?.get(slug as string) : this.key(entity, id, [...path, "id"]);
    if (key !== undefined) return encodeId(entity.prefix as string, key);
    const brought = slug == null ? undefined : this.#creates.get(entity)?.get(slug);
    if (brought) return this.#create(entity, brought, path);
    if (slug != null) {
      const message = `${shown(slug)}: no ${entity.name.toLowerCase()} has this slug. Name another, or give a new one with \`create\`.`;
      this.change.problem(UserErrorCode.NOT_FOUND, message, [...path, "slug"]);
    }
    return undefined;
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
  #create(entity: Entity, input: Input, path: Path): string {
    const created = this.#created.get(entity) ?? new Map<string, { id: string; text: string }>();
    this.#created.set(entity, created);
    const slug = input.slug as string;
    const text = JSON.stringify(input);
    const recorded = this.#known.get(entity)?.get(slug);
    if (recorded && JSON.stringify(this.brought.get(entity)?.get(slug)) === text) {
      return encodeId(entity.prefix as string, recorded);
    }
    const known = created.get(slug);
    if (known) {
      if (known.text !== text) {
        const message = `${shown(slug)}: the request gives another ${entity.name.toLowerCase()} with this slug, which differs. Give it once, and name it by its slug elsewhere.`;
        this.change.problem(UserErrorCode.TAKEN, message, [...path, "create", "slug"]);
      }
      return encodeId(entity.prefix as string, known.id);
    }
    const id = v7();
    created.set(slug, { id, text });
    return encodeId(entity.prefix as string, this.begin(kindOf(entity), input, [...path, "create"], id));
  }
}

/** What inputs name by slug, and what they create. */
interface Named {
  readonly slugs: Map<Entity, Set<string>>;
  readonly creates: Creates;
}

/** Notes what a new record of a kind brings along. */
export const noteCreates = (kind: RecordKind, input: Input, creates: Creates): void =>
  collect(kind.fields, input, { slugs: new Map(), creates });

/** Gathers what an input names, at any depth. */
function collect(fields: Fields, input: Input, named: Named): void {
  for (const { name, how } of fields.values()) {
    const value = input[name];
    if (value == null) continue;
    if (how.kind === "value") collect(how.fields, value as Input, named);
    if (how.kind === "parts") for (const part of value as Input[]) collect(how.fields, part, named);
    if (how.kind === "one") collectRef(how.to(), value as Ref, named);
    if (how.kind === "many") for (const ref of value as Ref[]) collectRef(how.to(), ref, named);
  }
}

function collectRef(entity: Entity, { slug, create }: Ref, named: Named, own = false): void {
  const text = slug ?? create?.slug;
  // No record has another sort of slug, and the database cannot even be asked for some of them.
  if (slugRule.safeParse(text).success)
    named.slugs.set(entity, (named.slugs.get(entity) ?? new Set()).add(text as string));
  if (!create) return;
  if (!own && typeof text === "string") {
    const creates = named.creates.get(entity) ?? new Map<string, Input>();
    named.creates.set(entity, creates);
    if (!creates.has(text)) creates.set(text, create);
  }
  collect(kindOf(entity).fields, create, named);
}
