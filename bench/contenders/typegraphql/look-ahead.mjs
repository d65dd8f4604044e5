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
  // A page: its rows stand under `nodes`, or under `node` of its edges.
  const page = collect(info, of, info.fieldNodes);
  const edges = page.get("edges");
  const rows = edges
    ? collect(info, getNamedType(of.getFields().edges.type), edges).get("node")
    : page.get("nodes");
  return { id: true, ...(rows && select(info, info.schema.getType(type), rows)) };
}

const collect = (info, type, fieldNodes) =>
  collectSubfields(info.schema, info.fragments, info.variableValues, type, fieldNodes);

function select(info, type, fieldNodes) {
  /** @type {Record<string, unknown>} */
  const selected = {};
  for (const nodes of collect(info, type, fieldNodes).values()) {
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
