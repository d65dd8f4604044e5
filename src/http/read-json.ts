import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Budgets } from "./budgets.js";
import { callerOf } from "./caller.js";
import type { LongWay } from "./long-way.js";
import { checkJson } from "./nesting.js";

/** To read more characters may take longer than all else that is done for a request. */
const LONG = 16_000;

/**
 * Reads the bodies of requests. They are JSON and say so: a page of another origin can send any other kind without the
 * browser's asking first (https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
 *
 * What is nested too deep is refused before it is read: that takes time and memory, and is
 * done with everybody waiting. So is reading much, of which each caller has one read at a time.
 */
export function readJson(app: FastifyInstance, budgets: Budgets, longWay: LongWay): void {
  const usual = app.getDefaultJsonParser("error", "error");
  app.removeContentTypeParser("text/plain");
  app.addContentTypeParser<string>("application/json", { parseAs: "string" }, (request, text, done) => {
    const read = () => {
      checkJson(text);
      return usual(request, text, done);
    };
    const refused = (error: unknown) => done(error as Error);
    if (text.length > LONG) {
      turn(request, budgets, longWay).then((leave) => {
        try {
          read();
        } catch (error) {
          refused(error);
        } finally {
          leave();
        }
      }, refused);
      return;
    }
    try {
      read();
    } catch (error) {
      refused(error);
    }
  });
}

/** Waits until it is a caller's turn, or he has gone. @returns gives the turn back */
async function turn(request: FastifyRequest, budgets: Budgets, longWay: LongWay): Promise<() => void> {
  const { socket } = request.raw;
  const budget = budgets.of(callerOf(request), request.raw);
  const gone = () => budget.abandon();
  socket.once("close", gone);
  try {
    return await longWay.enter(budget);
  } finally {
    socket.off("close", gone);
  }
}
