import { getNamedType, isObjectType } from "graphql";
import type { Role } from "../../src/graphql/viewer.js";
import type { Ask } from "../support/app.js";
import { Recorder } from "./recorder.js";
import { type Route, WholeSchema } from "./whole-schema.js";

let recorder: Recorder;
let whole: WholeSchema;
beforeAll(async () => {
  recorder = await Recorder.start({ MAX_COST: "1000000000", MAX_DEPTH: "100" });
  whole = new WholeSchema(recorder.app.schema);
  await recorder.claim({ status: "PUBLISHED" });
});
afterAll(() => recorder.stop());

/** The lowest role that may ask for a field. A field that is missing here fails the test, and so does one too many. */
const LOWEST: Record<"Query" | "Mutation", Record<"READER" | "ANALYST" | "EDITOR" | "ADMIN", string>> = {
  Query: {
    READER:
      "actor actors changes claim claims event events node nodes proposition propositions source sources",
    ANALYST: "",
    EDITOR: "",
    ADMIN: "apiKeys",
  },
  Mutation: {
    READER: "",
    ANALYST: `createActor createEvent createProposition createSource recordClaim recordClaims
      createActors createEvents createSources createPropositions updateClaim deleteClaim
      submitClaim withdrawClaim submitClaims withdrawClaims addClaimExternalId updateClaimExternalId moveClaimExternalId removeClaimExternalId addCitation updateCitation moveCitation removeCitation
      addClaimRelation updateClaimRelation moveClaimRelation removeClaimRelation`,
    EDITOR: `updateActor updateEvent updateProposition updateSource deleteActor deleteEvent deleteProposition deleteSource
      publishClaim rejectClaim reopenClaim retractClaim
      publishClaims rejectClaims reopenClaims retractClaims restore
      addActorName updateActorName moveActorName removeActorName addActorExternalId updateActorExternalId moveActorExternalId removeActorExternalId
      addEventExternalId updateEventExternalId moveEventExternalId removeEventExternalId
      addSourceExternalId updateSourceExternalId moveSourceExternalId removeSourceExternalId
      addPropositionExternalId updatePropositionExternalId movePropositionExternalId removePropositionExternalId
      addAffiliation updateAffiliation moveAffiliation removeAffiliation
      addParticipation updateParticipation moveParticipation removeParticipation`,
    ADMIN: "createApiKey revokeApiKey eraseHistory",
  },
};
const CALLERS = ["ANONYMOUS", "READER", "ANALYST", "EDITOR", "ADMIN"] as const;
type Caller = (typeof CALLERS)[number];
const as = (caller: Caller): Ask => (caller === "ANONYMOUS" ? recorder.app.ask : recorder.app.as(caller));

/** What a caller who has a role, or none, is told of what needs another. */
function expected(caller: Caller, lowest: Role): string {
  if (lowest === "READER") return "allowed";
  if (caller === "ANONYMOUS") return "UNAUTHENTICATED";
  return CALLERS.indexOf(caller) < CALLERS.indexOf(lowest) ? "FORBIDDEN" : "allowed";
}

/** Selections of roots that need arguments of their own. */
const ARGUMENTS: Record<string, string> = {
  actor: 'slug: "x"',
  event: 'slug: "x"',
  source: 'slug: "x"',
  proposition: 'slug: "x"',
};
const ID = "claim_01jt3v8x1zfkq9m2d4n6p8r0sw";

function operation(
  root: "Query" | "Mutation",
  name: string,
  route?: Route,
): { query: string; variables: Record<string, unknown> } {
  const field = whole.fieldsOf(root).find((one) => one.name === name)!;
  const [input] = field.args;
  const selection = whole.selection(field.type, route ? route.length + 1 : 0, route);
  if (root === "Mutation") {
    return {
      query: `mutation ($input: ${input?.type}) { ${name}(input: $input) ${selection} }`,
      variables: { input: whole.least(input!.type) },
    };
  }
  const args =
    ARGUMENTS[name] ??
    (name === "nodes" ? `ids: ["${ID}"]` : /^(node|claim)$/.test(name) ? `id: "${ID}"` : "first: 2");
  return { query: `{ ${name}(${args}) ${selection} }`, variables: {} };
}

describe.each(["Query", "Mutation"] as const)("%s", (root) => {
  const rows = Object.entries(LOWEST[root]).flatMap(([role, names]) =>
    names
      .split(/\s+/)
      .filter(Boolean)
      .map((name) => [name, role as Role] as const),
  );

  test("every field is in the table", () => {
    expect(rows.map(([name]) => name).sort()).toEqual(
      whole
        .fieldsOf(root)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test.each(rows)("%s is for %s and above", async (name, lowest) => {
    const { query, variables } = operation(root, name);
    for (const caller of CALLERS) {
      const { errors, data } = await as(caller)(query, variables);
      const outcome = errors ? errors[0]?.extensions.code : data ? "allowed" : "nothing";
      expect([caller, outcome]).toEqual([caller, expected(caller, lowest)]);
    }
  });
});

/** The ways to what disputes are made of: sides, their positions, and the changes of these. */
function routesOfDisputes(): Route[] {
  const made = /^(Dispute|Side|Position|PositionChange|Conflict)\./;
  const dispute = whole.fieldsOf("Proposition").find(({ name }) => name === "dispute");
  const routes = whole
    .routes(dispute!.type, 3)
    .map((route) => route.filter((step) => made.test(step)).join(" "));
  return [...new Set(routes)].map((route) => ["Proposition.dispute", ...route.split(" ")]);
}

test("every field of every type can be read by whoever may ask for what leads there", async () => {
  for (const caller of CALLERS) {
    for (const { name, type } of whole.fieldsOf("Query")) {
      // What a node can be is read where it is at home.
      if (name.startsWith("node") || (name === "apiKeys" && caller !== "ADMIN")) continue;
      // What disputes are made of is nested deeper, and read of propositions only.
      const disputes = name === "proposition" ? routesOfDisputes() : [];
      for (const route of [...whole.routes(type, 1), ...disputes]) {
        const { query, variables } = operation("Query", name, route);
        const { errors } = await as(caller)(query, variables);
        expect([caller, name, errors]).toEqual([caller, name, undefined]);
      }
    }
  }
  const types = Object.values(recorder.app.schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith("__"),
  );
  const all = types.flatMap((type) => whole.fieldsOf(type.name).map((field) => `${type.name}.${field.name}`));
  // What is followed is read as `changes` is, and everybody may.
  const roots = ["Query", "Mutation", "Subscription"];
  const ofPayload = (name: string) => /(Payload|Result)$|^UserError$/.test(name);
  const unread = all.filter((coordinate) => {
    const [type = ""] = coordinate.split(".");
    return !roots.includes(type) && !ofPayload(type) && !whole.selected.has(coordinate);
  });
  expect(unread).toEqual([]);
});

test("what a mutation answers is of types that are read elsewhere, its errors aside", () => {
  const payloads = whole.fieldsOf("Mutation").map(({ type }) => getNamedType(type).name);
  for (const payload of payloads) expect(whole.fieldsOf(payload).map(({ name }) => name)).toContain("errors");
});
