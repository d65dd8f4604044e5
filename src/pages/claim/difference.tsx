import { useLocale } from "../locale.js";

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

/** The name of a field as people read it: `/assertedAt` becomes "asserted at". */
const fieldName = (path: string): string =>
  path
    .slice(1)
    .replaceAll("/", " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();

const shown = (value: unknown): string =>
  value === undefined || value === null ? "–" : typeof value === "string" ? value : JSON.stringify(value);

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
            <th scope="row">{fieldName(path)}</th>
            <td dir="auto">
              <del>{shown(before.get(path))}</del>
            </td>
            <td dir="auto">
              <ins>{shown(value)}</ins>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
