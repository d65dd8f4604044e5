import {
  type GraphQLEnumType,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLNonNull,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
} from "graphql";
import type { World } from "../support/world.js";
import { Values } from "./operation-values.js";
import { Writer } from "./operation-writer.js";
import type { Random } from "./random.js";
import type { Reference } from "./reference.js";
import type { EntityName } from "./reference-page.js";
import { fieldOf } from "./reference-stats.js";

export interface Operation {
  readonly text: string;
  readonly variables: Record<string, unknown>;
}

/** One field of a selection, not yet written out; every part of it bears the same key and arguments. */
interface Selected {
  readonly key: string;
  readonly field: string;
  readonly args: string;
  readonly of?: { readonly type: string; readonly fields: readonly Selected[] };
}

/** What statistics of a list may be asked for: wrong ones, or with empty periods filled. */
interface Asked {
  readonly refused: boolean;
  readonly fill: boolean;
}

const ENTITIES: readonly EntityName[] = ["Actor", "Event", "Claim", "Source", "Proposition"];
/** About how many rows of one level an answer may have. */
const MOST_ROWS = 200;
/** How many objects and lists one operation selects; nesting would multiply them. */
const MOST_SELECTIONS = 24;

/** Makes one random operation that is valid and, but for a few that must be refused, has an answer. */
export function makeOperation(random: Random, reference: Reference, world: World): Operation {
  return new OperationMaker(random, reference, world).make();
}

class OperationMaker {
  readonly #writer: Writer;
  readonly #values: Values;
  readonly #fragments: string[] = [];
  readonly #boolean: GraphQLNonNull<never>;
  /** Fragments that may stand in any selection of their type: their keys clash with no other. */
  readonly #shared = new Map<string, "being made" | "made">();
  #names = 0;
  #selections = 0;

  constructor(
    private readonly random: Random,
    private readonly reference: Reference,
    world: World,
  ) {
    this.#writer = new Writer(random);
    this.#values = new Values(random, reference, world);
    this.#boolean = reference.schema.getDirective("skip")!.args[0]!.type as GraphQLNonNull<never>;
  }

  make(): Operation {
    const body = this.#write("Query", this.#root());
    const name = this.random.chance(0.5) ? " Asked" : "";
    const text = `query${name}${this.#writer.definitions} ${body}\n${this.#fragments.join("\n")}`;
    return { text, variables: this.#writer.variables };
  }

  #type(name: string): GraphQLObjectType {
    return this.reference.schema.getType(name) as GraphQLObjectType;
  }

