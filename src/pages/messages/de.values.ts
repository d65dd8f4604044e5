import type * as api from "../../generated/pages/graphql.js";

// What the values of the API are called in German.

export const status: Record<api.DisputeStatus, string> = {
  CONTESTED: "Umstritten",
  CONCEDED: "Eingeräumt",
  CORROBORATED: "Mehrere sagen es",
  NOT_COMPARABLE: "Nicht vergleichbar",
  SINGLE_SOURCED: "Nur eine Stimme",
  RETRACTED: "Von niemandem vertreten",
  NO_POSITION: "Keine Position",
};

export const statusOfNo: Partial<Record<api.DisputeStatus, string>> = {
  CONCEDED: "Eingeräumt, alle sagen Nein",
  CORROBORATED: "Mehrere sagen Nein",
  SINGLE_SOURCED: "Nur eine Stimme, sie sagt Nein",
};

export const statusMeaning: Record<api.DisputeStatus, string> = {
  CONTESTED: "Mindestens zwei Seiten sagen, was nicht zugleich zutreffen kann.",
  CONCEDED:
    "Alle, die Stellung nehmen, sagen jetzt dasselbe. Mindestens eine Seite hatte zuvor das Gegenteil gesagt oder geschwiegen.",
  CORROBORATED:
    "Zwei oder mehr Stimmen sind sich jetzt einig, und keine Seite widerspricht. Ein Beweis ist das nicht.",
  NOT_COMPARABLE:
    "Zwei oder mehr Stimmen nennen Zahlen für Zeitpunkte, die für einen Vergleich zu weit auseinanderliegen.",
  SINGLE_SOURCED: "Eine Stimme nimmt jetzt Stellung, keine andere.",
  RETRACTED:
    "Niemand nimmt Stellung: Das Gesagte wurde zurückgenommen, von der Redaktion zurückgezogen oder ergänzt nur eine Zahl.",
  NO_POSITION: "Niemand hat Stellung genommen.",
};

// No verbs: they follow one name or several.
export const stance: Record<api.SideStance, string> = {
  AFFIRMS: "Ja",
  REJECTS: "Nein",
  NEUTRAL: "weder Ja noch Nein",
  SILENT: "keine Äußerung",
  WITHDRAWN: "gilt nicht mehr",
};

export const stanceHeading: Record<api.SideStance, string> = {
  AFFIRMS: "Ja",
  REJECTS: "Nein",
  NEUTRAL: "Weder Ja noch Nein",
  SILENT: "Keine Äußerung",
  WITHDRAWN: "Gilt nicht mehr",
};

export const actNoun: Record<api.SpeechAct, string> = {
  ACCUSE: "Vorwurf",
  ADMIT: "Eingeständnis",
  ASSERT: "Behauptung",
  CONFIRM: "Bestätigung",
  CORRECT: "Berichtigung",
  DECLINE_COMMENT: "Kein Kommentar",
  DENY: "Dementi",
  ESTIMATE: "Schätzung",
  NO_STATEMENT: "Schweigen",
  RETRACT: "Rücknahme",
};

export const certainty: Record<api.Certainty, string> = {
  CERTAIN: "als sicher dargestellt",
  PROBABLE: "als wahrscheinlich dargestellt",
  POSSIBLE: "als möglich dargestellt",
  UNSPECIFIED: "nicht angegeben",
};

export const attribution: Record<api.AttributionMode, string> = {
  DIRECT_QUOTE: "Eigene Worte",
  INDIRECT: "Worte des Berichts",
  MIXED: "Worte des Berichts, zum Teil eigene Worte",
  ANONYMOUS: "Worte des Berichts; wer spricht, wird nicht genannt",
};

export const standing: Record<api.ClaimStanding, string> = {
  CURRENT: "aktuell",
  EARLIER: "frühere Aussage",
  SUPERSEDED: "durch eine spätere Aussage ersetzt",
  RETRACTED: "von der Redaktion zurückgezogen",
  STRUCK: "durch eine spätere Aussage aufgehoben",
  DEPRECATED: "von der Redaktion nicht berücksichtigt",
  NOT_COUNTED: "zählt nicht",
};

export const review: Record<api.ReviewStatus, string> = {
  DRAFT: "Entwurf",
  IN_REVIEW: "In Prüfung",
  PUBLISHED: "Veröffentlicht",
  REJECTED: "Abgelehnt",
  RETRACTED: "Von der Redaktion zurückgezogen",
};

export const rank = {
  PREFERRED: "von der Redaktion bevorzugt",
  NORMAL: "normal",
  DEPRECATED: "von der Redaktion nicht berücksichtigt",
};

export const relation = {
  CONFIRMS: "bestätigt",
  CONTRADICTS: "widerspricht",
  DENIES: "bestreitet",
  NARROWS: "grenzt ein",
  REPEATS: "wiederholt",
  RESPONDS_TO: "antwortet auf",
  RETRACTS: "nimmt zurück",
  SUPERSEDES: "ersetzt",
};

