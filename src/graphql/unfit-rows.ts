import {
  type GraphQLInputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type ValueNode,
} from "graphql";
import { shown } from "../values/shown.js";

// GraphQL refuses a request of which one value does not fit its type. A batch is to lose the row only that has it: so rows that
// do not fit are set aside before graphql-js reads the variables, a null stands in their place, and the mutation takes them up
// again, with what is wrong with them. Rows that stand in the document itself are checked with it, as a whole.

/** What is wrong with a place of a row. */
export interface Unfit {
  /** From the row on. */
  readonly path: readonly PropertyKey[];
  /** What to write instead, or what is wrong. */
  readonly message: string;
}

/** A row that does not fit its type: what of it does, and what is wrong. */
export interface UnfitRow {
  readonly value: Readonly<Record<string, unknown>>;
  readonly unfit: readonly Unfit[];
}

/** Rows that were set aside: by the variable and the names that lead to their list, then by their place in it. */
export type UnfitRows = ReadonlyMap<string, ReadonlyMap<number, UnfitRow>>;

type Variables = Readonly<Record<string, unknown>>;

const rowTypes = new Set<string>();

/** Marks an input type: values of it that stand in lists are set aside when they do not fit. */
export const markRows = (name: string): void => {
  rowTypes.add(name);
};

/** Sets aside the rows among the variables of an operation that do not fit their type. */
export function setAside(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Variables,
): { readonly variables: Variables; readonly unfitRows: UnfitRows } {
  const unfitRows = new Map<string, ReadonlyMap<number, UnfitRow>>();
  const kept: Record<string, unknown> = { ...variables };
  for (const { variable, type: node } of variableDefinitions) {
    const name = variable.name.value;
    const type = unwrapped(typeFromAST(schema, node as never) as GraphQLInputType | undefined);
    const value = variables[name];
    if (type && isRows(type)) kept[name] = fitting(type, value, name, unfitRows);
    else if (isInputObjectType(type) && isObject(value)) {
      const parts = Object.values(type.getFields()).filter((field) => isRows(unwrapped(field.type)));
      kept[name] = {
        ...value,
        ...Object.fromEntries(
          parts
            .filter((field) => value[field.name] !== undefined)
            .map((field) => {
              const path = `${name}.${field.name}`;
              return [
                field.name,
                fitting(unwrapped(field.type) as GraphQLInputType, value[field.name], path, unfitRows),
              ];
            }),
        ),
      };
    }
  }
  return { variables: kept, unfitRows };
}

/** The rows of a list that were set aside. @param field of the argument `input` that has the list */
export function unfitRowsOf(
  { fieldNodes }: GraphQLResolveInfo,
  field: string,
  rows: UnfitRows | undefined,
): ReadonlyMap<number, UnfitRow> {
  const argument = fieldNodes[0]?.arguments?.find(({ name }) => name.value === "input")?.value;
  const path = argument && pathOf(argument, field);
  return (path && rows?.get(path)) || new Map();
}