  #root(): Selected[] {
    const { random } = this;
    const fields = Object.values(this.#type("Query").getFields());
    const depth = random.int(1, 5);
    const refused = random.chance(0.05);
    const scope = new Scope();
    for (const [index, field] of random.some(fields, 1, 3).entries()) {
      const again = random.chance(0.15) ? 2 : 1;
      for (let time = 0; time < again; time++) {
        const key = scope.key(random.chance(0.4) ? `r${this.#names++}` : field.name, field.name);
        scope.add(this.#field(key, field, depth, 1, refused && index === 0 && time === 0));
      }
    }
    if (random.chance(0.1)) scope.add({ key: scope.key("__typename"), field: "__typename", args: "" });
    return scope.fields;
  }

  /** Some fields of a type. `rows` is about how many rows of it there are. */
  #some(type: GraphQLObjectType, depth: number, rows: number): Selected[] {
    const { random } = this;
    this.#selections++;
    const scope = new Scope();
    const fields = Object.values(type.getFields());
    const leaves = fields.filter((field) => isLeafType(getNamedType(field.type)));
    const nested = fields.filter((field) => !leaves.includes(field));
    const chosen = random.some(leaves, 1, 5);
    const swapped = random.chance(0.15) ? random.shuffle(chosen) : chosen;
    chosen.forEach((field, index) => {
      scope.add({ key: scope.key(swapped[index]!.name), field: field.name, args: "" });
    });
    if (random.chance(0.2)) {
      scope.add({
        key: scope.key(random.pick(["__typename", "sort", "sort", random.chance(0.1) ? "kind_" : "sort"])),
        field: "__typename",
        args: "",
      });
    }
    const deeper = depth > 0 && this.#selections < MOST_SELECTIONS;
    const small = nested.filter((field) => this.#isSmall(field));
    for (const field of deeper ? random.some(nested, 0, 2) : random.some(small, 0, 1)) {
      for (let time = random.chance(0.2) ? 2 : 1; time > 0; time--) {
        const key = random.chance(0.2) ? random.pick(fields).name : field.name;
        scope.add(this.#field(scope.key(key, field.name), field, depth, rows, false));
      }
    }
    return scope.fields;
  }

  // Dates, places, quotes and the like lead nowhere further.
  #isSmall(field: GraphQLField<unknown, unknown>): boolean {
    const type = getNamedType(field.type) as GraphQLObjectType;
    return Object.values(type.getFields()).every((inner) => {
      const named = getNamedType(inner.type);
      return isLeafType(named) || named.name === "FuzzyDate";
    });
  }

  #field(
    key: string,
    field: GraphQLField<unknown, unknown>,
    depth: number,
    rows: number,
    refused: boolean,
  ): Selected {
    const { random } = this;
    const type = getNamedType(field.type) as GraphQLObjectType;
    const base = { key, field: field.name };
    if (type.name.endsWith("Connection")) {
      const name = type.name.replace(/Connection$/, "") as EntityName;
      const most = Math.max(1, Math.floor(MOST_ROWS / rows));
      const where = field.args.find((one) => one.name === "where")!.type as GraphQLInputObjectType;
      const wrong = refused ? random.pick(["page", "statistics"]) : undefined;
      const args = wrong === "page" ? this.#values.refused(name) : this.#values.connection(name, where, most);
      // Periods can be filled where the list has only rows of a few months.
      const window = random.chance(0.1) ? this.#values.window(name) : undefined;
      if (window) Object.assign(args, { where: window });
      const page = args.first ?? args.last ?? 20;
      const stats = { refused: wrong === "statistics", fill: window !== undefined };
      const fields = this.#page(type, depth - 1, rows * Math.max(1, page), stats);
      return { ...base, args: this.#args(field, { ...args }), of: { type: type.name, fields } };
    }
    if (type.name === "Node") {
      const args = this.#args(field, this.#nodeArgs(field.name));
      return { ...base, args, of: { type: "Node", fields: this.#anyNode(depth) } };
    }
    const args = this.#args(field, this.#argsOf(field, type.name as EntityName, refused));
    const each = isListType(getNullableType(field.type)) ? rows * 3 : rows;
    return { ...base, args, of: { type: type.name, fields: this.#some(type, depth - 1, each) } };
  }

  /** The arguments of a field that leads to one record. */
  #argsOf(
    field: GraphQLField<unknown, unknown>,
    name: EntityName,
    refused: boolean,
  ): Record<string, unknown> {
    if (field.args.length === 0) return {};
    if (!field.args.some((arg) => arg.name === "on")) return this.#key(name, refused);
    return this.random.chance(0.7) ? { on: this.#values.day() } : {};
  }

  #page(type: GraphQLObjectType, depth: number, rows: number, stats: Asked): Selected[] {
    const { random } = this;
    const scope = new Scope();
    const node = this.#type(type.name.replace(/Connection$/, ""));
    const entity = (key: string, field: string): Selected => ({
      key,
      field,
      args: "",
      of: { type: node.name, fields: this.#some(node, depth, rows) },
    });
    const fields = random.some(["nodes", "nodes", "edges", "edges", "pageInfo", "totalCount", "stats"], 1, 4);
    const demanded = stats.refused || (stats.fill && random.chance(0.7));
    if (demanded && !fields.includes("stats")) fields.push("stats");
    for (const field of fields) {
      const key = scope.key(random.chance(0.15) ? random.pick([...fields]) : field, field);
      if (field === "totalCount") scope.add({ key, field, args: "" });
      else if (field === "nodes") scope.add(entity(key, field));
      else if (field === "stats") scope.add(this.#stats(key, type.getFields().stats!, depth, rows, stats));
      else if (field === "pageInfo") {
        scope.add({
          key,
          field,
          args: "",
          of: { type: "PageInfo", fields: this.#some(this.#type("PageInfo"), 0, rows) },
        });
      } else {
        const edge = new Scope();
        if (random.chance(0.6)) edge.add({ key: edge.key("cursor"), field: "cursor", args: "" });
        if (random.chance(0.8)) edge.add(entity(edge.key("node"), "node"));
        if (random.chance(0.1)) edge.add(entity(edge.key("again"), "node"));
        if (edge.fields.length === 0) edge.add({ key: "__typename", field: "__typename", args: "" });
        scope.add({ key, field, args: "", of: { type: node.name.concat("Edge"), fields: edge.fields } });
      }
    }
    return scope.fields;
  }

  #stats(
    key: string,
    field: GraphQLField<unknown, unknown>,
    depth: number,
    rows: number,
    { refused, fill }: Asked,
  ): Selected {
    const { random } = this;
    const by = field.args.find((arg) => arg.name === "by")!;
    const dimensions = (getNamedType(by.type) as GraphQLEnumType).getValues().map(({ name }) => name);
    const args = refused ? this.#values.refusedStats(dimensions) : this.#values.stats(dimensions, rows, fill);
    const stats = getNamedType(field.type) as GraphQLObjectType;
    const bucket = getNamedType(stats.getFields().buckets!.type) as GraphQLObjectType;
    const fields = this.#bucket(bucket, args.by, depth, rows * (args.first ?? 20));
    const buckets = { key: random.chance(0.2) ? "rows" : "buckets", field: "buckets", args: "" };
    return {
      key,
      field: "stats",
      args: this.#args(field, { ...args }),
      of: { type: stats.name, fields: [{ ...buckets, of: { type: bucket.name, fields } }] },
    };
  }

  /** Some fields of a bucket, most often with those that tell it from others. */
  #bucket(type: GraphQLObjectType, by: readonly string[], depth: number, rows: number): Selected[] {
    const chosen = this.#some(type, depth - 1, rows);
    if (this.random.chance(0.15)) return chosen;
    const added = [...by.map(fieldOf), "count"].filter((name) => !chosen.some(({ key }) => key === name));
    return chosen.concat(
      added.map((name) => {
        const of = getNamedType(type.getFields()[name]!.type);
        const id = { key: "id", field: "id", args: "" };
        return {
          key: name,
          field: name,
          args: "",
          of: isLeafType(of) ? undefined : { type: of.name, fields: [id] },
        };
      }),
    );
  }

  // Fields of different types may stand side by side only under keys that cannot clash.
  #anyNode(depth: number): Selected[] {
    const wanted = this.random.some(ENTITIES, 1, 5);
    const typed = wanted.map((name) => ({
      key: "",
      field: `... on ${name}`,
      args: "",
      of: {
        type: name,
        fields: this.#some(this.#type(name), depth - 1, 3).map((selected) =>
          selected.field === "__typename"
            ? { ...selected, key: "__typename" }
            : { ...selected, key: prefixed(name.toLowerCase(), selected.key) },
        ),
      },
    }));
    const id = this.random.chance(0.5) ? [{ key: "id", field: "id", args: "" }] : [];
    return [{ key: "__typename", field: "__typename", args: "" }, ...id, ...typed];
  }

  #nodeArgs(field: string): Record<string, unknown> {
    const id = () => this.#values.id(this.random.pick(ENTITIES));
    return field === "node" ? { id: id() } : { ids: Array.from({ length: this.random.int(0, 8) }, id) };
  }

  #key(name: EntityName, refused: boolean): Record<string, unknown> {
    if (refused && name !== "Claim") return { id: this.#values.id(name), slug: "both" };
    const byId = name === "Claim" || this.random.chance(0.5);
    return byId ? { id: this.#values.id(name) } : { slug: this.#values.slug(name) };
  }

  #args(field: GraphQLField<unknown, unknown>, args: Record<string, unknown>): string {
    const written = field.args.flatMap(({ name, type }) => {
      if (name in args) return [`${name}: ${this.#writer.write(args[name], type)}`];
      const absent = this.random.next();
      if (String(type).endsWith("!") || absent > 0.04) return [];
      return [`${name}: ${absent < 0.02 ? "null" : this.#writer.nothing(type)}`];
    });
    return written.length > 0 ? `(${this.random.shuffle(written).join(", ")})` : "";
  }

  #write(type: string, selected: readonly Selected[]): string {
    const { random } = this;
    const parts: string[] = [];
    let rest = random.shuffle(selected.flatMap((one) => this.#halves(one)));
    while (rest.length > 0) {
      const together = random.chance(0.2) ? random.int(1, rest.length) : 0;
      const group = rest.slice(0, together || 1);
      rest = rest.slice(group.length);
      const fields = group.map((one) => this.#writeField(one));
      parts.push(together > 0 ? this.#fragment(type, group, `{ ${fields.join(" ")} }`) : fields.join(" "));
    }
    if (ENTITIES.includes(type as EntityName) && random.chance(0.1)) parts.push(this.#spreadShared(type));
    return `{ ${parts.join(" ")} }`;
  }

  // The two parts stand apart and are put together again by whoever executes.
  #halves(one: Selected): Selected[] {
    if (!one.of || one.of.fields.length < 2 || !this.random.chance(0.1)) return [one];
    const { type, fields } = one.of;
    const middle = this.random.int(1, fields.length - 1);
    return [fields.slice(0, middle), fields.slice(middle)].map((half) => ({
      ...one,
      of: { type, fields: half },
    }));
  }

  #fragment(type: string, group: readonly Selected[], body: string): string {
    const implementsNode = ENTITIES.includes(type as EntityName);
    const common = group.every(({ field }) => field === "id" || field === "__typename");
    const on = implementsNode && common && this.random.chance(0.5) ? "Node" : type;
    const directive = this.#directive();
    switch (this.random.int(0, 2)) {
      case 0:
        return `... on ${on}${directive} ${body}`;
      case 1:
        return `...${directive} ${body}`;
      default: {
        const name = `F${this.#fragments.length}`;
        this.#fragments.push(`fragment ${name} on ${on} ${body}`);
        const again = this.random.chance(0.2) ? ` ...${name}${this.#directive()}` : "";
        return `...${name}${directive}${again}`;
      }
    }
  }

  #spreadShared(type: string): string {
    const name = `Shared${type}`;
    // A fragment must not contain itself.
    if (this.#shared.get(type) === "being made") return "same: id";
    if (!this.#shared.has(type)) {
      this.#shared.set(type, "being made");
      const fields = this.#some(this.#type(type), 1, MOST_ROWS / 4);
      const keyed = fields.map((field) => ({ ...field, key: prefixed(name, field.key) }));
      this.#fragments.push(`fragment ${name} on ${type} ${this.#write(type, keyed)}`);
      this.#shared.set(type, "made");
    }
    return `...${name}${this.#directive()}`;
  }

  #writeField({ key, field, args, of }: Selected): string {
    const name = key === "" || key === field ? field : `${key}: ${field}`;
    return `${name}${args}${this.#directive()}${of ? ` ${this.#write(of.type, of.fields)}` : ""}`;
  }

  #directive(): string {
    const chance = this.random.next();
    if (chance > 0.06) return "";
    const include = chance < 0.03;
    const kept = this.random.chance(0.6);
    return ` @${include ? "include" : "skip"}(if: ${this.#writer.condition(kept === include, this.#boolean)})`;
  }
}

// Keys with an underscore are left to graphql-js by the compiler, so most have none.
const prefixed = (prefix: string, key: string): string =>
  `${prefix}${key.replace(/^__/, "").replace(/^[a-z]/, (letter) => letter.toUpperCase())}`;

/** The fields of one selection set; no two have the same key. */
class Scope {
  readonly fields: Selected[] = [];
  readonly #keys = new Set<string>();

  /** The first of these names that is free, or the last one with a number. */
  key(...names: string[]): string {
    const free = names.find((name) => !this.#keys.has(name)) ?? `${names.at(-1)}${this.#keys.size}x`;
    this.#keys.add(free);
    return free;
  }

  add(field: Selected): void {
    this.fields.push(field);
  }
}
