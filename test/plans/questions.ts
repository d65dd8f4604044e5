import { type GraphQLInputObjectType, type GraphQLSchema, getNamedType } from "graphql";
import { valueTypeOf } from "../../src/graphql/filters.js";
import { type Entity, entityOf, type FilterSpec } from "../../src/reading/entity.js";
import type { Values } from "./values.js";

/** One way to use a filter: what is asked, in words, and the `where` input. */
export interface Question {
  readonly asks: string;
  readonly where: Record<string, unknown>;
}

/** Every way to use the filters of the schema, of a relation one level deep. */
export class Questions {
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly values: Values,
  ) {}

  /** @param nested asks of another type's rows in one way only for each filter */
  async of(entity: Entity, key: string, nested = false): Promise<Question[]> {
    const spec = entity.filters.get(key)!;
    const asked = await this.#asked(entity, key, spec, nested);
    return asked.map(({ asks, where }) => ({ asks: `${key}${asks}`, where: { [key]: where } }));
  }

  async #asked(entity: Entity, key: string, spec: FilterSpec, nested: boolean): Promise<Answer[]> {
    switch (spec.kind) {
      case "id":
        return this.#operators(entity, key, await this.values.ids(entity), false, nested);
      case "scalar": {
        const type = valueTypeOf(spec.type());
        if (type.sql === "text[]") return this.#ofLists(nested);
        const values = spec.column
          ? await this.values.of(entity.table, keptUnder(entity, spec.column))
          : (type.words ?? []).slice(0, 2);
        // Where all rows lack a code, some code is asked for: what is none would be refused.
        const codes =
          spec.form && "problem" in spec.form.whole(values[0] ?? "") ? [CODES[key] ?? ""] : values;
        const read = codes.map((value) => readable(type.sql, value));
        return this.#operators(entity, key, read, spec.nullable, nested);
      }
      case "fuzzyDate": {
        const edtf = keptUnder(entity, spec.earliest.replace(/earliest$/, "edtf"));
        const [found = ""] = await this.values.of(entity.table, edtf);
        const day = found === "nowhere" ? "2024-06-15" : found;
        const dates = nested ? [day] : [day, day.slice(0, 4)];
        const operators = this.#fields(entity, key).flatMap((operator) =>
          dates.map((date) => ({ asks: ` ${operator} ${date}`, where: { [operator]: date } })),
        );
        return nested ? operators : [...operators, NOTHING];
      }
      case "value":
        return [
          ...(spec.present.length > 0 ? [NOTHING] : []),
          ...(await this.#all(valueIn(entity, entityOf(spec.of()), spec.prefix), nested)),
        ];
      case "one":
        if (nested) return [NOTHING];
        return [NOTHING, ...(await this.#all(entityOf(spec.relation.target()), true))];
      case "many": {
        if (nested) return [];
        const whole = [{ asks: "", where: {} }, ...(await this.#all(entityOf(spec.relation.target()), true))];
        return ["some", "none", "every"].flatMap((quantifier) =>
          whole.map(({ asks, where }) => ({ asks: `.${quantifier}${asks}`, where: { [quantifier]: where } })),
        );
      }
      case "special": {
        if (key === "standing") return [{ asks: " eq", where: { eq: "STRUCK" } }];
        if (key === "conflict") return [{ asks: " eq STANCE", where: { eq: "STANCE" } }];
        const [slug] = await this.values.of(entity.table, "slug");
        return [{ asks: ` ${slug}`, where: { slug } }];
      }
    }
  }

  /** What is asked of a list of texts: of one that few rows have, if any. */
  #ofLists(nested: boolean): Answer[] {
    const one = "topic-40";
    const answers = [
      { asks: " has", where: { has: one } },
      { asks: " hasSome", where: { hasSome: [one] } },
      { asks: " hasEvery", where: { hasEvery: [one] } },
      { asks: " isEmpty", where: { isEmpty: true } },
    ];
    return nested ? answers.slice(0, 1) : answers;
  }

  async #all(entity: Entity, nested: boolean): Promise<Answer[]> {
    const questions = [];
    for (const key of entity.filters.keys()) questions.push(...(await this.of(entity, key, nested)));
    return questions.map(({ asks, where }) => ({ asks: `.${asks}`, where }));
  }

  #operators(entity: Entity, key: string, values: Value[], nullable: boolean, nested: boolean): Answer[] {
    const [value] = values as [Value];
    const operators = this.#fields(entity, key);
    const answers = (nested ? ["eq"] : operators).map((operator) => ({
      asks: ` ${operator}`,
      where: { [operator]: operator === "in" || operator === "notIn" ? values : value },
    }));
    if (operators.includes("contains")) {
      const text = String(value);
      const [word] = /\p{L}{3,}/u.exec(text) ?? [text];
      answers.push({ asks: " contains a word", where: { contains: word } });
      if (!nested) answers.push({ asks: " contains nobody's", where: { contains: "zqxj" } });
    }
    return nullable && !nested ? [...answers, NOTHING] : answers;
  }

  #fields(entity: Entity, key: string): string[] {
    const where = this.schema.getType(`${entity.name}Where`) as GraphQLInputObjectType;
    return Object.keys((getNamedType(where.getFields()[key]!.type) as GraphQLInputObjectType).getFields());
  }
}

/** Under which prefix the columns of a value stand in its row. */
const PREFIXES = new WeakMap<Entity, string>();

/** A value as part of the rows of an entity. */
function valueIn({ table }: Entity, value: Entity, prefix = ""): Entity {
  const within = { ...value, table };
  PREFIXES.set(within, prefix);
  return within;
}

const keptUnder = (entity: Entity, column: string): string => `${PREFIXES.get(entity) ?? ""}${column}`;

const CODES: Readonly<Record<string, string>> = {
  countryCode: "GB",
  language: "en",
  url: "https://nowhere.example/",
};

type Value = string | number | boolean;

/** What is asked of one filter. */
interface Answer {
  readonly asks: string;
  readonly where: Record<string, unknown> | null;
}

const NOTHING: Answer = { asks: " null", where: null };

function readable(cast: string, value: string): Value {
  if (cast === "integer") return Number(value);
  if (cast === "double precision") return Number(value);
  if (cast === "boolean") return value === "true";
  return cast === "timestamptz" ? `${value.replace(" ", "T").replace(/\+00$/, "")}Z` : value;
}
