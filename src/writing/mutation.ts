import type { GraphQLResolveInfo } from "graphql";
import { Arg, Authorized, Ctx, Field, Info, Mutation, ObjectType, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { unauthenticated } from "../graphql/errors.js";
import { Refused, UserError } from "../graphql/user-error.js";
import { UserWarning } from "../graphql/user-warning.js";
import type { Author, Role } from "../graphql/viewer.js";
import type { Class, Entity } from "../reading/entity.js";
import type { Change } from "./change.js";
import { inputField, inputType } from "./inputs.js";
import type { Input } from "./resolve.js";
import { type Keys, type Once, transact } from "./transact.js";

/** What a mutation answers: properties or functions by the names of the payload's fields. */
type Payload = Record<string, unknown> & {
  errors: readonly UserError[];
  /** None unless told. */
  warnings?: readonly UserWarning[];
};

interface Declaration {
  readonly name: string;
  readonly description: string;
  /** The lowest role that may do it. */
  readonly role: Role;
  /** Fields of its input beside `reason`. */
  readonly input: (add: AddField) => void;
  /** Fields of its payload beside `errors`. */
  readonly payload: (add: AddField) => void;
  readonly run: (input: Input, context: Context, info: GraphQLResolveInfo) => Promise<Payload>;
}

type AddField = (
  name: string,
  type: () => unknown,
  description: string,
  options?: { nullable?: boolean | "items"; defaultValue?: unknown },
) => void;

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** Makes the resolver class of one mutation, with an input and a payload of its own. */
export function mutation({ name, description, role, input, payload, run }: Declaration): Class {
  const Input = inputType(`${capital(name)}Input`, `What \`${name}\` is to do.`, (type) => {
    input((...field) => inputField(type, ...field));
    inputField(type, "reason", () => String, "Why: it stands in the history, for everybody.", {
      nullable: true,
    });
  });
  const Payload = payloadType(`${capital(name)}Payload`, `What came of \`${name}\`.`, payload);
  const resolver = class {};
  const { prototype } = resolver;
  const method = {
    value: async (given: Input, context: Context, info: GraphQLResolveInfo) => ({
      warnings: [],
      ...(await run(given, context, info)),
    }),
  };
  Object.defineProperty(prototype, name, method);
  Mutation(() => Payload as typeof Object, { name, description: `${description} Role: ${role}.` })(
    prototype,
    name,
    method,
  );
  Authorized(role)(prototype, name, method);
  Arg("input", () => Input, { description: "What to do." })(prototype, name, 0);
  Ctx()(prototype, name, 1);
  Info()(prototype, name, 2);
  Resolver()(resolver);
  return resolver;
}

/** A payload: what was done, and what was wrong. */
export function payloadType(name: string, description: string, fields: (add: AddField) => void): Class {
  const type = class {};
  Object.defineProperty(type, "name", { value: name });
  ObjectType(name, { description, simpleResolvers: true })(type);
  const add: AddField = (key, of, about, options) =>
    Field(of as () => typeof String, { description: about, ...options })(type.prototype, key);
  fields(add);
  add("errors", () => [UserError], "What is wrong with the input; nothing was changed then.");
  add(
    "warnings",
    () => [UserWarning],
    "What is possible but odd, or was perhaps recorded before. It stopped nothing.",
  );
  return type;
}

/** The author of a change. @throws UNAUTHENTICATED when nobody is known */
export function authorOf({ reader: { viewer } }: Context): Author {
  const { role, id, name } = viewer;
  if (id === undefined || name === undefined) throw unauthenticated("It has to be known who makes a change.");
  return { role, id, name };
}

/** What is said of a change: what was wrong, so that nothing was kept, or what is odd. */
interface Said {
  readonly errors: readonly UserError[];
  readonly warnings: readonly UserWarning[];
}

/** Runs a change for a mutation. */
export async function changing(
  context: Context,
  input: Input,
  work: (change: Change) => Promise<Keys>,
  once?: Once,
): Promise<{ readonly keys: Keys } & Said> {
  const { answers, errors, warnings } = await changingTogether(context, input, [once], async (change) => [
    await work(change),
  ]);
  return { keys: answers[0] ?? [], errors, warnings };
}

/** Runs a change that does several things, some of which may have been done before: see `transact`. */
export async function changingTogether(
  context: Context,
  { reason, dryRun }: Input,
  once: readonly (Once | undefined)[],
  work: Parameters<typeof transact>[2],
): Promise<{ readonly answers: readonly Keys[]; readonly replayed: readonly number[] } & Said> {
  const settings = {
    author: authorOf(context),
    reason: reason as string | null | undefined,
    once,
    dryRun: dryRun === true,
  };
  try {
    const { database, reader } = context;
    return { ...(await reader.budget.change(() => transact(database, settings, work))), errors: [] };
  } catch (error) {
    if (error instanceof Refused) return { answers: [], replayed: [], errors: error.errors, warnings: [] };
    throw error;
  }
}

/** The field of a payload that reads the record which was written, whatever is selected of it. */
export const readBack =
  (entity: Entity, key: string | undefined) =>
  async (_args: unknown, { reader }: Context, info: GraphQLResolveInfo) =>
    key === undefined ? null : (await reader.byKeys(entity, [key], info)).get(key);
