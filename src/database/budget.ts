import { Abandoned, AnswerTooLarge, StatementTimeout } from "./ended.js";
import type { Turns } from "./turns.js";

/** What the statements of one answer may use. */
export interface Allowance {
  /** How long they may run, together. */
  readonly milliseconds: number;
  /** How many bytes they may give, together. */
  readonly bytes: number;
}

/**
 * What one answer may use of the database: its caller's turns, time and bytes. Once one of them is used up, or nobody
 * waits for the answer, all of its statements end.
 */
export class Budget {
  #milliseconds: number;
  #bytes: number;
  #ended: Error | undefined;
  #running = 0;
  #since = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #stops = new Set<(reason: Error) => void>();

  /** @param caller whose turns are taken */
  constructor(
    private readonly turns: Turns,
    readonly caller: string,
    { milliseconds, bytes }: Allowance,
  ) {
    this.#milliseconds = milliseconds;
    this.#bytes = bytes;
  }

  /**
   * Waits for a turn of its caller, which `free` gives back.
   *
   * @returns whether it had to wait
   * @throws TooManyRequests; why the answer ended
   */
  async turn(turns = this.turns): Promise<boolean> {
    if (this.#ended) throw this.#ended;
    if (turns.take(this.caller)) return false;
    await new Promise<void>((resolve, reject) => {
      let leave: () => void = () => undefined;
      const withdraw = this.onEnd((reason) => {
        leave();
        reject(reason);
      });
      const go = () => {
        withdraw();
        resolve();
      };
      const refuse = (error: Error) => {
        withdraw();
        reject(error);
      };
      leave = turns.wait(this.caller, { go, refuse });
    });
    return true;
  }

  /**
   * Runs a statement of the answer when there is a turn.
   *
   * @throws Ended, Abandoned when it was broken off
   */
  async run<T>(statement: () => Promise<T>): Promise<T> {
    await this.turn();
    this.#start();
    try {
      return await statement();
    } catch (error) {
      throw this.#ended ?? error;
    } finally {
      this.#pause();
      this.turns.free(this.caller);
    }
  }

  /** Makes a change when there is a turn. It is not broken off once it has begun: it has limits of its own. */
  async change<T>(work: () => Promise<T>): Promise<T> {
    await this.turn();
    try {
      return await work();
    } finally {
      this.turns.free(this.caller);
    }
  }

  /** Why the answer ended before it was complete. */
  get ended(): Error | undefined {
    return this.#ended;
  }

  /** Has something done when the answer ends before it is complete. @returns takes that back */
  onEnd(stop: (reason: Error) => void): () => void {
    this.#stops.add(stop);
    return () => this.#stops.delete(stop);
  }

  /** Takes bytes of an answer. @throws AnswerTooLarge when there are not so many left */
  spend(bytes: number): void {
    if (bytes > this.#bytes) {
      const error = new AnswerTooLarge();
      this.#end(error);
      throw error;
    }
    this.#bytes -= bytes;
  }

  /** How many bytes are left. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Nobody waits for the answer any more. */
  abandon(): void {
    this.#end(new Abandoned());
  }

  /** Counts bytes of the answer as sent and not yet read. @returns to be called when they are read, or will never be */
  unread(bytes: number): () => void {
    this.turns.unread(this.caller, bytes);
    return () => this.turns.unread(this.caller, -bytes);
  }

  // Only what runs counts: who waits for his turn does not use up his time.
  #start(): void {
    if (this.#running++ > 0) return;
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.#end(new StatementTimeout()), Math.max(this.#milliseconds, 1));
  }

  #pause(): void {
    if (--this.#running > 0) return;
    clearTimeout(this.#timer);
    this.#milliseconds -= performance.now() - this.#since;
    if (this.#milliseconds <= 0) this.#end(new StatementTimeout());
  }

  #end(reason: Error): void {
    if (this.#ended) return;
    this.#ended = reason;
    for (const stop of this.#stops) stop(reason);
    this.#stops.clear();
  }
}
