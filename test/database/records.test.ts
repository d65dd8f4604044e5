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
  // Copies of what the event says.
  claim_event: ["type", "occurred_earliest", "occurred_latest"],
};

type Row = Record<string, unknown>;

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
  await insertWorld(database.prisma, makeWorld(1));
});
afterAll(() => database.close());

const query = <R extends Row>(text: string, ...values: unknown[]) => database.query<R>(text, values);

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
    const records = await query<{ id: string; rows: string }>(
      `select id::text, record_rows('${type}', id)::text as rows from ${entity.table} order by id`,
    );
    expect(records.length).toBeGreaterThan(0);
    const full = new Set<string>();
    for (const { id, rows: text } of records) {
      const rows: Record<string, Row[]> = JSON.parse(text);
      expect(Object.keys(rows).sort()).toEqual(tables.map(({ table }) => table).sort());
      for (const { table, owner } of tables) {
        const without = (LEFT_OUT[table] ?? []).map((column) => ` - '${column}'`).join("");
        const all = await query<{ row: string }>(
          `select (to_jsonb(t)${without})::text as row from ${table} t where ${owner} = $1::uuid`,
          id,
        );
        const inOrder = (list: Row[]) => list.map((row) => JSON.stringify(row)).sort();
        expect(inOrder(rows[table] ?? [])).toEqual(inOrder(all.map(({ row }) => JSON.parse(row))));
        if (all.length > 0) full.add(table);
      }
    }
    // No table was compared while empty only.
    expect([...full].sort()).toEqual(tables.map(({ table }) => table).sort());
  },
);
