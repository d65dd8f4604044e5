import { setTimeout } from "node:timers/promises";
import type { Budget } from "../database/budget.js";
import { Turns } from "../database/turns.js";

/**
 * Lets callers take turns in what keeps the process busy: reading a document, checking it, and running it as far as the
 * database. Each of these may take a tenth of a second, in which nobody else is served. Of what many requests of one caller
 * bring, one is done at a time, and after it the process is free for as long as it took: whoever has asked for something
 * that is remembered already gets through in between.
 */
export class LongWay {
  readonly #turns: Turns;
  /** How long the last one took, in milliseconds. */
  #took = 0;

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
    const waited = await budget.turn(this.#turns);
    if (waited) await setTimeout(this.#took);
    const start = performance.now();
    let inside = true;
    const leave = () => {
      if (!inside) return;
      inside = false;
      this.#took = performance.now() - start;
      this.#turns.free(budget.caller);
    };
    if (waited && budget.ended) {
      leave();
      throw budget.ended;
    }
    return leave;
  }
}
