import type { GraphQLArgument, GraphQLField, GraphQLFieldResolver, GraphQLSchema } from "graphql";
import { writtenTypes } from "../graphql/written-type.js";
import { allEntities, type Entity, entityOf } from "./entity.js";
import { PAGE_PARAMETERS, rootOf } from "./root.js";

type Row = Readonly<Record<string, unknown>>;

/** What the statement has written stands under the response key, ready for the answer. */
const written: GraphQLFieldResolver<Row, unknown> = (row, _args, _context, info) =>
  row[String(info.path.key)];

/**
 * Gives the fields of all types that statements write the resolver that takes their value out of what was written:
 * graphql-js asks it; an operation that is passed on as text never comes here. And notes of each argument whether its
 * value may be a parameter.
 */
export function installResolvers(schema: GraphQLSchema): void {
  for (const entity of allEntities()) checkPromises(entity);
  for (const type of writtenTypes(schema)) {
    const entity = allEntities().find(({ name }) => name === type.name);
    for (const field of Object.values(type.getFields())) {
      field.resolve = written;
      const declared = Object.entries(entity?.args.get(field.name) ?? {});
      const ofPage = entity?.fields.get(field.name)?.kind === "connection" ? PAGE_PARAMETERS : [];
      note(field, [...ofPage, ...declared.flatMap(([name, { parameter }]) => (parameter ? name : []))]);
    }
  }
  for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
    note(field, rootOf(field)?.parameters ?? []);
  }
}

/** What a viewer may not see is null, so a field that is never null must not lead there from a row that he may see. */
function checkPromises({ name, fields, described, visible }: Entity): void {
  if (visible) return;
  for (const [key, field] of fields) {
    if (field.kind !== "one" || field.relation.seen || described.get(key)?.nullable) continue;
    const target = entityOf(field.relation.target());
    if (target.visible)
      throw new Error(`${name}.${key} must be nullable: not everybody may see each ${target.name}`);
  }
}

const PARAMETER = { parameter: true };

function note(field: GraphQLField<unknown, unknown>, parameters: readonly string[]): void {
  const unknown = parameters.find((name) => !field.args.some((argument) => argument.name === name));
  if (unknown) throw new Error(`\`${field.name}\` has no argument \`${unknown}\` that could be a parameter`);
  for (const argument of field.args) {
    if (parameters.includes(argument.name)) argument.extensions = { ...argument.extensions, ...PARAMETER };
  }
}

/** Whether the value of an argument may be a parameter: whatever it is, the statement has the same text. */
export const isParameter = (argument: GraphQLArgument | undefined | null): boolean =>
  argument?.extensions.parameter === true;
