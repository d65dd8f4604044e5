import { getArgumentValues, getNamedType } from "graphql";
import { collectSubfields } from "graphql/execution/collectFields.js";
import { columns, relations } from "./relations.mjs";

/**
 * What Prisma has to select for the rows of a type under this field.
 *
 * @param {import("graphql").GraphQLResolveInfo} info @param {string} type
 */
export function lookAhead(info, type) {
  const of = getNamedType(info.returnType);
  if (of.name === type) return select(info, of, info.fieldNodes);
  // A page: its rows stand under `nodes`.
  const nodes = collectSubfields(info.schema, info.fragments, info.variableValues, of, info.fieldNodes).get(
    "nodes",
  );
  return { id: true, ...(nodes && select(info, info.schema.getType(type), nodes)) };
}

function select(info, type, fieldNodes) {
  /** @type {Record<string, unknown>} */
  const selected = {};
  for (const nodes of collectSubfields(
    info.schema,
    info.fragments,
    info.variableValues,
    type,
    fieldNodes,
  ).values()) {
    const name = nodes[0].name.value;
    const relation = relations[type.name]?.[name];
    if (columns[type.name].includes(name)) selected[name] = true;
    if (!relation) continue;
    const field = type.getFields()[name];
    const { first } = getArgumentValues(field, nodes[0], info.variableValues);
    const inner = relation.type === "Int" ? {} : select(info, getNamedType(field.type), nodes);
    Object.assign(selected, relation.select(inner, first));
  }
  return selected;
}
