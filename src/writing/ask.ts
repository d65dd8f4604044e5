import type { Sql } from "sql-template-tag";
import type { Prisma } from "../generated/prisma/client.js";

/** Runs a statement on the connection of a transaction. */
export const ask = <Row>(tx: Prisma.TransactionClient, { text, values }: Sql): Promise<Row[]> =>
  tx.$queryRawUnsafe<Row[]>(text, ...values);

/** Runs a statement that answers no rows. */
export const run = (tx: Prisma.TransactionClient, { text, values }: Sql): Promise<number> =>
  tx.$executeRawUnsafe(text, ...values);
