// PostGraphile 5 with its recommended preset, tuned for production: no mutations, no GraphiQL, no watching.
import { createServer } from "node:http";
import { postgraphile } from "postgraphile";
import { makePgService } from "postgraphile/adaptors/pg";
import { grafserv } from "postgraphile/grafserv/node";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { additions } from "./additions.mjs";

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      poolConfig: { max: 10, options: "-c role=claimgraph_bench_reader -c timezone=UTC" },
      schemas: ["public", "peers"],
    }),
  ],
  plugins: additions,
  disablePlugins: ["PgMutationCreatePlugin", "PgMutationUpdateDeletePlugin"],
  schema: { defaultBehavior: "+connection -list", pgOrderByNullsLast: true },
  grafast: { explain: false },
  grafserv: { graphqlPath: "/graphql", graphiql: false, watch: false, graphqlOverGET: true },
});

const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), "127.0.0.1");
