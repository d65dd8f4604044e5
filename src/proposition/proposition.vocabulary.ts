import * as enums from "../generated/prisma/enums.js";
import { vocabulary } from "../graphql/filters.js";

export type PropositionKind = enums.PropositionKind;
export const PropositionKind = vocabulary(
  "PropositionKind",
  enums.PropositionKind,
  "What an answer to it looks like.",
  {
    YES_NO: "It is so, or it is not so.",
    QUANTITY: "It is a number.",
  },
);

export type Measure = enums.Measure;
export const Measure = vocabulary("Measure", enums.Measure, "What a quantity counts.", {
  KILLED: "People killed.",
  WOUNDED: "People wounded.",
  KILLED_OR_WOUNDED: "People killed or wounded, together.",
  CAPTURED: "People taken prisoner.",
  MISSING: "People missing.",
  DEPLOYED: "People sent.",
  DISPLACED: "People who had to leave.",
  EQUIPMENT_LOST: "Pieces of equipment lost.",
  AREA: "An area.",
  INJURED: "Persons injured.",
  ILL: "Persons who fell ill.",
  AFFECTED: "Persons affected in any way.",
  DETAINED: "Persons detained or arrested.",
  EVACUATED: "Persons brought to safety.",
  MONEY: "Money; the unit is the currency (ISO 4217), such as EUR.",
  MASS: "Mass; the unit is kg, t, …",
  VOLUME: "Volume; the unit is l, m³, …",
  DURATION: "Duration; the unit is h, days, …",
  SHARE: "A share of a whole; the unit is %.",
  OTHER: "Something else, as `unit` and `population` say.",
});
