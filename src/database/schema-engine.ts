import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import { bindMigrationAwareSqlAdapterFactory, DriverAdapterError } from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine, SchemaFilter } from "@prisma/schema-engine-wasm/schema_engine_bg";
import type { Migration } from "./migrations.js";
import { migrationsFolder } from "./migrations.js";

// Of Node's globals, the types leave out this one.
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: { __wbindgen_start(): void } } }>;
};

/** Prisma's engine for migrations wants to hear of tables that somebody else looks after; there are none. */
export const EVERYTHING: SchemaFilter = { externalTables: [], externalEnums: [] };

/** One connection that migrations run on. */
export interface MigrationConnection {
  adapter(): Promise<SqlMigrationAwareDriverAdapterFactory>;
  /** Runs a script of several statements as one transaction. */
  execute(script: string): Promise<unknown>;
  query<Row>(text: string): Promise<Row[]>;
}

/**
 * Starts Prisma's schema engine, the WebAssembly build of what `prisma migrate` downloads as a binary.
 *
 * @param shadow makes an empty database to replay the migrations in, for comparing them with the models
 */
export async function startSchemaEngine(
  connection: MigrationConnection,
  shadow: () => Promise<MigrationConnection> = async () => connection,
): Promise<SchemaEngine> {
  loading ??= loadEngine();
  const { SchemaEngine } = await loading;
  const { provider, adapterName } = await connection.adapter();
  return SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory({
      provider,
      adapterName,
      connect: () => wholeScripts(connection),
      connectToShadowDb: async () => wholeScripts(await shadow()),
    }),
  );
}

/** The migrations as the engine wants to be told of them. */
export function migrationList(migrations: readonly Migration[]): MigrationList {
  return {
    baseDir: migrationsFolder,
    lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
    shadowDbInitScript: "",
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}

// Once only: the module that binds the engine to JavaScript serves the instance it was given last, and
// engines of an earlier one would wait for ever.
let loading: ReturnType<typeof loadEngine> | undefined;

// Loaded by hand: the package's own entry imports its .wasm as a module, which Node does not do by itself.
async function loadEngine() {
  const glue = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const path = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const bytes = await readFile(path.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, {
    "./schema_engine_bg.js": { ...glue, ...idleTimers(glue) },
  });
  const { __wbg_set_wasm, SchemaEngine } = glue as typeof glue & { __wbg_set_wasm(exports: unknown): void };
  __wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return { SchemaEngine };
}

// The engine lets a timer of ten seconds run out after it has taken Prisma's lock. Nobody waits for it, so it
// must not keep the process alive. The name ends in a hash of the build.
function idleTimers(glue: object): Record<string, (callback: () => void, milliseconds: number) => unknown> {
  const names = Object.keys(glue).filter((name) => name.startsWith("__wbg_setTimeout"));
  return Object.fromEntries(
    names.map((name) => [name, (callback, milliseconds) => setTimeout(callback, milliseconds).unref()]),
  );
}

// The adapters are not made for scripts of one's own: that of PostgreSQL splits at every semicolon, also
// inside a function's body, and that of PGlite does not wait for the end and so loses the error.
async function wholeScripts(connection: MigrationConnection): Promise<SqlDriverAdapter> {
  const adapter = await (await connection.adapter()).connect();
  adapter.executeScript = async (script) => {
    try {
      await connection.execute(script);
    } catch (error) {
      const { code, severity, message, detail, column, hint } = error as Error & Record<string, string>;
      throw new DriverAdapterError({
        kind: "postgres",
        code: code ?? "N/A",
        severity: severity ?? "ERROR",
        message,
        detail,
        column,
        hint,
      });
    }
  };
  return adapter;
}
