import { type ExecutionResult, execute, type GraphQLSchema, parse } from "graphql";
import type { Database } from "../../src/database/database.js";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import { Reader } from "../../src/reading/reader.js";
import { buildSchema } from "../../src/schema.js";
import { largeBudget } from "../support/budget.js";
import { type TestDatabase, testDatabase } from "../support/database.js";
import { insertWorld, type World } from "../support/world.js";

/** Whether a statement only finds values for another one. */
export const findsValues = (text: string): boolean => text.endsWith(")::text as found");

/** A data set in a database of its own, and the schema to ask it by, as a reader. */
export class Library {
  private constructor(
    readonly database: TestDatabase,
    readonly schema: GraphQLSchema,
  ) {}

  static async open(world: World): Promise<Library> {
    const schema = await buildSchema();
    const database = await testDatabase();
    await insertWorld(database.prisma, world);
    return new Library(database, schema);
  }

  /**
   * What resolvers know of one request.
   *
   * @param statements gathers the texts of those that are run, but for those that only find values for another one
   */
  context(statements: string[] = []) {
    const read = (...asked: Parameters<Database["read"]>) => {
      if (!findsValues(asked[0])) statements.push(asked[0]);
      return this.database.read(...asked);
    };
    const counting: Database = Object.assign(Object.create(this.database), { read });
    return { reader: new Reader(counting, ANONYMOUS, largeBudget()), database: counting };
  }

  /** Executes an operation with graphql-js. */
  async ask(text: string, variableValues: Record<string, unknown> = {}): Promise<ExecutionResult> {
    const { schema } = this;
    return execute({ schema, document: parse(text), contextValue: this.context(), variableValues });
  }

  close(): Promise<void> {
    return this.database.close();
  }
}

/** The message of the one error of an answer, which must be about what the client sent. */
export function refusal({ errors }: ExecutionResult): string {
  expect(errors).toHaveLength(1);
  const error = errors![0]!;
  if (error.extensions.code !== "BAD_USER_INPUT") {
    throw new Error(`not refused, but failed: ${error.originalError?.stack ?? error.stack}`);
  }
  return error.message;
}
