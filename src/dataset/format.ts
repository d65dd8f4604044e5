import { z } from "zod";
import {
  ActorKind,
  AffiliationRole,
  Approximator,
  AttributionMode,
  Certainty,
  ClaimRelationType,
  EventType,
  GeoPrecision,
  Measure,
  NameKind,
  ParticipantRole,
  PropositionKind,
  Rank,
  RelationBasis,
  Reliability,
  ReviewStatus,
  SourceKind,
  SpeechAct,
  Stance,
  TextAccess,
} from "../generated/prisma/enums.js";
import { FuzzyDateError, parseFuzzyDate } from "../values/fuzzy-date.js";

// The files of a data set, one schema for one entry of each; examples/README.md explains them to people.
// Field names are those of the API. A message says what to write instead: it is all that an author sees.

/** An object whose unknown keys are errors, since a misspelt key would otherwise be lost in silence. */
function fields<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape).join(", ");
  return z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === "unrecognized_keys"
        ? `unknown ${list(keys as string[])}; the keys known here are ${known}`
        : `write the keys ${known}`,
  });
}

function oneOf<const Values extends Readonly<Record<string, string>>>(values: Values) {
  return z.enum(values, { error: `write one of ${Object.keys(values).join(", ")}` });
}

const list = (words: string[]): string => words.map((word) => JSON.stringify(word)).join(", ");

/** PostgreSQL stores neither NUL nor half a character. */
const text = z
  .string({ error: "write a text" })
  .regex(/\S/, { error: "write a text that is not blank" })
  .regex(/^[^\0\p{Surrogate}]*$/u, { error: "remove the NUL character or the unpaired surrogate" });

const slug = z.string({ error: "write a slug such as north-korea" }).regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
  error: "write lower-case letters, digits and single hyphens, such as north-korea",
});

const countryCode = z
  .string({ error: "write two capitals of ISO 3166-1, such as KR" })
  .regex(/^[A-Z]{2}$/, { error: "write two capitals of ISO 3166-1, such as KR" });

const language = z
  .string({ error: "write a BCP-47 tag, such as en or zh-Hant" })
  .refine(isLanguageTag, { error: "write a BCP-47 tag, such as en or zh-Hant" });

const instant = z.iso.datetime({
  offset: true,
  error: "write a date, time and zone, such as 2025-04-29T08:00:00Z",
});

const url = z.url({ protocol: /^https?$/, error: "write an address that starts with https:// or http://" });

/** A bare year is a number to YAML. */
const edtf = z
  .union([z.string(), z.int().transform((year) => String(year).padStart(4, "0"))], {
    error: "write an EDTF date, such as 2025-04-28, 2024-06 or 2024-10/2024-12",
  })
  .superRefine((value, context) => {
    try {
      parseFuzzyDate(value);
    } catch (error) {
      if (!(error instanceof FuzzyDateError)) throw error;
      context.addIssue({ code: "custom", message: error.message });
    }
  });

const number = z.number({ error: "write a number, without separators or units" });
const yesOrNo = z.boolean({ error: "write true or false" });
const few = <Item extends z.ZodType>(item: Item) => z.array(item, { error: "write a list" });
const none = (): never[] => [];

export const datasetSchema = fields({
  /** Namespace of the ids, so never to be changed once the set has been loaded anywhere. */
  name: slug,
  title: text,
  description: text,
  licence: text,
  /** Instant of recording of every row; it is part of the ids too. */
  recordedAt: instant,
  /** Language of the statements, unless a claim says otherwise. */
  language,
});

export const actorSchema = fields({
  slug,
  name: text,
  kind: oneOf(ActorKind),
  description: text.optional(),
  countryCode: countryCode.optional(),
  names: few(
    fields({ value: text, language: language.optional(), kind: oneOf(NameKind).default("ALIAS") }),
  ).default(none),
  externalIds: few(fields({ scheme: slug, value: text })).default(none),
  affiliations: few(
    fields({
      role: oneOf(AffiliationRole),
      with: slug,
      title: text.optional(),
      from: edtf.optional(),
      until: edtf.optional(),
    }),
  ).default(none),
});

export const propositionSchema = fields({
  slug,
  text,
  kind: oneOf(PropositionKind),
  measure: oneOf(Measure).optional(),
  unit: text.optional(),
  population: text.optional(),
  basis: text.optional(),
}).superRefine(({ kind, measure, unit, population, basis }, context) => {
  if (kind === "QUANTITY" && !measure)
    context.addIssue({ code: "custom", message: "a QUANTITY needs a measure; add one", path: ["kind"] });
  if (kind === "YES_NO" && (measure ?? unit ?? population ?? basis) !== undefined)
    context.addIssue({
      code: "custom",
      message: "a YES_NO has nothing to measure; remove measure, unit, population and basis",
      path: ["kind"],
    });
});

