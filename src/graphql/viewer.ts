import type { Role } from "../generated/prisma/enums.js";

export type { Role };

/** Lowest first: each role may do all that those before it may. */
export const ROLES: readonly Role[] = ["READER", "ANALYST", "EDITOR", "ADMIN"];

/** On whose behalf a request is answered. */
export interface Viewer {
  readonly role: Role;
  /** Who it is, the same at every request: an API key's id, or issuer and subject of a token. Nobody has none. */
  readonly id?: string;
  /** For people who read the history. */
  readonly name?: string;
}

/** A viewer who is known, and so may be made the author of a change. */
export type Author = Required<Viewer>;

/** Somebody about whom nothing is known. */
export const ANONYMOUS: Viewer = Object.freeze({ role: "READER" });

/** Whether a viewer has a role, or one above it. */
export const may = (viewer: Viewer, role: Role): boolean => ROLES.indexOf(viewer.role) >= ROLES.indexOf(role);

/** Whether this viewer sees drafts, rejected claims and the full text of other people's publications. */
export const seesEverything = (viewer: Viewer): boolean => may(viewer, "ANALYST");
