import { ID, Int } from "type-graphql";
import { withArticle } from "../graphql/article.js";
import { fieldOf } from "../graphql/field-names.js";
import { encodeId } from "../graphql/id.js";
import type { Role } from "../graphql/viewer.js";
import type { Class } from "../reading/entity.js";
import { openOne } from "./admit.js";
import { remove } from "./delete.js";
import { recordChanges, recordInput } from "./inputs.js";
import { changing, mutation, readBack } from "./mutation.js";
import { type Document, type RecordKind, withoutFollowing } from "./record.js";
import { type Input, Inputs } from "./resolve.js";

export const IDEMPOTENCY =
  "A text of your choice that names this request: a repeat answers what the first one did, and changes nothing.";
export const EXPECTED_VERSION =
  "The version that you have seen; when it is another by now, nothing is changed.";

/** Whoever may change a record at all. */
export const changerOf = ({ authorMay }: RecordKind): Role => (authorMay ? "ANALYST" : "EDITOR");

/** The mutations that change a record as a whole. */
export function recordMutations(kind: RecordKind): Class[] {
  const { entity, declared } = kind;
  const type = declared.target;
  const name = fieldOf(entity);
  const create = `${kind.verb ?? "create"}${entity.name}`;
  return [
    mutation({
      name: create,
      description: `Records a new ${entity.name}.`,
      role: "ANALYST",
      input(add) {
        add(name, () => recordInput(entity), "The new record.");
        add("idempotencyKey", () => String, IDEMPOTENCY, { nullable: true });
      },
      payload: (add) => add(name, type, "The new record.", { nullable: true }),
      async run(input, context) {
        const given = input[name] as Input;
        kind.mayBegin?.(context.reader.viewer, given);
        const { keys, ...said } = await changing(
          context,
          input,
          async (change) => {
            const inputs = new Inputs(change);
            await inputs.lookUp(kind.fields, [[given, ["input", name]]]);
            return [inputs.begin(kind, given, ["input", name])];
          },
          onceOf(create, input),
        );
        return { [name]: readBack(entity, keys[0]), ...said };
      },
    }),
    mutation({
      name: `update${entity.name}`,
      description: `Changes ${withArticle(entity.name)}: only the fields that are given.`,
      role: changerOf(kind),
      input(add) {
        add("id", () => ID, "Its id.");
        add("expectedVersion", () => Int, EXPECTED_VERSION);
        add(name, () => recordChanges(entity), "What to change.");
        if (kind.consent)
          add(kind.consent.name, () => Boolean, kind.consent.description, { defaultValue: false });
      },
      payload: (add) => add(name, type, "The record as it is now.", { nullable: true }),
      async run(input, context) {
        const given = input[name] as Input;
        const { keys, ...said } = await changing(context, input, async (change) => {
          const inputs = new Inputs(change);
          change.consented = kind.consent !== undefined && input[kind.consent.name] === true;
          const key = inputs.key(entity, input.id as string, ["input", "id"]);
          const draft = await openOne(change, entity, { ...input, key }, ["input", "id"]);
          await inputs.lookUp(kind.fields, [[given, ["input", name]]]);
          draft.after = {
            ...withoutFollowing(kind, draft.before as Document),
            ...inputs.given(kind.fields, given, ["input", name]),
          };
          draft.path = ["input", name];
          return [draft.id];
        });
        return { [name]: readBack(entity, keys[0]), ...said };
      },
    }),
    mutation({
      name: `delete${entity.name}`,
      description: `Deletes ${withArticle(entity.name)} that nothing refers to. Its history stays, and \`restore\` brings it back.`,
      role: changerOf(kind),
      input(add) {
        add("id", () => ID, "Its id.");
        add("expectedVersion", () => Int, EXPECTED_VERSION, { nullable: true });
        add("cascade", () => Boolean, "Whether the parts that it owns may go with it.", {
          defaultValue: false,
        });
      },
      payload: (add) => add("deletedId", () => ID, "The id of what was deleted.", { nullable: true }),
      async run(input, context) {
        const { keys, ...said } = await changing(context, input, async (change) => {
          const key = new Inputs(change).key(entity, input.id as string, ["input", "id"]);
          const draft = await openOne(change, entity, { ...input, key }, ["input", "id"]);
          await remove(change, draft, input.cascade === true);
          return [draft.id];
        });
        return {
          deletedId: keys[0] === undefined ? null : encodeId(entity.prefix as string, keys[0]),
          ...said,
        };
      },
    }),
  ];
}

/** The wish to be done once, if a request has it. */
export const onceOf = (name: string, { idempotencyKey, ...asked }: Input) =>
  typeof idempotencyKey === "string" ? { key: idempotencyKey, asked: [name, asked] } : undefined;
