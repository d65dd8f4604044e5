import { setTimeout } from "node:timers/promises";
import type { Budget } from "../database/budget.js";
import { Turns } from "../database/turns.js";

/** What takes less keeps nobody waiting. */
const SHORT_MILLISECONDS = 5;

/**
 * Lets callers take turns in what keeps the process busy: reading a document, checking it, and running it as far as the
 * database. Each of these may take a tenth of a second, in which nobody else is served. Of what many requests bring, one
 * is done at a time, and after it the process is free for as long as it took: whoever has asked for something that is
 * remembered already gets through in between. Without that pause, Node would do all that has come in one after the other.
 */
export class LongWay {
  readonly #turns: Turns;
  /** When the next may begin, by the clock of `performance`. */
  #next = 0;

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
    await budget.turn(this.#turns);
    const pause = this.#next - performance.now();
    if (pause > 0) await setTimeout(pause);
    const start = performance.now();
    let inside = true;
    const leave = () => {
      if (!inside) return;
      inside = false;
      const end = performance.now();
      this.#next = end - start > SHORT_MILLISECONDS ? end + (end - start) : 0;
      this.#turns.free(budget.caller);
    };
    if (budget.ended) {
      leave();
      throw budget.ended;
    }
    return leave;
  }
}
