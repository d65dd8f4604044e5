import type { LineFragment, PropositionPageQuery, SaidFragment } from "../../generated/pages/graphql.js";
import { useLocale } from "../locale.js";
import { ClaimLines, ClaimLink, SaidClaim } from "./claim.js";
import { Mark } from "./marks.js";
import { When, Who } from "./text.js";

type Dispute = NonNullable<PropositionPageQuery["proposition"]>["dispute"];
export type Side = Dispute["sides"][number];
export type Position = Side["positions"][number];

/** The claim on which a side's stance rests, and those of its other voices that hold the same. */
function deciding({ decidingClaim, positions, stance }: Side): {
  first: SaidFragment;
  others: LineFragment[];
} {
  const others = positions
    .filter((position) => position.stance === stance && position.decidingClaim.id !== decidingClaim.id)
    .map((position) => position.decidingClaim);
  return { first: decidingClaim, others };
}

/** A side with its present words. */
export function SideCard({ side }: { side: Side }) {
  const { words } = useLocale();
  const { first, others } = deciding(side);
  const opposed = side.positions.filter(
    ({ stance }) => (stance === "AFFIRMS" || stance === "REJECTS") && stance !== side.stance,
  );
  const earlier = side.positions
    .flatMap((position) => position.history.map((change) => ({ ...change, actor: position.actor })))
    .filter(({ stance, claim }) => claim.id !== first.id && stance !== side.stance && stance !== "WITHDRAWN");
  return (
    <article class="side" aria-labelledby={`side-${side.actor.slug}`}>
      <h3 id={`side-${side.actor.slug}`}>
        <Who actor={side.actor} />
        {side.since && (
          <span class="since">
            {" "}
            <When date={side.since} prefix={words.sinceWhen} />
          </span>
        )}
      </h3>
      {side.divided && <p class="note">{words.divided}</p>}
      <SaidClaim claim={first} side={side.actor} />
      {opposed.map((position) => (
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
              <li key={claim.id}>
                <Mark stance={stance} /> {words.stance[stance]}, <When date={on} />
                {actor.id !== side.actor.id && (
                  <>
                    , <Who actor={actor} />
                  </>
                )}
                : <ClaimLink id={claim.id} statement={claim.statement} language={claim.language} />
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
