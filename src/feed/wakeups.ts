import type { Database } from "../database/database.js";

/**
 * Tells followers of the log when to look: when the database says that something was committed, and every now and
 * then. It listens and looks only while somebody waits for it, once for all of them.
 */
export class Wakeups {
  /** Counts what may have changed the log: whoever found the end of it at this number need not look again. */
  version = 0;
  /** Counts the times at which followers were woken, for whatever reason. */
  round = 0;
  #waiting = new Set<() => void>();
  #members = 0;
  #last: string | null | undefined;
  #looking = false;
  #close: (() => Promise<void>) | undefined;
  #closing: Promise<void> = Promise.resolve();

  constructor(
    private readonly database: Database,
    private readonly everyMilliseconds: number,
  ) {}

  /** Takes part; the first to do so begins to listen, the last to leave ends it. */
  join(): void {
    this.#members++;
    if (this.#close) return;
    // Whatever was found out when somebody listened last may not hold any more.
    this.version++;
    this.round++;
    const stopListening = this.database.listen(() => this.#wake());
    const timer = setInterval(() => this.#tick(), this.everyMilliseconds);
    this.#close = () => {
      clearInterval(timer);
      return stopListening();
    };
  }

  leave(): void {
    this.#members--;
    if (this.#members > 0 || !this.#close) return;
    const closing = this.#close().catch(() => undefined);
    this.#close = undefined;
    this.#last = undefined;
    this.#closing = Promise.all([this.#closing, closing]).then(() => undefined);
  }

  /** Waits until nobody listens any more: the database can then be closed. */
  ended(): Promise<void> {
    return this.#closing;
  }

  /** Calls once, at the next waking. @returns takes that back */
  next(call: () => void): () => void {
    this.#waiting.add(call);
    return () => this.#waiting.delete(call);
  }

  #wake(): void {
    this.version++;
    this.#rouse();
  }

  #rouse(): void {
    this.round++;
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const call of waiting) call();
  }

  // Followers have more to look after than the log, and a wake-up can get lost.
  #tick(): void {
    this.#rouse();
    if (!this.#looking) void this.#look();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    try {
      const [row] = await this.database.query<{ last: string | null }>(
        "select max(seq)::text as last from revision",
        [],
      );
      const moved = row && row.last !== this.#last;
      if (moved && this.#close) {
        this.#last = row.last;
        this.#wake();
      }
    } catch {
      // The database does not answer: followers notice that themselves, and look again until it does.
    } finally {
      this.#looking = false;
    }
  }
}
