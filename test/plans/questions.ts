import { type GraphQLInputObjectType, type GraphQLSchema, getNamedType } from "graphql";
import { type FilterSpec, type Noun, nounOf } from "../../src/reading/noun.js";
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
  async of(noun: Noun, key: string, nested = false): Promise<Question[]> {
    const spec = noun.filters.get(key)!;
    const asked = await this.#asked(noun, key, spec, nested);
    return asked.map(({ asks, where }) => ({ asks: `${key}${asks}`, where: { [key]: where } }));
  }

  async #asked(noun: Noun, key: string, spec: FilterSpec, nested: boolean): Promise<Answer[]> {
    switch (spec.kind) {
      case "id":
        return this.#operators(noun, key, await this.values.ids(noun), false, nested);
      case "scalar": {
        const values = (await this.values.of(noun.table, spec.column)).map((value) =>
          readable(spec.cast, value),
        );
        return this.#operators(noun, key, values, spec.nullable, nested);
      }
      case "fuzzyDate": {
        const [day = ""] = await this.values.of(noun.table, spec.earliest.replace(/earliest$/, "edtf"));
        const dates = nested ? [day] : [day, day.slice(0, 4)];
        const operators = this.#fields(noun, key).flatMap((operator) =>
          dates.map((date) => ({ asks: ` ${operator} ${date}`, where: { [operator]: date } })),
        );
        return nested ? operators : [...operators, NOTHING];
      }
      case "value":
        return [NOTHING, ...(await this.#all({ ...nounOf(spec.of()), table: noun.table }, nested))];
      case "one":
        if (nested) return [NOTHING];
        return [NOTHING, ...(await this.#all(nounOf(spec.relation.target()), true))];
      case "many": {
        if (nested) return [];
        const whole = [{ asks: "", where: {} }, ...(await this.#all(nounOf(spec.relation.target()), true))];
        return ["some", "none", "every"].flatMap((quantifier) =>
          whole.map(({ asks, where }) => ({ asks: `.${quantifier}${asks}`, where: { [quantifier]: where } })),
        );
      }
      case "special": {
        const [slug] = await this.values.of(noun.table, "slug");
        return [{ asks: ` ${slug}`, where: { slug } }];
      }
    }
  }

  async #all(noun: Noun, nested: boolean): Promise<Answer[]> {
    const questions = [];
    for (const key of noun.filters.keys()) questions.push(...(await this.of(noun, key, nested)));
    return questions.map(({ asks, where }) => ({ asks: `.${asks}`, where }));
  }

  #operators(noun: Noun, key: string, values: Value[], nullable: boolean, nested: boolean): Answer[] {
    const [value] = values as [Value];
    const operators = this.#fields(noun, key);
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

  #fields(noun: Noun, key: string): string[] {
    const where = this.schema.getType(`${noun.name}Where`) as GraphQLInputObjectType;
    return Object.keys((getNamedType(where.getFields()[key]!.type) as GraphQLInputObjectType).getFields());
  }
}

type Value = string | number;

/** What is asked of one filter. */
interface Answer {
  readonly asks: string;
  readonly where: Record<string, unknown> | null;
}

const NOTHING: Answer = { asks: " null", where: null };

function readable(cast: string, value: string): Value {
  if (cast === "integer") return Number(value);
  return cast === "timestamptz" ? `${value.replace(" ", "T").replace(/\+00$/, "")}Z` : value;
}
