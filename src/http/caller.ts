import type { FastifyInstance, FastifyRequest, onRequestHookHandler } from "fastify";
import type { Authenticator } from "../access/authenticator.js";
import type { Session } from "../access/session.js";
import { ANONYMOUS } from "../graphql/viewer.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who calls, where that was asked for and the caller has said so. */
    caller: Session | null;
  }
}

/** On whose behalf a request of a route that asks for it (see `identify`) is answered. */
export const callerOf = ({ caller }: FastifyRequest): Session => caller ?? ANONYMOUS;

/** Lets requests carry who calls. */
export function callers(app: FastifyInstance): void {
  app.decorateRequest("caller", null);
}

/**
 * Makes the `onRequest` hook of a route that has to know who calls: nobody whose key or token does not hold gets as
 * far as having the body read. Whoever sends none waits for nothing.
 */
export const identify =
  (authenticator: Authenticator): onRequestHookHandler =>
  (request, _reply, done) => {
    const { authorization } = request.headers;
    if (authorization === undefined) {
      try {
        authenticator.anonymous();
      } catch (error) {
        return done(error as Error);
      }
      return done();
    }
    authenticator.authenticate(authorization).then((session) => {
      request.caller = session;
      done();
    }, done);
  };
