import { readFileSync } from "node:fs";
import {
  type DocumentNode,
  type ExecutionResult,
  getOperationAST,
  getVariableValues,
  parse,
  validate,
} from "graphql";
import { compileOperation } from "../../src/http/compile.js";
import { compilingExecutor, type Executor } from "../../src/http/executor.js";
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
let executor: Executor;

beforeAll(async () => {
  library = await Library.open(world);
  executor = compilingExecutor(library.schema);
});

afterAll(() => library?.close());

// An operation that comes for the first time is run by graphql-js, for the second time it is compiled.
const ask = async (document: DocumentNode, { text, variables }: Operation) => {
  const request = { query: text, variables };
  const operation = getOperationAST(document);
  const asked = { document, operation, queryHash: text, request, context: library.context() };
  return (await executor(asked as never)) as ExecutionResult;
};

/** What of an answer must be the same: the data, and where it failed for which reason. */
function essence({ data, errors }: ExecutionResult) {
  const failures = errors?.map(({ path, extensions }) => ({ path: path?.join("."), code: extensions.code }));
  return JSON.parse(JSON.stringify({ data, failures: failures?.slice(0, 1) }));
}

interface Tally {
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

const operationOf = (index: number): Operation =>
  makeOperation(new Random(SEED * 1_000_003 + index), reference, world);

async function compare(operation: Operation, tally: Tally): Promise<void> {
  const document = parse(operation.text);
  expect(validate(library.schema, document).map(String)).toEqual([]);
  const { result: expected, budget } = reference.answer(document, operation.variables);
  const before = library.statements.length;
  expect(essence(await ask(document, operation))).toEqual(essence(expected));
  const statements = library.statements.length - before;
  if (!expected.errors) {
    expect(statements).toBeGreaterThanOrEqual(budget.exactly);
    expect(statements).toBeLessThanOrEqual(budget.exactly + budget.atMost);
  }
  expect(essence(await ask(document, operation))).toEqual(essence(expected));
  if (expected.errors) tally.failures++;
  count(expected.data, tally);
}

test("enough operations can be compiled", () => {
  const sample = Array.from({ length: 100 }, (_, index) => operationOf(index));
  const compiled = sample.filter(({ text, variables }) => {
    const document = parse(text);
    const operation = getOperationAST(document)!;
    const given = getVariableValues(library.schema, operation.variableDefinitions ?? [], variables);
    return given.coerced && compileOperation(library.schema, document, operation, given.coerced);
  });
  expect(compiled.length).toBeGreaterThan(40);
});

test("answers are those of plain resolvers over rows in memory, by one statement for each root field", async () => {
  const tally: Tally = { failures: 0, lists: 0, rows: 0, values: 0 };
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
  expect(tally.values).toBeGreaterThan(OPERATIONS * 20);
}, 3_600_000);
