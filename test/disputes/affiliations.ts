import { compareTexts, hasOpenStart, spanOf } from "./days.js";
import type { Affiliation, Claim, PlainWorld } from "./plain-world.js";

/** The day on which affiliations are looked up for a claim (section 4, “when”). */
export function dayOf({ assertedAt, recordedAt }: Claim): string {
  if (assertedAt === null) return recordedAt.slice(0, 10);
  const span = spanOf(assertedAt);
  return hasOpenStart(span) ? span.last : span.first;
}

/** Whether an affiliation possibly holds on a day (section 4). */
const holds = ({ from, until }: Affiliation, day: string): boolean =>
  (from === null || spanOf(from).first <= day) && (until === null || day <= spanOf(until).last);

/** Which of two affiliations comes later (section 4): the later start, those without a start before all others, then the id. */
function beginning(one: Affiliation, other: Affiliation): number {
  const starts =
    one.from === null || other.from === null
      ? Number(one.from !== null) - Number(other.from !== null)
      : spanOf(one.from).to - spanOf(other.from).to;
  return starts || compareTexts(one.id, other.id);
}

/** The side of an actor on a day: the last actor that PART_OF leads to (section 4). */
export function sideOn(world: PlainWorld, actor: string, day: string): string {
  const passed = new Set<string>();
  for (let at = actor; ; ) {
    if (passed.has(at)) throw new Error(`${actor} is part of itself on ${day}`);
    passed.add(at);
    const last = world
      .affiliationsOf(at)
      .filter((affiliation) => holds(affiliation, day))
      .sort(beginning)
      .at(-1);
    if (!last) return at;
    at = last.of;
  }
}

/** The side for which a claim speaks (section 4): that of its actor, when it was asserted. */
export const sideOf = (world: PlainWorld, claim: Claim): string => sideOn(world, claim.by, dayOf(claim));
