import { readFileSync } from "node:fs";
import { type DocumentNode, type ExecutionResult, getOperationAST, parse, validate } from "graphql";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import { bodyOf } from "../../src/http/answer.js";
import { type Executor, interpretingExecutor, writingExecutor } from "../../src/http/executor.js";
import { Operations } from "../../src/http/operations.js";
import { makeWorld } from "../support/world.js";
import { Library } from "./library.js";
import { makeOperation, type Operation } from "./operations.js";
import { Random } from "./random.js";
import { Reference } from "./reference.js";

const SEED = Number(process.env.CLAIMGRAPH_SEED ?? 1);
const OPERATIONS = Number(process.env.CLAIMGRAPH_OPERATIONS ?? 500);

const world = makeWorld(SEED);
const reference = new Reference(readFileSync("schema.graphql", "utf8"), world);
let library: Library;
let executors: Executor[];
let operations: Operations;

beforeAll(async () => {
  library = await Library.open(world);
  operations = new Operations(library.schema, {
    maxDepth: 1_000,
    maxCost: Number.MAX_SAFE_INTEGER,
    maxAnswerBytes: 1e9,
  });
  executors = [writingExecutor(library.schema, operations), interpretingExecutor(library.schema)];
});

afterAll(() => library?.close());

const ask = async (
  executor: Executor,
  document: DocumentNode,
  { text, variables }: Operation,
  statements: string[],
) => {
  const request = { query: text, variables };
  const operation = getOperationAST(document);
  const asked = {
    document,
    operation,
    source: text,
    queryHash: text,
    request,
    context: library.context(statements),
  };
  return (await executor(asked as never)) as ExecutionResult;
};

/**
 * What of an answer must be the same: the data, or which root field failed for which reason. A field that fails takes its root
 * field with it, because that is one statement; plain resolvers may keep what stands above it.
 */
function essence({ data, errors }: ExecutionResult) {
  const [failure] = errors ?? [];
  if (failure) return { path: failure.path?.[0], code: failure.extensions.code };
  return { data: JSON.parse(bodyOf({ data })).data };
}

interface Tally {
  failures: number;
  lists: number;
  rows: number;
  buckets: number;
  values: number;
}

/** Counts what an answer says, so that nobody compares nothing with nothing. */
function count(value: unknown, tally: Tally): void {
  if (Array.isArray(value)) {
    tally.lists++;
    tally.rows += value.length;
    for (const item of value) count(item, tally);
  } else if (value !== null && typeof value === "object") {
    if ("count" in value) tally.buckets++;
    for (const item of Object.values(value)) count(item, tally);
  } else if (value !== undefined) tally.values++;
}

const operationOf = (index: number): Operation =>
  makeOperation(new Random(SEED * 1_000_003 + index), reference, world);

async function compare(operation: Operation, tally: Tally): Promise<void> {
  const document = parse(operation.text);
  expect(validate(library.schema, document).map(String)).toEqual([]);
  const { result: expected, statements: most } = reference.answer(document, operation.variables);
  for (const executor of executors) {
    // Its own: of an operation that fails, some may still be under way when the next one begins.
    const statements: string[] = [];
    expect(essence(await ask(executor, document, operation, statements))).toEqual(essence(expected));
    if (expected.errors) continue;
    expect(statements).toHaveLength(most);
  }
  if (expected.errors) tally.failures++;
  count(expected.data, tally);
}

test("enough operations are written by the database", () => {
  const sample = Array.from({ length: 100 }, (_, index) => operationOf(index));
  const written = sample.filter(({ text, variables }) => {
    const document = parse(text);
    const operation = operations.of(document, getOperationAST(document)!);
    const given = operation.coerce(variables);
    try {
      return given && operations.fields(operation, given, ANONYMOUS);
    } catch {
      return false;
    }
  });
  expect(written.length).toBeGreaterThan(60);
});

test("answers are those of plain resolvers over rows in memory, by one statement for each root field", async () => {
  const tally: Tally = { failures: 0, lists: 0, rows: 0, buckets: 0, values: 0 };
  for (let index = 0; index < OPERATIONS; index++) {
    const operation = operationOf(index);
    try {
      await compare(operation, tally);
    } catch (error) {
      const { text, variables } = operation;
      const asked = `seed ${SEED}, operation ${index}\n${text}\n${JSON.stringify(variables)}`;
      throw new Error(`${asked}\n${(error as Error).message}`);
    }
  }
  console.info(`seed ${SEED}, ${OPERATIONS} operations:`, JSON.stringify(tally));
  expect(tally.failures).toBeLessThan(OPERATIONS * 0.1);
  expect(tally.rows).toBeGreaterThan(OPERATIONS * 5);
  expect(tally.buckets).toBeGreaterThan(OPERATIONS);
  expect(tally.values).toBeGreaterThan(OPERATIONS * 20);
}, 3_600_000);
