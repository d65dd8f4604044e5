import type { NarrowedFragment } from "../../generated/pages/graphql.js";
import { ACTS, RECORDS, STANCES } from "../address.js";
import { lastDayOf } from "../format.js";
import { useLocale } from "../locale.js";
import { Language } from "./document.js";
import { RecordLink, Who } from "./text.js";

type Query = Readonly<Record<string, string | undefined>>;

/** The records to which an address narrows a list, each with a way to be rid of it. */
export function Narrowed({ data, path, query }: { data: NarrowedFragment; path: string; query: Query }) {
  const { words, href } = useLocale();
  const { actor, event, proposition, source } = data;
  const named = {
    actor: actor && <Who actor={actor} />,
    event: event && <RecordLink to={`/events/${event.slug}`} text={event.title} />,
    proposition: proposition && (
      <RecordLink to={`/propositions/${proposition.slug}`} text={proposition.text} />
    ),
    source: source && (
      <RecordLink to={`/sources/${source.slug}`} text={source.title} language={source.language} />
    ),
  };
  const narrowed = RECORDS.filter((record) => query[record]);
  if (narrowed.length === 0) return null;
  return (
    <ul class="inline narrowed">
      {narrowed.map((record) => (
        <li key={record}>
          {words.only[record]}: {named[record] ?? words.unknownSlug(query[record] as string)}{" "}
          <a
            href={href(path, { ...query, [record]: undefined, after: undefined })}
            aria-label={words.withoutThe[record]}
          >
            {words.remove}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** What a form keeps of an address without showing it. */
export function Kept({ query, names }: { query: Query; names: readonly string[] }) {
  return (
    <>
      {names.map((name) =>
        query[name] ? <input key={name} type="hidden" name={name} value={query[name]} /> : null,
      )}
      <Language />
    </>
  );
}

/** A choice of one value or of all. Addresses write values in small letters. */
export function Choice<Value extends string>({
  name,
  label,
  values,
  chosen,
}: {
  name: string;
  label: string;
  values: readonly (readonly [Value, string])[];
  chosen: string | undefined;
}) {
  const { words } = useLocale();
  return (
    <label>
      {label}{" "}
      <select name={name}>
        <option value="">{words.allOf}</option>
        {values.map(([value, text]) => (
          <option
            key={value}
            value={value.toLowerCase()}
            selected={value.toLowerCase() === chosen?.toLowerCase()}
          >
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The first day of a day, a month or a year: browsers know days only. */
const firstDay = (period = "") => (period ? `${period}-01-01`.slice(0, 10) : undefined);

/** The last day of a day, a month or a year. */
function lastDay(period = ""): string | undefined {
  const [year, month = "12", day] = period.split("-");
  if (!year || day) return period || undefined;
  return lastDayOf(Number(year), Number(month));
}

/** By which act, stance and time claims are narrowed. */
export function ClaimChoices({ query }: { query: Query }) {
  const { words } = useLocale();
  return (
    <>
      <Choice
        name="act"
        label={words.actLabel}
        values={ACTS.map((act) => [act, words.actNoun[act]] as const)}
        chosen={query.act}
      />
      <Choice
        name="stance"
        label={words.stanceLabel}
        values={STANCES.map((stance) => [stance, words.stanceHeading[stance]] as const)}
        chosen={query.stance}
      />
      <label>
        {words.filterFrom} <input type="date" name="from" value={firstDay(query.from)} />
      </label>
      <label>
        {words.filterTo} <input type="date" name="to" value={lastDay(query.to)} />
      </label>
    </>
  );
}
