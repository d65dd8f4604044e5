import { readFileSync } from "node:fs";
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from "graphql";
import type { Database } from "../../src/database/database.js";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import { compilingExecutor } from "../../src/http/executor.js";
import { Reader } from "../../src/reading/reader.js";
import { buildSchema } from "../../src/schema.js";
import { testDatabase } from "../support/database.js";
import { insertWorld, makeWorld } from "../support/world.js";
import { makeOperation, type Operation } from "./operations.js";
import { Random } from "./random.js";
import { Reference } from "./reference.js";

const SEED = Number(process.env.CLAIMGRAPH_SEED ?? 1);
const OPERATIONS = Number(process.env.CLAIMGRAPH_OPERATIONS ?? 500);

const world = makeWorld(SEED);
const reference = new Reference(readFileSync("schema.graphql", "utf8"), world);
let database: Database;
let schema: GraphQLSchema;
let statements = 0;

beforeAll(async () => {
  schema = await buildSchema();
  database = await testDatabase();
  await insertWorld(database.prisma, world);
});

afterAll(() => database?.close());

/** The database, counting. */
const counting = (): Database =>
  Object.assign(Object.create(database), {
    query: (text: string, values: readonly unknown[]) => {
      statements++;
      return database.query(text, values);
    },
  });

const context = () => ({ reader: new Reader(counting(), ANONYMOUS) });

type Run = (document: DocumentNode, operation: Operation) => Promise<ExecutionResult>;

const interpreted: Run = async (document, { variables }) =>
  execute({ schema, document, contextValue: context(), variableValues: variables });

/** What of an answer must be the same: the data, and where it failed for which reason. */
function essence({ data, errors }: ExecutionResult) {
  const failures = errors?.map(({ path, extensions }) => ({ path: path?.join("."), code: extensions.code }));
  return JSON.parse(JSON.stringify({ data, failures: failures?.slice(0, 1) }));
}

interface Tally {
  operations: number;
  failures: number;
  lists: number;
  rows: number;
  values: number;
}

/** Counts what an answer says, so that nobody compares nothing with nothing. */
function count(value: unknown, tally: Tally): void {
  if (Array.isArray(value)) {
    tally.lists++;
    tally.rows += value.length;
    for (const item of value) count(item, tally);
  } else if (value !== null && typeof value === "object") {
    for (const item of Object.values(value)) count(item, tally);
  } else if (value !== undefined) tally.values++;
}

function* operations(): Generator<{ index: number; operation: Operation; document: DocumentNode }> {
  for (let index = 0; index < OPERATIONS; index++) {
    const operation = makeOperation(new Random(SEED * 1_000_003 + index), reference, world);
    yield { index, operation, document: parse(operation.text) };
  }
}

const shown = (index: number, { text, variables }: Operation) =>
  `seed ${SEED}, operation ${index}\n${text}\n${JSON.stringify(variables)}`;

async function compare(run: Run, once: boolean): Promise<Tally> {
  const tally: Tally = { operations: 0, failures: 0, lists: 0, rows: 0, values: 0 };
  for (const { index, operation, document } of operations()) {
    const { result: expected, budget } = reference.answer(document, operation.variables);
    statements = 0;
    const actual = await run(document, operation);
    try {
      expect(essence(actual)).toEqual(essence(expected));
      if (!expected.errors && once) {
        expect(statements).toBeGreaterThanOrEqual(budget.exactly);
        expect(statements).toBeLessThanOrEqual(budget.exactly + budget.atMost);
      }
    } catch (error) {
      const reasons = actual.errors?.map((one) => one.originalError?.stack ?? one.message).join("\n") ?? "";
      throw new Error(`${shown(index, operation)}\n${reasons}\n${(error as Error).message}`);
    }
    tally.operations++;
    if (expected.errors) tally.failures++;
    count(expected.data, tally);
  }
  return tally;
}

function expectPlenty(tally: Tally): void {
  console.info(`seed ${SEED}:`, JSON.stringify(tally));
  expect(tally.operations).toBe(OPERATIONS);
  expect(tally.failures).toBeLessThan(OPERATIONS * 0.1);
  expect(tally.rows).toBeGreaterThan(OPERATIONS * 5);
  expect(tally.values).toBeGreaterThan(OPERATIONS * 20);
}

test("every generated operation is valid", () => {
  for (const { index, operation, document } of operations()) {
    const errors = [...validate(schema, document), ...validate(reference.schema, document)];
    if (errors.length > 0) throw new Error(`${shown(index, operation)}\n${errors.join("\n")}`);
  }
});

test("an answer is that of plain resolvers over rows in memory, by one statement for each root field", async () => {
  expectPlenty(await compare(interpreted, true));
});

test("compiled operations answer the same", async () => {
  const executor = compilingExecutor(schema);
  const compiled: Run = async (document, { text, variables }) => {
    const asked = {
      document,
      operation: getOperationAST(document)!,
      queryHash: text,
      request: { query: text, variables },
      context: context(),
    };
    // An operation is compiled when it comes for the second time.
    await executor(asked as never);
    return (await executor(asked as never)) as ExecutionResult;
  };
  expectPlenty(await compare(compiled, false));
});
