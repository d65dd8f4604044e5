import { Field as GraphQLField, ID, InputType } from "type-graphql";
import { OneOf } from "../graphql/one-of.js";
import { Edtf } from "../graphql/scalars.js";
import type { Class, Entity } from "../reading/entity.js";
import { type Field, type Fields, kindOf, type PartsHow } from "./record.js";

// Input types are made from the declarations of records, so that inputs, documents and rows cannot differ.

const types = new Map<string, Class>();

/** The input type of a name, made once. */
export function inputType(name: string, description: string, declare: (type: Class) => void): Class {
  const known = types.get(name);
  if (known) return known;
  const type = class {};
  Object.defineProperty(type, "name", { value: name });
  types.set(name, type);
  InputType(name, { description })(type);
  declare(type);
  return type;
}

/** Adds a field to an input type. Its type is made at once: TypeGraphQL must know it before it builds the schema. */
export function inputField(
  type: Class,
  name: string,
  of: () => unknown,
  description: string,
  options: { nullable?: boolean; defaultValue?: unknown } = {},
): void {
  const made = of() as typeof String;
  GraphQLField(() => made, { description, ...options })(type.prototype, name);
}

/** All of a new record. */
export const recordInput = (entity: Entity): Class =>
  inputType(`${entity.name}Input`, `A new ${entity.name}.`, (type) => {
    for (const field of kindOf(entity).fields.values()) if (field.given !== "never") whole(type, field);
  });

/** What to change of a record: only what is given changes, and null clears. Its parts have mutations of their own. */
export const recordChanges = (entity: Entity): Class =>
  inputType(`${entity.name}Changes`, `What to change: only what is given; null clears.`, (type) => {
    for (const field of kindOf(entity).fields.values()) {
      if (field.given === "always" && field.how.kind !== "parts") changed(type, field);
    }
  });

/** A new part of a record. */
export const partInput = ({ name, fields }: PartsHow): Class =>
  inputType(`${name}Input`, `A new ${name}.`, (type) => allOf(type, fields));

/** What to change of a part. */
export const partChanges = ({ name, fields }: PartsHow): Class =>
  inputType(`${name}Changes`, `What to change: only what is given; null clears.`, (type) => {
    for (const field of fields.values()) if (field.given === "always") changed(type, field);
  });

/** Names a record, or gives a new one. */
export const reference = (entity: Entity): Class =>
  inputType(
    `${entity.name}Ref`,
    entity.filters.has("slug")
      ? `Names one ${entity.name} by its id or slug, or gives a new one: exactly one of the three.`
      : `Names one ${entity.name} by its id.`,
    (type) => {
      inputField(type, "id", () => ID, "Its id.", { nullable: entity.filters.has("slug") });
      if (!entity.filters.has("slug")) return;
      OneOf(type);
      inputField(type, "slug", () => String, "Its slug.", { nullable: true });
      inputField(
        type,
        "create",
        () => recordInput(entity),
        "A new one, recorded together with what refers to it. Given twice in one request, word for word, it is recorded once.",
        { nullable: true },
      );
    },
  );

function allOf(type: Class, fields: Fields): void {
  for (const field of fields.values()) if (field.given !== "never") whole(type, field);
}

/** A field of something new: required unless it may be empty or has a default. */
function whole(type: Class, field: Field): void {
  const { how } = field;
  const required = how.kind === "many" || how.kind === "parts" ? how.least > 0 : !field.nullable;
  const optional = !required || field.default !== undefined || field.follows !== undefined;
  const usual = Array.isArray(field.default) ? "None" : String(field.default);
  const unless = field.default === undefined ? "" : ` ${usual} unless given.`;
  inputField(type, field.name, typeOf(field), field.description + unless, { nullable: optional });
}

const changed = (type: Class, field: Field): void =>
  inputField(type, field.name, typeOf(field), field.description, { nullable: true });

/** The GraphQL type in which a field is given. */
function typeOf({ how }: Field): () => unknown {
  switch (how.kind) {
    case "column":
      return how.type;
    case "date":
      return () => Edtf;
    case "value":
      return () =>
        inputType(`${how.name}Input`, `A ${how.name}, given as a whole.`, (type) => allOf(type, how.fields));
    case "one":
      return () => reference(how.to());
    case "many":
      return () => [reference(how.to())];
    case "parts":
      return () => [partInput(how)];
  }
}
