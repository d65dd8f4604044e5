import { z } from "zod";
import { together } from "../values/rules.js";
import type { Document, Field, Fields, How, Problem } from "./record.js";

/** The rule of a document, or of a value or part of one. @param path the field of which `problem` is said */
export function objectRule(fields: Fields, problem: Problem, ...path: string[]): z.ZodType {
  const shape = Object.fromEntries([...fields].map(([name, one]) => [name, fieldRule(one)]));
  // The id of a part stands first in what is kept, as it does in what is given.
  return z
    .looseObject({ id: z.string().optional(), ...shape })
    .superRefine(together((value) => problem(value as never), ...path));
}

function fieldRule({ how, nullable, follows, made }: Field): z.ZodType {
  const rule = howRule(how);
  return nullable || follows || made || (how.kind === "column" && how.apart) ? rule.nullish() : rule;
}

const TWICE = "stands here twice; remove one";

/** No two of a list are alike in what makes them what they are. */
const differ =
  (identity: (item: unknown) => unknown) => (items: readonly unknown[], context: z.RefinementCtx) => {
    const seen = new Set<string>();
    for (const [at, item] of items.entries()) {
      const own = identity(item);
      if (own === false || own == null) continue;
      const text = JSON.stringify(own);
      if (seen.has(text))
        context.addIssue({ code: "custom", message: TWICE, path: [at], params: { code: "TAKEN" } });
      seen.add(text);
    }
  };

const LEAST = "at least one is needed; give one";

/** A value of which nothing is kept would be dropped in silence. */
function valueRule({ fields, present, problem }: Extract<How, { kind: "value" }>): z.ZodType {
  const said = [...fields.values()]
    .filter(({ how }) => how.kind === "column" && present.includes(how.column))
    .map(({ name }) => name);
  const nothing = (value: Document) =>
    said.length > 0 && said.every((name) => value[name] == null)
      ? `give at least one of ${said.join(", ")}, or leave the whole out`
      : undefined;
  return objectRule(fields, (value: Document) => problem(value as never) ?? nothing(value));
}

function howRule(how: How): z.ZodType {
  switch (how.kind) {
    case "column":
      return how.rule;
    case "date":
      return z.string().nullish();
    case "value":
      return valueRule(how).nullish();
    case "one":
      return z.string({ error: "name one, by its id or slug" });
    case "many":
      return z
        .array(z.string({ error: "name one, by its id or slug" }))
        .min(how.least, { error: LEAST })
        .superRefine(differ((one) => one));
    case "parts":
      return z
        .array(objectRule(how.fields, how.problem))
        .min(how.least, { error: LEAST })
        .superRefine(differ((part) => how.unique.length > 0 && how.unique.map((name) => Object(part)[name])));
  }
}
