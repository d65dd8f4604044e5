import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  getArgumentValues,
  getNamedType,
} from "graphql";
import sql, { type Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import { decodeIdOf } from "../graphql/id.js";
import { demand } from "../graphql/roles.js";
import type { Role, Viewer } from "../graphql/viewer.js";
import { asOf } from "./as-of.js";
import { checkText } from "./comparison.js";
import type { ConnectionArgs } from "./connection.js";
import { type Class, type Entity, entityOf } from "./entity.js";
import { Bound, type Late, later } from "./late.js";
import { at, identifier } from "./names.js";
import { type Asked, type ObjectPlan, planObject, planPage } from "./plan.js";
import { Statement } from "./statement.js";

/** A statement that answers one field: its one value is the JSON text of the answer, null when nothing was found. */
export interface Read {
  readonly text: string;
  /** Some of them `Late` or `Found`. */
  readonly values: readonly unknown[];
  /** Whether one plan is good for all values. */
  readonly onePlan: boolean;
  /** The places of values for which one plan is good in any case. */
  readonly bounds?: readonly number[];
}

/** What a field of the schema reads: one row by its id or slug, or a page of all rows. */
export interface Root {
  readonly type: () => Class;
  readonly many: boolean;
  /** Who may ask for it at all, where not everybody may. `Authorized` guards resolvers, which are not asked here. */
  readonly role?: Role;
  /** Makes the arguments of a connection out of those of the field, where they are not the same. */
  readonly page?: (args: never) => ConnectionArgs;
  /** Whether the rows are ordered by a number that grows: what is new comes last. */
  readonly log?: boolean;
}

/** Lets the read path write a statement. @param whole everything is to be asked within it */
export function write(viewer: Viewer, by: (statement: Statement) => Sql, whole = false): Read {
  const statement = new Statement(viewer, whole);
  const { text, values } = by(statement);
  return {
    text,
    values: values.map((value) => (value instanceof Bound ? value.value : value)),
    onePlan: statement.onePlan,
    bounds: values.flatMap((value, index) => (value instanceof Bound ? [index] : [])),
  };
}

/**
 * The statement that answers a field, whatever is selected below it.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN when this viewer may not ask for it
 * @throws BAD_USER_INPUT when its arguments, or some below it, cannot be used
 */
export function readRoot(
  asked: Asked,
  { type, many, role, page, log }: Root,
  field: GraphQLField<unknown, unknown>,
  nodes: readonly FieldNode[],
  viewer: Viewer,
): Read {
  if (role) demand(viewer, role, `\`${field.name}\``);
  const entity = entityOf(type());
  const args = getArgumentValues(field, nodes[0] as FieldNode, asked.variableValues);
  const result = getNamedType(field.type) as GraphQLObjectType;
  if (many) {
    const plan = planPage(asked, result, nodes, entity, page?.(args as never) ?? args);
    return write(viewer, (statement) => statement.page({ ...plan, log }));
  }
  const plan = planObject(asked, result, nodes, entity);
  const [column, value] = keyOf(entity, field.name, args);
  const key = sql`${value}::${column === "id" ? UUID : TEXT}`;
  const moment = args.asOf as Date | null | undefined;
  if (moment == null) {
    const read = write(viewer, (statement) =>
      statement.one(plan, (alias) => sql`${at(alias, column)} = ${key}`),
    );
    if (read.onePlan && !asksUnevenly(plan)) return read;
    // It is planned for its values, so it is for the one row that it is about.
    const keyed = write(viewer, (statement) => {
      const query = sql`select id from ${identifier(entity.table)} where ${identifier(column)} = ${key}`;
      const id = column === "id" ? key : statement.conditions.find(query, "uuid");
      return statement.one(plan, (alias) => sql`${at(alias, "id")} = ${id}`, id);
    });
    return { ...keyed, onePlan: false };
  }
  const fits = (alias: string) =>
    sql`${at(alias, column)} = ${key} and ${at(alias, "recorded_at")} <= ${moment}`;
  return write(
    viewer,
    (statement) => asOf({ entity, column, value: key, moment, viewer }, statement.one(plan, fits)),
    true,
  );
}

const asksUnevenly = ({ fields }: ObjectPlan): boolean =>
  [...fields.values()].some((field) => field.kind === "connection" && field.relation.uneven);

const UUID = sql`uuid`;
const TEXT = sql`text`;

/** Column and value by which one row is looked up. */
function keyOf(
  entity: Entity,
  field: string,
  { id, slug }: { id?: Given; slug?: Given },
): readonly [column: string, value: unknown] {
  if ((id == null) === (slug == null)) {
    const choice = entity.filters.has("slug") ? "exactly one of `id` and `slug`" : "`id`";
    throw badUserInput(`\`${field}\` needs ${choice}.`);
  }
  if (id != null) return ["id", later(id, (given) => decodeIdOf(entity.prefix as string, given))];
  return ["slug", later(slug as string | Late<string>, checkSlug)];
}

// None is so long, and each of many fields would send it to the database.
const LONGEST_SLUG = 1_000;

function checkSlug(slug: string): string {
  if (slug.length > LONGEST_SLUG) throw badUserInput(`\`slug\` has ${slug.length} characters: it is none.`);
  return checkText("slug", slug);
}

type Given = string | Late<string> | null;
