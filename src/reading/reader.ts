import { type GraphQLObjectType, type GraphQLResolveInfo, getNamedType } from "graphql";
import sql, { type Sql } from "sql-template-tag";
import type { Database } from "../database/database.js";
import { badUserInput } from "../graphql/errors.js";
import { decodeId, decodeIdOf } from "../graphql/id.js";
import type { Viewer } from "../graphql/viewer.js";
import type { ConnectionArgs } from "./connection.js";
import { at } from "./names.js";
import { allNouns, type Class, type Noun, nounOf } from "./noun.js";
import { ConnectionPage, type PageData } from "./page.js";
import { planObject, planPage } from "./plan.js";
import { Statement } from "./statement.js";
import { checkText } from "./where.js";

type Row = Record<string, unknown>;

/** The most ids that one `nodes` may ask for. */
const MOST_IDS = 100;

/** Answers root fields on behalf of one viewer: each by one SQL statement, whatever is selected below it. */
export class Reader {
  constructor(
    private readonly database: Database,
    private readonly viewer: Viewer,
  ) {}

  /**
   * One row by its id or its slug; null when there is none that the viewer may see.
   *
   * @throws BAD_USER_INPUT unless exactly one of the two is given
   */
  async one(
    type: Class,
    key: { id?: string | null; slug?: string | null },
    info: GraphQLResolveInfo,
  ): Promise<Row | null> {
    const noun = nounOf(type);
    if ((key.id == null) === (key.slug == null)) {
      const choice = noun.filters.has("slug") ? "exactly one of `id` and `slug`" : "`id`";
      throw badUserInput(`\`${info.fieldName}\` needs ${choice}.`);
    }
    checkText("slug", key.slug);
    const uuid = key.id == null ? undefined : decodeIdOf(noun.prefix as string, key.id);
    const plan = planObject(info, objectType(info, noun), info.fieldNodes, noun);
    return this.#row((statement) =>
      statement.one(plan, (alias) =>
        uuid === undefined
          ? sql`${at(alias, "slug")} = ${key.slug}`
          : sql`${at(alias, "id")} = ${uuid}::uuid`,
      ),
    );
  }

  /** A page of all rows of a type. */
  async page(type: Class, args: ConnectionArgs, info: GraphQLResolveInfo): Promise<ConnectionPage> {
    const noun = nounOf(type);
    const connection = getNamedType(info.returnType) as GraphQLObjectType;
    const plan = planPage(info, connection, info.fieldNodes, noun, args);
    return new ConnectionPage(noun, args, (await this.#row((statement) => statement.page(plan))) as PageData);
  }

  /** Rows of any type by id, in the order asked, null where there is none; one statement for each type. */
  async nodes(ids: readonly string[], info: GraphQLResolveInfo): Promise<(Row | null)[]> {
    if (ids.length > MOST_IDS) {
      throw badUserInput(`\`ids\` has ${ids.length} entries; at most ${MOST_IDS} are answered at once.`);
    }
    const wanted = ids.map((id) => {
      const { prefix, uuid } = decodeId(id);
      const noun = allNouns().find((candidate) => candidate.prefix === prefix);
      if (!noun)
        throw badUserInput(
          `${JSON.stringify(id)} is not the id of anything here: nothing is called "${prefix}".`,
        );
      return { noun, uuid };
    });
    const rows = new Map<string, Row>();
    const nouns = [...new Set(wanted.map(({ noun }) => noun))];
    await Promise.all(
      nouns.map(async (noun) => {
        const plan = planObject(info, objectType(info, noun), info.fieldNodes, noun);
        const keys = wanted.filter((one) => one.noun === noun).map(({ uuid }) => uuid);
        const found = await this.#row((statement) => statement.byKeys(plan, [...new Set(keys)]));
        for (const [uuid, row] of Object.entries((found ?? {}) as Record<string, Row>)) {
          rows.set(uuid, { ...row, __typename: noun.name });
        }
      }),
    );
    return wanted.map(({ uuid }) => rows.get(uuid) ?? null);
  }

  async #row(write: (statement: Statement) => Sql): Promise<Row | null> {
    const statement = new Statement(this.viewer);
    const { text, values } = write(statement);
    const { onePlan } = statement;
    const [row] = await this.database.query<{ json: string | null }>(text, values, { onePlan });
    return row?.json ? (JSON.parse(row.json) as Row) : null;
  }
}

const objectType = (info: GraphQLResolveInfo, noun: Noun): GraphQLObjectType =>
  info.schema.getType(noun.name) as GraphQLObjectType;
