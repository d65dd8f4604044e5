import type { PropositionPageQuery } from "../../generated/pages/graphql.js";
import { figureHeld, number } from "../format.js";
import { type Locale, useLocale } from "../locale.js";
import { stanceBefore } from "./marks.js";
import { namesOf } from "./rows.js";
import { nameFor, When } from "./text.js";

export type Dispute = NonNullable<PropositionPageQuery["proposition"]>["dispute"];
type Kind = NonNullable<PropositionPageQuery["proposition"]>["kind"];

/** So many figures are told in the sentence. */
const MOST_FIGURES = 4;

/** Who stands where, as one phrase for each stance: "Russia: says yes; Ukraine: says no". */
export function inWords(locale: Locale, { sides, status }: Dispute, kind: Kind, unit: string | null): string {
  const { words } = locale;
  const held = sides.filter(({ stance }) => stance === "AFFIRMS" || stance === "REJECTS");
  if (kind === "QUANTITY" && held.some((side) => side.figure)) {
    const told = held.slice(0, MOST_FIGURES).map((side) => {
      const says = side.figure
        ? `${figureHeld(locale, side.figure, side.stance)}${unit ? ` ${unit}` : ""}`
        : words.stance[side.stance];
      return words.sentence(nameFor(locale, side.actor).name, says);
    });
    const rest = held.length - told.length;
    return `${[...told, ...(rest > 0 ? [words.showRest(rest)] : [])].join("; ")}.`;
  }
  const phrases = (["AFFIRMS", "REJECTS", "SILENT", "WITHDRAWN"] as const)
    .map((stance) => ({ stance, group: sides.filter((side) => side.stance === stance) }))
    .filter(
      ({ group, stance }) =>
        group.length > 0 && (held.length === 0 || stance === "AFFIRMS" || stance === "REJECTS"),
    )
    .map(({ stance, group }) => words.stands(namesOf(locale, group), stance, group.length));
  return phrases.length > 0 ? `${phrases.join("; ")}.` : words.statusMeaning[status];
}

/** Two digits say how many times something is. */
const rounded = (times: number): number => Number(times.toPrecision(2));

/** The sentence under a proposition: who stands where, and who stood elsewhere before. */
export function Sentence({ dispute, kind, unit }: { dispute: Dispute; kind: Kind; unit: string | null }) {
  const locale = useLocale();
  const { words } = locale;
  const { overlap } = dispute;
  return (
    <p class="sentence">
      {inWords(locale, dispute, kind, unit)}
      {dispute.status === "CONCEDED" &&
        dispute.sides.map((side) => {
          const before = stanceBefore(side);
          return before && ` ${words.had[before](nameFor(locale, side.actor).name)}`;
        })}
      {kind === "QUANTITY" &&
        dispute.status === "CORROBORATED" &&
        overlap?.low != null &&
        overlap.high != null && (
          <>
            {" "}
            {words.overlap(
              overlap.low === overlap.high
                ? number(locale, overlap.low)
                : `${number(locale, overlap.low)}–${number(locale, overlap.high)}`,
            )}
          </>
        )}
      {kind === "QUANTITY" && dispute.status === "CORROBORATED" && (dispute.spread ?? 1) > 1 && (
        <> {words.spread(number(locale, rounded(dispute.spread ?? 1)))}</>
      )}
      {dispute.sides.some(({ divided }) => divided) && <> {words.someDivided}</>}
      {dispute.since && (
        <span class="facts">
          {" "}
          <When date={dispute.since} prefix={words.heldSince} />
        </span>
      )}
    </p>
  );
}
