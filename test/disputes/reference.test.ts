import { CASES, inWordsOfCase, PROPOSITION, worldOf } from "./cases.js";
import { disputeOf, PlainWorld } from "./reference.js";

test.each(CASES)("the reference: $name", (worked) => {
  const world = new PlainWorld(worldOf(worked));
  for (const { on = null, dates = "POSSIBLY", ...expected } of worked.expect) {
    const dispute = disputeOf(world, PROPOSITION, { on, dates });
    const sides = dispute.sides.map(({ actor, stance, divided }) => ({ name: actor, stance, divided }));
    const { origins, ...said } = inWordsOfCase({ ...dispute, sides });
    const wanted = { ...expected, conflicts: [...expected.conflicts].sort() };
    expect({ on, dates, ...(expected.origins !== undefined && { origins }), ...said }).toEqual({
      on,
      dates,
      ...wanted,
    });
  }
});
