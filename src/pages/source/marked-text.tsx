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
  const named = new Set<string>();
  return (
    <div class="marked-text" lang={language ?? undefined} dir="auto">
      {pieces.map(({ start, text: words, spans: over }) => {
        const fresh = over.filter((span) => !begun.has(span));
        for (const span of fresh) begun.add(span);
        const names = new Set(
          fresh.map(({ start, end }) => `q=${start}-${end}`).filter((name) => !named.has(name)),
        );
        for (const name of names) named.add(name);
        return over.length === 0 ? (
          <Fragment key={start}>{text.length > LONGEST ? <Shortened text={words} /> : words}</Fragment>
        ) : (
          <Marked key={start} words={words} over={over} fresh={fresh} names={[...names]} />
        );
      })}
    </div>
  );
}

/** A piece that is quoted. It leads to the first claim that quotes it, and small numbers lead to the others. */
function Marked({
  words,
  over,
  fresh,
  names,
}: {
  words: string;
  over: readonly Span[];
  /** The spans that begin here. */
  fresh: readonly Span[];
  /** The names of these spans in addresses. */
  names: readonly string[];
}) {
  const { href } = useLocale();
  const [first] = over;
  const [name, ...more] = names;
  return (
    <>
      {more.map((id) => (
        <span key={id} id={id} />
      ))}
      <mark id={name}>
        <a href={href(`/claims/${first?.claim.id}`)} title={first?.claim.statement}>
          {words}
        </a>
      </mark>
      {fresh
        .filter((span) => span !== first)
        .map(({ claim }, n) => (
          <sup key={claim.id}>
            <a href={href(`/claims/${claim.id}`)} title={claim.statement} aria-label={claim.statement}>
              {n + 2}
            </a>
          </sup>
        ))}
    </>
  );
}

/** What stands between two quotes, without its middle. */
function Shortened({ text }: { text: string }) {
  if (text.length <= 2 * AROUND) return <>{text}</>;
  // No character is cut in two.
  const head = text.slice(0, AROUND).replace(/[\uD800-\uDBFF]$/, "");
  const tail = text.slice(-AROUND).replace(/^[\uDC00-\uDFFF]/, "");
  return (
    <>
      {head}
      <span class="gap"> […] </span>
      {tail}
    </>
  );
}
