import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLBoolean,
  type GraphQLCompositeType,
  type GraphQLField,
  GraphQLInt,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  valueFromAST,
} from "graphql";
import { listSizes } from "./schema-size.js";

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;
// The fields of lists that say themselves how many entries they have unless told are those of statistics.
const MOST_BUCKETS = 1_000;
// Who counts or groups a list reads all of it. How long it is nobody knows before; it counts like the largest page.
const COUNTING = LARGEST_PAGE;
// What a list without a page size (names, citations) is taken to hold.
const PLAIN_LIST = 3;
// Quotation marks, colon and comma.
const KEY_MARKS = 4;

/** How much one operation asks for. */
interface Size {
  /** Levels of nested fields. */
  readonly depth: number;
  /** Objects that the answer may hold, by estimate. */
  readonly cost: number;
  /** Fields of the selection once all fragments are spread: each makes the statement longer, however few rows it has. */
  readonly fields: number;
  /** Scalars that the answer may hold: graphql-js takes its time for each, and lets nobody else have it meanwhile. */
  readonly leaves: number;
  /** Bytes that the keys alone may take in the answer. A key may have any length, and stands in every row. */
  readonly keyBytes: number;
}

/** The same, and how much of it the operation asks about the schema itself. */
export interface Measure extends Size {
  readonly introspection: Size;
}

/**
 * Measures a valid operation. Introspection fields count in `introspection` only.
 *
 * @param variables as graphql-js has coerced them
 */
export function measure(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new Error(`the schema has no ${operation.operation}s`);
  const data = new Measuring(schema, document, variables, root, false);
  const introspection = new Measuring(schema, document, variables, root, true);
  return {
    ...data.selections(operation.selectionSet, root),
    introspection: introspection.selections(operation.selectionSet, root),
  };
}

const NOTHING: Size = { depth: 0, cost: 0, fields: 0, leaves: 0, keyBytes: 0 };

const sum = (one: number, other: number): number => Math.min(one + other, Number.MAX_SAFE_INTEGER);

/** What two parts of a selection ask for. */
const both = (one: Size, other: Size): Size => ({
  depth: Math.max(one.depth, other.depth),
  cost: sum(one.cost, other.cost),
  fields: sum(one.fields, other.fields),
  leaves: sum(one.leaves, other.leaves),
  keyBytes: sum(one.keyBytes, other.keyBytes),
});

/** Whether a field counts or groups the rows of a list. The numbers of a bucket are made by who groups. */
const counts = (field: string, { name }: GraphQLCompositeType): boolean =>
  field === "stats" || (field.endsWith("Count") && !name.endsWith("Bucket"));

