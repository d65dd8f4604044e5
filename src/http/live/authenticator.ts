import type { Viewer } from "../../graphql/viewer.js";

/** Finds out who is asking, and whether that still holds while he listens. */
export interface LiveAuthenticator {
  /** @param authorization as in the header of that name @throws UNAUTHENTICATED when what it says does not hold */
  authenticate(authorization?: string): Promise<Viewer>;
  /** Asked every few seconds, once for all viewers that are equal in every property. */
  stillValid(viewer: Viewer): Promise<boolean>;
}
