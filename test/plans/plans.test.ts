import type { GraphQLSchema } from "graphql";
import {
  allEntities,
  type Entity,
  entityOf,
  type FieldSpec,
  type Relation,
} from "../../src/reading/entity.js";
import { buildSchema } from "../../src/schema.js";
import { serverUrl } from "../support/database.js";
import { encodeId } from "../support/ids.js";
import { Dataset } from "./dataset.js";
import { exceptions } from "./exceptions.js";
import { type Asked, hottest, inOrders, ordersOf, pagesOf } from "./pages.js";
import { type Fault, faultsOf } from "./plan.js";
import { Questions } from "./questions.js";
import { statementOf } from "./statement.js";
import { Values } from "./values.js";

const schema: GraphQLSchema = await buildSchema();
// Of these the data set has none.
const UNFILLED = new Set(["ApiKey", "Revision"]);
const entities = allEntities().filter(({ prefix, name }) => prefix && !UNFILLED.has(name));
const filters = entities.flatMap((entity) =>
  [...entity.filters.keys()].map((key) => ({ filter: `${entity.name}.${key}`, entity, key })),
);
const connections = entities.flatMap((entity) =>
  [...entity.fields].flatMap(([key, spec]) =>
    // What is computed is in no order of an index.
    spec.kind === "connection" && !spec.relation.rows && !UNFILLED.has(entityOf(spec.relation.target()).name)
      ? [{ list: `${entity.name}.${key}`, entity, key, relation: spec.relation }]
      : [],
  ),
);

let dataset: Dataset;
let questions: Questions;
const needed = new Set<unknown>();

/** What is wrong with the page of a list that is asked for, apart from what is excepted. */
async function complaints(list: List, { asks, args }: Asked): Promise<string[]> {
  const { operation, of } = list;
  const question = `${of}${asks.startsWith("by ") ? " " : "."}${asks}`;
  const faults = await faultsOf(
    dataset,
    await statementOf(dataset, schema, operation, { ...list.variables, ...args }),
  );
  const borne = ({ kind, rows }: Fault) => {
    const fitting = exceptions.filter(
      (one) => one.question.test(question) && rows <= (one.atMost[kind] ?? 0),
    );
    for (const exception of fitting) needed.add(exception);
    return fitting.length > 0;
  };
  return faults
    .filter((fault) => !borne(fault))
    .map(({ words, rows }) => `${question}: ${words} of ${rows} rows`);
}

interface List {
  readonly of: string;
  readonly operation: string;
  readonly variables?: Record<string, unknown>;
}

const ARGUMENTS =
  "(where: $where, orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before)";
const PAGE = "{ nodes { id } pageInfo { hasNextPage hasPreviousPage } }";
const variables = ({ name }: Entity) =>
  `$where: ${name}Where, $orderBy: [${name}Order!], $first: Int, $after: String, $last: Int, $before: String`;

const listOf = (entity: Entity): List => ({
  of: entity.name,
  operation: `query (${variables(entity)}) { ${entity.name.toLowerCase()}s${ARGUMENTS} ${PAGE} }`,
});

const listIn = (entity: Entity, key: string, relation: Relation, id: string): List => ({
  of: `${entity.name}.${key}`,
  operation: `query ($id: ID!, ${variables(entityOf(relation.target()))}) {
    ${entity.name.toLowerCase()}(id: $id) { ${key}${ARGUMENTS} ${PAGE} }
  }`,
  variables: { id },
});

const onServer = serverUrl === undefined ? describe.skip : describe;

onServer("on a server, of 100,000 claims,", () => {
  beforeAll(async () => {
    dataset = await Dataset.make(serverUrl as string);
    questions = new Questions(schema, new Values(dataset));
  }, 180_000);
  afterAll(() => dataset?.close());

  test.each(filters)("a page filtered by $filter is found by an index", async ({ entity, key }) => {
    const found: string[] = [];
    for (const question of await questions.of(entity, key)) {
      for (const asked of inOrders(entity, question))
        found.push(...(await complaints(listOf(entity), asked)));
    }
    expect(found).toEqual([]);
  });

  test.each(entities)("$name lists are read in every order", async (entity) => {
    const found: string[] = [];
    for (const order of ordersOf(entity)) {
      for (const page of await pagesOf(dataset, entity, order))
        found.push(...(await complaints(listOf(entity), page)));
    }
    expect(found).toEqual([]);
  });

  test.each(connections)("the longest $list is read in every order", async ({ entity, key, relation }) => {
    const id = encodeId(entity.prefix as string, await hottest(dataset, entity, relation));
    const list = listIn(entity, key, relation, id);
    const target = entityOf(relation.target());
    const found: string[] = [];
    for (const order of ordersOf(target)) {
      for (const page of await pagesOf(dataset, target, order)) found.push(...(await complaints(list, page)));
    }
    expect(found).toEqual([]);
  });

  test.each(filters.filter(({ entity }) => entity.name === "Claim"))(
    "the claims of the event that has most, filtered by $filter, are found in their order",
    async ({ entity, key }) => {
      const events = entities.find(({ name }) => name === "Event") as Entity;
      const { relation } = events.fields.get("claims") as Extract<FieldSpec, { kind: "connection" }>;
      const id = encodeId("event", await hottest(dataset, events, relation));
      const list = listIn(events, "claims", relation, id);
      const found: string[] = [];
      for (const question of await questions.of(entity, key)) {
        for (const asked of inOrders(entity, question)) found.push(...(await complaints(list, asked)));
      }
      expect(found).toEqual([]);
    },
  );

  test("every exception is needed", () => {
    expect(exceptions.filter((exception) => !needed.has(exception))).toEqual([]);
  });
});
