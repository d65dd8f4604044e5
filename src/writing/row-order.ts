import type { RecordKind } from "./record.js";
import { type Input, namesAround } from "./resolve.js";

/**
 * Which rows have to be there for each one, by their places: those that it names, those that bring along what it names,
 * and the first of those that have its own name.
 */
export function needsOf(kind: RecordKind, rows: readonly Input[]): readonly (readonly number[])[] {
  const all = rows.map((row) => namesAround(kind, row));
  const places = new Map<string, number>();
  const first = (names: readonly string[], at: number) => {
    for (const name of names) if (!places.has(name)) places.set(name, at);
  };
  for (const [at, { own }] of all.entries()) first(own, at);
  for (const [at, { brings }] of all.entries()) first(brings, at);
  return all.map(({ own, brings, refers }, at) => {
    const others = refers.filter((name) => !brings.includes(name));
    const needed = new Set([...own, ...others].flatMap((name) => places.get(name) ?? []));
    needed.delete(at);
    return [...needed];
  });
}

/**
 * The places of rows, each after those that it needs. Rows that need each other in a circle stand together.
 *
 * They are the strongly connected components of the rows, in the order in which R. Tarjan's algorithm finds them:
 * https://doi.org/10.1137/0201010
 */
export function inOrderOfNeed(needs: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const found = new Map<number, number>();
  const open: number[] = [];
  const together: number[][] = [];

  /** @returns the earliest row that is still open and can be reached */
  function visit(at: number): number {
    const own = found.size;
    found.set(at, own);
    open.push(at);
    let lowest = own;
    for (const need of needs[at] ?? []) {
      if (!found.has(need)) lowest = Math.min(lowest, visit(need));
      else if (open.includes(need)) lowest = Math.min(lowest, found.get(need) as number);
    }
    if (lowest === own) together.push(open.splice(open.indexOf(at)).sort((one, other) => one - other));
    return lowest;
  }

  for (const at of needs.keys()) if (!found.has(at)) visit(at);
  return together;
}
