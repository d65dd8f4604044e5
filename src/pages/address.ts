import type { ClaimWhere, DisputeStatus, SpeechAct, Stance } from "../generated/pages/graphql.js";
import { en } from "./messages/en.js";
import { type Asked, BadAddress } from "./page.js";

/** What an address says under some names; nothing where it says only spaces. */
export const given = <Name extends string>(
  { query }: Pick<Asked, "query">,
  names: readonly Name[],
): Partial<Record<Name, string>> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = query.get(name)?.trim();
      return value ? [[name, value]] : [];
    }),
  ) as Partial<Record<Name, string>>;

/**
 * One of some values, which addresses write in small letters.
 *
 * @throws BadAddress when it is none of them
 */
export function oneOf<Value extends string>(
  asked: Pick<Asked, "query" | "locale">,
  name: string,
  allowed: readonly Value[],
): Value | undefined {
  const value = given(asked, [name])[name];
  if (!value) return undefined;
  const known = allowed.find((one) => one.toLowerCase() === value.toLowerCase());
  if (known) return known;
  const all = allowed.map((one) => one.toLowerCase()).join(", ");
  throw new BadAddress(asked.locale.words.badValue(name, value, all));
}

/**
 * A day, a month or a year, as EDTF writes them.
 *
 * @throws BadAddress when it is none
 */
export function periodOf(asked: Pick<Asked, "query" | "locale">, name: string): string | undefined {
  const value = given(asked, [name])[name];
  if (!value || isPeriod(value)) return value;
  throw new BadAddress(asked.locale.words.badPeriod(value));
}

/** So long may a text be that is searched for. In characters. */
const LONGEST = 200;

/**
 * A text that is searched for.
 *
 * @throws BadAddress when no record can have it
 */
export function textOf(asked: Pick<Asked, "query" | "locale">, name = "q"): string | undefined {
  const value = given(asked, [name])[name];
  if (value && value.length > LONGEST) throw new BadAddress(asked.locale.words.tooLong(name, LONGEST));
  if (value && /\0|\p{Surrogate}/u.test(value)) throw new BadAddress(asked.locale.words.badText(name));
  return value;
}

const isPeriod = (text: string): boolean => {
  const [, year, month = "01", day = "01"] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text) ?? [];
  if (!year || year === "0000") return false;
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
};

export const slugIs = (slug: string | undefined) => (slug ? { slug: { eq: slug } } : undefined);
export const someSlug = (slug: string | undefined) => (slug ? { some: { slug: { eq: slug } } } : undefined);
export const contains = (text: string | undefined) => (text ? { contains: text } : undefined);

/** An actor, and who is part of it today. */
export const within = (slug: string | undefined) => (slug ? { within: { slug } } : undefined);

/** The records to which an address may narrow claims. */
export const RECORDS = ["actor", "event", "proposition", "source"] as const;
/** All by which an address may narrow claims. */
export const CLAIM_FILTERS = [...RECORDS, "act", "stance", "from", "to"] as const;

/** All statuses, in the order in which their rules are tried. */
export const STATUSES = [
  "CONTESTED",
  "CONCEDED",
  "NOT_COMPARABLE",
  "CORROBORATED",
  "SINGLE_SOURCED",
  "RETRACTED",
  "NO_POSITION",
] as const satisfies readonly DisputeStatus[];
export const ACTS = Object.keys(en.actNoun) as SpeechAct[];
export const STANCES = ["AFFIRMS", "REJECTS", "NEUTRAL"] as const satisfies readonly Stance[];

/**
 * The claims that an address means.
 *
 * @throws BadAddress when it asks for what there is not
 */
export function claimsMeant(asked: Asked): ClaimWhere {
  const { actor, event, proposition, source } = given(asked, RECORDS);
  const [act, stance] = [oneOf(asked, "act", ACTS), oneOf(asked, "stance", STANCES)];
  const [from, to] = [periodOf(asked, "from"), periodOf(asked, "to")];
  // 2025 and 2025-04 overlap: only what differs in what both name is in a wrong order.
  if (from && to && to < from.slice(0, to.length))
    throw new BadAddress(asked.locale.words.badOrder(from, to));
  return {
    assertedBy: within(actor),
    events: someSlug(event),
    proposition: slugIs(proposition),
    citations: source ? { some: { source: slugIs(source) } } : undefined,
    act: act && { eq: act },
    stance: stance && { eq: stance },
    assertedAt: from || to ? { possiblyDuring: `${from ?? ".."}/${to ?? ".."}` } : undefined,
  };
}

/** What an operation with the fragment `Narrowed` is asked, so that a page can name the records that its address names. */
export const narrowing = ({
  actor,
  event,
  proposition,
  source,
}: Partial<Record<(typeof RECORDS)[number], string>>) => ({
  actor,
  event,
  proposition,
  source,
  byActor: Boolean(actor),
  byEvent: Boolean(event),
  byProposition: Boolean(proposition),
  bySource: Boolean(source),
});
