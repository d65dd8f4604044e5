import { actorRecord } from "./actor/actor.record.js";
import { claimRecord } from "./claim/claim.record.js";
import { recordClaims } from "./claim/record-claims.js";
import { reviewMutations } from "./claim/review.js";
import { eventRecord } from "./event/event.record.js";
import { propositionRecord } from "./proposition/proposition.record.js";
import type { Class } from "./reading/entity.js";
import { eraseHistoryMutation } from "./revision/erase-history.js";
import { restoreMutation } from "./revision/restore.js";
import { sourceRecord } from "./source/source.record.js";
import { partMutations } from "./writing/part-mutations.js";
import { recordMutations } from "./writing/record-mutations.js";

const made: Class[] = [];

/** The resolvers of all mutations of records. They are made when all kinds of records are known, and once. */
export function mutations(): readonly Class[] {
  if (made.length === 0) {
    for (const kind of [actorRecord, eventRecord, propositionRecord, sourceRecord]) {
      made.push(...recordMutations(kind, "create"), ...partMutations(kind));
    }
    made.push(...recordMutations(claimRecord, "record"), ...partMutations(claimRecord), recordClaims());
    made.push(...reviewMutations(), restoreMutation(), eraseHistoryMutation());
  }
  return made;
}
