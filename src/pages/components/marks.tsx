import type { DisputeStatus, SideStance, Stance, StancesFragment } from "../../generated/pages/graphql.js";
import { type Locale, useLocale } from "../locale.js";
import { Recorded, Unseen } from "./text.js";

/** The shape of a stance. Shapes differ, since colours alone do not tell them apart for everybody. */
type Shape = "yes" | "no" | "none";

export const shapeOf = (stance: SideStance | Stance): Shape =>
  stance === "AFFIRMS" ? "yes" : stance === "REJECTS" ? "no" : "none";

/** What is drawn of a shape, in a box of 14 by 14. */
export function Strokes({ shape }: { shape: Shape }) {
  if (shape === "yes") return <rect x="1" y="1" width="12" height="12" class="fill yes" />;
  if (shape === "no")
    return (
      <>
        <rect x="2" y="2" width="10" height="10" class="open no" />
        <path d="M4 10 L10 4" class="open no" />
      </>
    );
  return <circle cx="7" cy="7" r="5" class="open none dotted" />;
}

/** A stance as a mark beside its words. */
export function Mark({ stance }: { stance: SideStance | Stance }) {
  return (
    <svg class="mark" width="14" height="14" viewBox="0 0 14 14" aria-hidden="true">
      <Strokes shape={shapeOf(stance)} />
    </svg>
  );
}

/** From one stance to another; from none when the earlier one is not known. */
export function Turn({ from, to }: { from?: SideStance; to: SideStance }) {
  return (
    <span class="turn">
      {from && <Mark stance={from} />}
      <span aria-hidden="true">→</span>
      <Mark stance={to} />
    </span>
  );
}

/** A stance that is left when another one is taken. */
type Before = "AFFIRMS" | "REJECTS" | "SILENT";

/** The stance from which a side came to the one that it holds now, if it has changed. */
export function stanceBefore({ stance, positions }: StancesFragment): Before | undefined {
  // The last of a history is what is held now.
  const earlier = positions.flatMap(({ history }) => history.slice(0, -1).map((change) => change.stance));
  return (["REJECTS", "AFFIRMS", "SILENT"] as const).find((one) => one !== stance && earlier.includes(one));
}

/** The stance that somebody gave up, of a proposition that was conceded: a denial before a silence. */
function turnedFrom(sides: readonly StancesFragment[]): Before | undefined {
  const earlier = sides.map(stanceBefore);
  return earlier.find((stance) => stance && stance !== "SILENT") ?? earlier.find(Boolean);
}

/** What a status looks like: the marks that make it. `before` is the stance out of which somebody conceded, if it is known. */
export function StatusMarks({
  status,
  before,
  stance,
  agreed = false,
}: {
  status: DisputeStatus;
  before?: SideStance;
  stance?: SideStance | null;
  /** Whether all say yes, or all no, and contradict each other in another way: by figures, or in so many words. */
  agreed?: boolean;
}) {
  const held = stance ?? "AFFIRMS";
  switch (status) {
    case "CONTESTED":
      return agreed ? (
        <span class="turn">
          <Mark stance={held} />
          <span aria-hidden="true">≠</span>
          <Mark stance={held} />
        </span>
      ) : (
        <span class="turn">
          <Mark stance="AFFIRMS" />
          <Mark stance="REJECTS" />
        </span>
      );
    case "CONCEDED":
      return <Turn from={before} to={held} />;
    case "CORROBORATED":
    case "NOT_COMPARABLE":
      return (
        <span class="turn">
          <Mark stance={held} />
          {status === "NOT_COMPARABLE" && <span aria-hidden="true">|</span>}
          <Mark stance={held} />
        </span>
      );
    case "SINGLE_SOURCED":
      return <Mark stance={held} />;
    default:
      return <Mark stance="NEUTRAL" />;
  }
}

/** A status in words: one that several share says whether they say yes or no. */
export const statusIn = (
  { words }: Pick<Locale, "words">,
  { status, stance }: { status: DisputeStatus; stance: SideStance | null },
): string => (stance === "REJECTS" && words.statusOfNo[status]) || words.status[status];

/** What of a dispute its status is drawn from. */
interface Status {
  readonly status: DisputeStatus;
  readonly stance: SideStance | null;
  readonly sides: readonly StancesFragment[];
}

/** The status of a dispute as marks. */
export const MarksOf = ({ dispute: { status, stance, sides } }: { dispute: Status }) => (
  <StatusMarks status={status} before={turnedFrom(sides)} stance={stance} agreed={stance !== null} />
);

/** The status of a proposition in a list, to see. It is heard with the link: {@link PropositionLink}. */
export const StatusCell = ({ dispute }: { dispute: Status }) => (
  <p class="status-marks">
    <MarksOf dispute={dispute} />
  </p>
);

/** A proposition's text, which leads to it. It is never heard without its status: alone it would sound like our own word. */
export function PropositionLink({
  slug,
  text,
  dispute,
}: {
  slug: string;
  text: string;
  dispute: Pick<Status, "status" | "stance">;
}) {
  const locale = useLocale();
  return (
    <a href={locale.href(`/propositions/${slug}`)}>
      <Unseen>{statusIn(locale, dispute)}: </Unseen>
      <Recorded text={text} />
    </a>
  );
}
