import { LRUCache } from "lru-cache";
import type { Budget } from "../database/budget.js";
import type { Database } from "../database/database.js";
import type { Viewer } from "../graphql/viewer.js";
import { type Keys, LAST_ID } from "../reading/cursor.js";
import type { Edge, Stretch, Tail } from "../reading/tail.js";
import { Follower } from "./follower.js";
import { Standing } from "./standing.js";
import { Wakeups } from "./wakeups.js";

/** How followers are looked after. */
export interface FeedOptions {
  /** Whether a viewer may still be answered as the one he was. */
  readonly stillValid: (viewer: Viewer) => Promise<boolean>;
  /** How often the log and the viewers are looked at when nothing is heard of either. */
  readonly everyMilliseconds?: number;
}

/** On whose behalf the log is followed. */
export interface Behalf {
  readonly viewer: Viewer;
  /** What reading a stretch may use. */
  readonly budget: () => Budget;
}

/** A stretch that is being read, and by how many it is waited for. */
interface Shared {
  readonly read: Promise<Stretch>;
  readonly abandon: () => void;
  waiting: number;
  done: boolean;
}

const EVERY_MILLISECONDS = 2_000;

// Followers that are woken together ask for the same stretch within this time.
const SHARED_MILLISECONDS = 1_000;
const MOST_SHARED = 100;

/**
 * The log of revisions as it grows, for any number of followers. Nothing is queued for them: each reads the log from
 * where he stands whenever he is ready for more. As the log is in the order of commits, nothing can appear behind him.
 */
export class Feed {
  readonly wakeups: Wakeups;
  readonly standing: Standing;
  readonly #tails = new LRUCache<string, Tail>({ max: MOST_SHARED });
  readonly #stretches = new LRUCache<string, Shared>({
    max: MOST_SHARED,
    ttl: SHARED_MILLISECONDS,
    ttlAutopurge: true,
  });
  readonly #followers = new Set<Follower>();
  /** Which version of the log the shared stretches are of. */
  #version = 0;
  #stopped = false;

  constructor(
    private readonly database: Database,
    { stillValid, everyMilliseconds = EVERY_MILLISECONDS }: FeedOptions,
  ) {
    this.wakeups = new Wakeups(database, everyMilliseconds);
    this.standing = new Standing(stillValid, this.wakeups);
  }

  /**
   * Follows the log from now on, or from a cursor.
   *
   * @throws BAD_USER_INPUT when the cursor is not one of `changes`
   */
  async follow(tail: Tail, behalf: Behalf, cursor?: string | null): Promise<AsyncIterableIterator<Edge>> {
    const start = cursor == null ? await this.#end() : tail.positionOf(cursor);
    // Equal statements are kept once, however many follow by them.
    const shared = this.#tails.get(tail.key) ?? tail;
    this.#tails.set(tail.key, shared);
    const follower = new Follower(this, shared, behalf, start, () => this.#followers.delete(follower));
    this.#followers.add(follower);
    // Whoever began as the feed was stopped would keep it listening.
    if (this.#stopped) await follower.return();
    return follower;
  }

  /**
   * Reads a stretch of the log. Whoever asks for the same one at the same time shares it, and what the first one may use.
   *
   * @returns what is read, and what to call when it is not waited for any more
   * @throws Ended when it takes too much
   */
  stretch(tail: Tail, after: Keys, budget: () => Budget): { read: Promise<Stretch>; leave: () => void } {
    if (this.#version !== this.wakeups.version) {
      this.#version = this.wakeups.version;
      this.#stretches.clear();
    }
    const key = `${tail.key} ${after.join(" ")}`;
    const shared = this.#stretches.get(key) ?? this.#read(key, tail, after, budget);
    shared.waiting++;
    const leave = () => {
      // What has been read is kept for who comes late.
      if (--shared.waiting > 0 || shared.done) return;
      this.#drop(key, shared);
      shared.abandon();
    };
    return { read: shared.read, leave };
  }

  #read(key: string, tail: Tail, after: Keys, budget: () => Budget): Shared {
    let spending: Budget | undefined;
    const next = () => {
      spending = budget();
      return spending;
    };
    const read = tail.after(after, this.database, next);
    const shared: Shared = { read, abandon: () => spending?.abandon(), waiting: 0, done: false };
    this.#stretches.set(key, shared);
    shared.read.then(
      () => {
        shared.done = true;
      },
      () => this.#drop(key, shared),
    );
    return shared;
  }

  #drop(key: string, shared: Shared): void {
    if (this.#stretches.peek(key) === shared) this.#stretches.delete(key);
  }

  /** Ends all followers, for good. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const follower of this.#followers) await follower.return();
    this.#stretches.clear();
    await this.wakeups.ended();
  }

  async #end(): Promise<Keys> {
    const [last] = await this.database.query<{ seq: string }>(
      "select coalesce(max(seq), 0)::text as seq from revision",
      [],
    );
    return [last?.seq ?? "0", LAST_ID];
  }
}
