import { fold } from "../values/quote-form.js";
import type { Document, Fields, How, RecordKind } from "./record.js";

/** Lists to which a batch adds: who imports one set of identifiers does not know the others. */
const ADDED_TO: ReadonlySet<string> = new Set(["externalIds"]);

/** The lists that an input gives of a record, with the parts that are there already and say the same. */
export function keepingParts(kind: RecordKind, before: Document, given: Document): Document {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const how = kind.fields.get(name)?.how;
      if (how?.kind !== "parts") return [name, value];
      const left = [...(before[name] as Document[])];
      const parts = (value as Document[]).map((part) => {
        const at = left.findIndex((one) => saysTheSame(how.fields, one, part));
        return at < 0 ? part : (left.splice(at, 1)[0] as Document);
      });
      return [name, ADDED_TO.has(name) ? [...left, ...parts] : parts];
    }),
  );
}

/** A value in the form in which it would be kept; as it was given, if it cannot be. */
const asKept = (how: How, value: unknown): unknown =>
  (how.kind === "column" ? how.rule.safeParse(value).data : undefined) ?? value;

/** Whether a part says what is given, and nothing else but what was made of that. */
function saysTheSame(fields: Fields, part: Document, given: Document): boolean {
  return [...fields.values()].every(({ name, how, given: when }) => {
    const [own, told] = [part[name] ?? null, given[name] == null ? null : asKept(how, given[name])];
    const inWords = WORDS[name];
    if (when === "never" || (inWords && told === null)) return true;
    if (own === null || told === null) return own === told;
    if (how.kind === "value") return saysTheSame(how.fields, own as Document, told as Document);
    return inWords ? inWords(folded(own), folded(told)) : JSON.stringify(own) === JSON.stringify(told);
  });
}

/** Quotes are kept in the characters of their text, with more of it around them than was given. */
const WORDS: Readonly<Record<string, ((own: string, given: string) => boolean) | undefined>> = {
  exact: (own, given) => own.trim() === given.trim(),
  prefix: (own, given) => own.endsWith(given),
  suffix: (own, given) => own.startsWith(given),
};

const folded = (text: unknown): string =>
  Array.from(fold(String(text), true).points, (point) => String.fromCodePoint(point)).join("");
