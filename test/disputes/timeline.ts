import { isStruck, liesBy, type Seen } from "./counted.js";
import { spanOf } from "./days.js";
import { type Dispute, type DisputeStatus, disputeOf } from "./dispute.js";
import { type Claim, type PlainWorld, relates } from "./plain-world.js";
import type { SideStance } from "./positions.js";

/** A day on which the dispute changed (section 8). */
export interface DisputeChange {
  /** Null for what claims without a date, or with an open start, give: they possibly lie by every day. */
  readonly on: string | null;
  readonly status: DisputeStatus;
  /** The sides whose stance changed, as they are on that day. */
  readonly sides: readonly { readonly actor: string; readonly stance: SideStance }[];
  /** The claims that came on that day and count, strike, or stand retracted. */
  readonly claims: readonly Claim[];
}

/** A day before every day: what lies by it lies by all of them. */
const BEFORE = "";

const seenOn = (on: string): Seen => ({ on, dates: "POSSIBLY" });

/** The claims that may have a part in a dispute: those about the proposition, and those that strike them. */
function concerned(world: PlainWorld, proposition: string): Claim[] {
  const about = world.claimsOf(proposition);
  const striking = about.flatMap((claim) =>
    world.speakingOf(claim.id).filter((other) => relates(other, "RETRACTS", claim)),
  );
  return [...new Set([...about, ...striking])];
}

const startOf = ({ assertedAt }: Claim): string => (assertedAt === null ? BEFORE : spanOf(assertedAt).first);

const stancesOf = ({ sides }: Dispute): Map<string, SideStance> =>
  new Map(sides.map(({ actor, stance }) => [actor, stance]));

/** Which claims came with a day and may have changed something (section 8, “the claims of that day that did it”). */
function cameWith(world: PlainWorld, proposition: string, day: string): Claim[] {
  const seen = seenOn(day);
  return concerned(world, proposition).filter((claim) => {
    if (startOf(claim) !== day || !liesBy(claim, seen)) return false;
    if (claim.status === "RETRACTED") return claim.proposition === proposition;
    if (claim.status !== "PUBLISHED" || claim.rank === "DEPRECATED") return false;
    const strikes = world.claimsOf(proposition).some((other) => relates(claim, "RETRACTS", other));
    return strikes || (claim.proposition === proposition && !isStruck(world, claim, seen));
  });
}

/** The days on which a dispute changed, and what changed (section 8). */
export function timelineOf(world: PlainWorld, proposition: string): DisputeChange[] {
  const days = [...new Set([BEFORE, ...concerned(world, proposition).map(startOf)])].sort();
  const changes: DisputeChange[] = [];
  let before: Pick<Dispute, "status" | "sides"> = { status: "NO_POSITION", sides: [] };
  for (const day of days) {
    const dispute = disputeOf(world, proposition, seenOn(day));
    const [was, is] = [stancesOf(before as Dispute), stancesOf(dispute)];
    const sides = dispute.sides.filter(({ actor, stance }) => was.get(actor) !== stance);
    const gone = [...was.keys()].some((actor) => !is.has(actor));
    if (dispute.status !== before.status || sides.length > 0 || gone) {
      changes.push({
        on: day === BEFORE ? null : day,
        status: dispute.status,
        sides: sides.map(({ actor, stance }) => ({ actor, stance })),
        claims: cameWith(world, proposition, day),
      });
    }
    before = dispute;
  }
  return changes.slice(-1000);
}