function pathOf(argument: ValueNode, field: string): string | undefined {
  if (argument.kind === "Variable") return `${argument.name.value}.${field}`;
  if (argument.kind !== "ObjectValue") return undefined;
  const value = argument.fields.find(({ name }) => name.value === field)?.value;
  return value?.kind === "Variable" ? value.name.value : undefined;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const unwrapped = (type: GraphQLInputType | undefined): GraphQLInputType | undefined =>
  type && isNonNullType(type) ? type.ofType : type;

function isRows(type: GraphQLInputType | undefined): boolean {
  if (!isListType(type)) return false;
  const row = unwrapped(type.ofType);
  return isInputObjectType(row) && rowTypes.has(row.name);
}

function fitting(
  type: GraphQLInputType,
  given: unknown,
  path: string,
  unfitRows: Map<string, ReadonlyMap<number, UnfitRow>>,
): unknown {
  if (!Array.isArray(given) || !isListType(type)) return given;
  const aside = new Map<number, UnfitRow>();
  const rows = given.map((row, at) => {
    const unfit: Unfit[] = [];
    if (row == null) unfit.push({ path: [], message: "null: write an object here, or remove it." });
    const value = read(type.ofType, row, [], unfit);
    if (unfit.length === 0 && isComplete(type.ofType, row)) return row;
    aside.set(at, { value: (value ?? {}) as UnfitRow["value"], unfit });
    return null;
  });
  if (aside.size > 0) unfitRows.set(path, aside);
  return rows;
}

/** Whether a value that fits has all that its type needs. */
function isComplete(type: GraphQLInputType, value: unknown): boolean {
  if (isNonNullType(type)) return value != null && isComplete(type.ofType, value);
  if (value == null) return true;
  if (isListType(type)) {
    const item = type.ofType as GraphQLInputType;
    return Array.isArray(value) ? value.every((one) => isComplete(item, one)) : isComplete(item, value);
  }
  if (!isInputObjectType(type)) return true;
  return Object.values(type.getFields()).every(
    ({ name, type, defaultValue }) =>
      ((value as Variables)[name] === undefined && defaultValue !== undefined) ||
      isComplete(type, (value as Variables)[name]),
  );
}

const asNumber = (value: unknown): string => {
  const digits = typeof value === "string" ? /^[\d\s,.'_]*\d$/.exec(value.trim())?.[0] : undefined;
  const example = digits ? digits.replace(/\D/g, "") : "1200";
  return `${shown(value)}: write a number without quotation marks, separators or words, such as ${example}.`;
};
const asText = (example: string) => (value: unknown) =>
  `${shown(value)}: write a text in quotation marks, such as ${JSON.stringify(example)}.`;
const unlessText = (say: (value: unknown) => string) => (value: unknown) =>
  typeof value === "string" ? undefined : say(value);

/** What to write instead of a value of another type, where the scalar itself says less. */
const WANTED: Readonly<Record<string, (value: unknown) => string | undefined>> = {
  Int: asNumber,
  Float: asNumber,
  String: asText("said so"),
  ID: asText("claim_01…"),
  EDTF: unlessText(asText("2024-03-12")),
  URL: unlessText(asText("https://example.org/report")),
  DateTime: unlessText(asText("2025-04-29T08:00:00Z")),
};

/** Reads what fits of a value; what is missing is for the rules of the record to say. */
function read(type: GraphQLInputType, value: unknown, path: readonly PropertyKey[], unfit: Unfit[]): unknown {
  if (isNonNullType(type)) return read(type.ofType, value, path, unfit);
  if (value == null) return value;
  const refuse = (message: string) => {
    unfit.push({ path, message });
  };
  if (isListType(type)) {
    // GraphQL takes one value for a list of it.
    const list: unknown[] = Array.isArray(value) ? value : [value];
    // An object that does not fit keeps its place, so that others are counted as they were given.
    return list.flatMap((one, at) => {
      const item = one == null ? undefined : read(type.ofType, one, [...path, at], unfit);
      if (one == null)
        unfit.push({ path: [...path, at], message: "null: write a value here, or remove it." });
      return item === undefined ? (isInputObjectType(unwrapped(type.ofType)) ? [{}] : []) : [item];
    });
  }
  if (isInputObjectType(type)) {
    if (!isObject(value)) return refuse(`${shown(value)}: write an object with the fields of ${type.name}.`);
    const fields = type.getFields();
    const known: Record<string, unknown> = {};
    for (const [name, part] of Object.entries(value)) {
      const field = fields[name];
      if (field) known[name] = read(field.type, part, [...path, name], unfit);
      else
        unfit.push({
          path: [...path, name],
          message: `${shown(name)}: ${type.name} has no such field; remove it.`,
        });
    }
    return known;
  }
  if (!isLeafType(type)) return value;
  if (isEnumType(type)) {
    const found = typeof value === "string" ? type.getValue(value) : undefined;
    const all = type.getValues().map(({ name }) => name);
    return found ? found.value : refuse(`${shown(value)}: write one of ${all.join(", ")}.`);
  }
  try {
    return type.parseValue(value);
  } catch (error) {
    return refuse(WANTED[type.name]?.(value) ?? (error as Error).message);
  }
}
