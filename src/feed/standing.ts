import type { Viewer } from "../graphql/viewer.js";
import type { Wakeups } from "./wakeups.js";

/** Knows whether viewers may go on: each is looked up once whenever followers are woken, however many follow for him. */
export class Standing {
  readonly #known = new Map<string, Promise<boolean>>();
  #round = -1;

  constructor(
    private readonly stillValid: (viewer: Viewer) => Promise<boolean>,
    private readonly wakeups: Wakeups,
  ) {}

  /** @returns whether the viewer may go on until followers are woken the next time */
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
