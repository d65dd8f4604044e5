import type { AttributionMode, CitedFragment } from "../../generated/pages/graphql.js";
import { day } from "../format.js";
import { useLocale } from "../locale.js";
import { Name } from "./text.js";

/** From here on, a quote stands without the words around it. In characters. */
const LONG_QUOTE = 70;

/** The address of the place in a source at which a quote stands. */
export const placeOf = ({ source, quote }: Pick<CitedFragment, "source" | "quote">): string =>
  `/sources/${source.slug}${quote?.start != null && quote.end != null ? `#q=${quote.start}-${quote.end}` : ""}`;

/** The words around a quote, cut at whole words and at the ends of sentences; dots say that the sentence goes on. */
function around(quote: NonNullable<CitedFragment["quote"]>): { before: string; after: string } {
  if (quote.exact.length >= LONG_QUOTE) return { before: "", after: "" };
  const { prefix = "", suffix = "" } = quote;
  const [, sentence] = /^.*[.!?]["”’»)]?\s+(.*)$/su.exec(prefix ?? "") ?? [];
  const before = sentence ?? (prefix ?? "").replace(/^\S*\s/u, "… ");
  const [ended] = /^.*?[.!?]["”’»)]?(?=\s|$)/su.exec(suffix ?? "") ?? [];
  const after = ended ?? (suffix ?? "").replace(/\s\S*$/u, " …");
  return { before: before.trim() === "…" ? "" : before, after: after.trim() === "…" ? "" : after };
}

/** The very words of a source, whose they are, and where they stand. */
export function Cite({ citation, attribution }: { citation: CitedFragment; attribution?: AttributionMode }) {
  const { words, href } = useLocale();
  const { quote, source, translation } = citation;
  const { before, after } = quote ? around(quote) : { before: "", after: "" };
  return (
    <figure class="cite">
      {quote && (
        <>
          {attribution && <p class="whose">{words.attribution[attribution]}</p>}
          <blockquote lang={source.language ?? undefined} dir="auto">
            {before && <span class="around">{before}</span>}
            {words.opening}
            {quote.exact}
            {words.closing}
            {after && <span class="around">{after}</span>}
          </blockquote>
        </>
      )}
      {translation && (
        <p class="translation">
          {words.translation}: <span dir="auto">{translation}</span>
        </p>
      )}
      <figcaption>
        <a href={href(placeOf(citation))} lang={source.language ?? undefined} dir="auto">
          {source.title}
        </a>
        <SourceFacts source={source} />
      </figcaption>
    </figure>
  );
}

/** Publisher, date and access of a source, after its title. */
export function SourceFacts({ source }: { source: CitedFragment["source"] }) {
  const locale = useLocale();
  const { words } = locale;
  return (
    <>
      {source.publisher && (
        <>
          , <Name actor={source.publisher} />
        </>
      )}
      {source.publishedAt && `, ${day(locale, source.publishedAt.slice(0, 10))}`}
      {source.textAccess === "ANALYST" && ` (${words.accessAnalyst})`}
    </>
  );
}
