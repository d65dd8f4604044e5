import { setTimeout as sleep } from "node:timers/promises";
import { createClient as createStreamClient } from "graphql-sse";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import type { Client } from "./client.js";
import { failed } from "./client.js";
import { until } from "./system.js";

/** Somebody who follows the log and notes the ids of its revisions as they come. */
export interface Follower {
  readonly ids: readonly string[];
  /** How often it had to begin again. */
  readonly broken: number;
  stop(): Promise<void>;
}

// Whoever is left over when a test fails would keep it from ending.
const running = new Set<() => Promise<void>>();
afterAll(() => Promise.all([...running].map((stop) => stop())));

/** A follower whose loop goes on until it is stopped. */
function follower(loop: (state: State) => Promise<void>, end?: () => unknown): Follower {
  const state: State = { ids: [], broken: 0, stopped: false };
  const following = loop(state);
  const stop = async () => {
    running.delete(stop);
    state.stopped = true;
    await end?.();
    await following;
  };
  running.add(stop);
  return Object.assign(state, { stop });
}

interface State {
  readonly ids: string[];
  broken: number;
  stopped: boolean;
}

const CHANGED = "subscription ($after: String) { changed(after: $after) { cursor node { id } } }";
interface Changed {
  readonly changed: { readonly cursor: string; readonly node: { readonly id: string } };
}

/** Follows over a connection, as docs/feed.md shows: the last cursor that it has dealt with is where it goes on. */
export function followLive(
  url: string,
  after: string,
  { key, stream = false }: { key?: string; stream?: boolean } = {},
): Follower {
  const authorization: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  const client = stream
    ? createStreamClient({ url: `${url}/graphql/stream`, retryAttempts: 0, headers: authorization })
    : createClient({
        url: `${url.replace("http", "ws")}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: authorization,
      });
  const loop = async (state: State) => {
    let last = after;
    while (!state.stopped) {
      try {
        const events = client.iterate<Changed>({ query: CHANGED, variables: { after: last } });
        for await (const { data, errors } of events) {
          if (errors || !data) throw errors;
          state.ids.push(data.changed.node.id);
          last = data.changed.cursor;
        }
      } catch {
        // The connection broke, or could not be made.
      }
      state.broken++;
      await sleep(100);
    }
  };
  return follower(loop, () => client.dispose());
}

const PAGE = `query ($after: String) {
  changes(first: 100, after: $after) { nodes { id } pageInfo { endCursor hasNextPage } }
}`;
interface Page {
  readonly changes: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly endCursor: string | null; readonly hasNextPage: boolean };
  };
}

/** Follows by asking for the next page again and again. */
export function followByAsking(client: Client, after: string): Follower {
  return follower(async (state) => {
    let last = after;
    while (!state.stopped) {
      const page = await client.ask<Page>(PAGE, { after: last });
      if (failed(page)) {
        state.broken++;
        await sleep(100);
        continue;
      }
      state.ids.push(...page.changes.nodes.map(({ id }) => id));
      last = page.changes.pageInfo.endCursor ?? last;
      if (!page.changes.pageInfo.hasNextPage) await sleep(30);
    }
  });
}

/** Each of them has heard exactly this, in this order, and hears no more. */
export async function expectAll(followers: readonly Follower[], expected: readonly string[]): Promise<void> {
  await until("everybody has heard as much as there is", () =>
    followers.every(({ ids }) => ids.length >= expected.length),
  );
  await sleep(300);
  for (const { ids } of followers) expect(ids).toEqual(expected);
  await Promise.all(followers.map((follower) => follower.stop()));
}
