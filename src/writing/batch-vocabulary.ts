import { registerEnumType } from "type-graphql";

export enum BatchMode {
  ALL_OR_NOTHING = "ALL_OR_NOTHING",
  EACH = "EACH",
}
registerEnumType(BatchMode, {
  name: "BatchMode",
  description: "What becomes of the good rows of a batch when others are wrong.",
  valuesConfig: {
    ALL_OR_NOTHING: { description: "One wrong row keeps all of them out." },
    EACH: { description: "Each row is recorded for itself; the wrong ones are left out." },
  },
});

export enum OnExisting {
  ERROR = "ERROR",
  SKIP = "SKIP",
  UPDATE = "UPDATE",
}
registerEnumType(OnExisting, {
  name: "OnExisting",
  description: "What becomes of a row whose external id, or slug, a record has already.",
  valuesConfig: {
    ERROR: { description: "It is refused with the code TAKEN." },
    SKIP: { description: "The record that is there is answered as it is." },
    UPDATE: {
      description:
        "What the row gives is changed of the record that is there; lists are replaced as a whole.",
    },
  },
});

export enum BatchOutcome {
  RECORDED = "RECORDED",
  UPDATED = "UPDATED",
  UNCHANGED = "UNCHANGED",
  REPLAYED = "REPLAYED",
  REFUSED = "REFUSED",
  LEFT_OUT = "LEFT_OUT",
}
registerEnumType(BatchOutcome, {
  name: "BatchOutcome",
  description: "What became of a row of a batch.",
  valuesConfig: {
    RECORDED: { description: "It is a new record." },
    UPDATED: { description: "The record that was there was changed." },
    UNCHANGED: { description: "The record that was there is as it was." },
    REPLAYED: { description: "It was recorded under the same `idempotencyKey` before; nothing was changed." },
    REFUSED: { description: "It is wrong: `errors` say why." },
    LEFT_OUT: {
      description:
        "Nothing is wrong with it, but with another row of a batch that is recorded whole or not at all.",
    },
  },
});
