import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";

// In characters.
const MOST_SEEN = 2_000_000;

/**
 * Names for statements that come again, so that PostgreSQL parses and plans each only once a connection. A name is made of
 * a hash of the text, so it means the same to every process: behind a pooler they share sessions, and with them names. A
 * statement gets one at its second sighting. What comes again only after a round of more than there are names gets none:
 * it would lose it before it is of use.
 */
export class StatementNames {
  readonly #seen: LRUCache<string, true>;
  readonly #names: LRUCache<string, string>;

  /**
   * @param prefix tells these names from those of another kind of statements, which shall not use them up
   * @param most how many statements have names at once. What has one stays with each connection for a while, 0.1 to 0.2 MB
   *   of the database server's memory
   */
  constructor(
    private readonly prefix: string,
    readonly most: number,
  ) {
    const sizeCalculation = (_: true, text: string) => text.length;
    this.#seen = new LRUCache({ max: most, maxSize: MOST_SEEN, sizeCalculation });
    this.#names = new LRUCache({ max: most });
  }

  /** The name under which to prepare a statement; undefined when it is not to be prepared. */
  of(text: string): string | undefined {
    const name = this.#names.get(text);
    if (name) return name;
    if (!this.#seen.has(text)) {
      this.#seen.set(text, true);
      return undefined;
    }
    const given = nameOf(this.prefix, text);
    this.#names.set(text, given);
    return given;
  }
}

/** The name of a statement. PostgreSQL cuts names off after 63 bytes. */
export const nameOf = (prefix: string, text: string): string =>
  `${prefix}_${hash("sha256", text, "base64url")}`;
