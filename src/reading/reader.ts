import { type GraphQLObjectType, type GraphQLResolveInfo, isObjectType } from "graphql";
import type { Budget } from "../database/budget.js";
import { type ByteString, textOf } from "../database/byte-string.js";
import type { Database } from "../database/database.js";
import { reasonOf } from "../database/refused.js";
import { badUserInput } from "../graphql/errors.js";
import { decodeId } from "../graphql/id.js";
import { TYPE } from "../graphql/node.js";
import type { Viewer } from "../graphql/viewer.js";
import { type Entity, entityWithPrefix } from "./entity.js";
import { Found, known } from "./late.js";
import { planObject } from "./plan.js";
import { type Read, write } from "./read.js";
import { type Root, readRoot } from "./root.js";

type Row = Record<string, unknown>;

/** Answers fields on behalf of one viewer: each by one SQL statement, whatever is selected below it. */
export class Reader {
  /** @param budget what the answer may use of the database */
  constructor(
    private readonly database: Database,
    readonly viewer: Viewer,
    readonly budget: Budget,
  ) {}

  /**
   * Runs a statement, after those that find values for it.
   *
   * @param variables the operation's, for a statement that was written before they were known
   * @returns what it gives: for a field, the JSON of the answer
   */
  async json(read: Read, variables: Readonly<Record<string, unknown>> = {}): Promise<ByteString | null> {
    const values = known(read.values, variables);
    const all = values.some(isFound) ? await this.#find(values, variables) : values;
    const { text, strings, onePlan, bounds } = read;
    const { budget } = this;
    const options = { strings, onePlan, bounds, budget };
    return budget
      .run(() => this.database.read(text, all, options))
      .catch((error) => {
        const reason = reasonOf(error);
        throw reason === undefined ? error : badUserInput(reason);
      });
  }

  /** Values, with what is to be found for them. One that stands in several places is looked for once. */
  async #find(values: readonly unknown[], variables: Readonly<Record<string, unknown>>): Promise<unknown[]> {
    const found = new Map<unknown, unknown>();
    const find = async (value: Found) => {
      const { text, strings, values: given } = value.statement;
      const written = await this.json({ text, strings, values: given, onePlan: true }, variables);
      found.set(value, written && textOf(written));
    };
    await Promise.all([...new Set(values.filter(isFound))].map(find));
    return values.map((value) => (isFound(value) ? found.get(value) : value));
  }

  /**
   * What a field of the type Query answers, for its resolver.
   *
   * @throws BAD_USER_INPUT when its arguments, or some below it, cannot be used
   */
  field(root: Root, info: GraphQLResolveInfo): Promise<unknown> {
    const field = info.parentType.getFields()[info.fieldName];
    if (!field) throw new Error(`${info.parentType.name} has no field ${info.fieldName}`);
    const { schema, fragments, variableValues } = info;
    const asked = { schema, fragments, variableValues, telling: true };
    return this.#parsed(readRoot(asked, root, field, info.fieldNodes, this.viewer));
  }

  /** The record with a public id that the program knows, with what is selected of it. */
  async byId(id: string, info: GraphQLResolveInfo): Promise<Row | null> {
    const { prefix, uuid } = decodeId(id);
    const entity = entityWithPrefix(prefix);
    if (!entity) throw new Error(`there is no entity with the prefix ${prefix}`);
    const row = (await this.byKeys(entity, [uuid], info)).get(uuid);
    return row ? { ...row, [TYPE]: entity.name } : null;
  }

  /** Rows of one type by their keys, with what is selected of them; one statement. */
  async byKeys(entity: Entity, keys: readonly string[], info: GraphQLResolveInfo): Promise<Map<string, Row>> {
    const plan = planObject(info, typeOf(info, entity), info.fieldNodes, entity);
    const found = await this.#parsed(write(this.viewer, (statement) => statement.byKeys(plan, keys)));
    return new Map(Object.entries((found ?? {}) as Record<string, Row>));
  }

  async #parsed(read: Read): Promise<unknown> {
    const json = await this.json(read);
    return json && JSON.parse(textOf(json));
  }
}

const isFound = (value: unknown): value is Found => value instanceof Found;

function typeOf({ schema }: GraphQLResolveInfo, entity: Entity): GraphQLObjectType {
  const type = schema.getType(entity.name);
  if (!isObjectType(type)) throw new Error(`the schema has no object type ${entity.name}`);
  return type;
}
