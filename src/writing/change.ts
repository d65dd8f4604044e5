import sql, { raw } from "sql-template-tag";
import type { z } from "zod";
import type { Prisma } from "../generated/prisma/client.js";
import { Refused, UserError, UserErrorCode } from "../graphql/user-error.js";
import { UserWarning, type UserWarningCode } from "../graphql/user-warning.js";
import type { Author } from "../graphql/viewer.js";
import type { Entity } from "../reading/entity.js";
import { slug } from "../values/rules.js";
import { shown } from "../values/shown.js";
import { ask } from "./ask.js";
import { checkExternalIds } from "./external-ids.js";
import { makeSlugs } from "./make-slugs.js";
import { noticeAll } from "./notice.js";
import { allKinds, type Document, kindOf, type RecordKind } from "./record.js";
import { revise } from "./revise.js";
import { documentOf, inOrder, keyOf, type Reference, type Rows, referencesOf } from "./rows.js";
import { store } from "./store.js";

export type Path = readonly PropertyKey[];

/** One record that is being changed: as it was, and as it will be. */
export interface Draft {
  readonly kind: RecordKind;
  /** The key. */
  readonly id: string;
  /** Where in the input it stands, for messages. */
  path: Path;
  /** The part that the input is about, and where it stands there. */
  focus?: { readonly list: string; readonly id: string; readonly path: Path };
  /** The record as it was; null when it is new. */
  readonly before: Document | null;
  /** The version before; 0 of what is new. */
  readonly version: number;
  /** The record as it will be; null when it is to be deleted. */
  after: Document | null;
  /** Why, where that is not the reason of the whole change. */
  reason?: string;
  action?: "RESTORED" | "HISTORY_ERASED";
  /** When a new one was recorded, where that is not now. */
  readonly recordedAt?: Date;
  /** The key of its revision, where that is not of chance. */
  readonly revision?: string;
  /** Whether readers may see its revision, where the record itself does not tell. */
  readonly public?: boolean;
  /** Its rows as they were. */
  readonly rows?: Rows;
}

/** A record that was there where an input gave a new one. */
export interface Connected {
  readonly entity: Entity;
  /** Its key. */
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly path: Path;
}

/** Where in the input a place of a draft's document stands. What is wrong with a list is said of the part in question. */
export function placeIn({ path, focus, after }: Draft, place: Path): Path {
  const [list, at, ...rest] = place;
  if (list !== focus?.list || !focus) return [...path, ...place];
  const parts = (after?.[focus.list] ?? []) as readonly { id: string }[];
  return parts[at as number]?.id === focus.id ? [...focus.path, ...rest] : focus.path;
}

/**
 * All that one mutation changes, in one transaction. Records are opened or begun, changed as documents, and saved
 * together: checked by their rules, written as rows, each with a revision. What is wrong is collected, so that a person
 * hears of all of it at once; then nothing is kept.
 */
export class Change {
  readonly #drafts = new Map<string, Draft>();
  readonly #errors: UserError[] = [];
  readonly #unfit: Path[] = [];
  /** What does not stop it, but whoever recorded it may want to look at. */
  readonly warnings: UserWarning[] = [];
  /** Whether the new records that it is about are only recorded unless they are there. */
  connects = false;
  /** Whether another request may have recorded meanwhile what this one was to connect to. */
  #outrun = false;
  /** Whether its author agrees to what is done only then: see `RecordKind.consent`. */
  consented = false;
  /** Records that were there where an input gave a new one. */
  readonly connected: Connected[] = [];

  constructor(
    readonly tx: Prisma.TransactionClient,
    readonly author: Author,
    readonly reason: string | null,
  ) {}

