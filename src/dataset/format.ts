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
import {
  affiliationProblem,
  countryCode,
  credibility,
  edtf,
  figureProblem,
  instant,
  language,
  latitude,
  line,
  longitude,
  number,
  oneOf,
  placeProblem,
  propositionProblem,
  slug,
  text,
  together,
  url,
  yesOrNo,
} from "../values/rules.js";

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

const list = (words: string[]): string => words.map((word) => JSON.stringify(word)).join(", ");

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
  name: line,
  kind: oneOf(ActorKind),
  description: text.optional(),
  countryCode: countryCode.optional(),
  names: few(
    fields({ value: line, language: language.optional(), kind: oneOf(NameKind).default("ALIAS") }),
  ).default(none),
  externalIds: few(fields({ scheme: slug, value: line })).default(none),
  affiliations: few(
    fields({
      role: oneOf(AffiliationRole),
      with: slug,
      title: text.optional(),
      from: edtf.optional(),
      until: edtf.optional(),
    }).superRefine(together(({ from, until }) => affiliationProblem({ from, to: until }))),
  ).default(none),
});

export const propositionSchema = fields({
  slug,
  text: line,
  kind: oneOf(PropositionKind),
  measure: oneOf(Measure).optional(),
  unit: text.optional(),
  population: text.optional(),
  basis: text.optional(),
}).superRefine(together(propositionProblem, "kind"));

export const sourceSchema = fields({
  slug,
  kind: oneOf(SourceKind),
  title: line,
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
  title: line,
  description: text.optional(),
  type: oneOf(EventType),
  occurred: edtf.optional(),
  place: fields({
    name: text,
    countryCode: countryCode.optional(),
    latitude: latitude.optional(),
    longitude: longitude.optional(),
    precision: oneOf(GeoPrecision).optional(),
  })
    .superRefine(together(placeProblem))
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
}).superRefine(together(figureProblem));

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
  credibility: credibility.optional(),
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

export type DatasetEntry = z.output<typeof datasetSchema>;
export type ActorEntry = z.output<typeof actorSchema>;
export type PropositionEntry = z.output<typeof propositionSchema>;
export type SourceEntry = z.output<typeof sourceSchema>;
export type EventEntry = z.output<typeof eventSchema>;
export type ClaimEntry = z.output<typeof claimSchema>;
