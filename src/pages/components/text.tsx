import type { ComponentChildren } from "preact";
import type { TurnedFragment, WhenFragment, WhoFragment } from "../../generated/pages/graphql.js";
import { isVague, when, whenAfter } from "../format.js";
import { type Locale, useLocale } from "../locale.js";

/** The kinds of names that stand for an actor as a whole, the shortest first. */
const CALLED = ["SHORT", "OFFICIAL", "NATIVE", "ALIAS"];

/** The language in which records are named, unless they say otherwise: a name in other letters is in another one. */
const USUAL = "en";
const LATIN = /^[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]*$/u;

/** What an actor is called in a language, the shortest name first. */
const called = (names: WhoFragment["names"], language: string) =>
  names
    .filter((one) => one.language?.split("-")[0] === language && CALLED.includes(one.kind))
    .sort((one, other) => CALLED.indexOf(one.kind) - CALLED.indexOf(other.kind))[0];

/** An actor's name in the reader's language where one is recorded, and the language that it is in, where known. */
export function nameFor(
  { language }: Pick<Locale, "language">,
  { name, names }: Pick<WhoFragment, "name" | "names">,
): { name: string; language?: string } {
  const known = names.find(({ value }) => value === name)?.language ?? undefined;
  const named = known?.split("-")[0] ?? (LATIN.test(name) ? USUAL : undefined);
  const own = called(names, language);
  if (named === language) return { name, language: known };
  if (own) return { name: own.value, language };
  // Who does not read the letters of a name is helped by one in letters that are read.
  const legible = LATIN.test(name) ? undefined : called(names, USUAL);
  return legible ? { name: legible.value, language: USUAL } : { name, language: known };
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
): string {
  const { words } = locale;
  return stance === "WITHDRAWN" && claim.assertedBy.id !== actor.id
    ? words.replacedBy(nameFor(locale, claim.assertedBy).name)
    : words.stance[stance];
}

/** What only a screen reader says. */
export function Unseen({ children }: { children: ComponentChildren }) {
  return <span class="unseen">{children}</span>;
}

/** A text of the record: it may be in another language, and run from right to left. */
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
  return (
    <Tag class={className} lang={language ?? undefined} dir="auto">
      {text}
    </Tag>
  );
}

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
