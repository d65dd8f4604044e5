import { LRUCache } from "lru-cache";

// A prepared statement stays with its connection until that closes, some ten kilobytes of the server's memory each.
const MOST_NAMES = 100;
// In characters.
const MOST_SEEN = 2_000_000;

/**
 * Names for statements that come again, so that PostgreSQL parses and plans each only once a connection. The first
 * sighting of a statement gives none, and there is a fixed number of them: a stream of ever new statements uses up no
 * memory, neither here nor there.
 */
export class StatementNames {
  readonly #seen = new LRUCache<string, true>({
    maxSize: MOST_SEEN,
    sizeCalculation: (_, text) => text.length,
  });
  readonly #names = new Map<string, string>();

  /** @param prefix tells these names from those of another kind of statements, which shall not use them up */
  constructor(private readonly prefix: string) {}

  /** The name under which to prepare a statement; undefined when it is not to be prepared. */
  of(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name || this.#names.size >= MOST_NAMES) return name;
    if (!this.#seen.has(text)) {
      this.#seen.set(text, true);
      return undefined;
    }
    const given = `${this.prefix}_${this.#names.size}`;
    this.#names.set(text, given);
    return given;
  }
}
