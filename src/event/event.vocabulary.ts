import * as enums from "../generated/prisma/enums.js";
import { vocabulary } from "../graphql/filters.js";

export type EventType = enums.EventType;
export const EventType = vocabulary(
  "EventType",
  enums.EventType,
  "What sort of event it is: the PLOVER categories (https://github.com/openeventdata/PLOVER).",
  {
    AGREE: "Agree to something, or sign an agreement.",
    CONSULT: "Meet, talk or visit.",
    SUPPORT: "Support in words or by symbolic acts.",
    CONCEDE: "Give in, yield or lift a measure.",
    COOPERATE: "Work together in practice.",
    AID: "Give material, military or humanitarian help.",
    RETREAT: "Withdraw, release or surrender.",
    REQUEST: "Ask, demand or appeal.",
    ACCUSE: "Criticise, blame or charge.",
    REJECT: "Refuse or veto.",
    THREATEN: "Threaten.",
    PROTEST: "Demonstrate or strike.",
    SANCTION: "Cut relations, embargo or expel.",
    MOBILIZE: "Deploy, exercise or raise readiness without using force.",
    COERCE: "Seize, detain or repress.",
    ASSAULT: "Use force.",
    ACCIDENT: "Something went wrong that nobody meant: an explosion, a crash, a spill.",
    DISASTER: "A disaster of nature, or of its scale.",
    CRIME: "A crime that is no act of war.",
    INVESTIGATION: "An authority or another body looks into something.",
    TRIAL: "A trial, a ruling or a verdict.",
    ELECTION: "An election or a referendum.",
    PUBLICATION: "Something is published: a report, a leak, a recording.",
    STATEMENT: "Somebody speaks in public: a speech, a press conference.",
    HEALTH: "An illness spreads, or people fall ill.",
    OTHER: "None of these.",
  },
);

export type GeoPrecision = enums.GeoPrecision;
export const GeoPrecision = vocabulary("GeoPrecision", enums.GeoPrecision, "How finely a place is known.", {
  EXACT: "The very spot.",
  SETTLEMENT: "A town or village; the coordinates are its centre.",
  DISTRICT: "A district; the coordinates are its centre.",
  REGION: "A region or province; the coordinates are its centre.",
  COUNTRY: "A country; the coordinates are its centre.",
});

export type ParticipantRole = enums.ParticipantRole;
export const ParticipantRole = vocabulary(
  "ParticipantRole",
  enums.ParticipantRole,
  "An actor's part in an event.",
  {
    INITIATOR: "Began it or did it.",
    TARGET: "It was aimed at them.",
    SUPPORTER: "Helped the initiator.",
    MEDIATOR: "Stood between the sides.",
    PARTICIPANT: "Took part.",
    AFFECTED: "Bore its consequences.",
    OPERATOR: "Ran what it happened to: the plant, the ship, the line.",
    RESPONDER: "Came to help: a fire brigade, a rescue service.",
    INVESTIGATOR: "Looked into it.",
    VICTIM: "Was hurt or lost something.",
  },
);
