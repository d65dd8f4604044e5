import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, Extensions, ID, Info, Query, Resolver } from "type-graphql";
import type { Context } from "../graphql/context.js";
import { fieldOf, listOf } from "../graphql/field-names.js";
import { DateTime } from "../graphql/scalars.js";
import type { ConnectionTypes } from "./connection.js";
import { type Class, entityOf } from "./entity.js";
import { one as oneRow, page, type Root } from "./root.js";

const AS_OF =
  "Gives the record as it was recorded at this moment, with its parts; what it refers to is given as it is now. Also a record that was deleted since, by its id.";

/** A field of `Query`: its name, and what the schema says of it. */
type Described = readonly [name: string, description: string];

/**
 * Declares the two fields by which an entity is read, one by its id (or slug, if it has one) and all page by page, and
 * makes the resolver class that TypeGraphQL wants for them.
 */
export function queries(declared: { readonly target: () => Class } & ConnectionTypes): Class {
  const entity = entityOf(declared.target());
  const hasSlug = entity.filters.has("slug");
  const by = hasSlug ? "its id or its slug, exactly one of the two" : "its id";
  const which = entity.visible ? " that you may see" : "";
  const one: Described = [
    fieldOf(entity),
    `One ${fieldOf(entity)} by ${by}; null when there is none${which}.`,
  ];
  const many: Described = [listOf(entity), `All ${listOf(entity)} that you may see, page by page.`];
  const resolver = class {};
  const { prototype } = resolver;
  const field = (
    [name, description]: Described,
    type: () => Class,
    root: Root,
    declareArguments: () => number,
  ) => {
    const answer = ({ reader }: Context, info: GraphQLResolveInfo) => reader.field(root, info);
    const method = {
      value: (...given: unknown[]) => answer(...(given.slice(-2) as [Context, GraphQLResolveInfo])),
    };
    const nullable = type === declared.target;
    Query(type as () => typeof Object, { name, description, nullable })(prototype, name, method);
    Object.defineProperty(prototype, name, method);
    const count = declareArguments();
    Ctx()(prototype, name, count);
    Info()(prototype, name, count + 1);
    Extensions({ root })(prototype, name, method);
  };
  field(one, declared.target, oneRow(declared.target), () => {
    const argument = (
      name: string,
      type: () => typeof String | typeof ID | typeof DateTime,
      description: string,
      index: number,
      nullable = hasSlug,
    ) => Arg(name, type, { nullable, description })(prototype, one[0], index);
    argument("id", () => ID, "Its id.", 0);
    if (hasSlug) argument("slug", () => String, "Its slug.", 1);
    const count = hasSlug ? 2 : 1;
    argument("asOf", () => DateTime, AS_OF, count, true);
    return count + 1;
  });
  field(
    many,
    () => declared.Connection,
    page(declared.target),
    () => {
      Args(() => declared.Args)(prototype, many[0], 0);
      return 1;
    },
  );
  Resolver()(resolver);
  return resolver;
}
