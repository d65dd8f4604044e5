import { createClient as createStreamClient } from "graphql-sse";
import { type ClientOptions, createClient } from "graphql-ws";
import WebSocket from "ws";
import type { Answer, TestApp } from "./app.js";
import { recordRevision } from "./revisions.js";

/** The operation that tests follow by. */
export const CHANGED = `subscription Changed($after: String, $types: [RecordType!], $where: RevisionWhere) {
  changed(after: $after, types: $types, where: $where) {
    cursor
    node { id action reason recordType recordId claim { statement } }
  }
}`;

export type Transport = "WebSocket" | "event stream";
export const TRANSPORTS: readonly Transport[] = ["WebSocket", "event stream"];

/** An event of the operation above, or errors. */
export interface Event {
  cursor: string;
  node: {
    id: string;
    action: string;
    reason: string;
    recordType: string;
    recordId: string;
    claim: object | null;
  };
}

/** A subscription by one of the clients that people use, which notes what it hears. */
export interface Following {
  readonly events: Event[];
  readonly errors: NonNullable<Answer["errors"]>;
  /** How it ended: `complete`, or what the client threw. */
  readonly ended: Promise<unknown>;
  /** The reasons of the first so many events, once there are that many. */
  reasons(count: number): Promise<string[]>;
  stop(): Promise<void>;
}

/** What a subscription is begun with. */
export interface FollowSettings {
  readonly transport?: Transport;
  readonly query?: string;
  readonly variables?: Record<string, unknown>;
  readonly authorization?: string;
  readonly client?: Partial<ClientOptions>;
}

/** Records a revision, and tells where the log ends with it. */
export async function endOfLog(app: Pick<TestApp, "database" | "ask">): Promise<string> {
  await recordRevision(app.database);
  const { data } = await app.ask("{ changes(last: 0) { pageInfo { endCursor } } }");
  return (data as { changes: { pageInfo: { endCursor: string } } }).changes.pageInfo.endCursor;
}

/** Subscribes. Without a cursor, what is written before the server has begun is not heard. */
export async function follow(app: Pick<TestApp, "url">, settings: FollowSettings = {}): Promise<Following> {
  const { transport = "WebSocket", query = CHANGED, variables = {}, authorization } = settings;
  const events: Event[] = [];
  const errors: NonNullable<Answer["errors"]> = [];
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const check of waiting) check();
  };
  let end: (how: unknown) => void = () => undefined;
  const ended = new Promise<unknown>((resolve) => {
    end = resolve;
  });
  const client =
    transport === "WebSocket"
      ? createClient({
          url: `${app.url.replace("http", "ws")}/graphql`,
          webSocketImpl: WebSocket,
          retryAttempts: 0,
          connectionParams: authorization === undefined ? {} : { authorization },
          ...settings.client,
        })
      : createStreamClient({
          url: `${app.url}/graphql/stream`,
          retryAttempts: 0,
          headers: authorization === undefined ? {} : { authorization },
        });
  client.subscribe<Record<string, unknown>>(
    { query, variables },
    {
      next(result) {
        if (result.data) events.push(Object.values(result.data)[0] as Event);
        if (result.errors) errors.push(...(result.errors as unknown as typeof errors));
        heard();
      },
      error(error) {
        if (Array.isArray(error)) errors.push(...error);
        end(error);
        heard();
      },
      complete() {
        end("complete");
        heard();
      },
    },
  );
  let stopped = false;
  return {
    events,
    errors,
    ended,
    async reasons(count) {
      await new Promise<void>((resolve, reject) => {
        const late = () =>
          reject(new Error(`${events.length} of ${count} events, ${JSON.stringify(errors)}`));
        const timer = setTimeout(late, 60_000);
        const check = () => {
          if (events.length < count) return;
          clearTimeout(timer);
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      });
      return events.map(({ node }) => node.reason);
    },
    async stop() {
      if (!stopped) await client.dispose();
      stopped = true;
    },
  };
}
