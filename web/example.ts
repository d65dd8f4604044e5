/** A ready-made operation, as it stands in a file of examples/operations. */
export interface Example {
  /** The operation's name, unique among the examples. */
  name: string;
  /** What it shows, in a few words. */
  title: string;
  /** Why one would ask it, in one sentence. */
  purpose: string;
  /** The whole file: comment and operation. */
  query: string;
  /** JSON text for the variables editor; absent if the operation runs without. */
  variables?: string;
  /** Whether it records something, and so has to be asked with a key. */
  records: boolean;
}

/**
 * Reads one example file. Its leading comment is the documentation: the first line is the title, the
 * following lines are the purpose.
 *
 * @throws Error if the comment or the operation's name is missing, so that a half-written example is noticed.
 */
export function parseExample(query: string, variables?: string): Example {
  const [comment = ""] = /^(#.*\n)+/.exec(query) ?? [];
  const [title, ...purpose] = comment
    .split("\n")
    .map((line) => line.replace(/^#\s*/, ""))
    .filter(Boolean);
  const [, kind, name] = /^(query|mutation|subscription)\s+(\w+)/m.exec(query) ?? [];
  if (!title || purpose.length === 0 || !name) {
    throw new Error(`An example needs a title, a purpose and a named operation:\n${query}`);
  }
  return { name, title, purpose: purpose.join(" "), query, variables, records: kind === "mutation" };
}
