/** What a caller may do with the content; each role may do all that the one before it may. */
export type Role = "READER" | "ANALYST" | "EDITOR" | "ADMIN";

/** On whose behalf a request is answered. */
export interface Viewer {
  readonly role: Role;
}

/** Somebody about whom nothing is known. */
export const ANONYMOUS: Viewer = Object.freeze({ role: "READER" });

/** Whether this viewer sees drafts, rejected claims and the full text of other people's publications. */
export const seesEverything = (viewer: Viewer): boolean => viewer.role !== "READER";
