import { Fragment } from "preact";
import { useLocale } from "../locale.js";

/** A span of a text, in UTF-16 units, and the claim that quotes it. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly claim: { readonly id: string; readonly statement: string };
}

/** From here on, only what stands near a quote is shown. In characters. */
const LONGEST = 60_000;
/** So much of a long text is shown on either side of a quote. */
const AROUND = 600;

/** A piece of a text, and the spans that it lies in. */
interface Piece {
  readonly start: number;
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Cuts a text where spans begin and end, so that spans may overlap. */
export function piecesOf(text: string, spans: readonly Span[]): Piece[] {
  const inside = spans.filter(({ start, end }) => start >= 0 && start < end && end <= text.length);
  const cuts = [...new Set([0, text.length, ...inside.flatMap(({ start, end }) => [start, end])])].sort(
    (a, b) => a - b,
  );
  return cuts.slice(0, -1).map((start, n) => ({
    start,
    text: text.slice(start, cuts[n + 1]),
    spans: inside.filter((span) => span.start <= start && start < span.end),
  }));
}

/** The text of a source, with what is quoted of it marked. Each mark leads to the claim that quotes it. */
export function MarkedText({
  text,
  spans,
  language,
}: {
  text: string;
  spans: readonly Span[];
  language: string | null;
}) {
  const pieces = piecesOf(text, spans);
  const begun = new Set<Span>();
  return (
    <div class="marked-text" lang={language ?? undefined} dir="auto">
      {pieces.map(({ start, text: words, spans: over }) => {
        const fresh = over.filter((span) => !begun.has(span));
        for (const span of fresh) begun.add(span);
        return over.length === 0 ? (
          <Fragment key={start}>{text.length > LONGEST ? shortened(words) : words}</Fragment>
        ) : (
          <Marked key={start} words={words} over={over} fresh={fresh} />
        );
      })}
    </div>
  );
}

function Marked({ words, over, fresh }: { words: string; over: readonly Span[]; fresh: readonly Span[] }) {
  const { href } = useLocale();
  const [first] = over;
  return (
    <mark>
      {fresh.map(({ start, end }) => (
        <span key={`${start}-${end}`} id={`q=${start}-${end}`} />
      ))}
      <a
        href={href(`/claims/${first?.claim.id}`)}
        title={over.map(({ claim }) => claim.statement).join("\n")}
      >
        {words}
      </a>
    </mark>
  );
}

/** What stands between two quotes, without its middle. */
const shortened = (text: string): string =>
  text.length <= 2 * AROUND ? text : `${text.slice(0, AROUND)} […] ${text.slice(-AROUND)}`;
