import { ADMIN_KEY } from "./system.js";

/** Why a client has no answer: it was told to come again, or nobody told it anything. */
export type Failure = "unavailable" | "unheard";

/** What is wrong with an input, as a payload says it. */
export interface Wrong {
  readonly code: string;
  readonly message: string;
}

interface Body {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; extensions: Record<string, unknown> }[];
}

// Whatever else is said to clients was not written for them.
const SAID = [
  "The database does not answer at the moment. Ask again in a little while.",
  "The connection to the database broke while this was being saved, and it is not known whether it was. Repeat it with the same `idempotencyKey`, or with the `expectedVersion` that you have seen: what is done is not done twice.",
];

/** A client of one server, which takes exactly what the documentation promises. */
export class Client {
  /** How often which failure was met. */
  readonly failures: Record<Failure, number> = { unavailable: 0, unheard: 0 };
  /** What it was told when it was told to come again. */
  lastSaid = "";

  /** @param key of whoever asks; null asks as nobody */
  constructor(
    public url: string,
    private readonly key: string | null = ADMIN_KEY,
  ) {}

  /** @throws on every answer that is neither data nor the documented refusal of a server without its database */
  async ask<Data>(query: string, variables: object = {}): Promise<Data | Failure> {
    const answered = await this.#post(JSON.stringify({ query, variables }));
    if (answered === undefined) return this.#failed("unheard");
    const { status, body } = answered;
    if (body.data && !body.errors) return body.data as Data;
    if (!body.errors) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
    for (const { message, extensions } of body.errors) {
      const { code, ...more } = extensions;
      this.lastSaid = message;
      if (
        code !== "UNAVAILABLE" ||
        !SAID.includes(message) ||
        Object.keys(more).length > 0 ||
        ![200, 503].includes(status)
      )
        throw new Error(`status ${status}: ${JSON.stringify(body)}`);
    }
    return this.#failed("unavailable");
  }

  /** Asks until there is an answer. */
  async insist<Data>(query: string, variables: object = {}): Promise<Data> {
    for (;;) {
      const answer = await this.ask<Data>(query, variables);
      if (!failed(answer)) return answer;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  #failed(how: Failure): Failure {
    this.failures[how]++;
    return how;
  }

  async #post(body: string): Promise<{ status: number; body: Body } | undefined> {
    const headers = new Headers({ "content-type": "application/json" });
    if (this.key !== null) headers.set("authorization", `Bearer ${this.key}`);
    try {
      const response = await fetch(`${this.url}/graphql`, { method: "POST", headers, body });
      return { status: response.status, body: JSON.parse(await response.text()) as Body };
    } catch {
      return undefined;
    }
  }
}

export const failed = (answer: unknown): answer is Failure =>
  answer === "unavailable" || answer === "unheard";

/** The text of a mutation whose payload is answered as `done`. */
export function mutation(name: string, selection: string): string {
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return `mutation ($input: ${input}!) { done: ${name}(input: $input) { ${selection} errors { code message } } }`;
}

/** What a mutation answers, with what its selection asks for. */
export type Done<Payload> = { readonly done: Payload & { readonly errors: readonly Wrong[] } };

const ACTOR = { slug: "speaker", name: "Speaker", kind: "PERSON" };
const EVENT = { slug: "happening", title: "Happening", type: "OTHER" };
const SOURCE = { slug: "report", kind: "ARTICLE", title: "Report" };

/** A claim about records that `begin` has recorded, which readers may see. */
export const claim = (statement: string, more: object = {}) => ({
  statement,
  language: "en",
  act: "ASSERT",
  status: "PUBLISHED",
  assertedBy: { slug: ACTOR.slug },
  events: [{ slug: EVENT.slug }],
  citations: [{ source: { slug: SOURCE.slug } }],
  ...more,
});

/** Records what all claims of a test refer to. @returns the cursor behind it */
export async function begin(client: Client): Promise<string> {
  const first = claim("The first.", {
    assertedBy: { create: ACTOR },
    events: [{ create: EVENT }],
    citations: [{ source: { create: SOURCE } }],
  });
  await client.insist(mutation("recordClaim", "claim { id }"), { input: { claim: first } });
  const { changes } = await client.insist<{ changes: { pageInfo: { endCursor: string } } }>(
    "{ changes(first: 100) { pageInfo { endCursor } } }",
  );
  return changes.pageInfo.endCursor;
}
