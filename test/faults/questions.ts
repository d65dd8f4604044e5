import { Random } from "../reading/random.js";
import { type Client, claim, type Done, failed, mutation } from "./client.js";

/** Stands in what readers may not see. */
export const UNPUBLISHED = "Unpublished";
const CLAIMS = 30;

/** Records claims, every other of which readers may not see, behind what `begin` has recorded. */
export async function recordBoth(client: Client): Promise<void> {
  const claims = Array.from({ length: CLAIMS }, (_, n) =>
    claim(n % 2 === 0 ? `Published ${n}` : `${UNPUBLISHED} ${n}`, {
      status: n % 2 === 0 ? "PUBLISHED" : "DRAFT",
      act: n % 3 === 0 ? "DENY" : "ASSERT",
    }),
  );
  const { done } = await client.insist<Done<{ recorded: number }>>(mutation("recordClaims", "recorded"), {
    input: { claims },
  });
  expect(done).toEqual({ recorded: CLAIMS, errors: [] });
}

const NODES = [
  (fields: string) => `claims(first: 40) { nodes { ${fields} } }`,
  (fields: string) => `claims(first: 40, where: { act: { eq: DENY } }) { totalCount nodes { ${fields} } }`,
  (fields: string) => `event(slug: "happening") { title claims(first: 40) { nodes { ${fields} } } }`,
  (fields: string) => `actors(first: 5) { nodes { name claims(first: 40) { nodes { ${fields} } } } }`,
];
const FIELDS = [
  "act",
  "status",
  "language",
  "id",
  "version",
  "assertedBy { name }",
  "events { nodes { title } }",
];

/** So many questions, each of which is another statement. None looks up a source. */
export const QUESTIONS: readonly string[] = FIELDS.flatMap((field) =>
  NODES.map((nodes) => `{ ${nodes(`statement ${field}`)} }`),
);

export type Answers = ReadonlyMap<string, string>;

/** What each question is answered with. */
export async function answersOf(client: Client): Promise<Answers> {
  const answer = async (question: string) =>
    [question, JSON.stringify(await client.insist(question))] as const;
  return new Map(await Promise.all(QUESTIONS.map(answer)));
}

/** What came of asking many times. */
export interface Outcome {
  readonly asked: number;
  /** Answers to something else, and of these the ones that tell what readers may not see. */
  readonly foreign: number;
  readonly leaked: number;
  /** What was said in place of an answer, and how often. */
  readonly refused: Readonly<Record<string, number>>;
}

const AT_ONCE = 20;
const TIMES = 3;

/** All is answered, and rightly. */
export const right = (times = TIMES): Outcome => ({
  asked: QUESTIONS.length * times * 2,
  foreign: 0,
  leaked: 0,
  refused: {},
});

interface How {
  readonly order?: readonly string[];
  readonly times?: number;
  readonly seed?: number;
  /** Whether what is said in place of an answer, so many milliseconds after asking, may be said. */
  readonly forgive?: (said: string, after: number) => boolean;
}
const neverMind = () => false;

/**
 * Asks each question some times, in this order, and then as often by chance, many at once, though not so many that any
 * would wait for long on a slow machine.
 *
 * @param known the right answers
 */
export async function askMany(
  client: Client,
  known: Answers,
  { order = QUESTIONS, times = TIMES, seed = 1, forgive = neverMind }: How = {},
): Promise<Outcome> {
  const repeated = order.flatMap((question) => Array.from({ length: times }, () => question));
  const chance = new Random(seed);
  const waiting = [...repeated, ...repeated.map(() => chance.pick(order))].reverse();
  const refused: Record<string, number> = {};
  const outcome = { asked: 0, foreign: 0, leaked: 0, refused };
  const askNext = async () => {
    for (let question = waiting.pop(); question !== undefined; question = waiting.pop()) {
      outcome.asked++;
      const began = performance.now();
      const answer = await client.ask(question).catch((error: Error) => error.message);
      if (typeof answer === "string") {
        const said = failed(answer) ? client.lastSaid : answer;
        if (!forgive(said, performance.now() - began)) refused[said] = (refused[said] ?? 0) + 1;
        continue;
      }
      const told = JSON.stringify(answer);
      if (told === known.get(question)) continue;
      outcome.foreign++;
      if (told.includes(UNPUBLISHED) && !known.get(question)?.includes(UNPUBLISHED)) outcome.leaked++;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, askNext));
  return outcome;
}
