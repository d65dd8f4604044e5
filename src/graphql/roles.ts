import type { AuthChecker } from "type-graphql";
import type { Context } from "./context.js";
import { forbidden, unauthenticated } from "./errors.js";
import { may, type Role, type Viewer } from "./viewer.js";

/**
 * Lets a viewer pass who has a role or one above it.
 *
 * @throws UNAUTHENTICATED when it is not known who is calling, FORBIDDEN when the caller's role is too low
 */
export function demand(viewer: Viewer, role: Role, what: string): void {
  if (may(viewer, role)) return;
  throw viewer.id === undefined
    ? unauthenticated(
        `${what} needs the role ${role}. Send a key or a token of one who has it: Authorization: Bearer …`,
      )
    : forbidden(`${what} needs the role ${role}; yours is ${viewer.role}.`);
}

/** What TypeGraphQL asks before a field that is marked `Authorized(role)`. */
export const checkRole: AuthChecker<Context, Role> = ({ context, info }, [role]) => {
  if (role) demand(context.reader.viewer, role, `\`${info.fieldName}\``);
  return true;
};
