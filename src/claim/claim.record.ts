import { externalIdParts } from "../identity/external-id.js";
import { tagList } from "../identity/tags.js";
import {
  anyText,
  credibility,
  figureProblem,
  fragment,
  fragmentProblem,
  language,
  line,
  number,
  text,
  url,
  yesOrNo,
} from "../values/rules.js";
import { column, type Document, date, many, one, parts, record, value } from "../writing/record.js";
import { checkFigures } from "./check-figures.js";
import { checkRelations, putOffRelations } from "./check-relations.js";
import { claimEntries } from "./claim.dataset.js";
import { claims } from "./claim.type.js";
import { locateQuotes } from "./locate-quotes.js";
import { mayBegin } from "./may-begin.js";
import { noticeClaims } from "./notice-claims.js";
import { reviewMutations } from "./review.js";
import { actProblem, speakerProblem, stanceOf, subjectProblem } from "./stance.js";

/** How claims are written. */
export const claimRecord = record(
  "CLAIM",
  claims,
  {
    statement: column(),
    language: column(language),
    act: column(),
    stance: column(undefined, { follows: stanceOf }),
    certainty: column(undefined, { default: "UNSPECIFIED" }),
    attribution: column(undefined, { default: "INDIRECT" }),
    assertedBy: one(),
    speaker: one(),
    attributedAs: column(line),
    relayedBy: many({ ordered: true }),
    assertedAt: date(),
    events: many(),
    aboutSources: many(),
    proposition: one(),
    figure: value(
      {
        low: column(number),
        best: column(number),
        high: column(number),
        approximator: column(),
        additional: column(yesOrNo, { default: false }),
        asOf: date(),
        text: column(line),
      },
      figureProblem,
    ),
    citations: parts(
      { owner: "claim_id", prefix: "citation", ordered: true, least: 1, problem: fragmentProblem },
      {
        source: one(),
        quote: value({
          exact: column(text),
          prefix: column(anyText),
          suffix: column(anyText),
          start: column(number, { given: "never" }),
          end: column(number, { given: "never" }),
        }),
        fragment: column(fragment),
        conformsTo: column(url),
        anchor: column(undefined, { given: "never" }),
        translation: column(),
      },
    ),
    relations: parts(
      { owner: "from_id", prefix: "relation", unique: ["to", "type"] },
      { type: column(), to: one(), basis: column(undefined, { default: "INFERRED" }), note: column() },
    ),
    credibility: column(credibility),
    externalIds: externalIdParts("claimId"),
    tags: tagList(),
    rank: column(undefined, { default: "NORMAL" }),
    status: column(undefined, { default: "DRAFT", given: "first" }),
  },
  {
    problem: (claim: Document) => [...actProblem(claim), ...speakerProblem(claim), ...subjectProblem(claim)],
    async prepare(change, drafts) {
      await locateQuotes(change, drafts);
      await checkFigures(change, drafts);
      await putOffRelations(change, drafts);
    },
    verify: checkRelations,
    notice: noticeClaims,
    mayBegin,
    verb: "record",
    keyed: true,
    entries: claimEntries,
    mutations: () => reviewMutations(),
    authorMay: ({ status }: Document) => status === "DRAFT",
    readable: ({ status }: Document) => status === "PUBLISHED" || status === "RETRACTED",
  },
);
