// The schema of both TypeGraphQL servers. Decorators are functions: calling them spares a compile step.
import "reflect-metadata";
import {
  Arg,
  buildSchema,
  Ctx,
  Field,
  FieldResolver,
  Info,
  InputType,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from "type-graphql";
import { lookAhead } from "./look-ahead.mjs";
import { columns, eventsFirst, newestFirst, relations, VISIBLE } from "./relations.mjs";

const INTEGERS = new Set(["credibility", "version", "start", "end"]);
const INSTANTS = new Set(["recordedAt", "publishedAt"]);

/** @type {Record<string, any>} */
const types = Object.fromEntries(Object.keys(columns).map((name) => [name, { [name]: class {} }[name]]));

/** Decorates a method's parameters and the method itself. */
function method(prototype, name, decorator, parameters) {
  for (const [index, parameter] of parameters.entries()) parameter(prototype, name, index);
  decorator(prototype, name, Object.getOwnPropertyDescriptor(prototype, name));
}

/** @param {string} type @param {boolean} ahead @returns {any} the resolver class of a type's relations */
function resolverOf(type, ahead) {
  const resolver = class {};
  for (const [name, relation] of Object.entries(relations[type] ?? {})) {
    resolver.prototype[name] = ahead
      ? (row, _prisma, first) => relation.read(row, first)
      : (row, prisma, first) => relation.call(prisma, row, first);
    const result = relation.type === "Int" ? Int : types[relation.type];
    const decorator = FieldResolver(() => (relation.list ? [result] : result), { nullable: true });
    const first = relation.first ? [Arg("first", () => Int)] : [];
    method(resolver.prototype, name, decorator, [Root(), Ctx("prisma"), ...first]);
  }
  Resolver(() => types[type])(resolver);
  return resolver;
}

/** Declares a plain object type. @param {any} type @param {Record<string, () => any>} fields */
function declare(type, fields) {
  for (const [name, of] of Object.entries(fields)) {
    Field(of, { nullable: name.endsWith("Cursor") })(type.prototype, name);
  }
  ObjectType({ simpleResolvers: true })(type);
  return type;
}

const PageInfo = declare(class PageInfo {}, {
  hasNextPage: () => Boolean,
  hasPreviousPage: () => Boolean,
  startCursor: () => String,
  endCursor: () => String,
});
const ClaimEdge = declare(class ClaimEdge {}, { cursor: () => String, node: () => types.Claim });
const ClaimPage = declare(class ClaimPage {}, {
  nodes: () => [types.Claim],
  edges: () => [ClaimEdge],
  pageInfo: () => PageInfo,
});

class About {}
for (const name of ["type", "since", "until"]) Field(() => String)(About.prototype, name);
InputType()(About);

/** @param {boolean} ahead whether one Prisma call reads what the whole selection needs */
export function schemaOf(ahead) {
  for (const [name, fields] of Object.entries(columns)) {
    for (const field of fields) {
      const type = INTEGERS.has(field) ? Int : INSTANTS.has(field) ? Date : String;
      Field(() => type, { nullable: true })(types[name].prototype, field);
    }
    ObjectType(name, { simpleResolvers: true })(types[name]);
  }
  const arguments_ = (info, type) => (ahead ? { select: lookAhead(info, type) } : {});
  class Root_ {
    claim(id, prisma, info) {
      return prisma.claim.findFirst({ where: { id, ...VISIBLE }, ...arguments_(info, "Claim") });
    }
    actor(slug, prisma, info) {
      return prisma.actor.findUnique({ where: { slug }, ...arguments_(info, "Actor") });
    }
    event(slug, prisma, info) {
      return prisma.event.findUnique({ where: { slug }, ...arguments_(info, "Event") });
    }
    source(slug, prisma, info) {
      return prisma.source.findUnique({ where: { slug }, ...arguments_(info, "Source") });
    }
    events(first, prisma, info) {
      return prisma.event.findMany({ orderBy: eventsFirst, take: first, ...arguments_(info, "Event") });
    }
    async claims(first, after, within, about, prisma, info) {
      const rows = await prisma.claim.findMany({
        where: {
          ...VISIBLE,
          ...(within && { assertedById: { in: await partsOf(prisma, within) } }),
          ...(about && {
            events: {
              some: {
                event: {
                  type: about.type,
                  occurredEarliest: { lte: about.until },
                  occurredLatest: { gte: about.since },
                },
              },
            },
          }),
        },
        orderBy: newestFirst,
        take: first + 1,
        ...(after && { cursor: { id: after }, skip: 1 }),
        ...arguments_(info, "Claim"),
      });
      const nodes = rows.slice(0, first);
      return {
        nodes,
        edges: nodes.map((node) => ({ cursor: node.id, node })),
        pageInfo: {
          hasNextPage: rows.length > first,
          hasPreviousPage: after !== undefined && after !== null,
          startCursor: nodes[0]?.id,
          endCursor: nodes.at(-1)?.id,
        },
      };
    }
  }
  const first = Arg("first", () => Int);
  const optional = (name, type) => Arg(name, type, { nullable: true });
  const tail = [Ctx("prisma"), Info()];
  const query = (name, type, parameters) =>
    method(Root_.prototype, name, Query(type, { nullable: true }), [...parameters, ...tail]);
  query("claim", () => types.Claim, [Arg("id", () => String)]);
  query("actor", () => types.Actor, [Arg("slug", () => String)]);
  query("event", () => types.Event, [Arg("slug", () => String)]);
  query("source", () => types.Source, [Arg("slug", () => String)]);
  query("events", () => [types.Event], [first]);
  const filters = [
    optional("after", () => String),
    optional("within", () => String),
    optional("about", () => About),
  ];
  query("claims", () => ClaimPage, [first, ...filters]);
  Resolver()(Root_);
  return buildSchema({
    resolvers: [Root_, ...Object.keys(columns).map((name) => resolverOf(name, ahead))],
    validate: false,
  });
}

const partsOf = async (prisma, slug) =>
  (
    await prisma.$queryRaw`
      with recursive part(id) as (
        select id from actor where slug = ${slug}
        union
        select a.actor_id from affiliation a join part on a.with_actor_id = part.id
        where a.role = 'PART_OF'
          and coalesce(a.from_earliest <= now(), true) and coalesce(a.until_latest >= now(), true))
      select id from part`
  ).map(({ id }) => id);
