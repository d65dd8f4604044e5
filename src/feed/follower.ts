import { TooManyRequests } from "../database/ended.js";
import { unanswered } from "../database/unanswered.js";
import { ErrorCode, PublicError } from "../graphql/errors.js";
import type { Keys } from "../reading/cursor.js";
import type { Edge, Stretch, Tail } from "../reading/tail.js";
import type { Behalf, Feed } from "./feed.js";

/** What a viewer is told who may not go on. */
export class Revoked extends PublicError {
  constructor() {
    super(
      ErrorCode.UNAUTHENTICATED,
      "The key or token was revoked, has expired or has another role now. Connect with a valid one, and resume with `after`.",
    );
  }
}

const DONE = { done: true, value: undefined } as const;

/**
 * Reads the log edge by edge, for ever. It reads ahead by no more than a stretch, and only when asked for an edge that
 * it does not have. A database that does not answer, or has no turn for its caller, makes it wait and try again from where
 * it stands; one that takes too long for what is asked ends it.
 *
 * Written by hand, since `return` of an async generator waits for the step that is under way, and this may be a long
 * wait.
 */
export class Follower implements AsyncIterableIterator<Edge> {
  #edges: readonly Edge[] = [];
  #next = 0;
  /** The version of the log at whose end it stood. */
  #atEndOf: number | undefined;
  /** The round of waking in which the viewer was found valid. */
  #checked: number | undefined;
  #ended = false;
  #wake: () => void = () => undefined;
  /** Called when it ends while a stretch is read for it. */
  #leave: () => void = () => undefined;

  constructor(
    private readonly feed: Feed,
    private readonly tail: Tail,
    private readonly behalf: Behalf,
    private position: Keys,
    private readonly onEnd: () => void,
  ) {
    feed.wakeups.join();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** @throws Revoked when the viewer may not go on; StatementTimeout; what else the database has against the statement */
  async next(): Promise<IteratorResult<Edge, undefined>> {
    try {
      while (!this.#ended) {
        const answered = await this.#advance();
        if (this.#ended) break;
        if (answered && this.#next < this.#edges.length) {
          return { done: false, value: this.#edges[this.#next++] as Edge };
        }
        // What was committed while the log was read is not waited for.
        if (!answered || this.#atEndOf === this.feed.wakeups.version) await this.#sleep();
      }
      return DONE;
    } catch (error) {
      this.#end();
      throw error;
    }
  }

  async return(): Promise<IteratorResult<Edge, undefined>> {
    this.#end();
    return DONE;
  }

  /** Makes sure of the viewer, and of an edge if there is one. @returns whether the database answered */
  async #advance(): Promise<boolean> {
    const { version, round } = this.feed.wakeups;
    try {
      const reading = this.#next === this.#edges.length && this.#atEndOf !== version;
      if (reading || this.#checked !== round) {
        if (!(await this.feed.standing.holds(this.behalf.viewer))) throw new Revoked();
        this.#checked = round;
      }
      if (!reading) return true;
      const { edges, end } = await this.#stretch();
      this.#edges = edges;
      this.#next = 0;
      this.position = end;
      if (edges.length === 0) this.#atEndOf = version;
      return true;
    } catch (error) {
      if (unanswered(error) || error instanceof TooManyRequests) return false;
      throw error;
    }
  }

  async #stretch(): Promise<Stretch> {
    const { read, leave } = this.feed.stretch(this.tail, this.position, this.behalf.budget);
    this.#leave = leave;
    try {
      return await read;
    } finally {
      this.#leave = () => undefined;
      if (!this.#ended) leave();
    }
  }

  #sleep(): Promise<void> {
    return new Promise((resolve) => {
      const forget = this.feed.wakeups.next(resolve);
      this.#wake = () => {
        forget();
        resolve();
      };
    });
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#edges = [];
    this.feed.wakeups.leave();
    this.onEnd();
    this.#leave();
    this.#wake();
  }
}
