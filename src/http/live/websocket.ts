import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { FastifyBaseLogger } from "fastify";
import { CloseCode, handleProtocols, makeServer, type ServerOptions } from "graphql-ws";
import { WebSocket, WebSocketServer } from "ws";
import { unanswered } from "../../database/unanswered.js";
import { Revoked } from "../../feed/follower.js";
import { ErrorCode, PublicError } from "../../graphql/errors.js";
import { ANONYMOUS, type Viewer } from "../../graphql/viewer.js";
import type { Finished } from "../logging.js";
import { checkJson } from "../nesting.js";
import { badRequest } from "../refusals.js";
import type { LiveAuthenticator } from "./authenticator.js";
import { receive } from "./messages.js";
import { type Begun, type Subscriptions, told } from "./subscriptions.js";

/** The codes with which the server closes a connection, beside those of graphql-ws. */
export const Close = {
  GOING_AWAY: 1001,
  INTERNAL: 1011,
  TRY_AGAIN_LATER: 1013,
  FORBIDDEN: CloseCode.Forbidden,
  // graphql-ws has it for a second connection_init. Its client takes it as final, and rightly so: by connecting again
  // with the same variables it would only begin from the same place again.
  TOO_SLOW: 4429,
} as const;

const MOST_SUBSCRIPTIONS = 100;
// Thousands may come back at once, and have to wait for each other.
const PATIENCE_MILLISECONDS = 15_000;
const PING_MILLISECONDS = 12_000;
const FAREWELL_MILLISECONDS = 1_000;
// Answers to pings pile up for who does not read; events do not, each waits for the one before.
const MOST_UNSENT_BYTES = 16_000_000;

/** What is known of one connection. */
interface Connection {
  readonly request: IncomingMessage;
  readonly log: FastifyBaseLogger;
  close(code: number, reason: string): void;
  viewer?: Viewer;
}

type Options = ServerOptions<Record<string, unknown>, Connection>;

/** What the WebSockets are made for and with. */
export interface WebSocketParts {
  readonly subscriptions: Subscriptions;
  readonly authenticator: LiveAuthenticator;
  readonly maxMessageBytes: number;
  /** How long one message may take to be sent. */
  readonly slowMilliseconds: number;
  /** Waits until a caller may have much read. @returns gives his turn back */
  readonly turn: (viewer: Viewer, request: IncomingMessage) => Promise<() => void>;
  readonly logFinished: (finished: Finished) => void;
}

/** Subscriptions over WebSocket, by the protocol graphql-transport-ws. */
export class WebSockets {
  readonly #server: WebSocketServer;
  readonly #protocol: ReturnType<typeof makeServer<Record<string, unknown>, Connection>>;
  readonly #unheard = new WeakSet<WebSocket>();
  readonly #pinging: NodeJS.Timeout;

