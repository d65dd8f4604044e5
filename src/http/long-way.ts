import { setImmediate } from "node:timers/promises";
import type { Budget } from "../database/budget.js";
import { Turns } from "../database/turns.js";

/**
 * Lets callers take turns in what keeps the process busy: reading a document, checking it, and running it as far as the
 * database. Each of these may take some tenths of a second, in which nobody else is served. Of what many requests of one
 * caller bring, one is done at a time, and those of others in between.
 */
export class LongWay {
  readonly #turns: Turns;

  /** @param waitMilliseconds how long a request may wait for its turn */
  constructor(waitMilliseconds: number) {
    const unreadBytes = Number.POSITIVE_INFINITY;
    this.#turns = new Turns({ connections: 1, perCaller: 1, unreadBytes, waitMilliseconds });
  }

  /**
   * Waits for the turn of a request's caller.
   *
   * @returns gives it back, the first time
   * @throws TooManyRequests; Abandoned when nobody waits any more
   */
  async enter(budget: Budget): Promise<() => void> {
    let inside = true;
    const leave = () => {
      if (inside) this.#turns.free(budget.caller);
      inside = false;
    };
    if (await budget.turn(this.#turns)) {
      // What came in meanwhile is read before the process is busy again.
      await setImmediate();
      if (budget.ended) {
        leave();
        throw budget.ended;
      }
    }
    return leave;
  }
}
