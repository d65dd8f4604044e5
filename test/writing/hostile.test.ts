import { readFileSync } from "node:fs";
import { buildSchema, type GraphQLInputObjectType, getNamedType, isEnumType } from "graphql";
import type { Answer } from "../support/app.js";
import { placesOf } from "./acceptable-inputs.js";
import { briefly, HostileValues } from "./hostile-values.js";
import { MutationTargets } from "./mutation-targets.js";
import { type Input, mutation, type Payload, Recorder } from "./recorder.js";

const MUTATIONS = Object.values(
  buildSchema(readFileSync("schema.graphql", "utf8")).getMutationType()!.getFields(),
).map(({ name, args }) => [name, getNamedType(args[0]!.type) as GraphQLInputObjectType] as const);

let recorder: Recorder;
let targets: MutationTargets;
const values = new HostileValues();
beforeAll(async () => {
  recorder = await Recorder.start();
  targets = await MutationTargets.start(recorder);
});
afterAll(() => recorder.stop());

const LONGEST_MESSAGE = 2_000;

const run = (name: string, input: Input): Promise<Answer> =>
  recorder.app.as("ADMIN")(mutation(name, ""), { input });

const errorsOf = (name: string, { data }: Answer) => (data?.[name] as Payload | undefined)?.errors ?? [];

/** What no answer may be, whatever was asked. */
function unfit(name: string, answer: Answer): string[] {
  const logged = recorder.app.logged.splice(0).filter(({ level }) => (level as number) >= 50);
  const { errors = [], data } = answer;
  const said = errorsOf(name, answer);
  const messages = [...errors, ...said].map(({ message }) => message);
  // Fastify takes no `__proto__` from a body.
  const codes = errors.map(({ extensions }) => extensions.code).filter((code) => !REFUSALS.includes(code));
  return [
    ...logged.map((line) => `logged ${JSON.stringify(line).slice(0, 300)}`),
    ...codes.map((code) => `${code} ${messages[0]}`),
    ...(errors.length === 0 && !data?.[name] ? ["neither data nor errors"] : []),
    ...said
      .filter(({ code, message, path }) => !code || !message || path[0] !== "input")
      .map((error) => `incomplete ${JSON.stringify(error)}`),
    ...messages
      .filter((message) => message.length > LONGEST_MESSAGE)
      .map((message) => `${message.length} characters: ${message.slice(0, 60)}`),
    ...messages.filter((message) => /undefined|\[object|: :/.test(message)),
  ];
}
const REFUSALS = ["BAD_USER_INPUT", "BAD_REQUEST"];

test.each(MUTATIONS)("%s answers hostile values, or says what is wrong with them", async (name, type) => {
  await targets.prepare(name);
  const accepted = await run(name, targets.inputs.of(type));
  expect([accepted.errors, errorsOf(name, accepted)]).toEqual([undefined, []]);
  expect(unfit(name, accepted)).toEqual([]);

  const problems: string[] = [];
  let isDone = true;
  for (const { route, type: of, declared } of placesOf(type)) {
    // Whatever is no name of the enum is refused by GraphQL.
    const kind = isEnumType(of) ? "an enum" : of.name;
    for (const value of values.of(kind, isEnumType(of) ? kind : declared)) {
      if (isDone) await (targets.isUsedUp ? targets.prepare(name) : targets.refresh());
      const answer = await run(name, targets.inputs.of(type, route, value));
      const place = `${name} ${route.join(".")} = ${briefly(value)}`;
      problems.push(...unfit(name, answer).map((problem) => `${place}: ${problem}`));
      isDone = !answer.errors && errorsOf(name, answer).length === 0;
    }
  }
  expect(problems).toEqual([]);
});