class Measuring {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  // Each fragment is measured once for each page size, however often and deep it is spread: without this, a
  // short chain of fragments that each spread the next one twice would keep the server counting for years.
  readonly #measured = new Map<string, Size>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Readonly<Record<string, unknown>>,
    private readonly root: GraphQLCompositeType,
    private readonly introspection: boolean,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.#fragments.set(definition.name.value, definition);
      }
    }
  }

  /** @param page how many rows the surrounding connection holds, when the parent is one */
  selections(set: SelectionSetNode, parent: GraphQLCompositeType, page?: number): Size {
    let size = NOTHING;
    const spread = new Set<string>();
    for (const selection of set.selections) {
      if (!this.#included(selection)) {
        continue;
      }
      let part: Size;
      if (selection.kind === Kind.FIELD) {
        part = this.#field(selection, parent, page);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        part = this.selections(
          selection.selectionSet,
          this.#type(selection.typeCondition?.name.value) ?? parent,
          page,
        );
      } else if (spread.has(selection.name.value)) {
        continue;
      } else {
        spread.add(selection.name.value);
        part = this.#fragment(selection.name.value, parent, page);
      }
      size = both(size, part);
    }
    return size;
  }

  #fragment(name: string, parent: GraphQLCompositeType, page?: number): Size {
    const key = `${name} ${page}`;
    let known = this.#measured.get(key);
    if (!known) {
      const fragment = this.#fragments.get(name)!;
      known = this.selections(
        fragment.selectionSet,
        this.#type(fragment.typeCondition.name.value) ?? parent,
        page,
      );
      this.#measured.set(key, known);
    }
    return known;
  }

  #field(node: FieldNode, parent: GraphQLCompositeType, page?: number): Size {
    const field = this.#definition(node.name.value, parent);
    if (!field) return NOTHING;
    const result = getNamedType(field.type);
    const key = (node.alias ?? node.name).value.length + KEY_MARKS;
    if (!node.selectionSet || !isCompositeType(result)) {
      const cost = counts(field.name, parent) ? COUNTING : 0;
      return { depth: 1, cost, fields: 1, leaves: 1, keyBytes: key };
    }
    const asked = this.#pageSize(field, node);
    const list = isListType(getNullableType(field.type));
    const plain = () =>
      (this.introspection && listSizes(this.schema)[`${parent.name}.${field.name}`]) || PLAIN_LIST;
    const count = list ? (asked ?? page ?? this.#idCount(node) ?? plain()) : 1;
    const inner = this.selections(node.selectionSet, result, list ? undefined : asked);
    const own = 1 + (counts(field.name, parent) ? COUNTING : 0);
    return {
      depth: 1 + inner.depth,
      cost: Math.min(count * (own + inner.cost), Number.MAX_SAFE_INTEGER),
      fields: 1 + inner.fields,
      leaves: Math.min(count * inner.leaves, Number.MAX_SAFE_INTEGER),
      keyBytes: Math.min(key + count * inner.keyBytes, Number.MAX_SAFE_INTEGER),
    };
  }

  #definition(name: string, parent: GraphQLCompositeType): GraphQLField<unknown, unknown> | undefined {
    const meta = [SchemaMetaFieldDef, TypeMetaFieldDef].find((field) => field.name === name);
    if (parent === this.root && Boolean(meta) !== this.introspection) {
      return undefined;
    }
    return meta ?? (isUnionType(parent) ? undefined : parent.getFields()[name]);
  }

  #pageSize(field: GraphQLField<unknown, unknown>, node: FieldNode): number | undefined {
    const [page] = field.args.filter(({ name }) => name === "first" || name === "last");
    if (!page) return undefined;
    const own = typeof page.defaultValue === "number" ? page.defaultValue : undefined;
    const sizes = ["first", "last"]
      .map((name) => this.#argument(node, name))
      .map((value) => value && valueFromAST(value, GraphQLInt, this.variables))
      .filter((value): value is number => typeof value === "number");
    const size = sizes.length > 0 ? Math.max(...sizes) : (own ?? DEFAULT_PAGE);
    // A size outside these bounds is refused by the field itself.
    return Math.min(Math.max(size, 1), own === undefined ? LARGEST_PAGE : MOST_BUCKETS);
  }

  #idCount(node: FieldNode): number | undefined {
    const ids = this.#argument(node, "ids");
    if (ids?.kind === Kind.LIST) {
      return ids.values.length;
    }
    const given = ids?.kind === Kind.VARIABLE ? this.variables[ids.name.value] : undefined;
    return Array.isArray(given) ? given.length : undefined;
  }

  #argument(node: FieldNode, name: string) {
    return node.arguments?.find((argument) => argument.name.value === name)?.value;
  }

  #type(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.schema.getType(name);
    return isCompositeType(type) ? type : undefined;
  }

  // A condition that is null fails when the operation runs; until then it may hold.
  #included(node: SelectionNode): boolean {
    return this.#condition(node, "skip") !== true && this.#condition(node, "include") !== false;
  }

  #condition(node: SelectionNode, name: string): unknown {
    const directive = node.directives?.find((used) => used.name.value === name);
    const value = directive?.arguments?.[0]?.value;
    return value && valueFromAST(value, GraphQLBoolean, this.variables);
  }
}
