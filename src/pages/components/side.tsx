import type {
  LineFragment,
  PropositionKind,
  PropositionPageQuery,
  TurnedFragment,
} from "../../generated/pages/graphql.js";
import { figureHeld } from "../format.js";
import { useLocale } from "../locale.js";
import { ClaimFacts, ClaimLines, ClaimLink, SaidClaim, Standing } from "./claim.js";
import { Mark } from "./marks.js";
import { stanceIn, When, Who } from "./text.js";

type Dispute = NonNullable<PropositionPageQuery["proposition"]>["dispute"];
export type Side = Dispute["sides"][number];

/** The claim on which a side's stance rests, and those of its other voices that hold the same. */
function deciding({ decidingClaim, positions, stance }: Side): {
  first: Side["decidingClaim"];
  others: LineFragment[];
} {
  const others = positions
    .filter((position) => position.stance === stance && position.decidingClaim.id !== decidingClaim.id)
    .map((position) => position.decidingClaim);
  return { first: decidingClaim, others };
}

/** A side with its present words. */
export function SideCard({
  side,
  kind,
  unit,
  on,
}: {
  side: Side;
  kind: PropositionKind;
  unit: string | null;
  /** The day of the page, if it is not today's. */
  on?: string;
}) {
  const locale = useLocale();
  const { words } = locale;
  const { first, others } = deciding(side);
  const elsewhere = side.positions.filter(
    ({ stance, decidingClaim }) => stance !== side.stance && decidingClaim.id !== first.id,
  );
  // The last of a history is what is held now.
  const earlier = side.positions.flatMap(({ actor, history }) =>
    history.slice(0, -1).map((change) => ({ ...change, actor })),
  );
  const began = side.positions
    .flatMap(({ history }) => history)
    .find((change) => change.stance === side.stance && change.on?.edtf === side.since?.edtf);
  const later = [first, ...side.positions.map(({ decidingClaim }) => decidingClaim)].some(
    ({ assertedAt }) => on && (assertedAt?.latest ?? "9999") > on,
  );
  const struck = first.relations.filter(({ type, from }) => type === "RETRACTS" && from.id === first.id);
  return (
    <article class="side" aria-labelledby={`side-${side.actor.slug}`}>
      <h4 id={`side-${side.actor.slug}`}>
        <Who actor={side.actor} />
        {side.since && (
          <span class="since">
            {" "}
            <When date={side.since} prefix={words.sinceWhen} />
          </span>
        )}
      </h4>
      {side.divided && <p class="note">{words.divided}</p>}
      <SaidClaim claim={first} side={side.actor} unit={unit} />
      {side.figure && !first.figure && (
        <p class="number">
          {figureHeld(locale, side.figure, side.stance)} {unit}
        </p>
      )}
      {later && <p class="note">{words.maybeLater}</p>}
      {began && began.claim.id !== first.id && (
        <p class="facts">
          {words.firstSaid}:{" "}
          <ClaimLink id={began.claim.id} statement={began.claim.statement} language={began.claim.language} />
        </p>
      )}
      {struck.length > 0 && (
        <div class="earlier">
          <p class="whose">{words.takesBack}</p>
          <ClaimLines claims={struck.map(({ to }) => to)} />
        </div>
      )}
      {!side.positions.every(({ orderCertain }) => orderCertain) && (
        <p class="note">{words.orderUncertain}</p>
      )}
      {elsewhere.length > 0 && (
        <div class="opposed">
          <p class="whose">{words.itsOtherVoices}</p>
          <ul class="lines">
            {elsewhere.map(({ actor, stance, history, decidingClaim: claim }) => (
              <li key={actor.id}>
                <p>
                  <Mark stance={stance} /> <Who actor={actor} />:{" "}
                  {history.length > 0
                    ? stanceIn(locale, history.at(-1) as TurnedFragment, actor, kind)
                    : words.stance[stance]}{" "}
                  · <ClaimLink id={claim.id} statement={claim.statement} language={claim.language} />
                </p>
                <ClaimFacts claim={claim} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {earlier.length > 0 && (
        <div class="earlier">
          <p class="whose">{words.whoSaidBefore}</p>
          <ul>
            {earlier.map(({ stance, on, claim, actor }) => (
              <li key={`${claim.id} ${actor.id}`}>
                <Mark stance={stance} /> {stanceIn(locale, { stance, claim }, actor, kind)},{" "}
                <When date={on} />
                {actor.id !== side.actor.id && (
                  <>
                    , <Who actor={actor} />
                  </>
                )}
                : <ClaimLink id={claim.id} statement={claim.statement} language={claim.language} />{" "}
                <Standing claim={claim} />
              </li>
            ))}
          </ul>
        </div>
      )}
      {others.length > 0 && (
        <details>
          <summary>{words.otherClaims(others.length)}</summary>
          <ClaimLines claims={others} />
        </details>
      )}
    </article>
  );
}
