import * as enums from "../generated/prisma/enums.js";
import { vocabulary } from "../graphql/filters.js";

export type ActorKind = enums.ActorKind;
export const ActorKind = vocabulary("ActorKind", enums.ActorKind, "What sort of actor it is.", {
  STATE: "A state as a whole.",
  GOVERNMENT: "A government, ministry or other civil authority.",
  MILITARY: "Armed forces of a state, or a part of them.",
  INTELLIGENCE_AGENCY: "An intelligence or security service.",
  INTERNATIONAL_ORGANIZATION: "An organisation of states.",
  NGO: "A non-governmental organisation.",
  ARMED_GROUP: "An armed group that is no state's military.",
  MEDIA: "An outlet, agency or broadcaster.",
  COMPANY: "A business.",
  PERSON: "A person, speaking for themselves or in an office.",
  UNNAMED_SOURCE: "People who are quoted without a name: officials, experts, witnesses.",
  POLITICAL_PARTY: "A political party or movement.",
  COURT: "A court or tribunal.",
  POLICE: "A police force, or a part of it.",
  LOCAL_GOVERNMENT: "The authority of a town, district or region.",
  UNION: "A trade union.",
  HOSPITAL: "A hospital or clinic.",
  RESEARCH: "A university, institute or laboratory.",
  OTHER: "None of these.",
});

export type NameKind = enums.NameKind;
export const NameKind = vocabulary("NameKind", enums.NameKind, "What sort of name it is.", {
  OFFICIAL: "The full official name.",
  SHORT: "The usual short name.",
  NATIVE: "The name in the actor's own language and script.",
  ACRONYM: "An abbreviation.",
  ALIAS: "Another name in use.",
  FORMER: "A name no longer in use.",
});

export type AffiliationRole = enums.AffiliationRole;
export const AffiliationRole = vocabulary(
  "AffiliationRole",
  enums.AffiliationRole,
  "How one actor belongs to another.",
  {
    PART_OF: "A part of it: what this actor says counts as said by that side.",
    MEMBER_OF: "A member that still speaks for itself.",
    LEADS: "Its head.",
    OFFICE_HOLDER: "Holds an office in it.",
    SPOKESPERSON: "Speaks for it.",
    ALLY: "Bound to it by a pact or by practice.",
    OTHER: "Otherwise, as `title` says.",
  },
);
