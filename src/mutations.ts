import { RECORDS } from "./records.js";
import { eraseHistoryMutation } from "./revision/erase-history.js";
import { restoreMutation } from "./revision/restore.js";
import { batchMutation } from "./writing/batch.js";
import { partMutations } from "./writing/part-mutations.js";
import { recordMutations } from "./writing/record-mutations.js";

/** The resolvers of all mutations of records. */
export const MUTATIONS = [
  ...RECORDS.flatMap((kind) => [
    ...recordMutations(kind),
    batchMutation(kind),
    ...partMutations(kind),
    ...(kind.mutations?.() ?? []),
  ]),
  restoreMutation(),
  eraseHistoryMutation(),
];
