import type {
  DisputeStatus,
  PropositionKind,
  SideStance,
  Stance,
  StancesFragment,
} from "../../generated/pages/graphql.js";
import { useLocale } from "../locale.js";

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
  const earlier = positions.flatMap(({ history }) => history.map((change) => change.stance));
  return (["REJECTS", "AFFIRMS", "SILENT"] as const).find((one) => one !== stance && earlier.includes(one));
}

/** The stance that somebody gave up, of a proposition that was conceded: a denial before a silence. */
export function turnedFrom(sides: readonly StancesFragment[]): Before | undefined {
  const earlier = sides.map(stanceBefore);
  return earlier.find((stance) => stance && stance !== "SILENT") ?? earlier.find(Boolean);
}

/** What a status looks like: the marks that make it. `before` is the stance out of which somebody conceded, if it is known. */
export function StatusMarks({
  status,
  kind,
  before,
  stance,
}: {
  status: DisputeStatus;
  kind: PropositionKind;
  before?: SideStance;
  stance?: SideStance | null;
}) {
  const held = stance ?? "AFFIRMS";
  switch (status) {
    case "CONTESTED":
      return kind === "QUANTITY" ? (
        <span class="turn">
          <Mark stance="AFFIRMS" />
          <span aria-hidden="true">≠</span>
          <Mark stance="AFFIRMS" />
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

/** The words of a stance, with its mark. */
export function Says({ stance }: { stance: SideStance }) {
  const { words } = useLocale();
  return (
    <span class="says">
      <Mark stance={stance} /> {words.stance[stance]}
    </span>
  );
}
