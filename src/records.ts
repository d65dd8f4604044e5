import { actorRecord } from "./actor/actor.record.js";
import { claimRecord } from "./claim/claim.record.js";
import { eventRecord } from "./event/event.record.js";
import { propositionRecord } from "./proposition/proposition.record.js";
import { nameRecord } from "./revision/revision.type.js";
import { sourceRecord } from "./source/source.record.js";
import { registered } from "./writing/record.js";

/**
 * All kinds of records, in the order in which they are written: those that others refer to come first. Queries, mutations,
 * history and data sets follow from it, and from what the folder of each noun declares.
 */
export const RECORDS = registered([actorRecord, propositionRecord, eventRecord, sourceRecord, claimRecord]);

for (const { declared } of RECORDS) nameRecord(declared);
