import sql, { raw } from "sql-template-tag";
import { ID, Int } from "type-graphql";
import { v7 } from "uuid";
import { withArticle } from "../graphql/article.js";
import { fieldOf } from "../graphql/field-names.js";
import { encodeId } from "../graphql/id.js";
import { UserErrorCode } from "../graphql/user-error.js";
import type { Class } from "../reading/entity.js";
import { shown } from "../values/shown.js";
import { openOne } from "./admit.js";
import { ask } from "./ask.js";
import type { Change, Draft } from "./change.js";
import { partChanges, partInput } from "./inputs.js";
import { changing, mutation, readBack } from "./mutation.js";
import type { Document, Field, PartsHow, RecordKind } from "./record.js";
import { changerOf, EXPECTED_VERSION } from "./record-mutations.js";
import { type Input, Inputs } from "./resolve.js";

type Part = Document & { readonly id: string };

/** The mutations that change the parts of a record one by one: add, update, move and remove for each list of them. */
export const partMutations = (kind: RecordKind): Class[] =>
  [...kind.fields.values()].flatMap((field) =>
    field.how.kind === "parts" ? mutationsOf(kind, field, field.how) : [],
  );

function mutationsOf(kind: RecordKind, field: Field, how: PartsHow): Class[] {
  const { entity, declared } = kind;
  const owner = fieldOf(entity);
  const part = how.name.charAt(0).toLowerCase() + how.name.slice(1);
  const position = "Its place among the others, counted from 0; the last, unless told.";
  type Add = Parameters<Parameters<typeof mutation>[0]["input"]>[0];

  /** One of the four: they differ in their input, and in what they do to the list. */
  const declare = (
    verb: string,
    description: string,
    input: (add: Add) => void,
    work: (change: Change, input: Input) => Promise<{ draft: Draft; id: string }>,
    focus = part,
  ) =>
    mutation({
      name: `${verb}${how.shared ? entity.name : ""}${how.name}`,
      description,
      role: changerOf(kind),
      input(add) {
        input(add);
        add("expectedVersion", () => Int, `${EXPECTED_VERSION} The version is that of the ${entity.name}.`, {
          nullable: true,
        });
      },
      payload: (add) => add(owner, declared.target, `The ${entity.name} as it is now.`, { nullable: true }),
      async run(given, context) {
        const { keys, ...said } = await changing(context, given, async (change) => {
          const { draft, id } = await work(change, given);
          for (const changed of change.draftsOf(kind)) {
            if (changed.before) changed.focus = { list: field.name, id, path: ["input", focus] };
          }
          return [draft.id];
        });
        return { [owner]: readBack(entity, keys[0]), ...said };
      },
    });
  const list = (draft: Draft) => (draft.after?.[field.name] ?? []) as readonly Part[];
  const set = (draft: Draft, parts: readonly Part[]) => {
    draft.after = { ...draft.after, [field.name]: parts };
  };
  const inserted = (change: Change, parts: readonly Part[], one: Part, { position }: Input) => {
    if (typeof position === "number" && position < 0) {
      const message = `${position}: count places from 0. Without one, it comes last.`;
      change.problem(UserErrorCode.INVALID, message, ["input", "position"]);
    }
    const at = how.ordered && typeof position === "number" ? position : parts.length;
    return [...parts.slice(0, at), one, ...parts.slice(at)];
  };
  const ofPart = (add: Add) => add("id", () => ID, `The ${how.name}'s id.`);
  const place = (add: Add) => {
    if (how.ordered) add("position", () => Int, position, { nullable: true });
  };

  return [
    declare(
      "add",
      `Adds ${withArticle(how.name)} to ${withArticle(entity.name)}.`,
      (add) => {
        add(owner, () => ID, `The ${entity.name}'s id.`);
        add(part, () => partInput(how), `The new ${how.name}.`);
        place(add);
      },
      async (change, input) => {
        const inputs = new Inputs(change);
        const given = input[part] as Input;
        const key = inputs.key(entity, input[owner] as string, ["input", owner]);
        const draft = await openOne(change, entity, { ...input, key }, ["input", owner]);
        await inputs.lookUp(how.fields, [[given, ["input", part]]]);
        const one = { id: encodeId(how.prefix, v7()), ...inputs.whole(how.fields, given, ["input", part]) };
        set(draft, inserted(change, list(draft), one, input));
        return { draft, id: one.id };
      },
    ),
    declare(
      "update",
      `Changes ${withArticle(how.name)}: only the fields that are given.`,
      (add) => {
        ofPart(add);
        add(part, () => partChanges(how), "What to change.");
      },
      async (change, input) => {
        const inputs = new Inputs(change);
        const given = input[part] as Input;
        const draft = await openOwner(change, kind, how, input);
        await inputs.lookUp(how.fields, [[given, ["input", part]]]);
        const changed = inputs.given(how.fields, given, ["input", part]);
        set(
          draft,
          list(draft).map((one) => (one.id === input.id ? { ...one, ...changed } : one)),
        );
        return { draft, id: input.id as string };
      },
    ),
    declare(
      "move",
      `Moves ${withArticle(how.name)} to another place, or to another ${entity.name}.`,
      (add) => {
        ofPart(add);
        add("to", () => ID, `The id of the ${entity.name} that is to have it; the same one, unless told.`, {
          nullable: true,
        });
        place(add);
      },
      async (change, input) => {
        const draft = await openOwner(change, kind, how, input);
        const moved = list(draft).find(({ id }) => id === input.id) as Part;
        set(
          draft,
          list(draft).filter((one) => one !== moved),
        );
        const to =
          input.to == null ? draft.id : new Inputs(change).key(entity, input.to as string, ["input", "to"]);
        const target = to === draft.id ? draft : await openOne(change, entity, { key: to }, ["input", "to"]);
        // A row belongs to one record for good: under another it is a new one.
        const one = target === draft ? moved : { ...moved, id: encodeId(how.prefix, v7()) };
        set(target, inserted(change, list(target), one, input));
        return { draft: target, id: one.id };
      },
      "id",
    ),
    declare(
      "remove",
      `Removes ${withArticle(how.name)}.`,
      ofPart,
      async (change, input) => {
        const draft = await openOwner(change, kind, how, input);
        set(
          draft,
          list(draft).filter(({ id }) => id !== input.id),
        );
        return { draft, id: input.id as string };
      },
      "id",
    ),
  ];
}

/** Opens the record that owns a part. */
async function openOwner(change: Change, kind: RecordKind, how: PartsHow, input: Input): Promise<Draft> {
  const path = ["input", "id"];
  const part = new Inputs(change).decode(how.prefix, input.id as string, path);
  const [row] =
    part === undefined
      ? []
      : await ask<{ owner: string }>(
          change.tx,
          sql`select ${raw(how.owner)}::text as owner from ${raw(how.table)} where id = ${part}::uuid`,
        );
  if (!row) {
    const message = `${shown(input.id)}: there is no such ${how.name}; it may have been removed. Read the ${kind.entity.name} again.`;
    change.problem(UserErrorCode.NOT_FOUND, message, path);
  }
  change.refuseIfWrong();
  return openOne(change, kind.entity, { ...input, key: row?.owner }, path);
}
