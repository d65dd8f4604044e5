import { defineConfig } from "prisma/config";

// The command line would fetch its migration engine as a binary before any command. This one is the WebAssembly build
// that the server uses too (see src/database/prisma-engine.main.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= `${import.meta.dirname}/scripts/schema-engine.mjs`;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL },
});
