import {
  GraphQLBoolean,
  GraphQLEnumType,
  type GraphQLFieldConfigMap,
  GraphQLFloat,
  GraphQLID,
  GraphQLInputObjectType,
  GraphQLInt,
  GraphQLInterfaceType,
  GraphQLList,
  GraphQLNonNull,
  GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLScalarType,
  GraphQLSchema,
  GraphQLString,
  Kind,
  print,
} from "graphql";
import { badUserInput } from "../../src/graphql/errors.js";

/** What a field was given, in words that two executors can be compared by. */
const described = (value: unknown): string =>
  JSON.stringify(value, (_key, part) => (part === undefined ? "(undefined)" : part)) ?? "(undefined)";

const Day = new GraphQLScalarType<Date, string>({
  name: "Day",
  serialize: (value) => {
    if (!(value instanceof Date)) {
      throw new Error(`no day: ${String(value)}`);
    }
    return value.toISOString().slice(0, 10);
  },
  parseValue: (value) => day(value),
  parseLiteral: (node) => day(node.kind === Kind.STRING ? node.value : undefined),
});

function day(value: unknown): Date {
  if (typeof value !== "string" || !/^\d{4}-\d\d-\d\d$/.test(value)) {
    throw badUserInput(`${described(value)} is no day, such as 2024-12-31`);
  }
  return new Date(value);
}

const Anything = new GraphQLScalarType({ name: "Anything" });

const Genre = new GraphQLEnumType({
  name: "Genre",
  values: { NOVEL: { value: "n" }, ESSAY: { value: 7 }, POEM: {} },
});

const Range = new GraphQLInputObjectType({
  name: "Range",
  fields: {
    from: { type: new GraphQLNonNull(GraphQLInt) },
    to: { type: GraphQLInt, defaultValue: 99 },
    since: { type: Day },
    genres: { type: new GraphQLList(new GraphQLNonNull(Genre)) },
  },
});

const args = {
  first: { type: GraphQLInt },
  last: { type: GraphQLInt },
  text: { type: GraphQLString },
  flag: { type: GraphQLBoolean, defaultValue: true },
  size: { type: new GraphQLNonNull(GraphQLFloat), defaultValue: 1.5 },
  genre: { type: Genre, defaultValue: "n" },
  day: { type: Day },
  range: { type: Range },
  ids: { type: new GraphQLList(new GraphQLNonNull(GraphQLID)) },
  anything: { type: Anything },
};

/** Types and values of the arguments as they reached the resolver. */
const seen = (given: Record<string, unknown>): string =>
  Object.entries(given)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([name, value]) =>
        `${name}=${value instanceof Date ? `Date(${value.toISOString()})` : described(value)}`,
    )
    .join(" ");

function pathOf(info: GraphQLResolveInfo): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at: GraphQLResolveInfo["path"] | undefined = info.path; at; at = at.prev) {
    keys.unshift(at.key);
  }
  return keys;
}

/** Everything of `info` that a planner of SQL reads. */
const probe = (info: GraphQLResolveInfo): string =>
  described({
    key: info.path.key,
    path: pathOf(info),
    fieldName: info.fieldName,
    fieldNodes: info.fieldNodes.map((node) => [print(node), node.loc?.start]),
    fragments: Object.values(info.fragments).map(print),
    operation: print(info.operation),
    variables: seen(
      Object.fromEntries(Object.entries(info.variableValues).filter(([name]) => !name.includes("$"))),
    ),
    parentType: info.parentType === info.schema.getType(info.parentType.name) && info.parentType.name,
    returnType: String(info.returnType),
  });

const Named = new GraphQLInterfaceType({
  name: "Named",
  fields: { name: { type: GraphQLString } },
  resolveType: (value: { kind: string }) => value.kind,
});

const Book: GraphQLObjectType = new GraphQLObjectType({
  name: "Book",
  interfaces: [Named],
  fields: (): GraphQLFieldConfigMap<Record<string, unknown>, unknown> => ({
    name: { type: GraphQLString },
    pages: { type: new GraphQLNonNull(GraphQLInt) },
    genre: { type: Genre },
    printed: { type: Day },
    author: { type: Author },
    writer: { type: new GraphQLNonNull(Author), resolve: (book) => book.author },
    probe: { type: GraphQLString, args, resolve: (_book, _args, _context, info) => probe(info) },
  }),
});

