import type { LineFragment, SaidFragment, WhoFragment } from "../../generated/pages/graphql.js";
import { figure } from "../format.js";
import { useLocale } from "../locale.js";
import { Cite } from "./cite.js";
import { Mark } from "./marks.js";
import { Recorded, When, Who } from "./text.js";

/** Who said it when, how sure, and where the record is. */
export function ClaimFacts({ claim, side }: { claim: LineFragment; side?: WhoFragment }) {
  const { words, href } = useLocale();
  const { assertedBy, certainty } = claim;
  const parts = [
    <When date={claim.assertedAt} />,
    side && assertedBy.id !== side.id && (
      <>
        {words.speaker}: <Who actor={assertedBy} />
      </>
    ),
    (certainty === "PROBABLE" || certainty === "POSSIBLE") && words.certainty[certainty],
    claim.status !== "PUBLISHED" && <strong class="draft">{words.review[claim.status]}</strong>,
    <a href={href(`/claims/${claim.id}`)}>{words.record}</a>,
  ].filter(Boolean);
  return (
    <p class="facts">
      {parts.map((part, n) => (
        <>
          {n > 0 && " · "}
          {part}
        </>
      ))}
    </p>
  );
}

/** A claim with the words it was published in: the first in sight, further sources folded. */
export function SaidClaim({
  claim,
  side,
  named = false,
}: {
  claim: SaidFragment;
  /** Whose name stands above already. */
  side?: WhoFragment;
  /** Whether the claim itself is to say whose it is. */
  named?: boolean;
}) {
  const locale = useLocale();
  const { words } = locale;
  const [first, ...more] = claim.citations;
  return (
    <div class="said">
      {named && (
        <p class="by">
          <Mark stance={claim.stance} /> <Who actor={claim.assertedBy} /> {words.act[claim.act]}
        </p>
      )}
      <Recorded as="p" class="statement" text={claim.statement} language={claim.language} />
      {claim.figure && <p class="number">{figure(locale, claim.figure)}</p>}
      <ClaimFacts claim={claim} side={side} />
      {first && <Cite citation={first} attribution={claim.attribution} />}
      {more.length > 0 && (
        <details>
          <summary>{words.moreSources(more.length)}</summary>
          {more.map((citation) => (
            <Cite key={citation.id} citation={citation} />
          ))}
        </details>
      )}
    </div>
  );
}

/** Our words of a claim, which lead to it. */
export function ClaimLink({ id, statement, language }: { id: string; statement: string; language: string }) {
  const { href } = useLocale();
  return (
    <a href={href(`/claims/${id}`)} lang={language} dir="auto">
      {statement}
    </a>
  );
}

/** Claims as a list: one line each, with whoever said it and when. */
export function ClaimLines({ claims }: { claims: readonly LineFragment[] }) {
  const locale = useLocale();
  const { words } = locale;
  if (claims.length === 0) return <p class="note">{words.nothing}</p>;
  return (
    <ul class="lines">
      {claims.map((claim) => (
        <li key={claim.id}>
          <p>
            <Mark stance={claim.stance} /> <Who actor={claim.assertedBy} /> {words.act[claim.act]}:{" "}
            <ClaimLink id={claim.id} statement={claim.statement} language={claim.language} />
            {claim.figure && <strong class="inline-number"> {figure(locale, claim.figure)}</strong>}
          </p>
          <ClaimFacts claim={claim} />
        </li>
      ))}
    </ul>
  );
}
