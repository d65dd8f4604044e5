import { forbidden } from "../graphql/errors.js";
import { may, type Viewer } from "../graphql/viewer.js";

/**
 * Analysts begin with drafts, or ask for review at once; what else a new claim may be is for editors to say.
 *
 * @throws FORBIDDEN
 */
export function mayBegin(viewer: Viewer, { status }: { readonly status?: unknown }): void {
  if (status == null || status === "DRAFT" || status === "IN_REVIEW" || may(viewer, "EDITOR")) return;
  throw forbidden(
    `A new claim with the status ${status} needs the role EDITOR. Record it as DRAFT or IN_REVIEW; an editor publishes it.`,
  );
}
