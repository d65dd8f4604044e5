import type { LineFragment, PropositionKind, PropositionPageQuery } from "../../generated/pages/graphql.js";
import { useLocale } from "../locale.js";
import { ClaimLines, ClaimLink, SaidClaim, Standing } from "./claim.js";
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
export function SideCard({ side, kind, on }: { side: Side; kind: PropositionKind; on?: string }) {
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
    .map(({ history }) => history.at(-1))
    .find((change) => change?.stance === side.stance && change.on?.edtf === side.since?.edtf);
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
      <SaidClaim claim={first} side={side.actor} />
      {on && (first.assertedAt?.latest ?? "9999") > on && <p class="note">{words.maybeLater}</p>}
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
      {elsewhere.map((position) => (
        <div class="opposed" key={position.actor.id}>
          <p class="whose">
            <Mark stance={position.stance} /> {words.stanceHeading[position.stance]}
          </p>
          <ClaimLines claims={[position.decidingClaim]} />
        </div>
      ))}
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
