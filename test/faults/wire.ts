import { connect, createServer, type Server, type Socket } from "node:net";

/** What happens to a connection when the server says something to the database. */
export type Break =
  /** It breaks; the database does not hear it. */
  | "before"
  /** The database hears it and does it; it breaks before the server hears so. */
  | "after"
  /** The database does it and says so; it breaks then. */
  | "between"
  /** Nothing passes any more, and nobody is told. */
  | "silence";

/** Stands between a server and its database, and breaks a connection at a chosen moment. */
export class Wire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #armed: { readonly text: string; readonly how: Break; readonly done: () => void } | undefined;

  private constructor(private readonly database: URL) {
    this.#server = createServer((client) => this.#pass(client));
  }

  static async open(databaseUrl: string): Promise<Wire> {
    const wire = new Wire(new URL(databaseUrl));
    await new Promise<void>((done) => wire.#server.listen(0, "127.0.0.1", done));
    return wire;
  }

  get url(): string {
    const url = new URL(this.database);
    url.port = String((this.#server.address() as { port: number }).port);
    return url.href;
  }

  /** Breaks the first connection on which this is said from now on. @returns resolves when that has happened */
  arm(text: string, how: Break): Promise<void> {
    return new Promise((done) => {
      this.#armed = { text, how, done };
    });
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #pass(client: Socket): void {
    const database = connect(Number(this.database.port), this.database.hostname);
    const both = [client, database];
    const cut = () => {
      for (const socket of both) socket.destroy();
    };
    let how: Break | undefined;
    for (const socket of both) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on("error", cut).on("close", cut);
    }
    client.on("data", (said) => {
      if (!how && this.#armed && said.includes(this.#armed.text)) {
        how = this.#armed.how;
        const { done } = this.#armed;
        this.#armed = undefined;
        if (how === "before") cut();
        if (how === "before" || how === "silence") return done();
        database.once("data", (heard) => {
          if (how === "between") client.end(heard, cut);
          else cut();
          done();
        });
      }
      if (how !== "silence") database.write(said);
    });
    database.on("data", (said) => {
      if (!how) client.write(said);
    });
  }
}
