import pg from "pg";
import { serialize } from "pg-protocol";
import { Parser } from "pg-protocol/dist/parser.js";
import type { Budget } from "./budget.js";
import { type ByteString, byteString } from "./byte-string.js";
import { nameOf } from "./prepared.js";

// What is used of the driver and its types do not tell. The versions of both are pinned, and a test asks over it.
export const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;
interface Message {
  readonly name: string;
}
interface Messages {
  parse(bytes: Buffer, each: (message: Message) => void): void;
  handlePacket(offset: number, code: number, length: number, bytes: Buffer): Message;
  // What has come of a message that is not complete.
  readonly buffer: Buffer;
  readonly bufferOffset: number;
  readonly bufferLength: number;
}
interface Link extends pg.Connection {
  /** The read that is under way. */
  read?: ReadQuery | undefined;
  readonly prepared: Prepared;
  attachListeners(stream: NodeJS.ReadableStream): void;
}
type Answered = (error: Error | null, value?: ByteString | null) => void;

// https://www.postgresql.org/docs/current/protocol-message-formats.html
const DATA_ROW = 0x44;
// Before the only column of a row stand how many there are and how long this one is.
const COUNT_BYTES = 2;
const LENGTH_BYTES = 4;
// Before each message stand its type and its length, which counts itself.
const HEADER_BYTES = 5;

/** How many prepared statements a connection keeps: as many as there are names at once, see server.ts. */
export const MOST_PREPARED = 251;

/**
 * A connection that gives the value of a read as the bytes that came. As text, read and written as UTF-8 once more when
 * it is sent on, a large answer would cost the server more than all else about it. A value that is larger than its reader
 * may have is refused when the server begins to send it.
 */
export class ReadClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const link = (this as unknown as { connection: Link }).connection;
    Object.assign(link, { prepared: new Prepared() });
    link.attachListeners = (stream) => {
      const messages = new Parser() as unknown as Messages;
      const usual = messages.handlePacket.bind(messages);
      messages.handlePacket = (offset, code, length, bytes) =>
        code === DATA_ROW && link.read
          ? dataRow(link.read, bytes, offset)
          : usual(offset, code, length, bytes);
      const tell = (message: Message) =>
        link.emit(message.name === "error" ? "errorMessage" : message.name, message);
      stream.on("data", (bytes: Buffer) => {
        // An error that nobody catches here would end the process.
        try {
          messages.parse(bytes, tell);
          if (link.read) checkComing(link.read, messages);
        } catch (error) {
          link.emit("errorMessage", error);
          link.stream.destroy(error as Error);
        }
      });
    };
  }
}

function dataRow(read: ReadQuery, bytes: Buffer, offset: number): Message & { value: ByteString | null } {
  const length = bytes.readInt32BE(offset + COUNT_BYTES);
  const start = offset + COUNT_BYTES + LENGTH_BYTES;
  if (length > 0) read.budget?.spend(length);
  const value = length < 0 ? null : byteString(bytes, start, start + length);
  return { name: "dataRow", value };
}

/** Looks at a row of which only the beginning has come: the rest would be gathered in memory. */
function checkComing({ budget }: ReadQuery, { buffer, bufferOffset, bufferLength }: Messages): void {
  if (!budget || bufferLength < HEADER_BYTES || buffer[bufferOffset] !== DATA_ROW) return;
  const length = buffer.readUInt32BE(bufferOffset + 1) - LENGTH_BYTES - COUNT_BYTES - LENGTH_BYTES;
  if (length > budget.bytes) budget.spend(length);
}

/** The statements that a connection has prepared, those used last at the end. */
export class Prepared {
  readonly #names = new Map<string, boolean>();

  /** Whether a statement is prepared; undefined when that is not known, since a statement that failed may be. */
  has(name: string): boolean | undefined {
    const known = this.#names.get(name);
    return known === undefined ? false : known || undefined;
  }

  /** Notes that a statement is used. @returns one that shall make room for it */
  use(name: string): string | undefined {
    this.#names.delete(name);
    this.#names.set(name, true);
    if (this.#names.size <= MOST_PREPARED) return undefined;
    const [oldest] = this.#names.keys();
    this.#names.delete(oldest as string);
    return oldest;
  }

  doubt(name: string): void {
    this.#names.set(name, false);
  }
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Under which it is prepared, unless it is parsed for this time only. */
  readonly name?: string | undefined;
}

const closing = (name: string): Buffer => serialize.close({ type: "S", name });

/** The messages by which a statement is run, and prepared before that unless it is. @throws when a value is of no use */
function messagesOf({ prepared }: Link, { text, values, name }: Statement): readonly Buffer[] {
  const run = [
    serialize.bind({ statement: name ?? "", values: values as unknown[], valueMapper: prepareValue }),
    serialize.execute(),
  ];
  const parse = () => serialize.parse({ text, name: name ?? "", types: [] });
  if (name === undefined) return [parse(), ...run];
  const known = prepared.has(name);
  if (known) return run;
  return known === undefined ? [closing(name), parse(), ...run] : [parse(), ...run];
}

// Until the end of the transaction, which is that of what is sent at once: nothing of it stays with the session.
const FORCE_CUSTOM_PLAN = "select set_config('plan_cache_mode', 'force_custom_plan', true)";
const PLAN_ANEW: Statement = {
  text: FORCE_CUSTOM_PLAN,
  values: [],
  name: nameOf("plan", FORCE_CUSTOM_PLAN),
};

/**
 * Runs a statement that gives one value at most. The driver's own query asks how the columns are called and of which
 * types they are, and makes objects of rows; of a small read that is a quarter of the server's time.
 */
export class ReadQuery implements pg.Submittable {
  /** Set by the client that runs it. */
  callback: Answered | undefined;
  readonly name: string | undefined;
  readonly text: string;
  readonly #found: (ByteString | null)[] = [];
  readonly #statements: readonly Statement[];

  /**
   * @param onePlan whether one plan is good for all values; otherwise it is planned for those of each time
   * @param budget whose bytes the value takes
   */
  constructor(
    statement: Statement,
    onePlan: boolean,
    readonly budget?: Budget,
  ) {
    this.name = statement.name;
    this.text = statement.text;
    this.#statements = onePlan || statement.name === undefined ? [statement] : [PLAN_ANEW, statement];
  }

  /** @returns what went wrong, for the driver to call back with: nothing was sent then */
  submit(connection: pg.Connection): Error | undefined {
    const link = connection as Link;
    try {
      const messages = this.#statements.flatMap((statement) => messagesOf(link, statement));
      for (const { name } of this.#statements) {
        const oldest = name && link.prepared.use(name);
        if (oldest) messages.unshift(closing(oldest));
      }
      link.read = this;
      // One packet. When the socket was closed meanwhile, the end of the connection tells of it, as it does for the driver.
      if (link.stream.writable) link.stream.write(Buffer.concat([...messages, serialize.sync()]));
    } catch (error) {
      return error as Error;
    }
    return undefined;
  }

  handleDataRow({ value }: { value: ByteString | null }): void {
    this.#found.push(value);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(connection: Link): void {
    connection.read = undefined;
    this.callback?.(null, this.#found[this.#statements.length - 1] ?? null);
  }

  handleError(error: Error, connection: Link): void {
    connection.read = undefined;
    for (const { name } of this.#statements) if (name) connection.prepared.doubt(name);
    // Its stack would tell of the socket.
    Error.captureStackTrace(error);
    this.callback?.(error);
  }
}
