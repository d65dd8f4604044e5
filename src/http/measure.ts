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

const DEFAULT_PAGE = 20;
const LARGEST_PAGE = 100;
// What a list without a page size (names, citations) is taken to hold.
const PLAIN_LIST = 3;

/** How much one operation asks for. */
interface Size {
  /** Levels of nested fields. */
  readonly depth: number;
  /** Objects that the answer may hold, by estimate. */
  readonly cost: number;
  /** Fields of the selection once all fragments are spread: each makes the statement longer, however few rows it has. */
  readonly fields: number;
}

/** The same, and what the operation asks about the schema itself. */
export interface Measure extends Size {
  readonly introspection: number;
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
    introspection: introspection.selections(operation.selectionSet, root).cost,
  };
}

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
    let depth = 0;
    let cost = 0;
    let fields = 0;
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
      depth = Math.max(depth, part.depth);
      cost = Math.min(cost + part.cost, Number.MAX_SAFE_INTEGER);
      fields = Math.min(fields + part.fields, Number.MAX_SAFE_INTEGER);
    }
    return { depth, cost, fields };
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
    if (!field) {
      return { depth: 0, cost: 0, fields: 0 };
    }
    const result = getNamedType(field.type);
    if (!node.selectionSet || !isCompositeType(result)) {
      return { depth: 1, cost: 0, fields: 1 };
    }
    const asked = this.#pageSize(field, node);
    const list = isListType(getNullableType(field.type));
    const count = list ? (asked ?? page ?? this.#idCount(node) ?? PLAIN_LIST) : 1;
    const inner = this.selections(node.selectionSet, result, list ? undefined : asked);
    return {
      depth: 1 + inner.depth,
      cost: Math.min(count * (1 + inner.cost), Number.MAX_SAFE_INTEGER),
      fields: 1 + inner.fields,
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
    if (!field.args.some(({ name }) => name === "first" || name === "last")) {
      return undefined;
    }
    const sizes = ["first", "last"]
      .map((name) => this.#argument(node, name))
      .map((value) => value && valueFromAST(value, GraphQLInt, this.variables))
      .filter((value): value is number => typeof value === "number");
    const size = sizes.length > 0 ? Math.max(...sizes) : DEFAULT_PAGE;
    // A size outside these bounds is refused by the field itself.
    return Math.min(Math.max(size, 1), LARGEST_PAGE);
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
