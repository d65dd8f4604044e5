import type { RowFragment } from "../../generated/pages/graphql.js";
import { figureHeld, list } from "../format.js";
import { type Locale, useLocale } from "../locale.js";
import { Mark, PropositionLink, StatusCell, statusIn } from "./marks.js";
import { Name, nameFor, Recorded, When } from "./text.js";

type Side = RowFragment["dispute"]["sides"][number];

/** So many names are told; the others are counted. */
const MOST_NAMES = 3;

/** Names as a phrase: "A, B, C and 4 others". */
export function namesOf(locale: Locale, sides: readonly Side[]): string {
  const names = sides.map(({ actor }) => nameFor(locale, actor).name);
  return names.length <= MOST_NAMES
    ? list(locale, names)
    : locale.words.namesOnly(names.slice(0, MOST_NAMES - 1).join(", "), names.length - MOST_NAMES + 1);
}

const holding = (sides: readonly Side[]) =>
  sides.filter(({ stance }) => stance === "AFFIRMS" || stance === "REJECTS");

/** A proposition in a list: its status, its text, and who stands where. Those that are contested show their sides facing. */
export function DisputeRow({
  proposition,
  level: Heading = "h3",
}: {
  proposition: RowFragment;
  level?: "h2" | "h3";
}) {
  const locale = useLocale();
  const { words } = locale;
  const { dispute, kind, slug, text } = proposition;
  return (
    <article class="row">
      <StatusCell dispute={dispute} />
      <div>
        <Heading class="title">
          <PropositionLink slug={slug} text={text} dispute={dispute} />
        </Heading>
        {dispute.status === "CONTESTED" && kind === "YES_NO" ? (
          <Faces sides={dispute.sides} />
        ) : (
          <OneLine proposition={proposition} />
        )}
        <p class="facts">
          <StatusSince dispute={dispute} /> · {words.voices(dispute.voices)}
          {dispute.sides.some(({ divided }) => divided) && ` · ${words.someDivided}`}
        </p>
      </div>
    </article>
  );
}

/** A status in words, and since when it has been so. The status is for who sees: it is heard with the link. */
export function StatusSince({
  dispute,
}: {
  dispute: Pick<RowFragment["dispute"], "status" | "stance" | "since">;
}) {
  const locale = useLocale();
  return (
    <>
      <span aria-hidden="true">{statusIn(locale, dispute)}</span>
      {dispute.since && (
        <>
          {" "}
          <When date={dispute.since} prefix={locale.words.sinceWhen} />
        </>
      )}
    </>
  );
}

/** The two sides of a contested proposition, facing each other. */
function Faces({ sides }: { sides: readonly Side[] }) {
  return (
    <div class="faces">
      {(["AFFIRMS", "REJECTS"] as const).map((stance) => (
        <Face key={stance} stance={stance} sides={sides.filter((side) => side.stance === stance)} />
      ))}
    </div>
  );
}

function Face({ stance, sides }: { stance: "AFFIRMS" | "REJECTS"; sides: readonly Side[] }) {
  const locale = useLocale();
  const [first] = sides;
  if (!first) return null;
  return (
    <div class={stance === "AFFIRMS" ? "face yes" : "face no"}>
      <p>
        <Mark stance={stance} />{" "}
        <strong>{locale.words.stands(namesOf(locale, sides), stance, sides.length)}</strong>
      </p>
      <Recorded as="p" text={first.decidingClaim.statement} language={first.decidingClaim.language} />
    </div>
  );
}

function OneLine({ proposition: { dispute, kind, unit } }: { proposition: RowFragment }) {
  const locale = useLocale();
  const { words } = locale;
  const held = holding(dispute.sides);
  if (kind === "QUANTITY")
    return (
      <ul class="inline">
        {held.slice(0, 6).map(({ actor, figure: given, stance }) => (
          <li key={actor.id}>
            <Mark stance={stance} /> <Name actor={actor} />:{" "}
            <strong>
              {given
                ? [figureHeld(locale, given, stance), unit].filter(Boolean).join(" ")
                : words.stance[stance]}
            </strong>
          </li>
        ))}
        {held.length > 6 && <li>{words.showRest(held.length - 6)}</li>}
      </ul>
    );
  const groups = (["AFFIRMS", "REJECTS"] as const)
    .map((stance) => ({ stance, sides: held.filter((side) => side.stance === stance) }))
    .filter(({ sides }) => sides.length > 0);
  return (
    <ul class="inline">
      {groups.map(({ stance, sides }) => (
        <li key={stance}>
          <Mark stance={stance} /> {words.stands(namesOf(locale, sides), stance, sides.length)}
        </li>
      ))}
    </ul>
  );
}
