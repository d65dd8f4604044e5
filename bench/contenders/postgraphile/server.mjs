// PostGraphile 5 with its recommended preset, tuned for production: no mutations, no GraphiQL, no watching. Documents
// that are persisted are known to it from the start, as its plugin for them wants.
import { createServer } from "node:http";
import { PersistedPlugin } from "@grafserv/persisted";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { questions } from "../../questions/index.mjs";
import { hashOf, textOf } from "../../request.mjs";
import { additions } from "./additions.mjs";

const documents = questions
  .filter(({ postgraphile }) => postgraphile?.method === "GET")
  .map(({ postgraphile }) => textOf(postgraphile));

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      poolConfig: { max: 10, options: "-c role=claimgraph_bench_reader -c timezone=UTC" },
      schemas: ["public", "peers"],
    }),
  ],
  plugins: [...additions, PersistedPlugin],
  disablePlugins: ["PgMutationCreatePlugin", "PgMutationUpdateDeletePlugin"],
  schema: { defaultBehavior: "+connection -list", pgOrderByNullsLast: true },
  grafast: { explain: false },
  grafserv: {
    graphqlPath: "/graphql",
    graphiql: false,
    watch: false,
    graphqlOverGET: true,
    persistedOperations: Object.fromEntries(documents.map((text) => [hashOf(text), text])),
    allowUnpersistedOperation: true,
  },
});

const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
