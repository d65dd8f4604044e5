import type { Viewer } from "../graphql/viewer.js";

/** A viewer as long as it is one: what has to be looked at again while a subscription lasts. */
export interface Session extends Viewer {
  /** When it ends by itself, in milliseconds since 1970. */
  readonly expiresAt?: number;
  /** The API key it came with, by the key of its row. */
  readonly apiKey?: string;
}
