import pg from "pg";

/** A longer statement is not worth what keeping it costs. */
const MOST_CHARACTERS = 20_000;

/**
 * A statement with its values written into it, for which PostgreSQL can keep the plan that is best for them: a plan that
 * is kept for a statement with parameters is made without knowing what they are.
 *
 * @param strings the pieces of its text around the values
 * @param values as the driver sends them
 * @param bounds the places of those that stay parameters, since one plan is good for whatever they are
 * @returns nothing when a value is no text, or there is too much of it
 */
export function withLiterals(
  strings: readonly string[],
  values: readonly unknown[],
  bounds: readonly number[] = [],
): { readonly text: string; readonly values: readonly unknown[] } | undefined {
  let text = strings[0] ?? "";
  for (const [index, value] of values.entries()) {
    const bound = bounds.indexOf(index);
    if (bound >= 0) text += `$${bound + 1}`;
    else if (value === null) text += "null";
    else if (typeof value === "string") text += literal(value);
    else return undefined;
    text += strings[index + 1] ?? "";
    if (text.length > MOST_CHARACTERS) return undefined;
  }
  return { text, values: bounds.map((index) => values[index]) };
}

// The driver looks at each character by itself.
const literal = (value: string): string => (/['\\]/.test(value) ? pg.escapeLiteral(value) : `'${value}'`);
