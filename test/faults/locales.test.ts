import { openDatabase } from "../../src/database/open.js";
import { type Cluster, query, Server, startCluster } from "./system.js";

const NAMES = ["Ärger", "RUSSIA", "İstanbul", "ΟΔΟΣ", "Straße", "Zebra", "apfel", "Émile"];
const ASKED = {
  contains: [
    "ärger",
    "ÄRGER",
    "russia",
    "Russia",
    "İSTANBUL",
    "istanbul",
    "STRASSE",
    "οδος",
    "ΟΔΟς",
    "émi",
    "e\u0301mi",
    "%",
  ],
  startsWith: ["ä", "RUSS", "i", "É"],
};

interface Answer {
  readonly data: { readonly actors: { readonly nodes: readonly { readonly name: string }[] } };
  readonly errors?: unknown;
}

/** What is found by each search, and the order of all. */
async function answers(cluster: Cluster): Promise<unknown> {
  const database = await openDatabase({ databaseUrl: cluster.url });
  await database.close();
  const rows = NAMES.map((name, n) => `(gen_random_uuid(), 'actor-${n}', '${name}', 'GOVERNMENT', now())`);
  await query(cluster.url, `insert into actor (id, slug, name, kind, updated_at) values ${rows.join()}`);
  const server = await Server.start(cluster.url);
  const ask = async (operator: string, text: string) => {
    const actors = `actors(where: { name: { ${operator}: ${JSON.stringify(text)} } }, orderBy: [{ field: NAME }])`;
    const answer = await fetch(`${server.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: `{ ${actors} { nodes { name } } }` }),
    });
    const { data, errors } = (await answer.json()) as Answer;
    expect(errors).toBeUndefined();
    return [text, data.actors.nodes.map(({ name }) => name).join(" ")];
  };
  try {
    const found = [
      ...ASKED.contains.map((text) => ask("contains", text)),
      ...ASKED.startsWith.map((text) => ask("startsWith", text)),
    ];
    return Object.fromEntries(await Promise.all([...found, ask("gte", "")]));
  } finally {
    await server.stop();
  }
}

test.each([
  ["C", ["--locale=C"]],
  ["Turkish", ["--locale=C", "--locale-provider=icu", "--icu-locale=tr-TR"]],
  ["German", ["--locale=C", "--locale-provider=icu", "--icu-locale=de-DE"]],
])("searches and order are the same under the locale %s", async (_, locale) => {
  const cluster = await startCluster({}, { locale });
  try {
    expect(await answers(cluster)).toEqual({
      ärger: "Ärger",
      ÄRGER: "Ärger",
      russia: "RUSSIA",
      Russia: "RUSSIA",
      İSTANBUL: "İstanbul",
      istanbul: "",
      STRASSE: "Straße",
      οδος: "ΟΔΟΣ",
      ΟΔΟς: "ΟΔΟΣ",
      émi: "Émile",
      "e\u0301mi": "Émile",
      "%": "",
      ä: "Ärger",
      RUSS: "RUSSIA",
      i: "İstanbul",
      É: "Émile",
      "": "RUSSIA Straße Zebra apfel Ärger Émile İstanbul ΟΔΟΣ",
    });
  } finally {
    await cluster.remove();
  }
});
