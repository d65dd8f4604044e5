import { ID, Int } from "type-graphql";
import type * as models from "../generated/prisma/models.js";
import { Url } from "../graphql/scalars.js";
import { declare } from "../reading/declare.js";
import { heldIn, ownId } from "../reading/ties.js";
import { type Source, sources } from "../source/source.type.js";
import { Anchor } from "./claim.vocabulary.js";

const quotes = declare<models.CitationModel>("citation", {
  name: "Quote",
  description:
    "A span of a source's text (W3C Web Annotation: TextQuoteSelector and TextPositionSelector). Offsets count " +
    "UTF-16 code units: `source.text.slice(start, end) === exact` when the anchor is EXACT or FUZZY.",
});

@quotes.type
export class Quote {
  @quotes.column(() => String, { description: "The quoted words." })
  exact!: string;

  @quotes.column(() => String, { nullable: true, description: "The text just before them." })
  prefix!: string | null;

  @quotes.column(() => String, { nullable: true, description: "The text just after them." })
  suffix!: string | null;

  @quotes.column(() => Int, { nullable: true, description: "Where they start; null without a stored text." })
  start!: number | null;

  @quotes.column(() => Int, {
    nullable: true,
    description: "Where they end, exclusive; null without a stored text.",
  })
  end!: number | null;
}

/** The declaration of citations, for claims. */
export const citations = declare<models.CitationModel>("citation", {
  name: "Citation",
  description: "Where a claim was published: a source and the span that says it.",
});

@citations.type
export class Citation {
  @citations.column(() => ID, {
    description: "The id by which mutations name it.",
    expression: ownId("citation"),
  })
  id!: string;

  @citations.one(() => sources, {
    description: "The source.",
    ...heldIn<models.CitationModel>("sourceId"),
    filter: true,
  })
  source!: Source;

  @citations.value(() => quotes, { description: "The quoted span, if one was given.", present: ["exact"] })
  quote!: Quote | null;

  @citations.column(() => String, {
    nullable: true,
    description:
      "The part of the source that says it, as the fragment of its address (W3C Web Annotation: FragmentSelector): `t=65,122.05`, `page=12`, `xywh=160,120,320,240`.",
  })
  fragment!: string | null;

  @citations.column(() => Url, {
    nullable: true,
    description:
      "The specification by which `fragment` is read: `http://www.w3.org/TR/media-frags/` of times and areas, `http://tools.ietf.org/rfc/rfc3778` of pages of a PDF.",
  })
  conformsTo!: string | null;

  @citations.column(() => Anchor, {
    description: "How well the span is tied to the source's text.",
    filter: true,
  })
  anchor!: Anchor;

  @citations.column(() => String, {
    nullable: true,
    description: "The quoted words in the claim's language.",
  })
  translation!: string | null;
}
