import type {
  ClaimStanding,
  LineFragment,
  SaidFragment,
  WhoFragment,
} from "../../generated/pages/graphql.js";
import { figureHeld } from "../format.js";
import { useLocale } from "../locale.js";
import { Cite } from "./cite.js";
import { Mark } from "./marks.js";
import { Recorded, Unseen, When, Who } from "./text.js";

/** What became of a claim, where it no longer says what somebody holds. */
const UNUSUAL: ReadonlySet<ClaimStanding> = new Set(["SUPERSEDED", "STRUCK", "DEPRECATED"]);

/** In words, what keeps a claim from standing; nothing where it stands, or has an ordinary follower. */
export const fallen = (
  words: ReturnType<typeof useLocale>["words"],
  { standing, status }: Pick<LineFragment, "standing" | "status">,
): string | undefined =>
  status !== "PUBLISHED"
    ? words.review[status]
    : UNUSUAL.has(standing)
      ? words.standing[standing]
      : undefined;

/** The same as a mark that is seen. */
export function Standing({ claim }: { claim: Pick<LineFragment, "standing" | "status"> }) {
  const text = fallen(useLocale().words, claim);
  return text ? <strong class="draft">{text}</strong> : null;
}

/** Who said it when, how sure, and where the record is. */
export function ClaimFacts({
  claim,
  side,
  linked = false,
}: {
  claim: LineFragment;
  side?: WhoFragment;
  /** Whether a link to the record is wanted: where the statement itself is none. */
  linked?: boolean;
}) {
  const { words, href } = useLocale();
  const { assertedBy, attributedAs, certainty, speaker } = claim;
  const parts = [
    <When date={claim.assertedAt} />,
    claim.figure?.asOf && <When date={claim.figure.asOf} prefix={words.countedFor} />,
    side && assertedBy.id !== side.id && (
      <>
        {words.speaker}: <Who actor={assertedBy} />
      </>
    ),
    speaker && (
      <>
        {words.spokenBy}: <Who actor={speaker} />
      </>
    ),
    attributedAs && (
      <>
        {words.attributedAs}: <q dir="auto">{attributedAs}</q>
      </>
    ),
    (certainty === "PROBABLE" || certainty === "POSSIBLE") && words.certainty[certainty],
    fallen(words, claim) && <Standing claim={claim} />,
    linked && (
      <a href={href(`/claims/${claim.id}`)}>
        {words.record}
        <Unseen>: {claim.statement}</Unseen>
      </a>
    ),
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

/** Who made a claim, and by which act. The act is a noun: it follows one name or several. */
export function By({
  claim: { stance, assertedBy, act },
}: {
  claim: Pick<LineFragment, "stance" | "assertedBy" | "act">;
}) {
  const { words } = useLocale();
  return (
    <>
      <Mark stance={stance} /> <Who actor={assertedBy} /> · {words.actNoun[act]}
      {stance !== "NEUTRAL" && <Unseen>, {words.stance[stance]}</Unseen>}
    </>
  );
}

/** A claim with the words it was published in: the first in sight, further sources folded. */
export function SaidClaim({
  claim,
  side,
  named = false,
  unit,
}: {
  claim: SaidFragment;
  /** Whose name stands above already. */
  side?: WhoFragment;
  /** Whether the claim itself is to say whose it is. */
  named?: boolean;
  /** What its figure counts. */
  unit?: string | null;
}) {
  const locale = useLocale();
  const { words } = locale;
  const [first, ...more] = claim.citations;
  return (
    <div class="said">
      {named && (
        <p class="by">
          <By claim={claim} />
        </p>
      )}
      <Recorded as="p" class="statement" text={claim.statement} language={claim.language} />
      {claim.figure && (
        <p class="number">
          {figureHeld(locale, claim.figure, claim.stance)} {unit}
        </p>
      )}
      <ClaimFacts claim={claim} side={side} linked />
      {first && <Cite citation={first} language={claim.language} attribution={claim.attribution} />}
      {more.length > 0 && (
        <details>
          <summary>{words.moreSources(more.length)}</summary>
          {more.map((citation) => (
            <Cite key={citation.id} citation={citation} language={claim.language} />
          ))}
        </details>
      )}
    </div>
  );
}

/** A longer statement is cut where it is one line of many. In characters. */
const LONGEST = 280;

/** A text without its end, cut at a whole word where there are words. */
function shortened(text: string): string {
  if (text.length <= LONGEST) return text;
  const cut = text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.replace(/\s+\S{0,40}$/u, "")} …`;
}

/** Our words of a claim, which lead to it. */
export function ClaimLink({ id, statement, language }: { id: string; statement: string; language: string }) {
  const { href } = useLocale();
  return (
    <a href={href(`/claims/${id}`)} lang={language} dir="auto">
      {shortened(statement)}
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
            <By claim={claim} />:{" "}
            <ClaimLink id={claim.id} statement={claim.statement} language={claim.language} />
            {claim.figure && (
              <strong class="inline-number"> {figureHeld(locale, claim.figure, claim.stance)}</strong>
            )}
          </p>
          <ClaimFacts claim={claim} />
        </li>
      ))}
    </ul>
  );
}
