import { type Locale, useLocale } from "../locale.js";

type Words = Locale["words"];

/** One step of a JSON Patch: https://www.rfc-editor.org/rfc/rfc6902 */
interface Step {
  readonly op: string;
  readonly path: string;
  readonly value?: unknown;
}

const stepsOf = (patch: unknown): Step[] =>
  Array.isArray(patch)
    ? patch.filter(
        (step): step is Step => typeof Object(step).path === "string" && typeof Object(step).op === "string",
      )
    : [];

/** The field that a step changes, and what of it. */
const fieldOf = (path: string): { field: string; below: string } => {
  const [, field = "", ...below] = path.split("/");
  return { field, below: below.join(" ") };
};

/** The name of a field as people read it. */
function fieldName({ fields }: Words, path: string): string {
  const { field, below } = fieldOf(path);
  return [field in fields ? fields[field as keyof typeof fields] : field, below].filter(Boolean).join(" ");
}

/** A value as people read it: one of a few has words. */
function shown(words: Words, path: string, value: unknown): string {
  const { field } = fieldOf(path);
  const known: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    act: words.actNoun,
    stance: words.stanceHeading,
    status: words.review,
    attribution: words.attribution,
    certainty: words.certainty,
    rank: words.rank,
  };
  if (value === undefined || value === null) return "–";
  if (typeof value !== "string") return JSON.stringify(value);
  return known[field]?.[value] || value;
}

/** What a revision changed: each field before and after. */
export function Difference({ patch, inverse }: { patch: unknown; inverse: unknown }) {
  const { words } = useLocale();
  const before = new Map(stepsOf(inverse).map(({ path, value }) => [path, value]));
  const steps = stepsOf(patch);
  if (steps.length === 0) return null;
  return (
    <table class="difference">
      <thead>
        <tr>
          <th scope="col">{words.field}</th>
          <th scope="col">{words.fieldBefore}</th>
          <th scope="col">{words.fieldAfter}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ path, value, op }) => (
          <tr key={`${op} ${path}`}>
            <th scope="row">{fieldName(words, path)}</th>
            <td dir="auto">
              <del>{shown(words, path, before.get(path))}</del>
            </td>
            <td dir="auto">
              <ins>{shown(words, path, value)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
