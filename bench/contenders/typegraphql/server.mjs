// The usual stack, in production mode and without plugins: Apollo Server, TypeGraphQL and Prisma.
// `naive` asks Prisma once for every relation of every row; `ahead` asks once for the whole selection.
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { PrismaPg } from "@prisma/adapter-pg";
import { schemaOf } from "./schema.mjs";

const { PrismaClient } = (await import(process.env.PRISMA_CLIENT ?? "")).default;
const adapter = new PrismaPg({ connectionString: process.env.DATABASE_URL, max: 10 });
const prisma = new PrismaClient({ adapter });
const ahead = process.argv[2] === "ahead";

// The better strategy for look-ahead: one statement. It has no meaning for the calls of the naive server.
const joining = prisma.$extends({
  query: {
    $allModels: {
      $allOperations: ({ args, query, operation }) =>
        query(operation.startsWith("find") ? { ...args, relationLoadStrategy: "join" } : args),
    },
  },
});
const context = { prisma: ahead ? joining : prisma };
await startStandaloneServer(new ApolloServer({ schema: await schemaOf(ahead), introspection: false }), {
  listen: { port: Number(process.env.PORT), host: "127.0.0.1" },
  context: async () => context,
});
