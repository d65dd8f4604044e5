import { defineConfig } from "prisma/config";

// The command line fetches a migration engine binary before any command, also before `generate`, which
// never uses it. Naming an existing file spares that download; migrations run on the same engine's
// WebAssembly build (see src/database/migrate.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
});
