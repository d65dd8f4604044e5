import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";

/** Why an operation is left to graphql-js. */
export class NotFlat extends Error {}

/** A literal argument that was taken out of an operation: `variable` stands in its place. */
export interface Literal {
  readonly variable: string;
  readonly value: ValueNode;
  readonly type: GraphQLInputType;
}

/** A query without fragments, conditions and literals: names of fields, aliases, arguments and variables only. */
export interface FlatQuery {
  readonly selectionSet: SelectionSetNode;
  readonly literals: readonly Literal[];
  /** The client's own field node behind each field node of `selectionSet`. */
  readonly origin: ReadonlyMap<FieldNode, FieldNode>;
}

const MAX_FIELDS = 1_000;
// The compiler names what it generates after response keys joined by "_", and list items "idx0", "idx1"…
// Any other key cannot be mistaken for a pair of these.
const PLAIN_KEY = /^(?!idx\d)[A-Za-z][A-Za-z0-9]*$/;

/**
 * Collects the fields of a valid query as the specification does in CollectFields, ahead of its run: fragments
 * are spread, conditions decided by these variables, fields of one response key brought together.
 * https://spec.graphql.org/October2021/#CollectFields()
 *
 * @throws NotFlat for what can only be known while it runs (interfaces, unions), for introspection, mutations
 *   and more than a thousand fields
 */
export function flatten(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Record<string, unknown>,
): FlatQuery {
  const root = schema.getRootType(operation.operation);
  if (operation.operation !== "query" || !root) {
    throw new NotFlat("not a query");
  }
  return new Flattening(schema, document, variables).query(root, operation.selectionSet);
}

class Flattening {
  readonly #fragments = new Map<string, FragmentDefinitionNode>();
  readonly #literals: Literal[] = [];
  readonly #origin = new Map<FieldNode, FieldNode>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly variables: Record<string, unknown>,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) {
        this.#fragments.set(definition.name.value, definition);
      }
    }
  }

  query(root: GraphQLObjectType, selectionSet: SelectionSetNode): FlatQuery {
    return {
      selectionSet: this.#merge(root, [selectionSet]),
      literals: this.#literals,
      origin: this.#origin,
    };
  }

  #merge(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): SelectionSetNode {
    const fields = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of sets) {
      this.#collect(type, set, fields, visited);
    }
    const selections = [...fields].flatMap(([key, nodes]) => this.#field(type, key, nodes));
    return { kind: Kind.SELECTION_SET, selections };
  }

  #collect(
    type: GraphQLObjectType,
    set: SelectionSetNode,
    fields: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void {
    for (const node of set.selections) {
      if (!this.#included(node)) {
        continue;
      }
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        fields.set(key, [...(fields.get(key) ?? []), node]);
        continue;
      }
      if (node.kind === Kind.FRAGMENT_SPREAD && visited.has(node.name.value)) {
        continue;
      }
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        visited.add(node.name.value);
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.#fragments.get(node.name.value)!;
      if (this.#applies(type, fragment.typeCondition?.name.value)) {
        this.#collect(type, fragment.selectionSet, fields, visited);
      }
    }
  }

  // Several nodes stay several, so that an error names all their places; the first carries what they select.
  #field(type: GraphQLObjectType, key: string, nodes: readonly FieldNode[]): FieldNode[] {
    const [first] = nodes as [FieldNode];
    const typeName = first.name.value === "__typename";
    const field = type.getFields()[first.name.value];
    if (!PLAIN_KEY.test(key) && !(typeName && key === "__typename")) {
      throw new NotFlat(`the response key ${key}`);
    }
    if (!typeName && !field) {
      throw new NotFlat("introspection");
    }
    const result = field && getNamedType(field.type);
    if (isAbstractType(result)) {
      throw new NotFlat(`the abstract type ${result.name}`);
    }
    const sets = nodes.flatMap((node) => node.selectionSet ?? []);
    const arguments_ = (first.arguments ?? []).map((argument) => {
      const type = field?.args.find(({ name }) => name === argument.name.value)?.type;
      return type && argument.value.kind !== Kind.VARIABLE
        ? { ...argument, value: this.#variableFor(argument.value, type) }
        : argument;
    });
    const merged = isObjectType(result) ? this.#merge(result, sets) : undefined;
    const empty: SelectionSetNode | undefined = merged && { kind: Kind.SELECTION_SET, selections: [] };
    return nodes.map((node, index) => {
      const flat: FieldNode = {
        ...node,
        directives: [],
        arguments: index === 0 ? arguments_ : [],
        selectionSet: index === 0 ? merged : empty,
      };
      this.#origin.set(flat, node);
      if (this.#origin.size > MAX_FIELDS) {
        throw new NotFlat("too many fields");
      }
      return flat;
    });
  }

  // No client can write "$" inside a name, so this one is free.
  #variableFor(value: ValueNode, type: GraphQLInputType) {
    const variable = `literal$${this.#literals.length}`;
    this.#literals.push({ variable, value, type });
    return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } } as const;
  }

  #applies(type: GraphQLObjectType, condition: string | undefined): boolean {
    const conditional = condition === undefined ? type : this.schema.getType(condition);
    return conditional === type || (isAbstractType(conditional) && this.schema.isSubType(conditional, type));
  }

  #included(node: SelectionNode): boolean {
    try {
      return (
        getDirectiveValues(GraphQLSkipDirective, node, this.variables)?.if !== true &&
        getDirectiveValues(GraphQLIncludeDirective, node, this.variables)?.if !== false
      );
    } catch (error) {
      throw new NotFlat("a condition without a value", { cause: error });
    }
  }
}
