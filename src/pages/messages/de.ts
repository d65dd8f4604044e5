import type * as api from "../../generated/pages/graphql.js";
import type { Words } from "./en.js";

const plural = (n: number, one: string, more: string): string =>
  `${n.toLocaleString("de-DE")} ${n === 1 ? one : more}`;

const status: Record<api.DisputeStatus, string> = {
  CONTESTED: "Umstritten",
  CONCEDED: "Eingeräumt",
  CORROBORATED: "Mehrere sagen es",
  NOT_COMPARABLE: "Nicht vergleichbar",
  SINGLE_SOURCED: "Nur eine Stimme",
  RETRACTED: "Zurückgenommen",
  NO_POSITION: "Keine Position",
};

const statusMeaning: Record<api.DisputeStatus, string> = {
  CONTESTED: "Mindestens zwei Seiten sagen, was nicht zugleich zutreffen kann.",
  CONCEDED:
    "Alle, die Stellung nehmen, sagen jetzt dasselbe. Mindestens eine Seite hatte es zuvor bestritten oder dazu geschwiegen.",
  CORROBORATED: "Zwei oder mehr Stimmen sagen es, und niemand widerspricht. Ein Beweis ist das nicht.",
  NOT_COMPARABLE:
    "Zwei oder mehr Stimmen nennen Zahlen, aber für Zeitpunkte, die für einen Vergleich zu weit auseinanderliegen.",
  SINGLE_SOURCED: "Eine Stimme nimmt Stellung. Sonst hat es niemand bejaht oder bestritten.",
  RETRACTED: "Wer Stellung genommen hatte, hat das Gesagte zurückgenommen.",
  NO_POSITION: "Niemand hat Stellung genommen.",
};

// No verbs: they follow one name or several.
const stance: Record<api.SideStance, string> = {
  AFFIRMS: "Ja",
  REJECTS: "Nein",
  NEUTRAL: "weder Ja noch Nein",
  SILENT: "keine Äußerung",
  WITHDRAWN: "zurückgenommen",
};

const stanceHeading: Record<api.SideStance, string> = {
  AFFIRMS: "Ja",
  REJECTS: "Nein",
  NEUTRAL: "Weder Ja noch Nein",
  SILENT: "Keine Äußerung",
  WITHDRAWN: "Zurückgenommen",
};

const act: Record<api.SpeechAct, string> = {
  ACCUSE: "erhebt den Vorwurf",
  ADMIT: "räumt ein",
  ASSERT: "sagt",
  CONFIRM: "bestätigt",
  CORRECT: "berichtigt",
  DECLINE_COMMENT: "will sich nicht äußern",
  DENY: "bestreitet",
  ESTIMATE: "schätzt",
  NO_STATEMENT: "äußert sich nicht",
  RETRACT: "nimmt zurück",
};

