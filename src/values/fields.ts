import { z } from "zod";

// Rules of what people write in files. A message says what to write instead: it is all that they see.

/** An object whose unknown keys are errors, since a misspelt key would otherwise be lost in silence. */
export function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === "unrecognized_keys"
        ? `unknown ${list(keys as string[])}; the keys known here are ${known}`
        : `write the keys ${known}`,
  });
}

const list = (words: string[]): string => words.map((word) => JSON.stringify(word)).join(", ");

/** A list of such items. */
export const few = <Item extends z.ZodType>(item: Item) => z.array(item, { error: "write a list" });
