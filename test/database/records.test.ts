import type { GraphQLEnumType } from "graphql";
import { encodeId } from "../../src/graphql/id.js";
import { RECORDS } from "../../src/records.js";
import { RecordType } from "../../src/revision/revision.vocabulary.js";
import { buildSchema } from "../../src/schema.js";
import type { Fields } from "../../src/writing/record.js";
import { type TestDatabase, testDatabase } from "../support/database.js";
import { insertWorld, makeWorld } from "../support/world.js";

/** What history does not keep, or keeps elsewhere. */
const LEFT_OUT: Record<string, readonly string[]> = {
  // In `source_text`, under its hash.
  source: ["text"],
  // What the database derives from affiliations.
  claim: ["side_id"],
  // What it derives from claims.
  proposition: [
    "kinds",
    "stance",
    "status",
    "voices",
    "divided",
    "side_count",
    "since_edtf",
    "since_earliest",
    "since_latest",
    "latest_claim",
  ].map((name) => `dispute_${name}`),
  // Copies of what the event says.
  claim_event: ["type", "occurred_earliest", "occurred_latest"],
};

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await insertWorld(database.prisma, makeWorld(1));
});
afterAll(() => database.close());

const query = <Row>(text: string) => database.query<Row>(text, []);

const referredTo = (fields: Fields): unknown[] =>
  [...fields.values()].flatMap(({ how }) => {
    if (how.kind === "one" || how.kind === "many") return [how.to()];
    return how.kind === "value" || how.kind === "parts" ? referredTo(how.fields) : [];
  });

test("those that others refer to come first in the list of records", () => {
  const late = RECORDS.flatMap(({ entity, fields }, place) =>
    referredTo(fields)
      .filter((other) => other !== entity && RECORDS.findIndex((kind) => kind.entity === other) > place)
      .map(() => entity.name),
  );
  expect(late).toEqual([]);
});

test("the types of the database are those of the list of records", async () => {
  const rows = await query<{ type: string }>("select unnest(enum_range(null::record_type))::text as type");
  const types = RECORDS.map(({ type }) => type).sort();

  expect(rows.map(({ type }) => type).sort()).toEqual(types);
  expect(Object.keys(RecordType).sort()).toEqual(types);
});

test("the schema names each type as the type is called", async () => {
  const schema = await buildSchema();
  const meanings = new Map(
    (schema.getType("RecordType") as GraphQLEnumType)
      .getValues()
      .map(({ name, description }) => [name, description]),
  );

  for (const { type, entity } of RECORDS) {
    expect(meanings.get(type)).toMatch(new RegExp(`^An? \`${entity.name}\`\\.$`));
    expect(schema.getType(entity.name)).toBeDefined();
  }
});

test.each(RECORDS.map((kind) => [kind.entity.name, kind] as const))(
  "record_key gives the public id of each %s",
  async (_, { type, entity }) => {
    const id = "0196816b-1200-7049-91a3-dc9978ca9b58";
    const [found] = await query<{ key: string }>(`select record_key('${type}', '${id}') as key`);

    expect(found?.key).toBe(encodeId(entity.prefix as string, id));
  },
);

test.each(RECORDS.map((kind) => [kind.entity.name, kind] as const))(
  "record_rows gives all rows of each %s, of just the tables that it owns",
  async (_, { type, entity, tables }) => {
    const names = tables.map(({ table }) => table);
    const keys = await query<{ table: string }>(
      `select distinct jsonb_object_keys(record_rows('${type}', id)) as table from ${entity.table} order by 1`,
    );
    // The world of the tests has rows of all tables.
    expect(keys.map(({ table }) => table)).toEqual(names.toSorted());

    for (const { table, owner } of tables) {
      const kept = (LEFT_OUT[table] ?? []).reduce((row, column) => `${row} - '${column}'`, "to_jsonb(t)");
      const records = await query<{ given: string; there: string }>(
        `select (record_rows('${type}', r.id) -> '${table}')::text as given,
            (select coalesce(jsonb_agg(${kept}), '[]')::text from ${table} t where t.${owner} = r.id) as there
          from ${entity.table} r`,
      );
      expect(records.map(({ given }) => inOrder(given))).toEqual(records.map(({ there }) => inOrder(there)));
      expect([table, records.some(({ there }) => there !== "[]")]).toEqual([table, true]);
    }
  },
);

const inOrder = (rows: string): string[] =>
  JSON.parse(rows)
    .map((row: unknown) => JSON.stringify(row))
    .sort();
