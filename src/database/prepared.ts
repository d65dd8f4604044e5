import { LRUCache } from "lru-cache";

// In characters.
const MOST_SEEN = 2_000_000;

/**
 * Names for statements that come again, so that PostgreSQL parses and plans each only once a connection. There is a
 * fixed number of them: a stream of ever new statements uses up no memory, neither here nor there. A statement gets one
 * at its second sighting, from the one that has gone unused for longest, so a name stands for one statement now and may
 * stand for another one later. What comes again only after a round of more than there are names gets none: it would
 * lose it before it is of use.
 */
export class StatementNames {
  readonly #seen: LRUCache<string, true>;
  readonly #names: LRUCache<string, string>;

  /**
   * @param prefix tells these names from those of another kind of statements, which shall not use them up
   * @param most how many names there are. What has one stays with each connection, 0.1 to 0.2 MB of the database server's
   *   memory
   */
  constructor(
    private readonly prefix: string,
    private readonly most: number,
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
    const given =
      this.#names.size < this.most ? `${this.prefix}_${this.#names.size}` : (this.#names.pop() as string);
    this.#names.set(text, given);
    return given;
  }
}
