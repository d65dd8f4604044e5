import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredInputField,
} from "graphql";

/** Which fields to follow from record to record, as `Type.field`; beyond its end all. */
export type Route = readonly string[];

/** What is computed of many rows. */
const MADE = /^(Dispute|DisputeChange|FigurePointConnection)$/;

/** Selections and inputs that are derived from the schema, so that they forget nothing. */
export class WholeSchema {
  /** Every `Type.field` that was selected. */
  readonly selected = new Set<string>();

  constructor(readonly schema: GraphQLSchema) {}

  fieldsOf(name: string): GraphQLField<unknown, unknown>[] {
    const type = this.schema.getType(name);
    return isObjectType(type) ? Object.values(type.getFields()) : [];
  }

  /** Everything of a type, and of the records that it leads to, as many steps away as told. */
  selection(type: GraphQLOutputType, steps: number, route: Route = []): string {
    const named = getNamedType(type);
    if (isLeafType(named)) return "";
    if (isConnection(named)) return this.#connection(named, steps, route);
    if (isObjectType(named)) return `{ ${Object.values(this.#fields(named, steps, route)).join(" ")} }`;
    const parts = this.#typesOf(named)
      .filter(({ name }) => route[0]?.startsWith(`${name}.`) ?? true)
      .map((one) => {
        // Two types may have a field of one name and of another nullability: each gets a name of its own.
        const fields = Object.entries(this.#fields(one, steps, route)).map(
          ([name, text]) => `${one.name}_${name}: ${text}`,
        );
        return `... on ${one.name} { ${fields.join(" ")} }`;
      });
    return `{ __typename ${parts.join(" ")} }`;
  }

  /** All ways to go a number of steps from a type. */
  routes(type: GraphQLOutputType, steps: number): Route[] {
    if (steps === 0) return [[]];
    const routes = this.#typesOf(recordOf(type)).flatMap((one) =>
      Object.values(one.getFields())
        .filter((field) => !isPlain(getNamedType(field.type)))
        .flatMap((field) =>
          this.routes(field.type, steps - 1).map((route) => [`${one.name}.${field.name}`, ...route]),
        ),
    );
    return routes.length > 0 ? routes : [[]];
  }

  /** The least that an input type accepts, made of unknown names and ids. */
  least(type: GraphQLInputType): unknown {
    if (isNonNullType(type)) return this.least(type.ofType);
    if (isListType(type)) return [this.least(type.ofType)];
    if (isEnumType(type)) return type.getValues()[0]?.name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields());
      const required = type.isOneOf ? fields.slice(0, 1) : fields.filter(isRequiredInputField);
      return Object.fromEntries(required.map((field) => [field.name, this.least(field.type)]));
    }
    const values: Record<string, unknown> = {
      Int: 1,
      Float: 1,
      Boolean: true,
      EDTF: "2025",
      DateTime: "2100-01-01T00:00:00Z",
      URL: "https://a.example/",
    };
    return values[type.name] ?? "unknown";
  }

  #connection(type: GraphQLObjectType, steps: number, route: Route): string {
    const { nodes, edges } = type.getFields();
    for (const { name } of [...this.fieldsOf(type.name)]) this.selected.add(`${type.name}.${name}`);
    for (const { name } of this.fieldsOf(getNamedType(edges!.type).name))
      this.selected.add(`${getNamedType(edges!.type).name}.${name}`);
    const page = this.selection(type.getFields().pageInfo!.type, 0);
    const stats = steps > 0 ? this.#statistics(type) : "";
    return `{ totalCount ${stats} pageInfo ${page} edges { cursor node { __typename } } nodes ${this.selection(nodes!.type, steps, route)} }`;
  }

  /** The rows of a connection grouped by records that they lead to, as far as there are statistics. */
  #statistics(connection: GraphQLObjectType): string {
    const { stats } = connection.getFields();
    if (!stats) return "";
    const { buckets } = (getNamedType(stats.type) as GraphQLObjectType).getFields();
    const bucket = getNamedType(buckets!.type) as GraphQLObjectType;
    const leads = (name: string) => isObjectType(getNamedType(bucket.getFields()[name]!.type));
    const parts = [...Object.keys(bucket.getFields())].map((name) =>
      leads(name) ? `${name} { __typename id }` : name,
    );
    for (const name of Object.keys(bucket.getFields())) this.selected.add(`${bucket.name}.${name}`);
    this.selected.add(`${getNamedType(stats.type).name}.buckets`);
    const by = (getNamedType(stats.args.find(({ name }) => name === "by")!.type) as GraphQLEnumType)
      .getValues()
      .map(({ name }) => name);
    const records = by.filter((name) => leads(camel(name))).slice(0, 2);
    const chosen = records.length > 0 ? records : by.slice(0, 1);
    return `stats(by: [${chosen.join(", ")}], first: 5) { buckets { ${parts.join(" ")} } }`;
  }

  /** The text of each field that can be selected. */
  #fields(type: GraphQLObjectType, steps: number, [first, ...rest]: Route): Record<string, string> {
    // `Actor.` alone leads to everything of that type.
    const next = first?.endsWith(".") ? undefined : first;
    const texts: Record<string, string> = { __typename: "__typename" };
    for (const { name, type: of } of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${name}`;
      const plain = isPlain(getNamedType(of));
      if (!plain && (steps === 0 || (next !== undefined && next !== coordinate))) continue;
      // What is made of all claims about a proposition takes its time: it is read where a route leads there.
      if (MADE.test(getNamedType(of).name) && next !== coordinate) continue;
      this.selected.add(coordinate);
      texts[name] = `${name} ${this.selection(of, plain ? 0 : steps - 1, rest)}`;
    }
    return texts;
  }

  #typesOf(named: GraphQLNamedType): readonly GraphQLObjectType[] {
    if (isInterfaceType(named)) return this.schema.getPossibleTypes(named);
    return isObjectType(named) ? [named] : [];
  }
}

const camel = (name: string) =>
  name.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

const isConnection = (type: GraphQLNamedType): type is GraphQLObjectType =>
  isObjectType(type) && type.name.endsWith("Connection");

/** What a field leads to: of a connection, what its pages hold. */
function recordOf(type: GraphQLOutputType): GraphQLNamedType {
  const named = getNamedType(type);
  return isConnection(named) ? getNamedType(named.getFields().nodes!.type) : named;
}

/** Whether a type leads to no other record: a value, or an object of nothing but values, as a figure with its date. */
function isPlain(type: GraphQLNamedType, depth = 2): boolean {
  if (isLeafType(type)) return true;
  if (depth === 0 || !isObjectType(type) || type.name.endsWith("Connection")) return false;
  return Object.values(type.getFields()).every((field) => isPlain(getNamedType(field.type), depth - 1));
}
