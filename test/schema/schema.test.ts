import { readFileSync } from "node:fs";
import {
  buildClientSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  introspectionFromSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isNonNullType,
  isObjectType,
  isScalarType,
  isSpecifiedScalarType,
} from "graphql";
import { getMetadataStorage } from "type-graphql";
import { fieldOf, listOf } from "../../src/graphql/field-names.js";
import { ANONYMOUS } from "../../src/graphql/viewer.js";
import { allEntities } from "../../src/reading/entity.js";
import { columnsOf, isColumn } from "../../src/reading/row.js";
import { RECORDS } from "../../src/records.js";
import { buildSchema, schemaText } from "../../src/schema.js";
import { testDatabase } from "../support/database.js";

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = await buildSchema();
});

const ownTypes = (): GraphQLNamedType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );

test("schema.graphql is the schema; `npm run schema` writes it", () => {
  expect(readFileSync("schema.graphql", "utf8")).toBe(schemaText(schema));
});

test("tools see first what most people ask and record, and housekeeping last", () => {
  const seen = buildClientSchema(introspectionFromSchema(schema));
  const fields = (type?: GraphQLObjectType | null) => Object.keys(type?.getFields() ?? {});

  const records = RECORDS.map(({ entity }) => entity).reverse();
  expect(fields(seen.getQueryType())).toEqual([
    ...records.map(listOf),
    ...records.map(fieldOf),
    ...["changes", "nodes", "node", "apiKeys"],
  ]);
  expect(fields(seen.getMutationType()).slice(0, 2)).toEqual(["recordClaim", "recordClaims"]);
  expect(fields(seen.getMutationType()).at(-1)).toBe("revokeApiKey");
});

test("every type, field, argument and enum value has a description", () => {
  const missing: string[] = [];
  const check = (coordinate: string, { description }: { description?: string | null }) => {
    if (!description?.trim()) missing.push(coordinate);
  };
  check("the schema", schema);
  for (const type of ownTypes()) {
    check(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) check(`${type.name}.${value.name}`, value);
    if (isScalarType(type) || isEnumType(type)) continue;
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      check(`${type.name}.${field.name}`, field);
      for (const argument of "args" in field ? field.args : []) {
        check(`${type.name}.${field.name}(${argument.name}:)`, argument);
      }
    }
  }
  expect(missing).toEqual([]);
});

test("the payload of every mutation has errors and warnings", () => {
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  expect(mutations.length).toBeGreaterThan(50);
  for (const { name, type } of mutations) {
    const fields = isNonNullType(type) && isObjectType(type.ofType) ? type.ofType.getFields() : {};
    const types = [String(fields.errors?.type), String(fields.warnings?.type)];
    expect([name, ...types]).toEqual([name, "[UserError!]!", "[UserWarning!]!"]);
  }
});

test("no field is renamed: a renamed one would silently answer null", () => {
  const { fields } = getMetadataStorage();
  expect(fields.filter(({ name, schemaName }) => name !== schemaName)).toEqual([]);
});

test("a field that is not null reads a column that is not null, and the other way round", async () => {
  const database = await testDatabase();
  try {
    const columns = await database.query<{ table: string; column: string; nullable: string }>(
      `select table_name as "table", column_name as "column", is_nullable as nullable
         from information_schema.columns where table_schema = current_schema()`,
      [],
    );
    const nullable = new Map(columns.map((row) => [`${row.table}.${row.column}`, row.nullable === "YES"]));
    const wrong: string[] = [];
    for (const entity of allEntities()) {
      const type = schema.getType(entity.name);
      // What is computed has no columns of which the database says whether they may be null.
      if (!isObjectType(type) || entity.table === "") continue;
      // A value is null as a whole when its column is, so within it the column is there.
      const whole = entity.name === "Figure" || entity.name === "Quote";
      for (const [name, spec] of entity.fields) {
        if (spec.kind !== "scalar" || !spec.column) continue;
        const inDatabase = nullable.get(`${entity.table}.${spec.column}`);
        const inSchema = !isNonNullType(type.getFields()[name]?.type);
        const hidden = !isColumn(spec);
        if (inDatabase === undefined || (inDatabase !== inSchema && !hidden && !whole))
          wrong.push(`${entity.name}.${name}`);
      }
      for (const spec of entity.filters.values()) {
        const used =
          spec.kind === "scalar" && spec.column
            ? [spec.column]
            : spec.kind === "fuzzyDate"
              ? [spec.earliest, spec.latest]
              : [];
        for (const column of used)
          if (!nullable.has(`${entity.table}.${column}`)) wrong.push(`${entity.table}.${column}`);
      }
      for (const keys of entity.orders.values()) {
        for (const key of keys) {
          for (const column of columnsOf((row) => key.expression(row, { viewer: ANONYMOUS, args: {} }))) {
            if (nullable.get(`${entity.table}.${column}`) !== key.nullable)
              wrong.push(`${entity.table}.${column}`);
          }
        }
      }
    }
    expect(wrong).toEqual([]);
  } finally {
    await database.close();
  }
});
