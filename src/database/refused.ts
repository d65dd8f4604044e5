/** The SQLSTATE of `refused`: a statement found out that what was asked for is too much. */
const REFUSED = "CG400";

/** The reason, meant for who asked, with which a statement of the read path refused to go on; nothing of other errors. */
export function reasonOf(error: unknown): string | undefined {
  return error instanceof Error && (error as { code?: unknown }).code === REFUSED ? error.message : undefined;
}
