/** What the definition says of one proposition of the example data, found by a person and not by the product. */
export interface HandChecked {
  readonly slug: string;
  readonly status: string;
  /** Why, in plain words. */
  readonly why: string;
  /** The stance of each side, by its actor's slug; "!" behind it says that the side is divided. */
  readonly sides: Readonly<Record<string, string>>;
  readonly voices: number;
  /** The kinds of the pairs that conflict, if any does. */
  readonly conflicts?: readonly string[];
}

const single = (slug: string, side: string, why: string, stance = "AFFIRMS"): HandChecked => ({
  slug,
  status: "SINGLE_SOURCED",
  why,
  sides: { [side]: stance },
  voices: 1,
});

/** Each proposition of the example data sets. */
export const HAND_CHECKED: readonly HandChecked[] = [
  // North Korean soldiers in the Kursk region: questions that are true or not.
  {
    slug: "dprk-troops-deployed-to-russia",
    status: "CONCEDED",
    why: "Everybody who holds a stance affirms it; North Korea was silent, other governments said it first, and then North Korea's military admitted it.",
    sides: { "north-korea": "AFFIRMS", "unnamed-governments": "AFFIRMS", russia: "AFFIRMS" },
    voices: 3,
  },
  {
    slug: "kursk-fully-retaken",
    status: "CONTESTED",
    why: "Russia and its military affirm it, Ukraine's military rejects it, and both stand by their word.",
    sides: { russia: "AFFIRMS", ukraine: "REJECTS" },
    voices: 2,
    conflicts: ["STANCE"],
  },
  single(
    "ukraine-still-fighting-in-kursk",
    "ukraine",
    "Only Ukraine's military says so; what it contradicts is a claim about another proposition, which does not count here.",
  ),
  single("kursk-seized-by-surprise", "north-korea", "Only the statement of North Korea's military says so."),
  single(
    "defence-agreement-promises-help",
    "claimgraph-example-desk",
    "Only the desk says so, in its own voice.",
  ),
  single(
    "dprk-troops-easy-targets",
    "military-experts",
    "Only experts say so; their claim has no date, which does not keep it from counting.",
  ),
  single("dprk-troops-gained-experience", "ukraine", "Only Ukrainian intelligence says so."),
  single("dprk-troops-carried-mass-assaults", "ukraine", "Only Ukrainian intelligence says so."),
  single(
    "dprk-deployment-abets-unlawful-invasion",
    "south-korea",
    "Only South Korea's government accuses the North of it.",
  ),
  single("dprk-troops-fought-bravely", "russia", "Only the Russian military says so."),
  single(
    "ukraine-loses-bargaining-chip",
    "claimgraph-example-desk",
    "Only the desk says so, in its own voice.",
  ),
  single(
    "russia-serious-about-peace",
    "unnamed-doubters-of-russia",
    "One unnamed voice doubts it, and nobody affirms it: one rejection is a single source too.",
    "REJECTS",
  ),
  single("dprk-supplied-weapons", "claimgraph-example-desk", "Only the desk says so, in its own voice."),
  single(
    "russia-repays-with-technology",
    "proliferation-experts",
    "Only experts fear it, at an unknown date.",
  ),
  single("russia-repays-with-economic-help", "claimgraph-example-desk", "Only the desk expects it."),

  // Questions of how many.
  {
    slug: "dprk-troops-sent",
    status: "CORROBORATED",
    why: "Officials of three states give one and the same range, each on their own; the additional 3,000 are an increment and hold nothing, and North Korea is silent.",
    sides: {
      "united-states": "AFFIRMS",
      "south-korea": "AFFIRMS",
      ukraine: "AFFIRMS",
      "north-korea": "SILENT",
    },
    voices: 3,
  },
  single("dprk-troops-killed-or-wounded", "south-korea", "Only South Korea's military gives a number."),
  {
    slug: "dprk-troops-killed",
    status: "NO_POSITION",
    why: "Nobody gives a number of the dead; North Korea's silence is no stance.",
    sides: { "north-korea": "SILENT" },
    voices: 0,
  },

  // The solvent spill at Ahrenfurt: questions that are true or not.
  {
    slug: "ahrenfurt-leak-at-plant",
    status: "CONCEDED",
    why: "Everybody who holds a stance affirms it, and the side of Halvora and its parent came to that from a denial; the contradiction of the denial no longer counts, since nobody holds the denial.",
    sides: { "kaisei-kagaku": "AFFIRMS", "ahrenfurt-city": "AFFIRMS", "ahrenfurt-resident": "AFFIRMS" },
    voices: 3,
  },
  {
    slug: "ahrenfurt-tap-water-contaminated",
    status: "RETRACTED",
    why: "The newspaper took back the only claim that had a stance, and the parent company's words wait for review and do not count.",
    sides: { "ahrenfurter-bote": "WITHDRAWN" },
    voices: 0,
  },
  {
    slug: "ahrenfurt-smell-of-paint",
    status: "SINGLE_SOURCED",
    why: "The agency and the newspaper both say so in publications of their own, but the newspaper printed the agency's text: two sides, one voice.",
    sides: { "nordstern-dienst": "AFFIRMS", "ahrenfurter-bote": "AFFIRMS" },
    voices: 1,
  },
  single(
    "ahrenfurt-river-clean",
    "ahrenfurt-city",
    "The city affirms it and its own Water Office rejects it; they are one side, so it is divided, and no other side takes a stance.",
    "AFFIRMS!",
  ),
  {
    slug: "ahrenfurt-valve-known",
    status: "CONTESTED",
    why: "Clean Ahre affirms it and Halvora, which is on the side of its parent company, rejects it.",
    sides: { "clean-ahre": "AFFIRMS", "kaisei-kagaku": "REJECTS" },
    voices: 2,
    conflicts: ["STANCE"],
  },

  // Questions of how many.
  {
    slug: "ahrenfurt-solvent-leaked",
    status: "CORROBORATED",
    why: "At least 2,000 and at most 3,500 litres share numbers, and were said six days apart: the figures are comparable and do not conflict.",
    sides: { "ahrenfurt-city": "AFFIRMS", "kaisei-kagaku": "AFFIRMS" },
    voices: 2,
  },
  {
    slug: "ahrenfurt-residents-displaced",
    status: "CONTESTED",
    why: "About 250 reaches from 225 to 275, at least 400 begins above that, and both are of the same day.",
    sides: { "ahrenfurt-city": "AFFIRMS", "clean-ahre": "AFFIRMS" },
    voices: 2,
    conflicts: ["FIGURE"],
  },
  single(
    "ahrenfurt-bank-closed",
    "ahrenfurt-city",
    "Only the Water Office gives an area; its first figure is deprecated and does not count.",
  ),
  {
    slug: "ahrenfurt-workers-hurt",
    status: "NO_POSITION",
    why: "Halvora declined to answer, and nobody else was asked.",
    sides: { "kaisei-kagaku": "SILENT" },
    voices: 0,
  },
  {
    slug: "ahrenfurt-fish-collected",
    status: "NOT_COMPARABLE",
    why: "300 kilograms are of 13 May and 1,100 of 24 May: a weight that only grows may have been both.",
    sides: { "ahrenfurt-city": "AFFIRMS", "clean-ahre": "AFFIRMS" },
    voices: 2,
  },

  // The acid cloud over Vaucendre: questions that are true or not.
  {
    slug: "vaucendre-cloud-harmless",
    status: "CONCEDED",
    why: "Both reject it; the prefecture had affirmed it, and corrected itself after the residents had rejected it.",
    sides: { "haute-mirelle-prefecture": "REJECTS", "vaucendre-residents": "REJECTS" },
    voices: 2,
  },
  {
    slug: "vaucendre-sirens-before-cloud",
    status: "CONTESTED",
    why: "The mayor, who speaks for the town, affirms it; the two who made the leaflet together reject it, each for itself.",
    sides: {
      "vaucendre-town": "AFFIRMS",
      "mirelle-chemical-union": "REJECTS",
      "vaucendre-residents": "REJECTS",
    },
    voices: 3,
    conflicts: ["STANCE", "STANCE"],
  },
  {
    slug: "vaucendre-valve-shut-off",
    status: "CONCEDED",
    why: "All who hold a stance affirm it, and the company came to that from a denial, after the union and an official of the gendarmerie; what the e-mail says waits in review.",
    sides: {
      "brackmoor-chemicals": "AFFIRMS",
      "mirelle-chemical-union": "AFFIRMS",
      "haute-mirelle-gendarmerie": "AFFIRMS",
    },
    voices: 3,
  },
  {
    slug: "vaucendre-email-genuine",
    status: "CONTESTED",
    why: "The company calls the e-mail a forgery, and workers who are not on its side say that it is genuine.",
    sides: { "brackmoor-chemicals": "REJECTS", "unnamed-talvenne-workers": "AFFIRMS" },
    voices: 2,
    conflicts: ["STANCE"],
  },
  single(
    "vaucendre-tap-water-safe",
    "haute-mirelle-prefecture",
    "Only the prefecture says so; what a report ascribed to the mayor was retracted by an editor and does not count.",
  ),

  // Questions of how much, how many and how long.
  {
    slug: "vaucendre-acid-released",
    status: "CONTESTED",
    why: "About 800 reaches from 720 to 880, and 2,000 to 3,000 begins above that; the parent company repeats its subsidiary and is on its side.",
    sides: { "haute-mirelle-fire-brigade": "AFFIRMS", "brackmoor-chemicals": "AFFIRMS" },
    voices: 2,
    conflicts: ["FIGURE"],
  },
  single("vaucendre-release-duration", "brackmoor-chemicals", "Only the company gives a number of minutes."),
  {
    slug: "vaucendre-water-in-river",
    status: "NOT_COMPARABLE",
    why: "At most 12 cubic metres are of 10 March and about 40 of 17 March: a volume that only grows may have been both.",
    sides: { "brackmoor-chemicals": "AFFIRMS", "vaucendre-residents": "AFFIRMS" },
    voices: 2,
  },
  {
    slug: "vaucendre-injured",
    status: "CONTESTED",
    why: "The hospital's 37 lie below the at least 60 that the union and the residents give, and all were said within 30 days.",
    sides: {
      "vaucendre-hospital": "AFFIRMS",
      "mirelle-chemical-union": "AFFIRMS",
      "vaucendre-residents": "AFFIRMS",
    },
    voices: 3,
    conflicts: ["FIGURE", "FIGURE"],
  },
  {
    slug: "vaucendre-killed",
    status: "RETRACTED",
    why: "The party took back the only number of the dead.",
    sides: { "alliance-of-the-valley": "WITHDRAWN" },
    voices: 0,
  },
  {
    slug: "vaucendre-evacuated",
    status: "CORROBORATED",
    why: "About 1,200 reaches from 1,080 to 1,320, which has 1,150 in it; the town and the fire brigade are two sides.",
    sides: { "vaucendre-town": "AFFIRMS", "haute-mirelle-fire-brigade": "AFFIRMS" },
    voices: 2,
  },
  single("vaucendre-share-with-symptoms", "orvigny-institute", "Only the institute asked the residents."),
  single("vaucendre-fine", "orvigny-criminal-court", "Only the court names the fine."),
];