const actNoun: Record<api.SpeechAct, string> = {
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

const certainty: Record<api.Certainty, string> = {
  CERTAIN: "als sicher dargestellt",
  PROBABLE: "als wahrscheinlich dargestellt",
  POSSIBLE: "als möglich dargestellt",
  UNSPECIFIED: "",
};

const attribution: Record<api.AttributionMode, string> = {
  DIRECT_QUOTE: "Eigene Worte",
  INDIRECT: "Worte des Berichts",
  MIXED: "Worte des Berichts, zum Teil eigene Worte",
  ANONYMOUS: "Worte des Berichts; wer spricht, wird nicht genannt",
};

const standing: Record<api.ClaimStanding, string> = {
  CURRENT: "aktuell",
  EARLIER: "frühere Aussage",
  SUPERSEDED: "durch eine spätere Aussage ersetzt",
  RETRACTED: "zurückgenommen",
  STRUCK: "durch eine spätere Aussage aufgehoben",
  DEPRECATED: "von der Redaktion zurückgestellt",
  NOT_COUNTED: "zählt nicht",
};

const review: Record<api.ReviewStatus, string> = {
  DRAFT: "Entwurf",
  IN_REVIEW: "In Prüfung",
  PUBLISHED: "Veröffentlicht",
  REJECTED: "Abgelehnt",
  RETRACTED: "Von der Redaktion zurückgezogen",
};

const rank = {
  PREFERRED: "von der Redaktion bevorzugt",
  NORMAL: "normal",
  DEPRECATED: "von der Redaktion zurückgestellt",
};

const relation = {
  CONFIRMS: "bestätigt",
  CONTRADICTS: "widerspricht",
  DENIES: "bestreitet",
  NARROWS: "grenzt ein",
  REPEATS: "wiederholt",
  RESPONDS_TO: "antwortet auf",
  RETRACTS: "nimmt zurück",
  SUPERSEDES: "ersetzt",
};

const relationPassive = {
  CONFIRMS: "wird bestätigt durch",
  CONTRADICTS: "Widerspruch durch",
  DENIES: "wird bestritten durch",
  NARROWS: "wird eingegrenzt durch",
  REPEATS: "wird wiederholt durch",
  RESPONDS_TO: "wird beantwortet durch",
  RETRACTS: "wird zurückgenommen durch",
  SUPERSEDES: "wird ersetzt durch",
};

const actorKind: Record<api.ActorKind, string> = {
  ARMED_GROUP: "bewaffnete Gruppe",
  COMPANY: "Unternehmen",
  GOVERNMENT: "Regierung",
  INTELLIGENCE_AGENCY: "Nachrichtendienst",
  INTERNATIONAL_ORGANIZATION: "internationale Organisation",
  MEDIA: "Nachrichtenmedium",
  MILITARY: "Militär",
  NGO: "Nichtregierungsorganisation",
  OTHER: "Akteur",
  PERSON: "Person",
  STATE: "Staat",
  UNNAMED_SOURCE: "ungenannte Quelle",
};

const eventType: Record<api.EventType, string> = {
  ACCUSE: "Anschuldigung",
  AGREE: "Vereinbarung",
  AID: "Hilfe",
  ASSAULT: "Angriff",
  COERCE: "Zwang",
  CONCEDE: "Zugeständnis",
  CONSULT: "Beratung",
  COOPERATE: "Zusammenarbeit",
  MOBILIZE: "Mobilisierung",
  OTHER: "Ereignis",
  PROTEST: "Protest",
  REJECT: "Ablehnung",
  REQUEST: "Ersuchen",
  RETREAT: "Rückzug",
  SANCTION: "Sanktion",
  SUPPORT: "Unterstützung",
  THREATEN: "Drohung",
};

const sourceKind: Record<api.SourceKind, string> = {
  ARTICLE: "Artikel",
  BROADCAST: "Sendung",
  DATASET: "Datensatz",
  DOCUMENT: "Dokument",
  OFFICIAL_STATEMENT: "amtliche Erklärung",
  OTHER: "Quelle",
  SOCIAL_POST: "Beitrag in sozialen Medien",
};

const participant = {
  AFFECTED: "Betroffen",
  INITIATOR: "Ausgehend von",
  MEDIATOR: "Vermittelnd",
  PARTICIPANT: "Beteiligt",
  SUPPORTER: "Unterstützend",
  TARGET: "Ziel",
};

const affiliation = {
  ALLY: "verbündet mit",
  LEADS: "leitet",
  MEMBER_OF: "Mitglied von",
  OFFICE_HOLDER: "hat ein Amt bei",
  OTHER: "verbunden mit",
  PART_OF: "Teil von",
  SPOKESPERSON: "spricht für",
};

const nameKind: Record<api.NameKind, string> = {
  ACRONYM: "Abkürzung",
  ALIAS: "auch",
  FORMER: "früher",
  NATIVE: "Eigenbezeichnung",
  OFFICIAL: "amtlicher Name",
  SHORT: "kurz",
};

const reliability = {
  A: "A: völlig zuverlässig",
  B: "B: meist zuverlässig",
  C: "C: ziemlich zuverlässig",
  D: "D: meist nicht zuverlässig",
  E: "E: unzuverlässig",
  F: "F: Zuverlässigkeit nicht zu beurteilen",
};

const credibility: Record<number, string> = {
  1: "1: von anderen Quellen bestätigt",
  2: "2: wahrscheinlich wahr",
  3: "3: möglicherweise wahr",
  4: "4: zweifelhaft",
  5: "5: unwahrscheinlich",
  6: "6: nicht zu beurteilen",
};

const revision: Record<api.RevisionAction, string> = {
  CREATED: "erfasst",
  UPDATED: "berichtigt",
  DELETED: "gelöscht",
  RESTORED: "wiederhergestellt",
  HISTORY_ERASED: "Verlauf gelöscht",
};

/** All texts of the pages in German. A claim is „Aussage“, a proposition is „Sachfrage“, an actor is „Akteur“. */
export const de: Words = {
  status,
  statusMeaning,
  stance,
  stanceHeading,
  act,
  actNoun,
  certainty,
  attribution,
  standing,
  review,
  rank,
  relation,
  relationPassive,
  actorKind,
  eventType,
  sourceKind,
  participant,
  affiliation,
  nameKind,
  reliability,
  credibility,
  revision,

  stanceMeaning: {
    AFFIRMS: "Die Seite behauptet es, räumt es ein oder nennt eine Zahl.",
    REJECTS: "Die Seite bestreitet es oder bestreitet die Zahl anderer.",
    SILENT:
      "Die Seite wurde gefragt, oder es war eine Äußerung zu erwarten, und sie hat sich nicht geäußert.",
    WITHDRAWN: "Die Seite hat zurückgenommen, was sie gesagt hatte.",
    NEUTRAL: "Die Seite hat sich dazu geäußert, ohne Ja oder Nein zu sagen.",
  },

  // What all pages have
  site: "Claimgraph",
  skip: "Zum Inhalt springen",
  searchLabel: "Suche",
  searchHint: "Personen, Ereignisse, Wörter suchen",
  searchButton: "Suchen",
  navigation: "Hauptmenü",
  propositions: "Sachfragen",
  events: "Ereignisse",
  actors: "Akteure",
  sources: "Quellen",
  claims: "Aussagen",
  statistics: "Statistik",
  playground: "Playground",
  query: "Die Abfrage dieser Seite",
  motto: "Claimgraph hält fest, wer was gesagt hat. Wer recht hat, sagt Claimgraph nicht.",
  howStatus: "Wie ein Status zustande kommt",
  signIn: "Anmelden",
  signedInAs: (role: string) => `Mit einem Schlüssel angemeldet (${role}). Entwürfe werden gezeigt.`,
  signOut: "Abmelden",
  asOf: (moment: string) => `Stand: ${moment}`,
  asOfDay: (day: string) => `gesagt bis einschließlich ${day}`,
  titled: (status: string, text: string) => `${status}: ${text}`,
  opening: "„",
  closing: "“",
  all: (n: number) => `Alle ${n.toLocaleString("de-DE")}`,
  allOf: "Alle",
  more: (text: string) => `+ ${text}`,
  next: "Nächste Seite",
  first: "Erste Seite",
  nothing: "Hier ist noch nichts.",
  showRest: (n: number) => `${plural(n, "weitere", "weitere")}`,
  newClaims: (n: number) => `${plural(n, "neue Aussage", "neue Aussagen")}, anzeigen`,
  newChanges: (n: number) => `${plural(n, "Änderung", "Änderungen")} seither, anzeigen`,

  // Dates and numbers
  about: (text: string) => `etwa ${text}`,
  uncertain: (text: string) => `${text}, unsicher`,
  from: (text: string) => `seit ${text}`,
  until: (text: string) => `bis ${text}`,
  dateUnknown: "Datum unbekannt",
  someTime: "irgendwann im Zeitraum",
  between: (low: string, high: string, best: string | undefined) =>
    best ? `${low}–${high}, am ehesten ${best}` : `${low}–${high}`,
  atLeast: (text: string) => `mindestens ${text}`,
  atMost: (text: string) => `höchstens ${text}`,
  noNumber: "keine Zahl",
  now: "jetzt",

  // Propositions and disputes
  side: "Seite",
  givesFigure: "Mit Zahlenangabe",
  voices: (n: number) => plural(n, "Stimme", "Stimmen"),
  heardThrough: (voices: number, origins: number) =>
    `${plural(voices, "Stimme", "Stimmen")} aus ${plural(origins, "Quelle", "Quellen")}`,
  heldSince: "Status seit",
  why: (status: string) => `Warum „${status}“?`,
  inServersWords: "Im Wortlaut der Datenbank",
  sinceWhen: "seit",
  anotherDay: "Stand an einem anderen Tag",
  dayLabel: "Tag",
  daysPossibly: "ungenaue Daten so früh zählen, wie sie liegen können",
  daysDefinitely: "ungenaue Daten erst zählen, wenn sie sicher erreicht sind",
  show: "Anzeigen",
  today: "Zurück zu heute",
  whoSaysNow: "Wer jetzt was sagt",
  whoSaidThen: (day: string) => `Wer bis ${day} was gesagt hatte`,
  whoSaidBefore: "Was zuvor gesagt wurde",
  saidBefore: "zuvor",
  whenTheySaidIt: "Wann sie es gesagt haben",
  timelineKey:
    "Ein Zeichen steht für einen bekannten Tag. Schraffur heißt: irgendwann in dieser Zeit. Eine Linie beginnt, wo die Äußerung sicher vorlag; ein Pfeil heißt, dass sie weiter steht.",
  timelineBreak: "Der doppelte Strich steht für ausgelassene Zeit.",
  figuresByClaimant: "Wer welche Zahl nennt",
  figureKey:
    "Balken: niedrigster bis höchster Wert. Punkt: eine einzelne Zahl. Offenes Ende: mindestens oder höchstens. Ohne Endstriche: etwa.",
  figuresApart: "Zahlen für Zeitpunkte, die zu weit auseinanderliegen, stehen nicht auf einer Achse.",
  additions: "Zusätzlich zu einer früheren Zahl",
  additionsNote: "Sie werden nicht addiert: Niemand sagt hier, zu welcher Zahl sie gehören.",
  countedFor: "Stand:",
  said: "gesagt:",
  earlierFigure: "frühere Zahl",
  speaker: "gesagt von",
  forSide: (side: string) => `für ${side}`,
  divided: "In sich uneins: Die eigenen Stimmen widersprechen sich.",
  record: "Eintrag",
  translation: "Übersetzung",
  moreSources: (n: number) => plural(n, "weitere Quelle", "weitere Quellen"),
  otherClaims: (n: number) => plural(n, "andere Aussage", "andere Aussagen"),
  allClaims: "Alle Aussagen",
  namesOnly: (names: string, n: number) => `${names} und ${plural(n, "weitere", "weitere")}`,
  sentence: (who: string, stance: string) => `${who}: ${stance}`,
  stands: (who: string, held: api.SideStance) => `${who}: ${stance[held]}`,
  had: {
    AFFIRMS: (who: string) => `${who}: zuvor bejaht.`,
    REJECTS: (who: string) => `${who}: zuvor bestritten.`,
    SILENT: (who: string) => `${who}: zuvor ohne Äußerung.`,
  },
  overlap: (text: string) => `Mit allen Angaben vereinbar: ${text}.`,

  // Start
  startTitle: "Wer was sagt und wer widerspricht",
  startDescription: "Was gerade umstritten ist, wer seit wann was dazu sagt und mit welchen Worten.",
  contestedNow: "Jetzt umstritten",
  concededNow: "Eingeräumt",
  severalSay: "Mehrere sagen es, oder nicht vergleichbar",
  singles: (n: number) =>
    plural(n, "Sachfrage mit nur einer Stimme oder keiner", "Sachfragen mit nur einer Stimme oder keiner"),
  stancesLately: "Zuletzt geändert",
  stancesLatelyNote: "Eine Seite hat Stellung bezogen oder ihre Position aufgegeben.",
  recordedLately: "Zuletzt erfasst",
  recordedLatelyNote: "Neue Aussagen und Berichtigungen.",
  latestEvents: "Neueste Ereignisse",
  allContested: "Alles, was umstritten ist",

  // Events
  eventsTitle: "Ereignisse",
  occurred: "Wann",
  place: "Wo",
  partOf: "Teil von",
  subEvents: "Was dazugehört",
  participants: "Wer beteiligt war",
  propositionsAbout: "Was darüber gesagt wird",
  chronology: "Aussagen in zeitlicher Folge",
  mapLabel: (place: string) => `Karte: ${place}`,
  mapNote: "Grenzen: Natural Earth. Sie besagen nicht, wem das Land gehört.",

  // Actors
  actorsTitle: "Akteure",
  names: "Namen",
  affiliations: "Zugehörigkeit",
  members: "Gehört dazu",
  positions: "Positionen",
  positionsNote: "Wo diese Seite jetzt steht und was sie zuvor gesagt hat.",
  itsClaims: "Eigene Aussagen",
  itsClaimsNote: "Eigene Aussagen und die Aussagen derer, die heute dazugehören.",
  itsSources: "Eigene Veröffentlichungen",
  speaksFor: "Zählt als Stimme von",
  upTo: "bis",
  otherCatalogues: "In anderen Katalogen",

  // Sources
  sourcesTitle: "Quellen",
  publishedAt: "Veröffentlicht",
  publisher: "Herausgegeben von",
  authors: "Verfasst von",
  language: "Sprache",
  reliabilityLabel: "Zuverlässigkeit (Admiralty-Code)",
  original: "Original",
  archived: "Archivkopie",
  copyOf: "Kopie von",
  copies: "Kopien davon",
  text: "Text",
  textNote: "Markiert ist, was zitiert wird. Jede Markierung führt zu ihrer Aussage.",
  textForAnalysts: "Den Text sehen nur Analysten. Die Zitate werden gezeigt.",
  noText: "Ein Text ist nicht gespeichert.",
  accessAnalyst: "Text nur für Analysten",
  claimsFromIt: "Aussagen, die darin veröffentlicht sind",

  // Claims
  claimsTitle: "Aussagen",
  claimBy: (who: string, act: string) => `${who} ${act}`,
  permalink: "Dauerhafte Adresse",
  wordsOfSource: "Der Wortlaut der Quelle",
  relations: "Verhältnis zu anderen Aussagen",
  history: "Verlauf",
  versionBy: (version: number, author: string) => `Version ${version} von ${author}`,
  unknownAuthor: "unbekannt",
  reason: "Grund",
  cite: "Zitieren",
  plainText: "Reiner Text",
  relayedBy: "Weitergegeben von",
  assertedAt: "Gesagt",
  recordedAt: "Erfasst",
  credibilityLabel: "Glaubwürdigkeit (Admiralty-Code)",
  standingLabel: "Geltung",
  basisInferred: "von der Redaktion erschlossen",
  proposition: "Sachfrage",
  figureLabel: "Zahl",
  noProposition: "Zu keiner Sachfrage wird Stellung genommen.",
  certaintyLabel: "Gewissheit",
  rankLabel: "Rang",
  field: "Feld",
  fieldBefore: "vorher",
  fieldAfter: "nachher",

  // Lists
  only: { actor: "Von", event: "Ereignis", proposition: "Zu", source: "Aus" },
  remove: "entfernen",
  withoutThe: {
    actor: "diesen Akteur entfernen",
    event: "dieses Ereignis entfernen",
    proposition: "diese Sachfrage entfernen",
    source: "diese Quelle entfernen",
  },
  actLabel: "Sprechakt",
  stanceLabel: "Haltung",
  theseOverTime: "Diese Aussagen im Lauf der Zeit",
  withText: "Mit den Wörtern",
  statusLabel: "Status",

  // Search
  searchTitle: "Suche",
  resultsFor: (text: string) => `Ergebnisse für „${text}“`,
  noResults:
    "Nichts gefunden. Versuchen Sie es mit weniger Buchstaben, einer anderen Schreibweise oder einem Namen in einer anderen Sprache.",
  searchShort: "Geben Sie mindestens zwei Zeichen ein.",
  quotesAndWords: "Aussagen nach ihrem Wortlaut",

  // Statistics
  statisticsTitle: "Aussagen im Lauf der Zeit",
  statisticsDescription: "Wie viele Aussagen es je Monat gibt, nach Art, Akteur oder Position.",
  by: "Nach",
  byAct: "Art der Aussage",
  byActor: "Akteur",
  byStance: "Position",
  filterFrom: "Von",
  filterTo: "Bis",
  perMonth: "je Monat",
  perYear: "je Jahr",
  vagueClaims: (n: number, per: "month" | "year") =>
    `${plural(n, "Aussage", "Aussagen")} mit ungenauem Datum: gezählt im ersten ${per === "month" ? "Monat, der" : "Jahr, das"} dafür infrage kommt.`,
  moreFigures: "Es gibt mehr Zahlen, als hier gezeichnet sind. Alle stehen bei den Aussagen.",
  tooManyBuckets: (n: string) =>
    `Nur die ersten ${n} Zahlen werden gezeigt. Wählen Sie Jahre oder einen kürzeren Zeitraum, um alle zu sehen.`,
  theseClaims: "Diese Aussagen als Liste",
  asTable: "Als Tabelle",
  undatedClaims: (n: number) => `${plural(n, "Aussage", "Aussagen")} ohne Datum`,
  total: "Summe",
  others: "Andere",

  // About
  aboutStatusTitle: "Wie ein Status zustande kommt",
  aboutStatusDescription:
    "Was „Umstritten“, „Eingeräumt“, „Mehrere sagen es“ und die anderen Status bedeuten und wie die Zeichen zu lesen sind.",

  aboutStatusLead:
    "Ein Status wird aus allen veröffentlichten Aussagen zu einer Sachfrage berechnet, nach Regeln, die für alle gleich sind. Er sagt, wie die Seiten zueinander stehen. Er sagt nie, wer recht hat.",
  marksTitle: "Wie die Zeichen zu lesen sind",
  voicesTitle: "Stimmen und Quellen",
  voicesMeaning:
    "Eine Seite ist ein Akteur mit allen, die zu ihm gehören: Ein Ministerium und eine Armee sprechen für ihren Staat. Seiten, die einander nur wiederholen oder denselben Text weitergeben, sind eine Stimme. Mehrere Berichte, die dasselbe Original übernehmen, sind eine Quelle.",

  // What goes wrong
  notFoundTitle: "Unter dieser Adresse gibt es nichts",
  notFound:
    "Vielleicht wurde der Eintrag umbenannt, gelöscht oder noch nicht veröffentlicht. Suchen Sie nach einem Wort daraus, oder beginnen Sie auf der Startseite.",
  unavailableTitle: "Die Datenbank antwortet gerade nicht",
  unavailable: "Es ist nichts verloren. Laden Sie diese Seite gleich noch einmal.",
  tooMuchTitle: "Diese Seite verlangt zu viel",
  tooMuch:
    "Der Server begrenzt, wie aufwendig eine Antwort sein darf, und diese Seite liegt darüber. Der Eintrag selbst ist vorhanden: Fragen Sie im Playground weniger davon ab.",
  signInTitle: "Mit einem Schlüssel anmelden",
  signInNote:
    "Mit einem Schlüssel für Analyse, Redaktion oder Verwaltung zeigen die Seiten auch Entwürfe. Ihr Browser speichert den Schlüssel für diese Website und gibt ihn an keine andere weiter.",
  keyLabel: "Schlüssel",
  keyWrong:
    "Dieser Schlüssel ist hier nicht bekannt oder abgelaufen. Prüfen Sie, ob Sie ihn vollständig kopiert haben.",
  onlyKeys: "Ohne Schlüssel ist hier nichts zu lesen. Melden Sie sich mit Ihrem an.",
  brokenTitle: "Etwas ist schiefgegangen",
  broken: "Der Fehler steht im Protokoll des Servers unter dieser Nummer:",
  badAddressTitle: "Diese Adresse fragt nach etwas, das es nicht gibt",
  badDay: (given: string) => `„${given}“ ist kein Tag. Schreiben Sie ihn so: 2025-04-26.`,
  badValue: (name: string, given: string, allowed: string) =>
    `„${given}“ ist für „${name}“ nicht bekannt. Möglich sind: ${allowed}.`,
  toStart: "Startseite",
};
