import {
  type FieldNode,
  type GraphQLAbstractType,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
} from "graphql";
import sql, { type Sql } from "sql-template-tag";
import { badUserInput } from "../graphql/errors.js";
import { decodeId, decodeIdOf } from "../graphql/id.js";
import { demand } from "../graphql/roles.js";
import type { Role, Viewer } from "../graphql/viewer.js";
import { shown } from "../values/shown.js";
import { asOf } from "./as-of.js";
import { checkText } from "./comparison.js";
import type { ConnectionArgs } from "./connection.js";
import {
  type Args,
  type Class,
  type Entity,
  entityOf,
  entityWithPrefix,
  type Given,
  type Parameter,
} from "./entity.js";
import { type Late, later } from "./late.js";
import { identifier } from "./names.js";
import { type Asked, argumentsOf, type ObjectPlan, planAny, planObject, planPage } from "./plan.js";
import { type Read, write } from "./read.js";

/** A field of the type Query that the database answers by one statement. */
export interface Root {
  /** Plans what is selected below the field, and writes the statement. @throws BAD_USER_INPUT */
  read(request: Request): Read;
  /** Who may ask for it at all, where not everybody may. `Authorized` guards resolvers, which are not asked here. */
  readonly role?: Role;
  /** The arguments whose values may be parameters: whatever they are, the statement has the same text. */
  readonly parameters: readonly string[];
}

/** A root field as it is asked for. */
export interface Request {
  readonly asked: Asked;
  readonly viewer: Viewer;
  readonly field: GraphQLField<unknown, unknown>;
  readonly nodes: readonly FieldNode[];
  readonly args: Args;
}

/** What a root field reads; nothing when it is not answered by one statement. */
export const rootOf = ({ extensions }: GraphQLField<unknown, unknown>): Root | undefined =>
  extensions.root as Root | undefined;

/**
 * The statement that answers a field, whatever is selected below it.
 *
 * @throws UNAUTHENTICATED, FORBIDDEN when this viewer may not ask for it
 * @throws BAD_USER_INPUT when its arguments, or some below it, cannot be used
 */
export function readRoot(
  asked: Asked,
  root: Root,
  field: Request["field"],
  nodes: Request["nodes"],
  viewer: Viewer,
): Read {
  if (root.role) demand(viewer, root.role, `\`${field.name}\``);
  const args = argumentsOf(asked, field, nodes[0] as FieldNode);
  return root.read({ asked, viewer, field, nodes, args });
}

const objectType = ({ type }: Request["field"]): GraphQLObjectType => getNamedType(type) as GraphQLObjectType;

/** How the pages of a root field are made. */
interface PageOptions {
  readonly role?: Role;
  /** Makes the arguments of a connection out of those of the field, where they are not the same. */
  readonly page?: (args: never) => ConnectionArgs;
  /** Whether the rows are ordered by a number that grows: what is new comes last. */
  readonly log?: boolean;
  /** A query that gives the rows, with the columns that the entity declares, in place of its table. */
  readonly rows?: (given: Given) => Sql;
  /** Further arguments whose values may be parameters. */
  readonly parameters?: readonly string[];
}

/** The arguments of connections whose values may be parameters. */
export const PAGE_PARAMETERS: readonly string[] = ["after", "before"];

/** A page of an entity's rows. */
export const page = (
  type: () => Class,
  { role, page, log, rows, parameters = [] }: PageOptions = {},
): Root => ({
  role,
  parameters: [...PAGE_PARAMETERS, ...parameters],
  read({ asked, viewer, field, nodes, args }) {
    const plan = planPage(asked, objectType(field), nodes, entityOf(type()), page?.(args as never) ?? args);
    return write(viewer, (statement) => statement.page({ ...plan, log, rows: rows?.({ viewer, args }) }));
  },
});

