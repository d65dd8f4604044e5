import pg from "pg";
import { serialize } from "pg-protocol";
import { Parser } from "pg-protocol/dist/parser.js";
import { type ByteString, byteString } from "./byte-string.js";

// What is used of the driver and its types do not tell. The versions of both are pinned, and a test asks over it.
export const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): unknown } }).utils;
interface Message {
  readonly name: string;
}
interface Messages {
  parse(bytes: Buffer, each: (message: Message) => void): void;
  handlePacket(offset: number, code: number, length: number, bytes: Buffer): Message;
}
interface Link extends pg.Connection {
  /** Whether a read is under way. */
  reading?: boolean;
  readonly parsedStatements: Record<string, string>;
  attachListeners(stream: NodeJS.ReadableStream): void;
}
type Answered = (error: Error | null, value?: ByteString | null) => void;

// https://www.postgresql.org/docs/current/protocol-message-formats.html
const DATA_ROW = 0x44;
// Before the only column of a row stand how many there are and how long this one is.
const COUNT_BYTES = 2;
const LENGTH_BYTES = 4;

/**
 * A connection that gives the value of a read as the bytes that came. As text, read and written as UTF-8 once more when
 * it is sent on, a large answer would cost the server more than all else about it.
 */
export class ReadClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const link = (this as unknown as { connection: Link }).connection;
    link.attachListeners = (stream) => {
      const messages = new Parser() as unknown as Messages;
      const usual = messages.handlePacket.bind(messages);
      messages.handlePacket = (offset, code, length, bytes) =>
        code === DATA_ROW && link.reading ? dataRow(bytes, offset) : usual(offset, code, length, bytes);
      const tell = (message: Message) =>
        link.emit(message.name === "error" ? "errorMessage" : message.name, message);
      stream.on("data", (bytes: Buffer) => messages.parse(bytes, tell));
    };
  }
}

function dataRow(bytes: Buffer, offset: number): Message & { value: ByteString | null } {
  const length = bytes.readInt32BE(offset + COUNT_BYTES);
  const start = offset + COUNT_BYTES + LENGTH_BYTES;
  const value = length < 0 ? null : byteString(bytes, start, start + length);
  return { name: "dataRow", value };
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** Under which it is prepared, unless it is parsed for this time only. */
  readonly name?: string | undefined;
}

/** The messages by which a statement is run, and prepared before that unless it is. @throws when a value is of no use */
function messagesOf(link: Link, { text, values, name = "" }: Statement): readonly Buffer[] {
  const run = [
    serialize.bind({ statement: name, values: values as unknown[], valueMapper: prepareValue }),
    serialize.execute(),
  ];
  const prepared = link.parsedStatements[name];
  if (prepared === text) return run;
  const prepare = serialize.parse({ text, name, types: [] });
  // The name may stand for another statement.
  return prepared === undefined ? [prepare, ...run] : [serialize.close({ type: "S", name }), prepare, ...run];
}

// Until the end of the transaction, which is that of what is sent at once: nothing of it stays with the session.
const PLAN_ANEW: Statement = {
  text: "select set_config('plan_cache_mode', 'force_custom_plan', true)",
  values: [],
  name: "plan_anew",
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

  /** @param onePlan whether one plan is good for all values; otherwise it is planned for those of each time */
  constructor(statement: Statement, onePlan: boolean) {
    this.name = statement.name;
    this.text = statement.text;
    this.#statements = onePlan || statement.name === undefined ? [statement] : [PLAN_ANEW, statement];
  }

  /** @returns what went wrong, for the driver to call back with: nothing was sent then */
  submit(connection: pg.Connection): Error | undefined {
    const link = connection as Link;
    try {
      const messages = this.#statements.flatMap((statement) => messagesOf(link, statement));
      link.reading = true;
      // One packet. When the socket was closed meanwhile, the end of the connection tells of it, as it does for the driver.
      if (link.stream.writable) link.stream.write(Buffer.concat([...messages, serialize.sync()]));
    } catch (error) {
      return error as Error;
    }
    // Should one fail, the pool throws the connection away.
    for (const { name, text } of this.#statements) if (name) link.parsedStatements[name] = text;
    return undefined;
  }

  handleDataRow({ value }: { value: ByteString | null }): void {
    this.#found.push(value);
  }

  handleCommandComplete(): void {}

  handleReadyForQuery(connection: Link): void {
    connection.reading = false;
    this.callback?.(null, this.#found[this.#statements.length - 1] ?? null);
  }

  handleError(error: Error, connection: Link): void {
    connection.reading = false;
    // Its stack would tell of the socket.
    Error.captureStackTrace(error);
    this.callback?.(error);
  }
}
