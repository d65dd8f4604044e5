import { type GraphQLInputObjectType, type GraphQLSchema, getNamedType, isInputObjectType } from "graphql";
import { STEPS } from "../../src/claim/review.js";
import { AcceptableInputs, type Named } from "./acceptable-inputs.js";
import {
  aClaim,
  anActor,
  anEvent,
  aProposition,
  aSource,
  type Entity,
  type Input,
  type Recorder,
} from "./recorder.js";

const NEW: Readonly<Record<string, () => Input>> = {
  Actor: anActor,
  Event: anEvent,
  Source: aSource,
  Proposition: aProposition,
  Claim: aClaim,
};

const small = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** The records that mutations are tried on. What a mutation has changed for good is made anew. */
export class MutationTargets implements Named {
  readonly inputs = new AcceptableInputs(this);
  readonly #references = new Map<string, string>();
  #own: Input = {};
  #versioned: { readonly entity: string; readonly id: string } | undefined;
  /** Whether a mutation that was done has to be tried on something new the next time. */
  isUsedUp = false;

  private constructor(
    private readonly recorder: Recorder,
    private readonly schema: GraphQLSchema,
  ) {}

  static async start(recorder: Recorder): Promise<MutationTargets> {
    const targets = new MutationTargets(recorder, recorder.app.schema);
    for (const entity of Object.keys(NEW)) targets.#references.set(entity, (await targets.#make(entity)).id);
    return targets;
  }

  referredTo(entity: string): string {
    return this.#references.get(entity) as string;
  }

  own(field: string): unknown {
    return this.#own[field];
  }

  /** Makes what a mutation is to be tried on. */
  async prepare(mutation: string): Promise<void> {
    this.isUsedUp = !/^(create|record|update|add(?!ClaimRelation))/.test(mutation);
    this.#versioned = undefined;
    this.#own = { cascade: true, ...(await this.#targetOf(mutation)) };
  }

  /** Reads which version there is: a mutation that was done has made a new one. */
  async refresh(): Promise<void> {
    if (!this.#versioned) return;
    const { entity, id } = this.#versioned;
    const [row] = await this.recorder.sql<{ version: number }>(
      `select version from ${entity.toLowerCase()} where public_id = $1`,
      id,
    );
    this.#own = { ...this.#own, expectedVersion: row?.version };
  }

  async #targetOf(mutation: string): Promise<Input> {
    const [, verb = "", thing = ""] = /^([a-z]+)([A-Z]\w*)?$/.exec(mutation) ?? [];
    if (verb === "create" || verb === "record") return {};
    if (mutation === "revokeApiKey") return { id: await this.#key() };
    if (verb === "restore" || verb === "erase") return { id: (await this.#make("Actor")).id };
    if (NEW[thing]) return this.#ofRecord(thing, verb);
    if (thing === "Claims") return { ids: [(await this.#ofRecord("Claim", verb)).id] };
    const { entity, list, type } = this.#ownerOf(thing);
    if (verb === "add") return { [small(entity)]: (await this.#make(entity)).id };
    // A record of its own stays behind where one part is needed.
    const others = (NEW[entity]?.()[list] ?? []) as Input[];
    const given = { [list]: [...others, this.inputs.least(type)] };
    const owner = await this.#make(entity, given, `${list} { id }`);
    return { id: (owner[list] as Entity[]).at(-1)?.id, to: (await this.#make(entity)).id };
  }

  async #ofRecord(entity: string, verb: string): Promise<Input> {
    const status = STEPS.find((step) => step.verb === verb)?.from[0];
    const { id, version } = await this.#make(entity, status && { status });
    this.#versioned = { entity, id };
    return { id, expectedVersion: version };
  }

  async #key(): Promise<string> {
    const { data } = await this.recorder.app.as("ADMIN")(
      'mutation { createApiKey(input: { name: "x", role: READER }) { apiKey { id } } }',
    );
    return (data as { createApiKey: { apiKey: Entity } }).createApiKey.apiKey.id;
  }

  #make(entity: string, more: Input = {}, selection = ""): Promise<Entity> {
    const input = { [small(entity)]: { ...NEW[entity]?.(), ...more } };
    return this.recorder.done(`${entity === "Claim" ? "record" : "create"}${entity}`, input, selection);
  }

  /** The entity whose records have a list of such parts. */
  #ownerOf(part: string): { entity: string; list: string; type: GraphQLInputObjectType } {
    for (const entity of Object.keys(NEW)) {
      const input = this.schema.getType(`${entity}Input`) as GraphQLInputObjectType;
      for (const { name, type } of Object.values(input.getFields())) {
        const named = getNamedType(type);
        const isMeant = [named.name, `${entity}${named.name}`].includes(`${part}Input`);
        if (isMeant && isInputObjectType(named)) return { entity, list: name, type: named };
      }
    }
    throw new Error(`It is not known what ${part} belongs to. Tell MutationTargets how to make one.`);
  }
}
