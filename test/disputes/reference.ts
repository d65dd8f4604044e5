// A second, plain and slow way to the answers about disputes, against which the first one is held. Each file follows some
// sections of the definition: see docs/disputes.md.
export { sideOf, sideOn } from "./affiliations.js";
export { type DateReading, EVERYTHING, type Seen } from "./counted.js";
export { type Dispute, type DisputeStatus, disputeOf } from "./dispute.js";
export { PlainWorld, type WorldRows } from "./plain-world.js";
export { orderIsCertain } from "./positions.js";
export { type ClaimStanding, figurePointsOf, standingsOf } from "./standing.js";
export { timelineOf } from "./timeline.js";
