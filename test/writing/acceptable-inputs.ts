import {
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from "graphql";
import type { Input } from "./recorder.js";

/** A scalar or enum place of an input: the names of the fields that lead there, and where the schema declares it. */
export interface Place {
  readonly route: readonly string[];
  readonly type: GraphQLNamedType;
  /** `Type.field`; of a mutation's own input `Input.field`, since many have the same. */
  readonly declared: string;
}

/** Every place of an input, at any depth; each declaration by the shortest way to it. */
export function placesOf(input: GraphQLInputObjectType): Place[] {
  const places: Place[] = [];
  const seen = new Set<GraphQLInputObjectType>([input]);
  const waiting: [GraphQLInputObjectType, readonly string[]][] = [[input, []]];
  for (const [object, route] of waiting) {
    for (const { name, type } of Object.values(object.getFields())) {
      const named = getNamedType(type);
      const there = [...route, name];
      if (isLeafType(named)) {
        const of = object === input ? "Input" : object.name;
        places.push({ route: there, type: named, declared: `${of}.${name}` });
      } else if (isInputObjectType(named) && !seen.has(named)) {
        seen.add(named);
        waiting.push([named, there]);
      }
    }
  }
  return places;
}

/** The ids of records that inputs may name, and the versions of those. */
export interface Named {
  /** @param field of the mutation's own input */
  own(field: string): unknown;
  /** The id of a record that is there only to be referred to. */
  referredTo(entity: string): string;
}

// What a value needs beside its required fields, and what is taken where more than the type is asked for.
const OF_CLAIM = { proposition: { create: { slug: "what-is-asserted", text: "It is so.", kind: "YES_NO" } } };
const OF_PROPOSITION = { kind: "QUANTITY", measure: "OTHER" };
const BESIDE: Readonly<Record<string, Input>> = {
  FigureInput: { best: 1 },
  PlaceInput: { latitude: 1, longitude: 1 },
  ClaimInput: OF_CLAIM,
  ClaimRowInput: OF_CLAIM,
  PropositionInput: OF_PROPOSITION,
  PropositionRowInput: OF_PROPOSITION,
};
const TEXTS: Readonly<Record<string, string>> = { language: "en", countryCode: "KR" };
const SCALARS: Readonly<Record<string, unknown>> = {
  Int: 1,
  Float: 1,
  Boolean: true,
  EDTF: "2025",
  DateTime: "2100-01-01T00:00:00Z",
  URL: "https://a.example/",
};

/** Makes inputs that are accepted, but for what is put into one place. */
export class AcceptableInputs {
  #made = 0;

  constructor(private readonly named: Named) {}

  /** The least input of a mutation. @param value stands where the route leads, if there is one */
  of(input: GraphQLInputObjectType, route: readonly string[] = [], value?: unknown): Input {
    const fields = Object.values(input.getFields()).filter(
      (field) => isRequiredInputField(field) || field.name === "cascade" || field.name === route[0],
    );
    return Object.fromEntries(
      fields.map(({ name, type }) => {
        const on = name === route[0];
        if (on && route.length === 1) return [name, put(type, value)];
        const own = this.named.own(name);
        return [name, own ?? this.#value(type, name, on ? route.slice(1) : undefined, value)];
      }),
    );
  }

  /** The least that an input type accepts. */
  least(type: GraphQLInputObjectType): Input {
    return this.#object(type, [], undefined);
  }

  #value(
    type: GraphQLInputType,
    name: string,
    route: readonly string[] | undefined,
    value: unknown,
  ): unknown {
    if (isNonNullType(type)) return this.#value(type.ofType, name, route, value);
    if (isListType(type)) return [this.#value(type.ofType, name, route, value)];
    if (isInputObjectType(type)) return this.#object(type, route, value);
    if (isEnumType(type)) return type.getValues()[0]?.name;
    if (type.name !== "String") return SCALARS[type.name];
    return TEXTS[name] ?? `words-${this.#made++}`;
  }

  #object(type: GraphQLInputObjectType, route: readonly string[] = [], value: unknown): Input {
    const [head, ...rest] = route;
    const fields = type.getFields();
    const made = (field: GraphQLInputField) =>
      field.name === head && rest.length === 0
        ? put(field.type, value)
        : this.#value(field.type, field.name, field.name === head ? rest : undefined, value);
    // Exactly one of its fields names a record.
    const [, entity] = /^(\w+)Ref$/.exec(type.name) ?? [];
    if (entity !== undefined) {
      const field = head === undefined ? undefined : fields[head];
      return field ? { [field.name]: made(field) } : { id: this.named.referredTo(entity) };
    }
    const given = Object.values(fields).filter((field) => isRequiredInputField(field) || field.name === head);
    const { [head ?? ""]: _, ...beside } = BESIDE[type.name] ?? {};
    return { ...Object.fromEntries(given.map((field) => [field.name, made(field)])), ...beside };
  }
}

/** A value as a field takes it: in a list, where it takes one. */
function put(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return put(type.ofType, value);
  return isListType(type) ? [put(type.ofType, value)] : value;
}
