import {
  GraphQLError,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from "graphql";
import { badUserInput } from "../../src/graphql/errors.js";
import { type Answer, startTestApp, type TestApp } from "../support/app.js";

const secret = 'column "secret" does not exist: SELECT secret FROM actor /srv/app/src/reading/reader.ts:12';

const coded = (message: string, code: string) => Object.assign(new Error(message), { code });
const failures: Record<string, () => unknown> = {
  raw: () => new Error(secret),
  typeError: () => new TypeError(secret),
  text: () => secret,
  graphql: () => new GraphQLError(secret),
  // Code alone makes nothing safe: a library may set it.
  pretending: () => new GraphQLError(secret, { extensions: { code: "BAD_USER_INPUT", sql: secret } }),
  nested: () => new Error("outer", { cause: new Error(secret) }),
  refused: () => coded("connect ECONNREFUSED 10.1.2.3:5432", "ECONNREFUSED"),
  shutDown: () => coded("terminating connection due to administrator command", "57P01"),
  terminated: () => new Error("Connection terminated unexpectedly"),
  unreachable: () => new AggregateError([coded("connect ECONNREFUSED ::1:5432", "ECONNREFUSED")], ""),
  prisma: () => new Error("Invalid invocation", { cause: coded("Can't reach 10.1.2.3", "P1001") }),
  public: () => badUserInput("The cursor is not one of this list.", { argument: "after" }),
};

const fails = (make: () => unknown) => ({
  now: {
    type: GraphQLString,
    resolve: () => {
      throw make();
    },
  },
  later: { type: GraphQLString, resolve: async () => Promise.reject(make()) },
});

const schema = new GraphQLSchema({
  query: new GraphQLObjectType({
    name: "Query",
    fields: {
      ...Object.fromEntries(
        Object.entries(failures).map(([name, make]) => [
          name,
          { type: new GraphQLObjectType({ name, fields: fails(make) }), resolve: () => ({}) },
        ]),
      ),
      page: {
        type: GraphQLString,
        args: { size: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 20 } },
        resolve: () => "page",
      },
      required: { type: new GraphQLNonNull(GraphQLString), resolve: () => null },
    },
  }),
});

const internal = { message: "Internal server error", code: "INTERNAL_SERVER_ERROR" };
const unavailable = { message: expect.stringMatching(/database does not answer/), code: "UNAVAILABLE" };
const expected: Record<string, { message: unknown; code: string }> = {
  raw: internal,
  typeError: internal,
  text: internal,
  graphql: internal,
  pretending: internal,
  nested: internal,
  refused: unavailable,
  shutDown: unavailable,
  terminated: unavailable,
  unreachable: unavailable,
  prisma: unavailable,
  public: { message: "The cursor is not one of this list.", code: "BAD_USER_INPUT" },
};

describe.each(["production", "development"])("with NODE_ENV=%s", (environment) => {
  const before = process.env.NODE_ENV;
  let app: TestApp;
  beforeAll(async () => {
    process.env.NODE_ENV = environment;
    app = await startTestApp({ schema });
  });
  afterAll(async () => {
    process.env.NODE_ENV = before;
    await app.stop();
  });

  test.each(Object.keys(failures))("%s, thrown and rejected, interpreted and compiled", async (name) => {
    app.logged.length = 0;
    for (let time = 0; time < 3; time++) {
      const answer = await app.ask(`{ ${name} { now later } }`);
      expect(answer.data).toEqual({ [name]: { now: null, later: null } });
      expect(answer.errors).toHaveLength(2);
      for (const error of answer.errors!) {
        expect(error).toMatchObject({
          message: expected[name]!.message,
          path: [name, expect.stringMatching(/now|later/)],
          extensions: { code: expected[name]!.code },
        });
        expect(Object.keys(error.extensions)).toEqual(name === "public" ? ["argument", "code"] : ["code"]);
      }
      expect(JSON.stringify(answer)).not.toMatch(/secret|SELECT|10\.1\.2\.3|\.ts|stack/);
    }
    expect(app.logged).toHaveLength(name === "public" ? 0 : 6);
  });

  test("the log has the whole error, under the id that the client was given", async () => {
    app.logged.length = 0;
    const answer = await app.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", "x-request-id": "find-me" },
      body: JSON.stringify({ query: "query Named { raw { now } }" }),
    });
    expect(answer.headers.get("x-request-id")).toBe("find-me");
    expect(app.logged).toMatchObject([
      { level: 50, requestId: "find-me", operation: "Named", path: ["raw", "now"], err: { message: secret } },
    ]);
    expect((app.logged[0]!.err as Error).stack).toMatch("errors.test");
  });

  test("what a person did wrong keeps its text and its code", async () => {
    const asked: [string, Record<string, unknown> | undefined, string, RegExp][] = [
      ["{ raw { ", undefined, "GRAPHQL_PARSE_FAILED", /Syntax Error/],
      ["{ nothing }", undefined, "GRAPHQL_VALIDATION_FAILED", /Cannot query field "nothing"/],
      ["query A { page } query B { page }", undefined, "OPERATION_RESOLUTION_FAILURE", /operation name/],
      ["query ($n: Int!) { page(size: $n) }", { n: "x" }, "BAD_USER_INPUT", /\$n.*got invalid value "x"/],
      ["query ($n: Int) { page(size: $n) }", { n: null }, "BAD_USER_INPUT", /"size".*must not be null/],
    ];
    for (const [query, variables, code, message] of asked) {
      for (let time = 0; time < 3; time++) {
        const { errors } = await app.ask(query, variables);
        expect(errors).toMatchObject([{ message: expect.stringMatching(message), extensions: { code } }]);
        expect(errors![0]!.extensions).not.toHaveProperty("stacktrace");
      }
    }
  });

  test("a message repeats no more of a request than a person reads", async () => {
    app.logged.length = 0;
    const long = "x".repeat(90_000);
    const asked: [string, Record<string, unknown>, RegExp][] = [
      [
        "query ($n: Int!) { page(size: $n) }",
        { n: long },
        /^Variable "\$n" got .*cannot represent non-integer/,
      ],
      [`{ ${long} }`, {}, /^Cannot query field "xxx.*on type "Query"\.$/],
      [`{ page } ${long}`, {}, /^Syntax Error: Unexpected Name "xxx/],
      [`query A { page } query ${long} { page }`, {}, /operation name/],
    ];
    for (const [query, variables, message] of asked) {
      const { errors } = await app.ask(query, variables);
      expect(errors).toMatchObject([{ message: expect.stringMatching(message) }]);
      expect(errors![0]!.message.length).toBeLessThanOrEqual(1_000);
    }
    const failed = await app.ask(`query ${long} { raw { now } }`);
    expect(failed).toMatchObject({ errors: [{ message: "Internal server error" }] });
    expect(app.logged).toMatchObject([{ level: 50, operation: "x".repeat(100) }]);
  });

  test("a document of too many tokens is refused before it is read", async () => {
    const answer = await app.fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: `{ ${"page ".repeat(6000)} }` }),
    });
    expect(answer.status).toBe(400);
    expect(((await answer.json()) as Answer).errors).toMatchObject([
      { extensions: { code: "GRAPHQL_PARSE_FAILED" } },
    ]);
  });

  test("null where the schema promises a value is a fault of the server", async () => {
    expect(await app.ask("{ required }")).toMatchObject({
      data: null,
      errors: [{ message: "Internal server error" }],
    });
  });
});
