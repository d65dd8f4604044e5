import pg from "pg";

const FIRST_PAUSE_MILLISECONDS = 250;
const LONGEST_PAUSE_MILLISECONDS = 30_000;

/**
 * Hears one channel of a PostgreSQL server on a connection of its own, which is made again when it breaks. Nobody is
 * told that it could not be made, and behind a pooler by transaction nothing is ever heard: who listens looks by
 * himself every now and then.
 */
export class Listener {
  #client: pg.Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #pause = FIRST_PAUSE_MILLISECONDS;

  /** @param onWake also called when listening begins again: meanwhile, something may have been said */
  constructor(
    private readonly address: pg.ClientConfig,
    private readonly channel: string,
    private readonly onWake: () => void,
  ) {
    void this.#connect();
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    clearTimeout(this.#timer);
    await client?.end().catch(() => undefined);
  }

  async #connect(): Promise<void> {
    const client = new pg.Client(this.address);
    this.#client = client;
    // Without a listener, a connection that breaks would end this process.
    client.on("error", () => undefined);
    client.once("end", () => this.#again(client));
    client.on("notification", () => this.onWake());
    try {
      await client.connect();
      await client.query(`listen ${this.channel}`);
      this.#pause = FIRST_PAUSE_MILLISECONDS;
      this.onWake();
    } catch {
      void client.end().catch(() => undefined);
      this.#again(client);
    }
  }

  // A connection that breaks during a question is reported twice: by its `end` event, and by the question that fails. Only
  // the first report counts.
  #again(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    // Many processes that lost their connections together do not come back together.
    this.#timer = setTimeout(() => void this.#connect(), this.#pause * (0.5 + Math.random() / 2));
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MILLISECONDS);
  }
}
