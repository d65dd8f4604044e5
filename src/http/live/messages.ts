import { setImmediate } from "node:timers/promises";
import type { WebSocket } from "ws";

/** To read more characters may take longer than all else that is done for a message. */
const LONG = 16_000;

/** What becomes of the messages of a connection. */
export interface Receiver {
  readonly read: (text: string) => void;
  /** Waits for the turn in which a long message is read. @returns gives it back */
  readonly turn: () => Promise<() => void>;
  readonly refuse: (error: unknown) => void;
}

/**
 * Takes the messages of a connection one by one, in their order, and others come in between. Meanwhile nothing more is read
 * from it: the system would give all that it has, some megabytes, and with everybody waiting.
 */
export function receive(client: WebSocket, { read, turn, refuse }: Receiver): void {
  const waiting: string[] = [];
  let working = false;
  const work = async () => {
    if (working) return;
    working = true;
    client.pause();
    try {
      do {
        const text = waiting.shift();
        if (text !== undefined) await one(text);
        await setImmediate();
      } while (waiting.length > 0);
    } catch (error) {
      waiting.length = 0;
      refuse(error);
    } finally {
      working = false;
      client.resume();
    }
  };
  const one = async (text: string) => {
    const leave = text.length > LONG ? await turn() : undefined;
    try {
      read(text);
    } finally {
      leave?.();
    }
  };
  client.on("message", (data) => {
    waiting.push(String(data));
    void work();
  });
  client.on("ping", () => void work());
}
