import type { SqlDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { PrismaClient } from "../generated/prisma/client.js";

/** A Prisma client that is loaded, with the compiler of its queries, when it is first asked for. */
export class LazyPrisma {
  #client: Promise<PrismaClient> | undefined;

  constructor(private readonly adapter: () => Promise<SqlDriverAdapterFactory>) {}

  load(): Promise<PrismaClient> {
    this.#client ??= this.#make();
    return this.#client;
  }

  async close(): Promise<void> {
    const client = await this.#client;
    await client?.$disconnect();
  }

  async #make(): Promise<PrismaClient> {
    const [{ PrismaClient }, adapter] = await Promise.all([
      import("../generated/prisma/client.js"),
      this.adapter(),
    ]);
    return new PrismaClient({ adapter });
  }
}
