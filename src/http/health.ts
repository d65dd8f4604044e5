import type { FastifyInstance } from "fastify";
import type { Database } from "../database/database.js";
import { logOf } from "./logging.js";

const PATIENCE_MS = 2_000;

/** `/healthz`: the process runs. `/readyz`: it can also ask the database; 503 when not. */
export function health(app: FastifyInstance, database: Database): void {
  app.get("/healthz", async () => ({ status: "ok" }));
  app.get("/readyz", async (request, reply) => {
    try {
      await within(PATIENCE_MS, database.ping());
      return { status: "ok", database: "ok" };
    } catch (error) {
      logOf(request).warn({ err: error }, "the database does not answer");
      return reply.code(503).send({ status: "unavailable", database: "does not answer" });
    }
  });
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
