import { TooManyRequests } from "./ended.js";

/** How the connections are shared out. */
export interface Shares {
  /** How many statements run at once. */
  readonly connections: number;
  /** How many of them one caller may have. */
  readonly perCaller: number;
  /** How many bytes of answers a caller may have asked for and not read before he has to wait with the next statement. */
  readonly unreadBytes: number;
  /** How long a statement may wait for its turn. */
  readonly waitMilliseconds: number;
}

/** One who waits for his turn. */
export interface Waiting {
  readonly go: () => void;
  readonly refuse: (error: Error) => void;
}

interface Caller {
  running: number;
  unread: number;
  readonly waiting: Set<Waiting>;
}

const isIdle = ({ running, unread, waiting }: Caller): boolean =>
  running === 0 && unread === 0 && waiting.size === 0;

/** Of one caller. More would only fill the memory. */
const MOST_WAITING = 1_000;

/**
 * Shares the connections out among callers: each has a limit of his own, and those who wait are served in turns, one
 * statement each. So one caller's slow statements leave connections to all others.
 */
export class Turns {
  readonly #callers = new Map<string, Caller>();
  #running = 0;

  constructor(private readonly shares: Shares) {}

  /** Takes a turn at once, if there is one. @returns whether there was: `free` gives it back */
  take(name: string): boolean {
    const caller = this.#caller(name);
    if (caller.waiting.size > 0 || !this.#mayRun(caller)) return false;
    this.#run(caller);
    return true;
  }

  /**
   * Waits for a turn.
   *
   * @returns takes the wish back, unless it was fulfilled or refused
   */
  wait(name: string, { go, refuse }: Waiting): () => void {
    const caller = this.#caller(name);
    const leave = () => {
      clearTimeout(timer);
      caller.waiting.delete(waiting);
      this.#forget(name, caller);
    };
    const waiting: Waiting = {
      go() {
        leave();
        go();
      },
      refuse(error) {
        leave();
        refuse(error);
      },
    };
    const timer = setTimeout(() => waiting.refuse(new TooManyRequests()), this.shares.waitMilliseconds);
    if (caller.waiting.size >= MOST_WAITING) waiting.refuse(new TooManyRequests());
    else caller.waiting.add(waiting);
    return leave;
  }

  /** Gives a turn back. */
  free(name: string): void {
    this.#running--;
    const caller = this.#caller(name);
    caller.running--;
    // Behind all others: the next turn is another one's.
    this.#callers.delete(name);
    if (!isIdle(caller)) this.#callers.set(name, caller);
    this.#next();
  }

  /** Counts bytes that were sent to a caller and not yet read; less than none when they were. */
  unread(name: string, bytes: number): void {
    const caller = this.#caller(name);
    caller.unread += bytes;
    this.#forget(name, caller);
    if (bytes < 0) this.#next();
  }

  #caller(name: string): Caller {
    const known = this.#callers.get(name);
    if (known) return known;
    const caller = { running: 0, unread: 0, waiting: new Set<Waiting>() };
    this.#callers.set(name, caller);
    return caller;
  }

  #forget(name: string, caller: Caller): void {
    if (isIdle(caller) && this.#callers.get(name) === caller) this.#callers.delete(name);
  }

  #mayRun({ running, unread }: Caller): boolean {
    const { connections, perCaller, unreadBytes } = this.shares;
    return this.#running < connections && running < perCaller && unread <= unreadBytes;
  }

  #run(caller: Caller): void {
    this.#running++;
    caller.running++;
  }

  #next(): void {
    while (this.#serveOne());
  }

  #serveOne(): boolean {
    for (const caller of this.#callers.values()) {
      const [first] = caller.waiting;
      if (!first || !this.#mayRun(caller)) continue;
      this.#run(caller);
      first.go();
      return true;
    }
    return false;
  }
}