  constructor(private readonly parts: WebSocketParts) {
    this.#server = new WebSocketServer({
      noServer: true,
      maxPayload: parts.maxMessageBytes,
      handleProtocols,
    });
    this.#protocol = makeServer({
      connectionInitWaitTimeout: PATIENCE_MILLISECONDS,
      ...this.#handshake(),
      ...this.#operations(),
    });
    this.#pinging = setInterval(() => this.#ping(), PING_MILLISECONDS).unref();
  }

  /** Turns a request into a connection. The log has a line for it when it ends, with its code as the status. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, id: string, log: FastifyBaseLogger): void {
    const start = performance.now();
    const { method = "GET", url = "/graphql" } = request;
    this.#server.handleUpgrade(request, socket, head, (client) => {
      this.#open(client, request, log);
      client.once("close", (status) =>
        this.parts.logFinished({ id, method, url, status, ms: performance.now() - start }),
      );
    });
  }

  /** Closes all connections; those that do not answer are cut off. */
  async stop(): Promise<void> {
    clearInterval(this.#pinging);
    await Promise.all(
      [...this.#server.clients].map(async (client) => {
        const closed = new Promise((resolve) => client.once("close", resolve));
        client.close(Close.GOING_AWAY, "Going away: connect again and resume with `after`");
        const timer = setTimeout(() => client.terminate(), FAREWELL_MILLISECONDS);
        await closed;
        clearTimeout(timer);
      }),
    );
  }

  #open(client: WebSocket, request: IncomingMessage, log: FastifyBaseLogger): void {
    // The library may close a connection before it has said how that ends.
    let ended: (code: number, reason: string) => Promise<void> = async () => undefined;
    const end = (code: number, reason: string) =>
      ended(code, reason).catch((error) => log.error({ err: error }, "a WebSocket ended badly"));
    const close = (code = 1000, reason = "") => {
      client.close(code, shortened(reason));
      // Until the client has answered, which it need not, nothing more is read for it.
      void end(code, reason);
    };
    const connection: Connection = { request, log, close };
    ended = this.#protocol.opened(
      {
        protocol: client.protocol,
        send: (text) => this.#send(client, text, close),
        close,
        onMessage: (handle) => {
          const read = (text: string) => {
            try {
              checkJson(text);
            } catch (error) {
              return close(CloseCode.BadRequest, (error as Error).message);
            }
            handle(text).catch((error) => {
              log.error({ err: error }, "a message could not be handled");
              close(Close.INTERNAL, "Internal server error");
            });
          };
          receive(client, {
            read,
            turn: () => this.parts.turn(connection.viewer ?? ANONYMOUS, request),
            refuse: () => close(Close.TRY_AGAIN_LATER, "Too many messages: wait a moment"),
          });
        },
      },
      connection,
    );
    client.on("pong", () => this.#unheard.delete(client));
    // What the client did wrong with the protocol; its connection is being closed.
    client.on("error", (error) => log.debug({ err: error }, "a WebSocket failed"));
    client.once("close", (code, reason) => void end(code, String(reason)));
  }

  /** Sends a message. The promise holds back the next event until the system has taken this one from us. */
  #send(client: WebSocket, text: string, close: Connection["close"]): Promise<void> {
    return new Promise((resolve) => {
      if (client.readyState !== WebSocket.OPEN) return resolve();
      const cutOff = () => {
        close(Close.TOO_SLOW, "Too slow: resume with `after`");
        resolve();
      };
      if (client.bufferedAmount > MOST_UNSENT_BYTES) return cutOff();
      const timer = setTimeout(cutOff, this.parts.slowMilliseconds);
      // A connection that broke is noticed when it closes.
      client.send(text, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #ping(): void {
    for (const client of this.#server.clients) {
      // Who has not yet read what was sent cannot have answered; that has a limit of its own.
      if (client.readyState !== WebSocket.OPEN || client.bufferedAmount > 0) continue;
      if (this.#unheard.has(client)) {
        client.terminate();
      } else {
        this.#unheard.add(client);
        client.ping();
      }
    }
  }

  #handshake(): Options {
    const { authenticator } = this.parts;
    return {
      async onConnect({ connectionParams = {}, extra }) {
        try {
          const given = connectionParams.authorization ?? connectionParams.Authorization;
          if (given != null && typeof given !== "string") throw badRequest("`authorization` must be a text.");
          extra.viewer = await authenticator.authenticate(given ?? extra.request.headers.authorization);
          return true;
        } catch (error) {
          refuse(extra, error);
          return false;
        }
      },
    };
  }

  #operations(): Options {
    const { subscriptions } = this.parts;
    return {
      async onSubscribe({ subscriptions: running, extra }, _id, payload) {
        const begun =
          Object.keys(running).length > MOST_SUBSCRIPTIONS
            ? [tooMany()]
            : await subscriptions.begin(payload, extra.viewer as Viewer, extra.request);
        if (!("events" in begun)) return begun;
        const { events, document, operationName } = begun;
        return { schema: subscriptions.schema, document, operationName, contextValue: events };
      },
      subscribe: ({ contextValue }) => contextValue as Begun["events"],
      onNext: ({ extra }, _id, { operationName }, _args, { data, errors }) =>
        errors && { data, errors: told(errors, extra.log, operationName) },
      onError({ extra }, _id, { operationName }, errors) {
        const [error] = errors;
        if (error?.originalError instanceof Revoked)
          extra.close(Close.FORBIDDEN, `Forbidden: ${error.message}`);
        return told(errors as never, extra.log, operationName);
      },
    };
  }
}

function refuse({ close, log }: Connection, error: unknown): void {
  if (error instanceof PublicError && error.extensions.code === ErrorCode.UNAVAILABLE) {
    log.error({ err: error.cause }, "a connection could not be authenticated");
    close(Close.TRY_AGAIN_LATER, error.message);
    return;
  }
  if (error instanceof PublicError) {
    close(Close.FORBIDDEN, `Forbidden: ${error.message}`);
    return;
  }
  log.error({ err: error }, "a connection could not be authenticated");
  if (unanswered(error)) close(Close.TRY_AGAIN_LATER, "The database does not answer at the moment");
  else close(Close.INTERNAL, "Internal server error");
}

const tooMany = () =>
  new PublicError(
    ErrorCode.COST_LIMIT_EXCEEDED,
    `One connection takes ${MOST_SUBSCRIPTIONS} subscriptions at once. Complete some, or open another connection.`,
    { limit: MOST_SUBSCRIPTIONS },
  );

const LONGEST_REASON_BYTES = 123;

/** As much of a reason as fits into a closing frame: https://www.rfc-editor.org/rfc/rfc6455#section-5.5.1 */
function shortened(reason: string): string {
  // It may repeat what a client sent. Only what fits is looked at, and no character is cut in two.
  const { read } = new TextEncoder().encodeInto(reason, new Uint8Array(LONGEST_REASON_BYTES));
  return reason.slice(0, read);
}
