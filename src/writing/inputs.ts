import { Field as GraphQLField, ID, InputType } from "type-graphql";
import { Edtf } from "../graphql/scalars.js";
import { markRows } from "../graphql/unfit-rows.js";
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
  options: { nullable?: boolean | "items"; defaultValue?: unknown } = {},
): void {
  const made = of() as typeof String;
  GraphQLField(() => made, { description, ...options })(type.prototype, name);
}

/** All of a new record. */
export const recordInput = (entity: Entity): Class =>
  inputType(`${entity.name}Input`, `A new ${entity.name}.`, (type) => {
    for (const field of kindOf(entity).fields.values()) if (field.given !== "never") whole(type, field);
  });

/** All of a new record that comes with others. */
export const rowInput = (entity: Entity): Class =>
  inputType(`${entity.name}RowInput`, `A new ${entity.name}, of several that come together.`, (type) => {
    const key = `What it is called within the request: ${kindOf(entity).keyed ? "others name it by `{ key }`, and " : ""}its result does.`;
    markRows(type.name);
    inputField(type, "key", () => String, key, { nullable: true });
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

/** An identifier in another register, by which a record is named. */
const externalIdRef = (): Class =>
  inputType("ExternalIdRef", "An identifier in another register, by which a record is named.", (type) => {
    inputField(type, "scheme", () => String, "The register, in lower case.");
    inputField(type, "value", () => String, "The identifier in it.");
  });

/** Names a record, or gives a new one. */
export const reference = (entity: Entity): Class =>
  inputType(
    `${entity.name}Ref`,
    entity.filters.has("slug")
      ? `Names one ${entity.name} by its id, slug or externalId, gives a new one, or both: then the new one is recorded unless the named one is there.`
      : `Names one ${entity.name} by its id or externalId.`,
    (type) => {
      const optional = { nullable: true };
      inputField(type, "id", () => ID, "Its id, which stands alone.", optional);
      inputField(type, "externalId", externalIdRef, "Its identifier in another register.", optional);
      if (kindOf(entity).keyed) {
        inputField(
          type,
          "key",
          () => String,
          "What it is called within the request that brings it.",
          optional,
        );
      }
      if (!entity.filters.has("slug")) return;
      inputField(type, "slug", () => String, "Its slug.", optional);
      inputField(
        type,
        "create",
        () => recordInput(entity),
        "A new one, recorded together with what refers to it, unless there is one with its slug or one of its external ids: then that one is meant, as it is. Given twice in one request, it is recorded once.",
        optional,
      );
    },
  );

function allOf(type: Class, fields: Fields): void {
  for (const field of fields.values()) if (field.given !== "never") whole(type, field);
}

const MADE: Readonly<Record<string, string>> = { true: " Made out of the name unless given." };

/** A field of something new: required unless it may be empty or has a default. */
function whole(type: Class, field: Field): void {
  const { how } = field;
  const required = how.kind === "many" || how.kind === "parts" ? how.least > 0 : !field.nullable;
  const optional =
    !required || field.default !== undefined || field.follows !== undefined || field.made === true;
  const usual = Array.isArray(field.default) ? "None" : String(field.default);
  const unless = field.default === undefined ? (MADE[String(field.made)] ?? "") : ` ${usual} unless given.`;
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