export const relationPassive = {
  CONFIRMS: "wird bestätigt durch",
  CONTRADICTS: "dem widerspricht",
  DENIES: "wird bestritten durch",
  NARROWS: "wird eingegrenzt durch",
  REPEATS: "wird wiederholt durch",
  RESPONDS_TO: "wird beantwortet durch",
  RETRACTS: "wird zurückgenommen durch",
  SUPERSEDES: "wird ersetzt durch",
};

export const actorKind: Record<api.ActorKind, string> = {
  ARMED_GROUP: "bewaffnete Gruppe",
  COMPANY: "Unternehmen",
  GOVERNMENT: "Regierung",
  INTELLIGENCE_AGENCY: "Nachrichtendienst",
  INTERNATIONAL_ORGANIZATION: "internationale Organisation",
  MEDIA: "Nachrichtenmedium",
  MILITARY: "Militär",
  NGO: "Nichtregierungsorganisation",
  POLITICAL_PARTY: "Partei",
  COURT: "Gericht",
  POLICE: "Polizei",
  LOCAL_GOVERNMENT: "Kommune",
  UNION: "Gewerkschaft",
  HOSPITAL: "Krankenhaus",
  RESEARCH: "Forschungseinrichtung",
  OTHER: "Akteur",
  PERSON: "Person",
  STATE: "Staat",
  UNNAMED_SOURCE: "ungenannte Quelle",
};

export const eventType: Record<api.EventType, string> = {
  ACCUSE: "Anschuldigung",
  AGREE: "Vereinbarung",
  AID: "Hilfe",
  ASSAULT: "Angriff",
  COERCE: "Zwang",
  CONCEDE: "Zugeständnis",
  CONSULT: "Beratung",
  COOPERATE: "Zusammenarbeit",
  MOBILIZE: "Mobilisierung",
  ACCIDENT: "Unfall",
  DISASTER: "Katastrophe",
  CRIME: "Verbrechen",
  INVESTIGATION: "Untersuchung",
  TRIAL: "Prozess",
  ELECTION: "Wahl",
  PUBLICATION: "Veröffentlichung",
  STATEMENT: "öffentliche Erklärung",
  HEALTH: "Gesundheit",
  OTHER: "Ereignis",
  PROTEST: "Protest",
  REJECT: "Ablehnung",
  REQUEST: "Ersuchen",
  RETREAT: "Rückzug",
  SANCTION: "Sanktion",
  SUPPORT: "Unterstützung",
  THREATEN: "Drohung",
};

export const sourceKind: Record<api.SourceKind, string> = {
  ARTICLE: "Artikel",
  BROADCAST: "Sendung",
  DATASET: "Datensatz",
  DOCUMENT: "Dokument",
  OFFICIAL_STATEMENT: "amtliche Erklärung",
  OTHER: "Quelle",
  SOCIAL_POST: "Beitrag in sozialen Medien",
};

export const participant = {
  AFFECTED: "Betroffen",
  INITIATOR: "Ausgehend von",
  MEDIATOR: "Vermittelnd",
  OPERATOR: "Betreiber",
  RESPONDER: "Einsatzkraft",
  INVESTIGATOR: "Ermittelnd",
  VICTIM: "Opfer",
  PARTICIPANT: "Beteiligt",
  SUPPORTER: "Unterstützend",
  TARGET: "Gerichtet gegen",
};

export const affiliation = {
  ALLY: "verbündet mit",
  LEADS: "leitet",
  MEMBER_OF: "Mitglied von",
  OFFICE_HOLDER: "hat ein Amt bei",
  OTHER: "verbunden mit",
  PART_OF: "Teil von",
  SPOKESPERSON: "spricht für",
};

export const nameKind: Record<api.NameKind, string> = {
  ACRONYM: "Abkürzung",
  ALIAS: "auch",
  FORMER: "früher",
  NATIVE: "Eigenbezeichnung",
  OFFICIAL: "amtlicher Name",
  SHORT: "kurz",
};

export const reliability = {
  A: "A: völlig zuverlässig",
  B: "B: meist zuverlässig",
  C: "C: ziemlich zuverlässig",
  D: "D: meist nicht zuverlässig",
  E: "E: unzuverlässig",
  F: "F: Zuverlässigkeit nicht zu beurteilen",
};

export const credibility: Record<number, string> = {
  1: "1: von anderen Quellen bestätigt",
  2: "2: wahrscheinlich wahr",
  3: "3: möglicherweise wahr",
  4: "4: zweifelhaft",
  5: "5: unwahrscheinlich",
  6: "6: nicht zu beurteilen",
};

export const revision: Record<api.RevisionAction, string> = {
  CREATED: "erfasst",
  UPDATED: "geändert",
  DELETED: "gelöscht",
  RESTORED: "wiederhergestellt",
  HISTORY_ERASED: "Verlauf gelöscht",
};
