import type { Entity } from "../../src/reading/entity.js";
import { encodeId } from "../support/ids.js";
import type { Dataset } from "./dataset.js";

/** Values to ask for, taken from the rows in the middle of a table: neither the hottest nor what is nowhere. */
export class Values {
  readonly #known = new Map<string, Promise<string[]>>();

  constructor(private readonly dataset: Dataset) {}

  /** Two values of a column, as text; some text where every row's is missing. */
  of(table: string, column: string): Promise<string[]> {
    const name = `${table}.${column}`;
    let values = this.#known.get(name);
    if (!values) {
      values = this.#read(table, column);
      this.#known.set(name, values);
    }
    return values;
  }

  async ids({ table, prefix }: Entity): Promise<string[]> {
    return (await this.of(table, "id")).map((id) => encodeId(prefix as string, id));
  }

  async #read(table: string, column: string): Promise<string[]> {
    const rows = await this.dataset.rows<{ value: string }>(`
      select "${column}"::text as value from "${table}" where "${column}" is not null
      order by id offset (select count(*) / 2 from "${table}" where "${column}" is not null) limit 2`);
    return rows.length > 0 ? rows.map(({ value }) => value) : ["nowhere"];
  }
}
