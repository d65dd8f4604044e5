import pg from "pg";

/** A longer statement is not worth what keeping it costs. */
const MOST_CHARACTERS = 20_000;

/**
 * A statement with its values written into it, for which PostgreSQL can keep the plan that is best for them: a plan that
 * is kept for a statement with parameters is made without knowing what they are.
 *
 * @param values as the driver sends them
 * @param bounds the places of those that stay parameters, since one plan is good for whatever they are
 * @returns nothing when a value is no text, or there is too much of it
 */
export function withLiterals(
  text: string,
  values: readonly unknown[],
  bounds: readonly number[] = [],
): { readonly text: string; readonly values: readonly unknown[] } | undefined {
  let length = text.length;
  for (const value of values) {
    if (value !== null && typeof value !== "string") return undefined;
    length += value?.length ?? 0;
  }
  if (length > MOST_CHARACTERS) return undefined;
  // What is asked for stands in values; nothing that a client wrote stands in the text, least of all a dollar sign.
  const written = text.replace(/\$(\d+)/g, (_, number) => {
    const index = Number(number) - 1;
    const bound = bounds.indexOf(index);
    if (bound >= 0) return `$${bound + 1}`;
    const value = values[index] as string | null;
    if (value === null) return "null";
    // The driver looks at each character by itself.
    return /['\\]/.test(value) ? pg.escapeLiteral(value) : `'${value}'`;
  });
  return { text: written, values: bounds.map((index) => values[index]) };
}
