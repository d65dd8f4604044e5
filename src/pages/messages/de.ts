import type * as api from "../../generated/pages/graphql.js";
import * as values from "./de.values.js";
import type { Words } from "./en.js";

const plural = (n: number, one: string, more: string): string =>
  `${n.toLocaleString("de-DE")} ${n === 1 ? one : more}`;

/** All texts of the pages in German. A claim is „Aussage“, a proposition is „Sachfrage“, an actor is „Akteur“. */
export const de: Words = {
  ...values,

  stanceMeaning: {
    AFFIRMS: "Die Seite behauptet es, räumt es ein oder nennt eine Zahl.",
    REJECTS: "Die Seite bestreitet es oder bestreitet die Zahl anderer.",
    SILENT:
      "Die Seite wurde gefragt, oder es war eine Äußerung zu erwarten, und sie hat sich nicht geäußert.",
    WITHDRAWN:
      "Die Seite hat zurückgenommen, was sie gesagt hatte, oder eine andere ihrer Stimmen hat es abgelöst.",
    NEUTRAL: "Die Seite hat sich dazu geäußert, ohne Ja oder Nein zu sagen.",
  },

  // What all pages have
  site: "Claimgraph",
  skip: "Zum Inhalt springen",
  searchLabel: "Suche",
  searchHint: "Personen, Ereignisse, Wörter suchen",
  suggestions: (n: number) => `${plural(n, "Vorschlag", "Vorschläge")}. Wählen Sie mit den Pfeiltasten.`,
  noSuggestions: "Keine Vorschläge.",
  searchButton: "Suchen",
  furtherNavigation: "Weiteres",
  navigation: "Hauptmenü",
  propositions: "Sachfragen",
  events: "Ereignisse",
  actors: "Akteure",
  sources: "Quellen",
  statistics: "Statistik",
  playground: "Playground",
  query: "Die Abfrage dieser Seite",
  motto: "Claimgraph hält fest, wer was gesagt hat. Wer recht hat, sagt Claimgraph nicht.",
  howStatus: "Wie ein Status zustande kommt",
  signIn: "Anmelden",
  signedIn: (seesDrafts: boolean): string =>
    seesDrafts
      ? "Mit einem Schlüssel angemeldet. Entwürfe und abgelehnte Aussagen werden gezeigt und stehen in den Zahlen der Aussagen. Auf einen Status haben sie keinen Einfluss."
      : "Mit einem Schlüssel angemeldet.",
  signOut: "Abmelden",
  asOf: (moment: string) => `Stand: ${moment}`,
  asOfDay: (day: string, surely = false) =>
    surely
      ? `sicher gesagt bis zum Ende des ${day}`
      : `gesagt oder möglicherweise gesagt bis zum Ende des ${day}`,
  conflicts: "Was sich widerspricht",
  conflict: {
    STANCE: "Die eine sagt Ja, die andere Nein",
    FIGURE: "Diese Zahlen schließen einander aus",
    RELATION: "Eine Aussage spricht gegen die andere",
  },
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
  newShown: "Dies ist neu: zum ersten Eintrag",
  newChanges: (n: number) => `${plural(n, "Änderung", "Änderungen")} seither, anzeigen`,

  // Dates and numbers
  about: (text: string) => `etwa ${text}`,
  uncertain: (text: string) => `${text}, unsicher`,
  from: (text: string) => `seit ${text}`,
  until: (text: string) => `bis ${text}`,
  earliest: (text: string) => `${text} oder später`,
  latest: (text: string) => `${text} oder früher`,
  dateUnknown: "Datum unbekannt",
  someTime: "irgendwann im Zeitraum",
  between: (low: string, high: string, best: string | undefined) =>
    best ? `${low}–${high}, bester Schätzwert ${best}` : `${low}–${high}`,
  bestOf: (text: string, best: string) => `${text}, bester Schätzwert ${best}`,
  atLeast: (text: string) => `mindestens ${text}`,
  atMost: (text: string) => `höchstens ${text}`,
  not: (figure: string) => `nicht ${figure}`,
  noNumber: "keine Zahl",
  now: "jetzt",

  // Propositions and disputes
  side: "Seite",
  givesNumber: "nennt eine Zahl",
  givesFigure: "Mit Zahlenangabe",
  voices: (n: number) => (n === 0 ? "noch keine Stimme" : plural(n, "Stimme", "Stimmen")),
  heardThrough: (voices: number, origins: number) =>
    voices === 0
      ? "noch keine Stimme"
      : `${plural(voices, "Stimme", "Stimmen")} aus ${plural(origins, "Quelle", "Quellen")}`,
  heldSince: "Status seit",
  why: (status: string) => `Warum „${status}“?`,
  inServersWords: "Im Wortlaut der Datenbank",
  sinceWhen: "seit",
  anotherDay: "Stand an einem anderen Tag",
  dayLabel: "Tag",
  daysPossibly: "ungenau datierte Aussagen ab dem frühestmöglichen Tag zählen",
  daysDefinitely: "ungenau datierte Aussagen erst ab dem spätestmöglichen Tag zählen",
  show: "Anzeigen",
  today: "Zurück zu heute",
  whoSaysNow: "Wer jetzt was sagt",
  whoSaidThen: (day: string) => `Wer bis ${day} was gesagt hatte`,
  whoSaidBefore: "Was zuvor gesagt wurde",
  saidBefore: "zuvor",
  whenTheySaidIt: "Wann sie es gesagt haben",
  timelineKey:
    "Ein Zeichen steht für einen bekannten Tag. Schraffur heißt: irgendwann in dieser Zeit. Eine Linie beginnt, wo die Äußerung sicher vorlag; ein Pfeil heißt, dass sie weiter steht.",
  timelineKeyThen:
    "Ein Zeichen steht für einen bekannten Tag. Schraffur heißt: irgendwann in dieser Zeit. Eine Linie beginnt, wo die Äußerung sicher vorlag; ein Pfeil heißt, dass sie an dem Tag dieser Seite galt.",
  timelineBreak: "Der doppelte Strich steht für ausgelassene Zeit.",
  figuresByClaimant: "Wer welche Zahl nennt",
  figuresOf: (n: number, all: number) => `Wer welche Zahl nennt: Gruppe ${n} von ${all}`,
  figureKey:
    "Balken: niedrigster bis höchster Wert. Punkt: eine einzelne Zahl. Offenes Ende: mindestens oder höchstens. Ohne Endstriche: etwa.",
  figuresApart:
    "Zahlen, die für verschiedene Zeiten gelten oder zeitlich zu weit auseinanderliegen, stehen nicht auf einer Achse.",
  additions: "Zusätzlich zu einer früheren Zahl",
  additionsNote: "Sie werden nicht addiert: Niemand sagt hier, zu welcher Zahl sie gehören.",
  countedForLabel: "Gezählt für",
  countedFor: "gezählt für",
  said: "gesagt:",
  earlierFigures: (n: number) =>
    plural(n, "frühere Zahl für einen anderen Zeitpunkt", "frühere Zahlen für andere Zeitpunkte"),
  earlierFigure: "frühere Zahl",
  speaker: "gesagt von",
  asASide: "als Seite",
  noLongerPart: "(gehört nicht mehr zu dieser Seite)",
  forSide: (side: string) => `für ${side}`,
  unordered: "Reihenfolge nicht sicher",
  onlyToday: "Alle Aussagen und das Diagramm der Zahlen gibt es nur für heute.",
  maybeLater: "Ein Datum ist hier ungenau, offen oder unbekannt: Es kann auch später gesagt worden sein.",
  firstSaid: "Zuerst gesagt",
  takesBack: "Nimmt zurück",
  replacedBy: (name: string) => `abgelöst durch eine Aussage von ${name}`,
  itsOtherVoices: "Ihre anderen Stimmen",
  orderUncertain:
    "In welcher Reihenfolge dies gesagt wurde, ist nicht sicher: Ein Datum ist ungenau oder unbekannt.",
  divided: "In sich uneins: Die eigenen Stimmen widersprechen sich.",
  record: "Eintrag",
  anchor: {
    ORPHANED: "Dieses Zitat ist im gespeicherten Text nicht mehr enthalten.",
    UNCHECKED: "Dieses Zitat ist ungeprüft: Kein Text ist gespeichert.",
  },
  translation: "Übersetzung",
  moreSources: (n: number) => plural(n, "weitere Quelle", "weitere Quellen"),
  otherClaims: (n: number) => plural(n, "andere Aussage", "andere Aussagen"),
  allClaims: "Alle Aussagen",
  namesOnly: (names: string, n: number) => `${names} und ${plural(n, "weitere", "weitere")}`,
  sentence: (who: string, stance: string) => `${who}: ${stance}`,
  stands: (who: string, held: api.SideStance) => `${who}: ${values.stance[held]}`,
  had: {
    AFFIRMS: (who: string) => `${who}: zuvor bejaht.`,
    REJECTS: (who: string) => `${who}: zuvor bestritten.`,
    SILENT: (who: string) => `${who}: zuvor ohne Äußerung.`,
  },
  spread: (times: string) => `Die höchste Zahl ist das ${times}-Fache der niedrigsten.`,
  someDivided: "Die Stimmen einer Seite sind sich nicht einig.",
  overlap: (text: string) => `Mit allen Angaben vereinbar: ${text}.`,

  // Start
  startTitle: "Wer was sagt und wer widerspricht",
  startDescription: "Was gerade umstritten ist, wer seit wann was dazu sagt und mit welchen Worten.",
  contestedNow: "Jetzt umstritten",
  nowOf: {
    CONTESTED: "Jetzt umstritten",
    CONCEDED: "Eingeräumt",
    CORROBORATED: "Mehrere sagen Ja oder Nein",
    NOT_COMPARABLE: "Nicht vergleichbar",
  },
  allPropositions: "Alle Sachfragen",
  singles: (n: number) =>
    plural(n, "Sachfrage mit nur einer Stimme oder keiner", "Sachfragen mit nur einer Stimme oder keiner"),
  stancesLately: "Zuletzt geändert",
  stancesLatelyNote: "Ein Akteur hat Position bezogen oder eine aufgegeben.",
  recordedLately: "Zuletzt erfasst",
  recordedLatelyNote: "Neue und geänderte Aussagen.",
  latestEvents: "Neueste Ereignisse",

  // Events
  eventsTitle: "Ereignisse",
  occurred: "Wann",
  place: "Wo",
  subEvents: "Was dazugehört",
  propositionsAbout: "Was darüber gesagt wird",
  onlyFirst: (n: number) => `Hier stehen nur die zeitlich ersten ${n}.`,
  chronology: "Aussagen nach Seiten, in zeitlicher Folge",
  mapLabel: (place: string) => `Karte: ${place}`,
  mapNote: "Grenzen: Natural Earth. Sie besagen nicht, wem das Land gehört.",

  // Actors
  actorsTitle: "Akteure",
  names: "Namen",
  affiliations: "Zugehörigkeit",
  members: "Mitglieder und Teile",
  positions: "Positionen",
  ownPositionsNote: "Wo dieser Akteur jetzt steht und was er zuvor gesagt hat.",
  positionsNote: "Wo dieser Akteur und seine Teile jetzt stehen und was sie zuvor gesagt haben.",
  itsClaims: "Eigene Aussagen",
  itsClaimsNote: "Eigene Aussagen und die Aussagen derer, die heute dazugehören.",
  spokenForOthers: "Für andere gesprochen",
  itsSources: "Eigene Veröffentlichungen",
  speaksFor: "Zählt als Stimme von",
  upTo: "bis",
  otherCatalogues: "In anderen Katalogen",
  tags: "Schlagwörter",

  // Sources
  sourcesTitle: "Quellen",
  publishedAt: "Veröffentlicht",
  publisher: "Herausgegeben von",
  authors: "Verfasst von",
  language: "Sprache",
  reliabilityLabel: "Zuverlässigkeit, von der Redaktion eingestuft (Admiralty-Code)",
  original: "Original",
  archived: "Archivkopie",
  copyOf: "Kopie von",
  copiesOfCopies: "Kopien der Kopien",
  copiedFrom: "Der Wortlaut stammt von",
  laterVersionOf: "Spätere Fassung von",
  laterVersions: "Spätere Fassungen davon",
  withdrawnAt: "Zurückgezogen",
  sourceWithdrawn: "zurückgezogen",
  claimsAboutIt: "Aussagen über diese Quelle",
  copies: "Kopien davon",
  text: "Text",
  textNote: "Markiert ist, was zitiert wird. Jede Markierung führt zu ihrer Aussage.",
  textNoteOf: (n: number) =>
    `Markiert ist, was die ersten ${n} Aussagen zitieren. Jede Markierung führt zu ihrer Aussage.`,
  textForAnalysts: "Der Text ist nur mit einem Analyse-Schlüssel zu lesen. Die Zitate werden gezeigt.",
  noTextOrForAnalysts:
    "Hier ist kein Text zu lesen: Keiner ist gespeichert, oder er ist nur mit einem Analyse-Schlüssel zu lesen.",
  noText: "Ein Text ist nicht gespeichert.",
  accessAnalyst: "Text nur mit Analyse-Schlüssel",
  claimsFromIt: "Aussagen, die darin veröffentlicht sind",

  // Claims
  claimsTitle: "Aussagen",
  claimBy: (who: string, act: string) => `${who}, ${act}`,
  permalink: "Dauerhafte Adresse",
  wordsOfSource: "Der Wortlaut der Quelle",
  relations: "Verhältnis zu anderen Aussagen",
  history: "Verlauf",
  olderVersions: (n: number) => `Gezeigt werden die letzten ${n} Änderungen. Die API hat alle.`,
  versionBy: (version: number, author: string) => `Version ${version} von ${author}`,
  unknownAuthor: "unbekannt",
  reason: "Grund",
  cite: "Zitieren",
  saidBy: (who: string, when: string, standing: string | undefined) =>
    `Gesagt von: ${who}, ${when}${standing ? `; ${standing}` : ""}.`,
  recordAt: (id: string, version: number) => `Eintrag ${id}, Version ${version}`,
  plainText: "Reiner Text",
  relayedBy: "Weitergegeben von",
  spokenBy: "Ausgesprochen von",
  attributedAs: "Von der Quelle bezeichnet als",
  aboutSources: "Über die Quelle",
  pageOf: (number: string) => `Seite ${number}`,
  assertedAt: "Gesagt",
  credibilityLabel: "Glaubwürdigkeit, von der Redaktion eingestuft (Admiralty-Code)",
  standingLabel: "Geltung",
  basisInferred: "von der Redaktion erschlossen",
  proposition: "Sachfrage",
  figureLabel: "Zahl",
  noProposition: "Keiner Sachfrage zugeordnet.",
  certaintyLabel: "Gewissheit",
  rankLabel: "Rang",
  field: "Feld",
  fields: {
    statement: "Wortlaut",
    language: "Sprache",
    act: "Art der Aussage",
    stance: "Position",
    assertedBy: "Gesagt von",
    assertedAt: "Gesagt",
    attribution: "Wessen Worte",
    certainty: "Gewissheit",
    credibility: "Glaubwürdigkeit",
    events: "Ereignisse",
    figure: "Zahl",
    proposition: "Sachfrage",
    rank: "Rang",
    relayedBy: "Weitergegeben von",
    speaker: "Ausgesprochen von",
    attributedAs: "Von der Quelle bezeichnet als",
    aboutSources: "Über die Quelle",
    tags: "Schlagwörter",
    status: "Prüfung",
    citations: "Fundstellen",
    relations: "Beziehungen",
  },
  fieldBefore: "vorher",
  fieldAfter: "nachher",

  // Lists
  only: { actor: "Akteur", event: "Ereignis", proposition: "Sachfrage", source: "Quelle" },
  unknownSlug: (slug: string) => `${slug} (so heißt keiner der Einträge)`,
  remove: "entfernen",
  withoutThe: {
    actor: "diesen Akteur entfernen",
    event: "dieses Ereignis entfernen",
    proposition: "diese Sachfrage entfernen",
    source: "diese Quelle entfernen",
  },
  actLabel: "Art der Aussage",
  stanceLabel: "Position",
  theseOverTime: "Diese Aussagen im Lauf der Zeit",
  listOf: (what: string) => `${what} in Claimgraph: wer was wann und in welchen Worten gesagt hat.`,
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
  period: "Zeitraum",
  undated: "ohne Datum",
  onlyLatest: (n: number) => `Gezeichnet sind nur die letzten ${n} Zeiträume. Die Tabelle hat alle.`,
  filterPossibly:
    "Eine Aussage mit ungenauem Datum zählt mit, wenn sie in dieser Zeit gemacht worden sein kann.",
  perMonth: "je Monat",
  perYear: "je Jahr",
  vagueClaims: (n: number, per: "month" | "year") =>
    `${plural(n, "Aussage", "Aussagen")} mit ungenauem Datum: gezählt im ersten ${per === "month" ? "Monat, der" : "Jahr, das"} dafür infrage kommt.`,
  moreFigures: "Es gibt mehr Zahlen, als hier gezeichnet sind. Alle stehen bei den Aussagen.",
  tooManyBuckets: (n: string) =>
    `Nur die ersten ${n} Zahlen werden gezeigt. Wählen Sie Jahre oder einen kürzeren Zeitraum, um alle zu sehen.`,
  theseClaims: "Diese Aussagen als Liste",
  asTable: "Als Tabelle",
  undatedClaims: (n: number) =>
    `${plural(n, "Aussage", "Aussagen")} ohne Datum oder mit offenem Anfang: in den Summen, aber in keinem Balken`,
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
  badQuestion: "Ein Wert in dieser Adresse ist nicht möglich. Die API sagt auf Englisch:",
  badForm: "Das Formular war nicht zu lesen. Öffnen Sie die Seite neu und schicken Sie es von dort ab.",
  notFromHereTitle: "Dieses Formular kam nicht von dieser Website",
  notFromHere:
    "Nur ein Formular dieser Website kann Sie an- oder abmelden. Öffnen Sie die Seite neu und schicken Sie das Formular von dort ab.",
  tooLong: (name: string, most: number) => `„${name}“ hat mehr als ${most} Zeichen. Nehmen Sie weniger.`,
  badText: (name: string) => `„${name}“ hat ein Zeichen, das in keinem Text stehen kann.`,
  badOrder: (from: string, to: string) => `${to} liegt vor ${from}. Ändern Sie „from“ oder „to“.`,
  badPeriod: (given: string) =>
    `„${given}“ ist kein Tag, Monat oder Jahr. Schreiben Sie 2025-04-26, 2025-04 oder 2025.`,
  badDay: (given: string) => `„${given}“ ist kein Tag. Schreiben Sie ihn so: 2025-04-26.`,
  badValue: (name: string, given: string, allowed: string) =>
    `„${given}“ ist für „${name}“ nicht bekannt. Möglich sind: ${allowed}.`,
  toStart: "Startseite",
};