const Author: GraphQLObjectType = new GraphQLObjectType({
  name: "Author",
  interfaces: [Named],
  fields: (): GraphQLFieldConfigMap<Record<string, unknown>, unknown> => ({
    name: { type: GraphQLString },
    born: { type: Day },
    books: { type: new GraphQLNonNull(new GraphQLList(new GraphQLNonNull(Book))), args, resolve: library },
    shelves: {
      type: new GraphQLList(new GraphQLList(Book)),
      resolve: async () => [[book(0)], null, [null, book(1)]],
    },
    sees: { type: GraphQLString, args, resolve: (_author, given) => seen(given) },
    fails: {
      type: GraphQLString,
      resolve: () => {
        throw new Error('relation "author" does not exist at /srv/secret.ts');
      },
    },
    refuses: {
      type: GraphQLInt,
      resolve: async () => Promise.reject(badUserInput("no such page", { page: 3 })),
    },
    missing: { type: new GraphQLNonNull(GraphQLString) },
  }),
});

const authors = [
  { kind: "Author", name: "Ada", born: new Date("1815-12-10") },
  { kind: "Author", name: "Żeromski 🜁", born: null },
  { kind: "Author", name: null, born: "never" },
];

const book = (index: number) => ({
  kind: "Book",
  name: `Book ${index}`,
  pages: index === 4 ? null : index * 100,
  genre: ["n", 7, "POEM", "unknown"][index % 4],
  printed: new Date(Date.UTC(2000 + index, 0, 1)),
  author: index === 3 ? null : authors[index % 3],
});

function library(_parent: unknown, given: { first?: number | null }) {
  return Array.from({ length: given.first ?? 3 }, (_, index) => book(index));
}

const Probes: GraphQLObjectType = new GraphQLObjectType({
  name: "Probes",
  fields: () => ({ text: { type: GraphQLString }, again: { type: Probes }, author: { type: Author } }),
});

/** A small schema that uses every feature an executor has to get right. */
export const librarySchema = new GraphQLSchema({
  types: [Book, Author],
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      author: {
        type: Author,
        args: { index: { type: new GraphQLNonNull(GraphQLInt) } },
        resolve: async (_root, { index }) => authors[index],
      },
      authors: { type: new GraphQLNonNull(new GraphQLList(Author)), args, resolve: () => authors },
      books: { type: new GraphQLList(Book), args, resolve: async (root, given) => library(root, given) },
      named: { type: Named, args, resolve: () => book(1) },
      everything: { type: new GraphQLList(Named), resolve: () => [authors[0], book(2), null] },
      sees: { type: GraphQLString, args, resolve: (_root, given) => seen(given) },
      requires: {
        type: GraphQLString,
        args: { text: { type: new GraphQLNonNull(GraphQLString) } },
        resolve: (_root, given) => seen(given),
      },
      probe: { type: GraphQLString, args, resolve: (_root, _args, _context, info) => probe(info) },
      probes: {
        type: Probes,
        args,
        resolve: async (_root, _args, _context, info) => ({ text: probe(info), again: { text: "x" } }),
      },
      // graphql-js knows the type of each step of a path, compiled functions do not.
      executedBy: {
        type: GraphQLString,
        resolve: (_root, _args, _context, info) =>
          info.path.typename ? "graphql-js" : "a compiled function",
      },
      whoever: { type: GraphQLString, resolve: (_root, _args, context: { name?: string }) => context.name },
      broken: {
        type: new GraphQLNonNull(GraphQLString),
        resolve: async () => {
          throw new Error("connect ECONNREFUSED 10.0.0.1:5432");
        },
      },
      fails: {
        type: GraphQLString,
        resolve: () => {
          throw new Error("syntax error at or near SELECT");
        },
      },
      trap: {
        type: Author,
        resolve: async () => ({
          get name() {
            throw new Error("a row that cannot be read");
          },
        }),
      },
    },
  }),
  mutation: new GraphQLObjectType({
    name: "Mutation",
    fields: {
      rename: {
        type: Author,
        args: { name: { type: GraphQLString } },
        resolve: (_root, { name }) => ({ name }),
      },
    },
  }),
});
