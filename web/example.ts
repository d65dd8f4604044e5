/** The least role that may run an example, the fewest rights first. */
export const ROLES = ["READER", "ANALYST", "EDITOR", "ADMIN"] as const;

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
  /** Whether it records something. */
  records: boolean;
  /** Who may run it; all but readers need a key. */
  role: (typeof ROLES)[number];
}

/**
 * Reads one example file. Its leading comment is the documentation: the first line is the title, the
 * following lines are the purpose, and a line `Role: EDITOR` says who may run it, if not everybody.
 *
 * @throws Error if the comment or the operation's name is missing, so that a half-written example is noticed.
 */
export function parseExample(query: string, variables?: string): Example {
  const [comment = ""] = /^(#.*\n)+/.exec(query) ?? [];
  const [title, ...lines] = comment
    .split("\n")
    .map((line) => line.replace(/^#\s*/, ""))
    .filter(Boolean);
  const purpose = lines.filter((line) => !line.startsWith("Role: "));
  const role = ROLES.find((known) => lines.includes(`Role: ${known}`)) ?? "READER";
  const [, kind, name] = /^(query|mutation|subscription)\s+(\w+)/m.exec(query) ?? [];
  if (!title || purpose.length === 0 || !name) {
    throw new Error(`An example needs a title, a purpose and a named operation:\n${query}`);
  }
  return { name, title, purpose: purpose.join(" "), query, variables, records: kind === "mutation", role };
}
