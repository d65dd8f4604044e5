import type { OwnKey } from "./access/own-key.js";
import { type App, createApp } from "./app.js";
import { type Config, ConfigError, readConfig } from "./config.js";
import { DatabaseError } from "./database/open.js";
import { DatasetError } from "./dataset/dataset-error.js";

try {
  const config = readConfig();
  // The first start of an embedded database takes some seconds.
  if (process.stdout.isTTY) {
    console.log(`Opening the database (${databaseOf(config)}) …`);
  }
  const app = await createApp(config);
  // Whoever reads that the server is ready may stop it at once.
  stopOnSignals(app);
  announce(app, config);
} catch (error) {
  for (const line of explain(error)) {
    console.error(line);
  }
  process.exit(1);
}

/** The first lines a person sees, and a machine's log as well. */
function announce(app: App, config: Config): void {
  const facts = Object.entries({
    Pages: config.pages && `${app.url}/`,
    Playground: config.playground && `${app.url}/playground`,
    GraphQL: `${app.url}/graphql`,
    Database: databaseOf(config),
    Examples: app.loadedExamples && "loaded; EXAMPLES=off starts without them",
  }).filter((fact): fact is [string, string] => Boolean(fact[1]));
  const { ownKey } = app;
  if (!process.stdout.isTTY) {
    const all = ownKey ? [...facts, ["Admin key", whereToFind(ownKey)]] : facts;
    app.log.info(`Claimgraph is ready. ${all.map(([name, value]) => `${name}: ${value}`).join(" · ")}`);
    return;
  }
  // What is to be copied stands on a line of its own.
  const lines = facts.map(([name, value]) => `${name}:\n${value}\n`);
  const key = ownKey ? [`Admin key, to record with (${howLong(ownKey)}):\n${ownKey.key}\n`] : [];
  console.log(["", "Claimgraph is ready.\n", ...lines, ...key, "Stop it with Ctrl+C.\n"].join("\n"));
}

function howLong({ file }: OwnKey): string {
  return file ? `kept in ${file} until ADMIN_KEY is set` : "for this run; ADMIN_KEY sets a lasting one";
}

/** A key stands on a terminal and is gone with it; a log is kept, copied and read by many. */
function whereToFind(own: OwnKey): string {
  if (process.stderr.isTTY) {
    process.stderr.write(`Admin key (${howLong(own)}):\n${own.key}\n`);
    return "shown on the terminal";
  }
  if (own.file) return `in ${own.file}`;
  return "none that is told: set ADMIN_KEY or ADMIN_KEY_FILE to have one, since this output may be kept";
}

// Neither user nor password.
function databaseOf({ databaseUrl, dataDir }: Config): string {
  if (databaseUrl) {
    const { host, pathname, searchParams } = new URL(databaseUrl);
    const place = searchParams.get("host") ?? (host || "localhost");
    return `PostgreSQL, ${decodeURIComponent(pathname.slice(1)) || "default database"} at ${place}`;
  }
  return `embedded, ${dataDir ? `in ${dataDir}` : "in memory: gone when the server stops"}`;
}

/** The first signal lets running requests finish; a second one does not wait for them. */
function stopOnSignals(app: App): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, async () => {
      if (stopping) {
        process.exit(1);
      }
      stopping = true;
      app.log.info(`${signal}: finishing running requests; a second signal stops at once`);
      try {
        await app.stop();
        process.exit(0);
      } catch (error) {
        app.log.error({ err: error }, "the server did not stop cleanly");
        process.exit(1);
      }
    });
  }
}

/** Lines for the person who started the server. Only an error nobody expected brings its stack. */
function explain(error: unknown): string[] {
  if (error instanceof ConfigError) {
    return [...error.problems];
  }
  if (error instanceof DatabaseError || error instanceof DatasetError) {
    return [error.message];
  }
  const { code, address, port, stack } = error as NodeJS.ErrnoException & { address?: string; port?: number };
  const place = `port ${port} of ${address}`;
  switch (code) {
    case "EADDRINUSE":
      return [`Another program listens on ${place}. Set PORT to another one, or to 0 for any that is free.`];
    case "EACCES":
      return [`This user may not listen on ${place}. Set PORT to 1024 or more.`];
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return [
        `This machine has no address to listen on ${place}. Set HOST to one of its own, such as 127.0.0.1.`,
      ];
    default:
      return [stack ?? String(error)];
  }
}
