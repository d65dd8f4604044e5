/** A database that cannot be used. The message is one line for a person: what is wrong, where, how to mend it. */
export class DatabaseError extends Error {
  override name = "DatabaseError";
}

/** The first line of whatever was thrown, without a full stop, to stand inside a longer sentence. */
export function reason(error: unknown): string {
  const { message } = Object(error) as { message?: unknown };
  const text = typeof message === "string" && message !== "" ? message : (codeOf(error) ?? String(error));
  return text.split("\n", 1)[0]!.replace(/\.$/, "");
}

/** The code that Node (`EEXIST`) and PostgreSQL (`28P01`) give their errors. */
export function codeOf(error: unknown): string | undefined {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === "string" ? code : undefined;
}

/** What PostgreSQL or the socket said, as Prisma's adapters hand it on. */
export interface Cause {
  readonly kind?: string;
  readonly originalCode?: string;
  readonly originalMessage?: string;
  readonly constraint?: { readonly fields?: readonly string[] };
}

export function causeOf(error: unknown): Cause {
  const { meta, name, cause } = Object(error) as Adapted & { meta?: { driverAdapterError?: Adapted } };
  // Within a transaction, Prisma lets an adapter's error through as it is.
  return meta?.driverAdapterError?.cause ?? (name === "DriverAdapterError" ? cause : undefined) ?? {};
}

interface Adapted {
  readonly name?: string;
  readonly cause?: Cause;
}
