import type { FastifyInstance, FastifyRequest, onRequestHookHandler, preParsingHookHandler } from "fastify";
import type { Authenticator } from "../access/authenticator.js";
import type { Session } from "../access/session.js";
import { ErrorCode, PublicError } from "../graphql/errors.js";
import { ANONYMOUS, seesEverything } from "../graphql/viewer.js";

declare module "fastify" {
  interface FastifyRequest {
    /** Who calls, where that was asked for and the caller has said so. */
    caller: Session | null;
  }
}

/** A body that is larger than its sender may send. */
const TOO_LARGE =
  "The body is larger than this server reads from you (MAX_READER_BODY_BYTES; MAX_BODY_BYTES with the role ANALYST or above).";

/**
 * Makes the `preParsing` hook of a route whose bodies may be large for those who record. Anybody can send a body, and a
 * large one takes memory until it is there, and time to be read.
 */
export const limitBodies =
  (mostBytes: number): preParsingHookHandler =>
  (request, _reply, payload, done) => {
    if (seesEverything(callerOf(request))) return done(null, payload);
    const { "content-length": length } = request.headers;
    if (length !== undefined) {
      return done(Number(length) > mostBytes ? tooLarge() : null, payload);
    }
    let bytes = 0;
    payload.on("data", (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostBytes) payload.destroy(tooLarge());
    });
    done(null, payload);
  };

const tooLarge = () => new PublicError(ErrorCode.BAD_REQUEST, TOO_LARGE, { http: { status: 413 } });

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
