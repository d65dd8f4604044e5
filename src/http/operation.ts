import {
  type ASTVisitor,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getVariableValues,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { collectFields } from "graphql/execution/collectFields.js";
import type { Viewer } from "../graphql/viewer.js";
import { Late } from "../reading/late.js";
import type { Read } from "../reading/read.js";
import { isParameter } from "../reading/resolvers.js";
import { readRoot, rootOf } from "../reading/root.js";
import { type Measure, measure } from "./measure.js";

export type Variables = Readonly<Record<string, unknown>>;

/** A root field and how it is answered: by a statement, or always alike. */
export interface WrittenField {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  /** Whether it may be null without the whole answer being so. */
  readonly nullable: boolean;
  readonly read: Read | string;
}

/** An operation that has been validated, and what can be said of it whatever its variables are. */
export class Operation {
  readonly #fragments: Record<string, FragmentDefinitionNode> = Object.create(null);
  readonly #late: ReadonlySet<string>;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly document: DocumentNode,
    private readonly definition: OperationDefinitionNode,
    /** Tells it from others. */
    readonly number: number,
  ) {
    for (const other of document.definitions) {
      if (other.kind === Kind.FRAGMENT_DEFINITION) this.#fragments[other.name.value] = other;
    }
    this.#late = lateVariables(schema, document);
  }

  get name(): string | undefined {
    return this.definition.name?.value;
  }

  /** The variables as graphql-js reads them; nothing when they do not fit. */
  coerce(given: Variables): Variables | undefined {
    const { variableDefinitions = [] } = this.definition;
    return getVariableValues(this.schema, variableDefinitions, given, { maxErrors: 1 }).coerced;
  }

  /** Characters of its document. */
  get length(): number {
    return this.document.loc?.source.body.length ?? 0;
  }

  /** How much it asks for. */
  measure(variables: Variables): Measure {
    return measure(this.schema, this.document, this.definition, variables);
  }

  /** What the statements depend on: requests for which it is equal are answered by the same statements. */
  shape(variables: Variables): string {
    let shape = "";
    for (const name in variables) {
      const value = variables[name];
      // No JSON is empty.
      shape += `${name}:${this.#isLate(name, value) ? "" : JSON.stringify(value)},`;
    }
    return shape;
  }

  /** Whether the database writes the whole answer: every root field is read by a statement. */
  isWritten(variables: Variables): boolean {
    const root = this.schema.getQueryType();
    if (this.definition.operation !== "query" || !root) return false;
    const fields = root.getFields();
    const names = [...this.#rootFields(root, variables).values()].map(([node]) => node?.name.value ?? "");
    return names.every((name) => name === "__typename" || (fields[name] && rootOf(fields[name])));
  }

  #rootFields(root: GraphQLObjectType, variables: Variables): Map<string, readonly FieldNode[]> {
    return collectFields(this.schema, this.#fragments, variables, root, this.definition.selectionSet);
  }

  /**
   * Writes the statements of all root fields, good for all variables of the same shape.
   *
   * @returns undefined when graphql-js has to run the operation
   * @throws BAD_USER_INPUT when arguments cannot be used
   */
  write(variables: Variables, viewer: Viewer): readonly WrittenField[] | undefined {
    const { schema, definition } = this;
    const root = schema.getQueryType();
    if (definition.operation !== "query" || !root) return undefined;
    const found = this.#rootFields(root, variables);
    const asked = { schema, fragments: this.#fragments, variableValues: this.#withLate(variables) };
    const fields: WrittenField[] = [];
    for (const [key, nodes] of found) {
      const field = this.#field(asked, root, key, nodes, viewer);
      if (!field) return undefined;
      fields.push(field);
    }
    return fields;
  }

  #field(
    asked: Parameters<typeof readRoot>[0],
    type: GraphQLObjectType,
    key: string,
    nodes: readonly FieldNode[],
    viewer: Viewer,
  ): WrittenField | undefined {
    const name = (nodes[0] as FieldNode).name.value;
    if (name === "__typename") return { key, nodes, nullable: false, read: JSON.stringify(type.name) };
    const field = type.getFields()[name];
    const root = field && rootOf(field);
    if (!root) return undefined;
    const nullable = !isNonNullType(field.type);
    return { key, nodes, nullable, read: readRoot(asked, root, field, nodes, viewer) };
  }

  // Whether there is a value at all may decide on the statement.
  #isLate = (name: string, value: unknown): boolean => this.#late.has(name) && value != null;

  #withLate(variables: Variables): Variables {
    const entries = Object.entries(variables).map(([name, value]) => [
      name,
      this.#isLate(name, value) ? new Late((given) => given[name]) : value,
    ]);
    return Object.assign(Object.create(null), Object.fromEntries(entries));
  }
}

/** The variables that are used for nothing but arguments whose values may be parameters. */
function lateVariables(schema: GraphQLSchema, document: DocumentNode): ReadonlySet<string> {
  const late = new Set<string>();
  const otherwise = new Set<string>();
  const types = new TypeInfo(schema);
  const visitor: ASTVisitor = {
    VariableDefinition: () => false,
    Argument({ value }) {
      if (value.kind === Kind.VARIABLE && isParameter(types.getArgument())) {
        late.add(value.name.value);
        return false;
      }
      return undefined;
    },
    Variable({ name }) {
      otherwise.add(name.value);
    },
  };
  visit(document, visitWithTypeInfo(types, visitor));
  for (const name of otherwise) late.delete(name);
  return late;
}
