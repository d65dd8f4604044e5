import { LRUCache } from "lru-cache";
import type { Viewer } from "../graphql/viewer.js";
import type { Wakeups } from "./wakeups.js";

// Who reads one page after the other is looked up again; those who were woken together come within this time.
const MOST_KNOWN = 10_000;
const HOLDS_MILLISECONDS = 100;

/** Knows whether viewers may go on: each is looked up once whenever followers are woken, however many follow for him. */
export class Standing {
  readonly #known = new LRUCache<string, Promise<boolean>>({ max: MOST_KNOWN, ttl: HOLDS_MILLISECONDS });
  #round = -1;

  constructor(
    private readonly stillValid: (viewer: Viewer) => Promise<boolean>,
    private readonly wakeups: Wakeups,
  ) {}

  /** @returns whether the viewer may go on for now */
  holds(viewer: Viewer): Promise<boolean> {
    if (this.#round !== this.wakeups.round) {
      this.#round = this.wakeups.round;
      this.#known.clear();
    }
    // Two tokens of one person may end at different times.
    const key = JSON.stringify(viewer);
    const known = this.#known.get(key);
    if (known) return known;
    const asked = this.stillValid(viewer);
    this.#known.set(key, asked);
    return asked;
  }
}
