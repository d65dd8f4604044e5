import { resolve } from "node:path";
import pg from "pg";
import { openDatabase } from "../../src/database/open.js";
import { createThrowAway } from "../support/database.js";

const { fill } = await import(resolve("bench/dataset.mjs"));
export const CLAIMS = 100_000;

/** The data set of the benchmark in a database of its own, as one session of a server with a fast disk. */
export class Dataset {
  private constructor(
    private readonly client: pg.Client,
    private readonly drop: () => Promise<void>,
  ) {}

  static async make(server: string): Promise<Dataset> {
    const { url, drop } = await createThrowAway(server);
    await (await openDatabase({ databaseUrl: url, poolSize: 1 })).close();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const dataset = new Dataset(client, drop);
    await fill((text: string) => dataset.rows(text), CLAIMS);
    // So large a sample takes in every row, and plans do not change with what was drawn.
    await client.query("set default_statistics_target = 1000");
    await client.query("vacuum analyze");
    await client.query(`set random_page_cost = 1.1; set effective_cache_size = '4GB'; set work_mem = '32MB';
      set jit = off; set max_parallel_workers_per_gather = 0; set statement_timeout = '20s'`);
    return dataset;
  }

  async rows<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    // Without values, several statements may stand in one text.
    const { rows } = await this.client.query(text, values.length > 0 ? [...values] : undefined);
    return rows as Row[];
  }

  async close(): Promise<void> {
    await this.client.end();
    await this.drop();
  }
}
