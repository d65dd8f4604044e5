import type { ComponentChildren } from "preact";
import type {
  PropositionKind,
  TurnedFragment,
  WhenFragment,
  WhoFragment,
} from "../../generated/pages/graphql.js";
import { isVague, when, whenAfter } from "../format.js";
import { type Locale, useLocale } from "../locale.js";

/** The kinds of names that stand for an actor as a whole, the shortest first. */
const CALLED = ["SHORT", "OFFICIAL", "NATIVE", "ALIAS"];

/** Letters that whoever reads these pages can read. */
const LATIN = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** What is written in more than one of Unicode's scripts, or is no script of its own there: https://unicode.org/iso15924/ */
const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  Jpan: ["Hani", "Hira", "Kana"],
  Hrkt: ["Hira", "Kana"],
  Kore: ["Hang", "Hani"],
  Jamo: ["Hang"],
  Hans: ["Hani"],
  Hant: ["Hani"],
  Hanb: ["Hani", "Bopo"],
  Latf: ["Latn"],
  Latg: ["Latn"],
  Aran: ["Arab"],
};

/** The letters of each language that records have by default; there is one for a server. */
const letters = new Map<string, RegExp>();

function lettersOf(language: string): RegExp {
  const known = letters.get(language) ?? madeOf(new Intl.Locale(language).maximize().script ?? "Latn");
  letters.set(language, known);
  return known;
}

/** What is written in a script alone; anything, where Unicode does not know the script. */
function madeOf(script: string): RegExp {
  const scripts = [...(SCRIPTS[script] ?? [script]), "Common", "Inherited"];
  try {
    return new RegExp(`^[${scripts.map((one) => `\\p{Script=${one}}`).join("")}]*$`, "u");
  } catch {
    return /^/;
  }
}

/** The language of a text that names none: the usual one, unless it is written in other letters. */
export const languageOf = ({ usual }: Pick<Locale, "usual">, text: string): string | undefined =>
  lettersOf(usual).test(text) ? usual : undefined;

/** What an actor is called in a language, the shortest name first. */
const called = (names: WhoFragment["names"], language: string) =>
  names
    .filter((one) => one.language?.split("-")[0] === language && CALLED.includes(one.kind))
    .sort((one, other) => CALLED.indexOf(one.kind) - CALLED.indexOf(other.kind))[0];

/** An actor's name in the reader's language where one is recorded, and the language that it is in, where known. */
export function nameFor(
  { language, usual }: Pick<Locale, "language" | "usual">,
  { name, names }: Pick<WhoFragment, "name" | "names">,
): { name: string; language?: string } {
  const known = names.find(({ value }) => value === name)?.language ?? undefined;
  const spoken = known ?? languageOf({ usual }, name);
  const named = spoken?.split("-")[0];
  const own = called(names, language);
  if (named === language) return { name, language: spoken };
  if (own) return { name: own.value, language };
  // Who does not read the letters of a name is helped by one in letters that are read.
  const legible = LATIN.test(name) ? undefined : called(names, "en");
  return legible ? { name: legible.value, language: "en" } : { name, language: spoken };
}

/** An actor's name, without a link. */
export function Name({ actor }: { actor: Pick<WhoFragment, "name" | "names"> }) {
  const { name, language } = nameFor(useLocale(), actor);
  return (
    <bdi class="name" lang={language}>
      {name}
    </bdi>
  );
}

/** An actor's name, which leads to the actor. */
export function Who({ actor }: { actor: WhoFragment }) {
  const { href } = useLocale();
  return (
    <a href={href(`/actors/${actor.slug}`)}>
      <Name actor={actor} />
    </a>
  );
}

/** A date as it was recorded. A vague one looks vague, and is read aloud as such. */
export function When({ date, prefix }: { date: WhenFragment | null | undefined; prefix?: string }) {
  const locale = useLocale();
  const { words } = locale;
  if (!date) return <span class="when unknown">{words.dateUnknown}</span>;
  const vague = isVague(date);
  const span = date.earliest !== null && date.latest !== null && date.earliest !== date.latest;
  return (
    <span class={vague ? "when vague" : "when"}>
      {prefix && `${prefix} `}
      {vague && (
        <>
          <span class="strokes" aria-hidden="true">
            {"///"}
          </span>
          {span && <span class="unseen">{words.someTime} </span>}
        </>
      )}
      <time dateTime={vague ? undefined : date.edtf} title={date.edtf}>
        {prefix !== undefined ? whenAfter(locale, date) : when(locale, date)}
      </time>
    </span>
  );
}

/** A change of stance in words: whoever no longer holds one may have been followed by another voice of the same side. */
export function stanceIn(
  locale: Locale,
  { stance, claim }: Pick<TurnedFragment, "stance" | "claim">,
  actor: Pick<WhoFragment, "id">,
  kind: PropositionKind,
): string {
  const { words } = locale;
  if (kind === "QUANTITY" && stance === "AFFIRMS") return words.givesNumber;
  return stance === "WITHDRAWN" && claim.assertedBy.id !== actor.id
    ? words.replacedBy(nameFor(locale, claim.assertedBy).name)
    : words.stance[stance];
}

/** What only a screen reader says. */
export function Unseen({ children }: { children: ComponentChildren }) {
  return <span class="unseen">{children}</span>;
}

/** A text of the record: it may be in another language than the page, and run from right to left. */
export function Recorded({
  text,
  language,
  as: Tag = "span",
  class: className,
}: {
  text: string;
  language?: string | null;
  as?: "span" | "p" | "h1" | "h2" | "h3" | "q" | "blockquote";
  class?: string;
}) {
  const locale = useLocale();
  return (
    <Tag class={className} lang={language ?? languageOf(locale, text)} dir="auto">
      {text}
    </Tag>
  );
}

/** A link whose words are the record's. */
export const RecordLink = ({
  to,
  text,
  language,
}: {
  to: string;
  text: string;
  language?: string | null;
}) => {
  const { href } = useLocale();
  return (
    <a href={href(to)}>
      <Recorded text={text} language={language} />
    </a>
  );
};

/** A part of a page under a heading. `id` makes it an address. */
export function Section({
  id,
  title,
  note,
  count,
  children,
}: {
  id: string;
  title: string;
  note?: ComponentChildren;
  count?: number;
  children: ComponentChildren;
}) {
  const { tag } = useLocale();
  return (
    <section aria-labelledby={id} class="section">
      <h2 id={id}>
        {title}
        {count !== undefined && <span class="count"> {count.toLocaleString(tag)}</span>}
      </h2>
      {note && <p class="note">{note}</p>}
      {children}
    </section>
  );
}