export const sourceSchema = fields({
  slug,
  kind: oneOf(SourceKind),
  title: text,
  url: url.optional(),
  archivedUrl: url.optional(),
  publisher: slug.optional(),
  authors: few(text).default(none),
  publishedAt: instant.optional(),
  retrievedAt: instant.optional(),
  language: language.optional(),
  /** Name of a UTF-8 file beside this one. */
  textFile: z
    .string()
    .regex(/^\w[\w.-]*$/, { error: "write the name of a file in the same folder, such as brief.txt" })
    .optional(),
  textAccess: oneOf(TextAccess).default("ANALYST"),
  reliability: oneOf(Reliability).optional(),
  syndicationOf: slug.optional(),
});

export const eventSchema = fields({
  slug,
  title: text,
  description: text.optional(),
  type: oneOf(EventType),
  occurred: edtf.optional(),
  place: fields({
    name: text,
    countryCode: countryCode.optional(),
    latitude: number.min(-90, { error: "write -90 to 90" }).max(90, { error: "write -90 to 90" }).optional(),
    longitude: number
      .min(-180, { error: "write -180 to 180" })
      .max(180, { error: "write -180 to 180" })
      .optional(),
    precision: oneOf(GeoPrecision).optional(),
  })
    .refine(({ latitude, longitude }) => (latitude === undefined) === (longitude === undefined), {
      error: "write both latitude and longitude, or neither",
    })
    .optional(),
  participants: few(fields({ actor: slug, role: oneOf(ParticipantRole) })).default(none),
  partOf: slug.optional(),
});

const figureSchema = fields({
  low: number.optional(),
  best: number.optional(),
  high: number.optional(),
  approximator: oneOf(Approximator),
  additional: yesOrNo.default(false),
  asOf: edtf.optional(),
  text: text.optional(),
})
  .refine(({ low, best, high }) => (low ?? best ?? high) !== undefined, {
    error: "write at least one of low, best and high",
  })
  .refine(
    ({ low, best, high }) => {
      const given = [low, best, high].filter((value) => value !== undefined);
      return given.every((value, index) => index === 0 || given[index - 1]! <= value);
    },
    { error: "put the numbers in order: low, then best, then high" },
  );

const citationSchema = fields({
  source: slug,
  /** Just the words, or the words with what stands directly around them. */
  quote: z
    .union(
      [
        text.transform((exact) => ({ exact, prefix: undefined, suffix: undefined })),
        fields({ exact: text, prefix: text.optional(), suffix: text.optional() }),
      ],
      { error: "write the quoted words, or the keys exact, prefix and suffix" },
    )
    .optional(),
  translation: text.optional(),
});

export const claimSchema = fields({
  /** Names the claim within its set. */
  key: slug,
  statement: text,
  language: language.optional(),
  act: oneOf(SpeechAct),
  stance: oneOf(Stance).default("NEUTRAL"),
  certainty: oneOf(Certainty).default("UNSPECIFIED"),
  attribution: oneOf(AttributionMode).default("INDIRECT"),
  assertedBy: slug,
  /** From the utterer outwards. */
  relayedBy: few(slug).default(none),
  assertedAt: edtf.optional(),
  events: few(slug).min(1, { error: "name at least one event" }),
  proposition: slug.optional(),
  figure: figureSchema.optional(),
  credibility: z.int().min(1).max(6).optional(),
  rank: oneOf(Rank).default("NORMAL"),
  status: oneOf(ReviewStatus).default("DRAFT"),
  citations: few(citationSchema).min(1, { error: "cite at least one source" }),
  relations: few(
    fields({
      to: slug,
      type: oneOf(ClaimRelationType),
      basis: oneOf(RelationBasis).default("INFERRED"),
      note: text.optional(),
    }),
  ).default(none),
});

function isLanguageTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

export type DatasetEntry = z.output<typeof datasetSchema>;
export type ActorEntry = z.output<typeof actorSchema>;
export type PropositionEntry = z.output<typeof propositionSchema>;
export type SourceEntry = z.output<typeof sourceSchema>;
export type EventEntry = z.output<typeof eventSchema>;
export type ClaimEntry = z.output<typeof claimSchema>;
