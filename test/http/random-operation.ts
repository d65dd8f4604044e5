import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
} from "graphql";

/** Values for each argument of the library's fields: literals, and the variables that may stand there. */
const VALUES: Record<string, readonly string[]> = {
  first: ["0", "2", "$n", "null", "$unset"],
  last: ["3", "$n"],
  text: ['"a\\nb"', '"""block"""', "$s", "$unsetText"],
  flag: ["false", "$yes", "$no"],
  size: ["1", "2.5"],
  genre: ["NOVEL", "ESSAY", "$genre", "null"],
  day: ['"2024-02-29"', "$day"],
  range: [
    "{ from: 1 }",
    "{ from: $n, genres: [POEM, $genre] }",
    "$range",
    '{ from: 3, to: null, since: "2020-01-01" }',
  ],
  ids: ["[1, 2]", '"x"', "[$id]", "$ids"],
  anything: ["{ a: [1, $s], b: null }", "[]", "$any"],
  index: ["0", "1", "2", "7"],
  name: ['"n"'],
};

const HEAD = `($n: Int! = 2, $unset: Int, $unsetText: String, $s: String = "s", $yes: Boolean!, $no: Boolean!, $genre: Genre! = ESSAY,
  $day: Day = "2001-02-03", $range: Range = { from: 9 }, $id: ID! = 5, $ids: [ID!], $any: Anything = { x: 1 })`;

/** A generator of the same numbers for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A query on a schema whose arguments are those of VALUES. Not every one is valid: fields may not merge. */
export function randomOperation(schema: GraphQLSchema, random: () => number): string {
  const fragments: string[] = [];
  const chance = (probability: number) => random() < probability;
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)]!;
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith("__"),
  );

  function condition(): string {
    return chance(0.2)
      ? ` ${pick(["@skip", "@include"])}(if: ${pick(["$yes", "$no", "true", "false"])})`
      : "";
  }

  function field(definition: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(definition.type);
    const given = definition.args.filter((arg) => arg.name === "index" || chance(0.25));
    const args = given.map((arg) => `${arg.name}: ${pick(VALUES[arg.name]!)}`);
    const alias =
      args.length > 0 || chance(0.2) ? `${pick(["a", "b", "c", "again"])}${Math.floor(random() * 50)}: ` : "";
    const inner = isCompositeType(type) ? ` ${selection(type.name, depth - 1)}` : "";
    return `${alias}${definition.name}${args.length > 0 ? `(${args.join(", ")})` : ""}${condition()}${inner}`;
  }

  function selection(typeName: string, depth: number): string {
    const type = schema.getType(typeName);
    if (!isObjectType(type) && !isInterfaceType(type)) {
      return "{ __typename }";
    }
    const usable = Object.values(type.getFields()).filter(
      (f) => depth > 0 || !isCompositeType(getNamedType(f.type)),
    );
    const parts = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
      if (usable.length === 0 || chance(0.1)) {
        return `__typename${condition()}`;
      }
      if (depth > 0 && chance(0.15)) {
        const on = isInterfaceType(type)
          ? (pick(types.filter((t) => t.name !== "Query")) as GraphQLObjectType).name
          : typeName;
        const possible = isInterfaceType(type) ? ["Book", "Author"].includes(on) : true;
        return `... ${possible ? `on ${on} ` : ""}${condition()} ${selection(possible ? on : typeName, depth - 1)}`;
      }
      if (depth > 0 && chance(0.15)) {
        const name = `F${fragments.push("") - 1}`;
        fragments[Number(name.slice(1))] =
          `fragment ${name} on ${typeName} ${selection(typeName, depth - 1)}`;
        return `...${name}${condition()} ${chance(0.5) ? `...${name}${condition()}` : ""}`;
      }
      return field(pick(usable), depth);
    });
    return `{ ${parts.join(" ")} }`;
  }

  const body = selection(schema.getQueryType()!.name, 4);
  return `query Q ${HEAD} ${body} ${fragments.join(" ")}`;
}
