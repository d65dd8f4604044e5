import type {
  AttributionMode,
  CitedFragment,
  PublishedFragment,
  WhenFragment,
} from "../../generated/pages/graphql.js";
import { day, isVague, placeIn } from "../format.js";
import { useLocale } from "../locale.js";
import { Name, Recorded, RecordLink, When } from "./text.js";

/** From here on, a quote stands without the words around it. In characters. */
const LONG_QUOTE = 70;

/** A text that brings its own quotation marks. */
const MARKED = /^\s*[\p{Quotation_Mark}״《〈].*[\p{Quotation_Mark}״》〉][\s.,!?。]*$/su;
/** A quotation mark that is opened just before a quote: words stand before it, and none between. French has a space after «. */
const OPENS = /(?:(?:^|[\s([])(?:[\p{Quotation_Mark}״]|[«‹][\s\u00a0\u202f]?)|[「『《〈﹁﹃])$/u;

/** So much of a text the API gives on either side of a quote. Less of it is the beginning or the end. */
const CONTEXT = 32;

/** The address of the place in a source at which a quote stands. */
export const placeOf = ({ source, quote }: Pick<CitedFragment, "source" | "quote">): string =>
  `/sources/${source.slug}${quote?.start != null && quote.end != null ? `#q=${quote.start}-${quote.end}` : ""}`;

/** The words around a quote, as the API gives them; dots say that the text goes on. A word that is cut in two is left out. */
function around({ exact, prefix, suffix, start }: NonNullable<CitedFragment["quote"]>): {
  before: string;
  after: string;
} {
  if (exact.length >= LONG_QUOTE) return { before: "", after: "" };
  const first = start != null && start === prefix?.length;
  const last = start != null && suffix != null && suffix.length < CONTEXT;
  return {
    before: (prefix && (first ? prefix : `… ${prefix.replace(/^\S+\s/u, "")}`)) || "",
    after: (suffix && (last ? suffix : `${suffix.replace(/\s\S+$/u, "")} …`)) || "",
  };
}

/** The very words of a source, whose they are, and where they stand. */
export function Cite({
  citation,
  attribution,
  language,
  id,
}: {
  citation: CitedFragment;
  /** The language of the claim, in which quotes are translated. */
  language: string;
  attribution?: AttributionMode;
  id?: string;
}) {
  const { words } = useLocale();
  const { anchor, quote, source, translation } = citation;
  const { before, after } = quote ? around(quote) : { before: "", after: "" };
  const marked = OPENS.test(before) || MARKED.test(quote?.exact ?? "");
  return (
    <figure class="cite" id={id}>
      {quote && (
        <>
          {attribution && <p class="whose">{words.attribution[attribution]}</p>}
          <blockquote lang={source.language ?? undefined} dir="auto">
            {before && <span class="around">{before}</span>}
            {marked ? quote.exact : `${words.opening}${quote.exact}${words.closing}`}
            {after && <span class="around">{after}</span>}
          </blockquote>
        </>
      )}
      {(anchor === "ORPHANED" || anchor === "UNCHECKED") && quote && (
        <p class="note">{words.anchor[anchor]}</p>
      )}
      {translation && (
        <p class="translation">
          {words.translation}: <Recorded text={translation} language={language} />
        </p>
      )}
      <figcaption>
        <RecordLink to={placeOf(citation)} text={source.title} language={source.language} />
        <SourceFacts source={source} />
        <Place citation={citation} />
        {/* A quote that was found at a place has a text around it. */}
        {source.textAccess === "ANALYST" && quote?.start != null && ` (${words.accessAnalyst})`}
      </figcaption>
    </figure>
  );
}

/** Where in the source the words stand: a page, a time of a video. It leads there, where the source is at an address. */
function Place({ citation: { fragment, source } }: { citation: CitedFragment }) {
  const locale = useLocale();
  if (!fragment) return null;
  const text = placeIn(locale, fragment);
  return (
    <>
      {", "}
      {source.url ? (
        <a href={`${source.url.replace(/#.*/s, "")}#${fragment}`} rel="noopener noreferrer external">
          {text}
        </a>
      ) : (
        text
      )}
    </>
  );
}

/** A date without its time of day. */
function Day({ date }: { date: WhenFragment }) {
  const locale = useLocale();
  return isVague(date) || !date.earliest ? <When date={date} /> : day(locale, date.earliest);
}

/** Publisher and date of a source, after its title, and whether it was withdrawn. */
export function SourceFacts({ source }: { source: PublishedFragment }) {
  const { words } = useLocale();
  return (
    <>
      {source.publisher && (
        <>
          , <Name actor={source.publisher} />
        </>
      )}
      {source.publishedOn && (
        <>
          , <Day date={source.publishedOn} />
        </>
      )}
      {source.withdrawnAt && (
        <>
          {" "}
          <strong class="draft">{words.sourceWithdrawn}</strong>
        </>
      )}
    </>
  );
}
