import { randomUUID } from "node:crypto";
import type { Operation } from "rfc6902";
import type { RecordType } from "../../src/generated/prisma/enums.js";
import type { Role } from "../../src/graphql/viewer.js";
import type { Rows } from "../../src/writing/rows.js";
import { startTestApp, type TestApp } from "../support/app.js";

/** What a mutation answers as data. */
export interface Problem {
  code: string;
  message: string;
  path: string[];
  currentVersion: number | null;
  differingFields: string[] | null;
  references: string[] | null;
}

export type Payload = { errors: Problem[] } & Record<string, Entity | null | undefined>;

/** Whatever was selected of a record. */
export type Entity = { id: string; version: number; slug: string } & Record<string, unknown>;

/** A row of the history. */
export interface Revision {
  record_key: string;
  record_type: RecordType;
  version: number;
  action: string;
  patch: Operation[];
  inverse: Operation[];
  reason: string | null;
  public: boolean;
  rows: Rows | null;
}

export type Input = Record<string, unknown>;

const PROBLEM = "errors { code message path currentVersion differingFields references }";
const capital = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** A server, and short ways to record things on it. */
export class Recorder {
  private constructor(readonly app: TestApp) {}

  static async start(env: Record<string, string> = {}): Promise<Recorder> {
    return new Recorder(await startTestApp({ env }));
  }

  stop(): Promise<void> {
    return this.app.stop();
  }

  /** Runs a mutation. A GraphQL error fails the test. */
  async run(name: string, input: Input, selection = "", role: Role = "EDITOR"): Promise<Payload> {
    const answer = await this.app.as(role)(mutation(name, selection), { input });
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data?.[name] as Payload;
  }

  /** Runs a mutation that has to succeed. @returns the record that its payload has */
  async done(name: string, input: Input, selection = "", role: Role = "EDITOR"): Promise<Entity> {
    const field = ENTITY.exec(name)?.[1] ?? "";
    const entity = OWNERS[field] ?? field.charAt(0).toLowerCase() + field.slice(1);
    const selected = `${entity} { id version ${entity === "claim" ? "" : "slug"} ${selection} }`;
    const { errors, ...payload } = await this.run(name, input, selected, role);
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return payload[entity] as Entity;
  }

  /** Runs a mutation that has to be refused, and leaves no trace. @returns what is wrong, as `code path: message` */
  async refused(name: string, input: Input, role: Role = "EDITOR"): Promise<string[]> {
    const before = await this.counts();
    const { errors } = await this.run(name, input, "", role);
    expect(await this.counts()).toEqual(before);
    return errors.map(({ code, path, message }) => `${code} ${path.join(".")}: ${message}`).sort();
  }

  /** The GraphQL errors of a mutation, as `code: message`. */
  async failed(name: string, input: Input, role: Role): Promise<string[]> {
    const { errors = [] } = await this.app.as(role)(mutation(name, ""), { input });
    return errors.map(({ extensions, message }) => `${extensions.code}: ${message}`);
  }

  /** How many rows each table has. */
  async counts(): Promise<Record<string, number>> {
    const tables = await this.sql<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name not in ('api_key', '_prisma_migrations') order by 1",
    );
    const parts = tables.map(({ name }) => `select '${name}' as name, count(*)::int as count from "${name}"`);
    const rows = await this.sql<{ name: string; count: number }>(parts.join(" union all "));
    return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
  }

  sql<Row>(statement: string, ...values: unknown[]): Promise<Row[]> {
    return this.app.database.query<Row>(statement, values) as Promise<Row[]>;
  }

  actor(input: Input = {}): Promise<Entity> {
    return this.done("createActor", { actor: { ...anActor(), ...input } });
  }

  event(input: Input = {}): Promise<Entity> {
    return this.done("createEvent", { event: { ...anEvent(), ...input } });
  }

  source(input: Input = {}): Promise<Entity> {
    return this.done("createSource", { source: { ...aSource(), ...input } });
  }

  proposition(input: Input = {}): Promise<Entity> {
    return this.done("createProposition", { proposition: { ...aProposition(), ...input } });
  }

  claim(input: Input = {}, role: Role = "EDITOR"): Promise<Entity> {
    return this.done("recordClaim", { claim: { ...aClaim(), ...input } }, "citations { id }", role);
  }

  /** The revisions of a record, or of all, as they lie in the database. */
  async revisions(id?: string): Promise<Revision[]> {
    // As one JSON text: the connection gives each such column as it is written.
    const [row] = await this.sql<{ all: string }>(
      `select coalesce(json_agg(to_jsonb(r) order by seq), '[]')::text as all from revision r where $1::text is null or record_key = $1`,
      id ?? null,
    );
    return JSON.parse(row?.all ?? "[]");
  }
}

const ENTITY =
  /^(?:create|update|delete|record|add|move|remove|publish|submit|withdraw|reject|reopen|retract)(\w+)$/;
const OWNERS: Record<string, string> = {
  ActorName: "actor",
  ActorExternalId: "actor",
  EventExternalId: "event",
  SourceExternalId: "source",
  PropositionExternalId: "proposition",
  ClaimExternalId: "claim",
  Affiliation: "actor",
  Participation: "event",
  Citation: "claim",
  ClaimRelation: "claim",
};

export const mutation = (name: string, selection: string): string =>
  `mutation ($input: ${capital(name)}Input!) { ${name}(input: $input) { ${selection} ${PROBLEM} } }`;

/** A slug that nothing has yet. */
export const newSlug = (word: string): string => `${word}-${randomUUID().slice(0, 13)}`;

export const anActor = (): Input => ({ slug: newSlug("actor"), name: "Mayor of Sollbruck", kind: "PERSON" });
export const anEvent = (): Input => ({
  slug: newSlug("event"),
  title: "Opening of the bridge",
  type: "OTHER",
});
export const aProposition = (): Input => ({
  slug: newSlug("proposition"),
  text: "Cost of the bridge.",
  kind: "QUANTITY",
  measure: "OTHER",
  unit: "EUR",
});
export const aSource = (): Input => ({ slug: newSlug("source"), kind: "ARTICLE", title: "The bridge" });

/** A claim that brings all it needs along. */
export const aClaim = (): Input => ({
  statement: "The mayor expects the bridge to cost about 12 million euros.",
  language: "en",
  act: "ESTIMATE",
  assertedBy: { create: anActor() },
  events: [{ create: anEvent() }],
  citations: [{ source: { create: aSource() } }],
});