/** One row by its id or its slug, also as it was at a moment. */
export const one = (type: () => Class): Root => ({
  parameters: entityOf(type()).filters.has("slug") ? ["id", "slug"] : ["id"],
  read({ asked, viewer, field, nodes, args }) {
    const entity = entityOf(type());
    const plan = planObject(asked, objectType(field), nodes, entity);
    const [column, value] = keyOf(entity, field.name, args);
    const key = sql`${value}::${column === "id" ? UUID : TEXT}`;
    const moment = args.asOf as Date | null | undefined;
    if (moment != null) return readAsOf(plan, { column, value: key, moment, viewer });
    const read = write(viewer, (statement) =>
      statement.one(plan, (row) => sql`${row.column(column)} = ${key}`),
    );
    if (read.onePlan && !asksUnevenly(plan)) return read;
    // It is planned for its values, so it is for the one row that it is about.
    const keyed = write(viewer, (statement) => {
      const query = sql`select id from ${identifier(entity.table)} where ${identifier(column)} = ${key}`;
      const id = column === "id" ? key : statement.conditions.find(query, "uuid");
      return statement.one(plan, (row) => sql`${row.column("id")} = ${id}`, id);
    });
    return { ...keyed, onePlan: false };
  },
});

interface Then {
  readonly column: string;
  readonly value: Sql;
  readonly moment: Date;
  readonly viewer: Viewer;
}

function readAsOf(plan: ObjectPlan, then: Then): Read {
  const { column, value, moment, viewer } = then;
  return write(
    viewer,
    (statement) => {
      const record = statement.one(
        plan,
        (row) => sql`${row.column(column)} = ${value} and ${row.column("recorded_at")} <= ${moment}`,
      );
      return asOf({ entity: plan.entity, ...then }, record);
    },
    true,
  );
}

const asksUnevenly = ({ fields }: ObjectPlan): boolean =>
  [...fields.values()].some((field) => field.kind === "connection" && field.relation.uneven);

const UUID = sql`uuid`;
const TEXT = sql`text`;

/** Column and value by which one row is looked up. */
function keyOf(entity: Entity, field: string, args: Args): readonly [column: string, value: unknown] {
  const { id, slug } = args as { id?: Parameter<string>; slug?: Parameter<string> };
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

/** Whatever has this id. */
export const any: Root = {
  parameters: ["id"],
  read({ asked, viewer, field, nodes, args }) {
    const plan = planAny(asked, getNamedType(field.type) as GraphQLAbstractType, nodes);
    const id = later(args.id as string | Late<string>, keyOfAny);
    const prefix = sql`${later(id, (one) => one.prefix)}::text`;
    const key = sql`${later(id, (one) => one.uuid)}::uuid`;
    return write(viewer, (statement) => sql`select ${statement.any(plan, prefix, key)} as json`);
  },
};

/** The most ids that may be asked for at once. */
const MOST_IDS = 100;

/** Rows of any types by their ids, in the order of these, null where there is none. */
export const anyOf: Root = {
  parameters: ["ids"],
  read({ asked, viewer, field, nodes, args }) {
    const plan = planAny(asked, getNamedType(field.type) as GraphQLAbstractType, nodes);
    const ids = later(args.ids as readonly string[] | Late<readonly string[]>, (given) => {
      if (given.length > MOST_IDS)
        throw badUserInput(`\`ids\` has ${given.length} entries; at most ${MOST_IDS} are answered at once.`);
      return given.map(keyOfAny);
    });
    // As texts: the driver would look at each character of each entry of a list.
    const prefixes = later(ids, (all) => all.map(({ prefix }) => prefix).join());
    const keys = later(ids, (all) => all.map(({ uuid }) => uuid).join());
    return write(viewer, (statement) => {
      const row = statement.any(plan, sql`asked.prefix`, sql`asked.id`);
      return sql`select '[' || coalesce(string_agg(coalesce(${row}, 'null'), ',' order by asked.n), '') || ']' as json
        from unnest(string_to_array(${prefixes}, ','), string_to_array(${keys}, ',')::uuid[]) with ordinality asked(prefix, id, n)`;
    });
  },
};

function keyOfAny(id: string): { prefix: string; uuid: string } {
  const key = decodeId(id);
  if (!entityWithPrefix(key.prefix)) {
    throw badUserInput(`${shown(id)} is not the id of anything here: nothing is called "${key.prefix}".`);
  }
  return key;
}
