import {
  type GraphQLInputType,
  type GraphQLNonNull,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import type { Random } from "./random.js";

/** Writes argument values into the text of an operation, some of them through variables. */
export class Writer {
  readonly variables: Record<string, unknown> = {};
  readonly #declared: string[] = [];

  constructor(private readonly random: Random) {}

  /** The variable definitions of the operation, with their brackets; nothing when there are none. */
  get definitions(): string {
    return this.#declared.length > 0 ? `(${this.#declared.join(", ")})` : "";
  }

  /** A value at a position of this type. */
  write(value: unknown, type: GraphQLInputType): string {
    if (this.random.chance(0.15)) return this.#variable(value, type);
    return this.#literal(value, type, true);
  }

  /** A nullable variable that is given no value: as if nothing stood there. */
  nothing(type: GraphQLInputType): string {
    return this.#declare(String(isNonNullType(type) ? type.ofType : type));
  }

  /** A condition of @skip or @include. */
  condition(value: boolean, type: GraphQLNonNull<never>): string {
    return this.random.chance(0.5) ? String(value) : this.#variable(value, type);
  }

  #declare(definition: string): string {
    const name = `v${this.#declared.length}`;
    this.#declared.push(`$${name}: ${definition}`);
    return `$${name}`;
  }

  #variable(value: unknown, type: GraphQLInputType): string {
    const nullable = isNonNullType(type) ? type.ofType : type;
    const asDefault = this.random.chance(0.4);
    if (asDefault && value !== null) {
      // A default makes a variable fit a position that takes no null, as long as the default itself is none.
      return this.#declare(`${nullable} = ${this.#literal(value, nullable, false)}`);
    }
    const strict = isNonNullType(type) || (value !== null && this.random.chance(0.3));
    const overruled = !strict && this.random.chance(0.3) ? " = null" : "";
    const reference = this.#declare(`${nullable}${strict ? "!" : ""}${overruled}`);
    this.variables[reference.slice(1)] = this.#relaxed(value, nullable);
    return reference;
  }

  // Where a list is expected, one item may stand for itself.
  #relaxed(value: unknown, type: GraphQLInputType): unknown {
    const alone = isListType(type) && Array.isArray(value) && value.length === 1;
    return alone && this.random.chance(0.3) ? value[0] : value;
  }

  #literal(value: unknown, type: GraphQLInputType, mayVary: boolean): string {
    const inner = (item: unknown, of: GraphQLInputType) =>
      mayVary ? this.write(item, of) : this.#literal(item, of, false);
    if (value === null) return "null";
    if (isNonNullType(type)) return this.#literal(value, type.ofType, mayVary);
    if (isListType(type)) {
      const relaxed = this.#relaxed(value, type);
      // A variable of the item's type would not fit here.
      if (!Array.isArray(relaxed)) return this.#literal(relaxed, type.ofType, mayVary);
      return `[${relaxed.map((item) => inner(item, type.ofType)).join(", ")}]`;
    }
    if (isInputObjectType(type)) {
      const fields = Object.entries(value as object).map(
        ([key, item]) => `${key}: ${inner(item, type.getFields()[key]!.type)}`,
      );
      return `{${fields.join(", ")}}`;
    }
    return isEnumType(type) ? String(value) : JSON.stringify(value);
  }
}