  /** Notes that something is wrong; of one place, and what holds it, only the first thing: others may follow from it. */
  problem(
    code: UserErrorCode,
    message: string,
    path: Path,
    details?: ConstructorParameters<typeof UserError>[3],
  ) {
    const error = new UserError(code, message, path, details);
    if (this.#unfit.some((unfit) => unfit.every((name, at) => name === path[at]))) return;
    const inside = ({ path: known }: UserError) => error.path.every((name, at) => name === known[at]);
    if (!this.#errors.some(inside)) this.#errors.push(error);
  }

  /** Notes that something is no value of its type, so that nothing else is to be said of it. */
  unfit(message: string, path: Path): void {
    this.problem(UserErrorCode.INVALID, message, path);
    this.#unfit.push(path);
  }

  /** Notes that another record has what a draft has. */
  taken(draft: Draft, message: string, place: Path): void {
    // It was looked for, and was not there: another request has recorded it since.
    this.#outrun ||= draft.before === null && (this.connects || draft.path.at(-1) === "create");
    this.problem(UserErrorCode.TAKEN, message, placeIn(draft, place));
  }

  /** Notes what is odd, or was perhaps recorded before. @param record the id of the record that is there already */
  warn(code: UserWarningCode, message: string, path: Path, record?: string): void {
    this.warnings.push(new UserWarning(code, message, path, record));
  }

  /** @throws Refused when something was wrong */
  refuseIfWrong(): void {
    if (this.#errors.length > 0) throw new Refused(this.#errors, this.#outrun);
  }

  draft(id: string): Draft | undefined {
    return this.#drafts.get(id);
  }

  draftsOf(kind: RecordKind): Draft[] {
    return [...this.#drafts.values()].filter((draft) => draft.kind === kind);
  }

  /** A new record. */
  begin(draft: Omit<Draft, "before" | "version"> & { version?: number }): Draft {
    const begun = { before: null, version: 0, ...draft };
    this.#drafts.set(draft.id, begun);
    return begun;
  }

  /**
   * Opens records to be changed. Until the transaction ends nobody else changes them.
   *
   * @param paths the records' keys, each with the place of the input that names it
   * @returns the drafts of those that exist
   */
  async open(kind: RecordKind, paths: ReadonlyMap<string, Path>): Promise<Draft[]> {
    const ids = [...paths.keys()].filter((id) => !this.#drafts.has(id)).sort();
    if (ids.length > 0) {
      const table = raw(kind.entity.table);
      await ask(
        this.tx,
        sql`select id from ${table} where id = any(${ids}::uuid[]) order by id for no key update`,
      );
      // Only a new statement sees what those have changed for whom this one has waited.
      const found = await ask<{ id: string; version: number; rows: Rows }>(
        this.tx,
        sql`select id::text, version, record_rows(${kind.type}::record_type, id) as rows from ${table} where id = any(${ids}::uuid[])`,
      );
      for (const { id, version, rows } of found) {
        const before = documentOf(kind, rows);
        const path = paths.get(id) as Path;
        this.#drafts.set(id, { kind, id, path, before, version, after: before, rows });
      }
    }
    return [...paths.keys()].flatMap((id) => this.#drafts.get(id) ?? []);
  }

  /**
   * Checks everything and writes it.
   *
   * @param noticing whether anybody wants to hear of what is odd
   * @throws Refused with everything that is wrong
   */
  async save({ noticing = false } = {}): Promise<void> {
    this.#fillIn();
    await this.#forEachKind("prepare");
    this.#checkRules();
    await makeSlugs(this);
    await this.#checkSlugs();
    await checkExternalIds(this);
    await this.#checkReferences();
    this.refuseIfWrong();
    // The drafts keep the order of the input: places in it are counted by that.
    const drafts = allKinds()
      .flatMap((kind) => this.draftsOf(kind))
      .map((draft) => ({ ...draft, after: draft.after && inOrder(draft.kind, draft.after) }));
    await store(this.tx, drafts);
    await this.#forEachKind("verify");
    this.refuseIfWrong();
    if (noticing) {
      await noticeAll(this);
      await this.#forEachKind("notice");
    }
    await revise(this.tx, drafts, this.author, this.reason);
  }

  /** What follows from the rest of a document is made where nobody has given it. */
  #fillIn(): void {
    for (const draft of this.#drafts.values()) {
      for (const { name, follows } of draft.kind.fields.values()) {
        if (!follows || !draft.after || draft.after[name] != null) continue;
        draft.after = { ...draft.after, [name]: follows(draft.after) };
      }
    }
  }

  async #forEachKind(step: "prepare" | "verify" | "notice"): Promise<void> {
    for (const kind of allKinds()) {
      const drafts = this.draftsOf(kind).filter(({ after }) => after !== null);
      if (drafts.length > 0) await kind[step]?.(this, drafts);
    }
  }

  /** What was wrong before is not held against this change: rules may have become stricter since it was recorded. */
  #checkRules(): void {
    for (const draft of this.#drafts.values()) {
      const { kind, before, after } = draft;
      if (!after) continue;
      const { data, error } = kind.rule.safeParse(after);
      // What is kept is the canonical form of what was given.
      if (!error) draft.after = data as Document;
      else {
        const known = new Set(before && kind.rule.safeParse(before).error?.issues.map(saidOf(before)));
        for (const issue of error.issues) {
          const message = saidOf(after)(issue);
          const { code } = (issue as { params?: { code?: UserErrorCode } }).params ?? {};
          if (!known.has(message))
            this.problem(code ?? UserErrorCode.INVALID, message, placeIn(draft, issue.path));
        }
      }
    }
  }

  /** No two records of a kind have the same slug. */
  async #checkSlugs(): Promise<void> {
    const slugOf = (document: Document | null) => document?.slug as string | undefined;
    for (const kind of allKinds().filter(({ fields }) => fields.has("slug"))) {
      const given = this.draftsOf(kind).filter(
        ({ before, after }) => slugOf(after) !== slugOf(before) && slug.safeParse(slugOf(after)).success,
      );
      if (given.length === 0) continue;
      const rows = await ask<{ slug: string; id: string }>(
        this.tx,
        sql`select slug, id::text from ${raw(kind.entity.table)} where slug = any(${given.map(({ after }) => slugOf(after))}::text[])`,
      );
      const taken = new Map(rows.map(({ slug, id }) => [slug, id]));
      for (const draft of given) {
        const wanted = slugOf(draft.after) as string;
        if ((taken.get(wanted) ?? draft.id) !== draft.id) {
          const message = `${shown(wanted)}: another ${kind.entity.name.toLowerCase()} has this slug. Choose another, or name that one by it.`;
          this.taken(draft, message, ["slug"]);
        }
        taken.set(wanted, draft.id);
      }
    }
  }

  /** Everything that is referred to must be there, or come with this change. */
  async #checkReferences(): Promise<void> {
    const wanted = new Map<Entity, (Reference & { draft: Draft })[]>();
    for (const draft of this.#drafts.values()) {
      if (!draft.after) continue;
      const known = new Set(
        draft.before ? referencesOf(draft.kind.fields, draft.before).map(({ id }) => id) : [],
      );
      for (const reference of referencesOf(draft.kind.fields, draft.after)) {
        if (keyOf(reference.to, reference.id) === draft.id) {
          this.problem(
            UserErrorCode.INVALID,
            `${shown(reference.id)}: names the record itself; name another.`,
            placeIn(draft, reference.path),
          );
        } else if (!known.has(reference.id) && !this.#drafts.get(keyOf(reference.to, reference.id))?.after) {
          wanted.set(reference.to, [...(wanted.get(reference.to) ?? []), { ...reference, draft }]);
        }
      }
    }
    for (const [entity, references] of wanted) {
      const keys = [...new Set(references.map(({ id }) => keyOf(entity, id)))];
      const rows = await ask<{ id: string }>(
        this.tx,
        sql`select id::text from ${raw(entity.table)} where id = any(${keys}::uuid[])`,
      );
      const found = new Set(rows.map(({ id }) => id));
      for (const { id, path, draft } of references) {
        if (found.has(keyOf(entity, id))) continue;
        const message = `${shown(id)}: there is no such ${kindOf(entity).entity.name.toLowerCase()}; it may have been deleted. Name another.`;
        this.problem(UserErrorCode.NOT_FOUND, message, placeIn(draft, path));
      }
    }
  }
}

/** The message of an issue of a document: the value, and what to write instead. */
const saidOf =
  (document: Document) =>
  ({ path, message }: z.core.$ZodIssue): string =>
    `${shown(withoutId(path.reduce<unknown>((part, key) => Object(part)[key], document)))}: ${message}.`;

/** A part without the id that nobody has given it. */
function withoutId(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const { id: _, ...rest } = value as Record<string, unknown>;
  return rest;
}
