import * as enums from "../generated/prisma/enums.js";
import { vocabulary } from "../graphql/filters.js";

export type SourceKind = enums.SourceKind;
export const SourceKind = vocabulary("SourceKind", enums.SourceKind, "What sort of publication it is.", {
  ARTICLE: "An article of an outlet.",
  OFFICIAL_STATEMENT: "A statement, order or record that an authority or organisation issued itself.",
  SOCIAL_POST: "A post on a social network.",
  BROADCAST: "A radio, television or video programme.",
  DATASET: "A collection of data.",
  DOCUMENT: "A report, contract, letter or other document.",
  OTHER: "None of these.",
});

export type TextAccess = enums.TextAccess;
export const TextAccess = vocabulary("TextAccess", enums.TextAccess, "Who may read a source's full text.", {
  PUBLIC: "Everybody.",
  ANALYST: "Analysts and above. Its quoted spans are public all the same.",
});

export type Reliability = enums.Reliability;
export const Reliability = vocabulary(
  "Reliability",
  enums.Reliability,
  "How reliable a source is: the letters of the Admiralty code (NATO AJP-2.1).",
  {
    A: "Completely reliable.",
    B: "Usually reliable.",
    C: "Fairly reliable.",
    D: "Not usually reliable.",
    E: "Unreliable.",
    F: "Reliability cannot be judged.",
  },
);
