import { type GraphQLObjectType, type GraphQLResolveInfo, isObjectType } from "graphql";
import type { Budget } from "../database/budget.js";
import { type ByteString, textOf } from "../database/byte-string.js";
import type { Database } from "../database/database.js";
import { badUserInput } from "../graphql/errors.js";
import { decodeId } from "../graphql/id.js";
import { TYPE } from "../graphql/node.js";
import type { Viewer } from "../graphql/viewer.js";
import { allEntities, type Entity } from "./entity.js";
import { Found, known } from "./late.js";
import { planObject } from "./plan.js";
import { type Read, type Root, readRoot, write } from "./read.js";

type Row = Record<string, unknown>;

/** The most ids that one `nodes` may ask for. */
const MOST_IDS = 100;

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
    const { text, onePlan, bounds } = read;
    const { budget } = this;
    return budget.run(() => this.database.read(text, all, { onePlan, bounds, budget }));
  }

  /** Values, with what is to be found for them. One that stands in several places is looked for once. */
  async #find(values: readonly unknown[], variables: Readonly<Record<string, unknown>>): Promise<unknown[]> {
    const found = new Map<unknown, unknown>();
    const find = async (value: Found) => {
      const { text, values: given } = value.statement;
      const written = await this.json({ text, values: given, onePlan: true }, variables);
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
  field(root: Root, info: GraphQLResolveInfo): Promise<Row | null> {
    const field = info.parentType.getFields()[info.fieldName];
    if (!field) throw new Error(`${info.parentType.name} has no field ${info.fieldName}`);
    return this.#row(readRoot(info, root, field, info.fieldNodes, this.viewer));
  }

  /** Rows of any type by id, in the order asked, null where there is none; one statement for each type. */
  async nodes(ids: readonly string[], info: GraphQLResolveInfo): Promise<(Row | null)[]> {
    if (ids.length > MOST_IDS) {
      throw badUserInput(`\`ids\` has ${ids.length} entries; at most ${MOST_IDS} are answered at once.`);
    }
    const wanted = ids.map((id) => {
      const { prefix, uuid } = decodeId(id);
      const entity = allEntities().find((candidate) => candidate.prefix === prefix);
      if (!entity)
        throw badUserInput(
          `${JSON.stringify(id)} is not the id of anything here: nothing is called "${prefix}".`,
        );
      return { entity, uuid };
    });
    const rows = new Map<string, Row>();
    const entities = [...new Set(wanted.map(({ entity }) => entity))];
    await Promise.all(
      entities.map(async (entity) => {
        const keys = new Set(wanted.filter((one) => one.entity === entity).map(({ uuid }) => uuid));
        for (const [uuid, row] of await this.byKeys(entity, [...keys], info)) rows.set(uuid, row);
      }),
    );
    return wanted.map(({ uuid }) => rows.get(uuid) ?? null);
  }

  /** Rows of one type by their keys, with what is selected of them; one statement. */
  async byKeys(entity: Entity, keys: readonly string[], info: GraphQLResolveInfo): Promise<Map<string, Row>> {
    const plan = planObject(info, typeOf(info, entity), info.fieldNodes, entity);
    const found = await this.#row(write(this.viewer, (statement) => statement.byKeys(plan, keys)));
    const rows = Object.entries((found ?? {}) as Record<string, Row>);
    return new Map(rows.map(([key, row]) => [key, { ...row, [TYPE]: entity.name }]));
  }

  async #row(read: Read): Promise<Row | null> {
    const json = await this.json(read);
    return json && (JSON.parse(textOf(json)) as Row);
  }
}

const isFound = (value: unknown): value is Found => value instanceof Found;

function typeOf({ schema }: GraphQLResolveInfo, entity: Entity): GraphQLObjectType {
  const type = schema.getType(entity.name);
  if (!isObjectType(type)) throw new Error(`the schema has no object type ${entity.name}`);
  return type;
}
