import type { Ask } from "../support/app.js";
import { type Answered, type AskedConflict, byActor, byPair, type Dated, pairOf } from "./answers.js";
import { compareTexts, spanOf } from "./days.js";

const FIGURE = "{ low best high approximator additional asOf { edtf } }";

const DISPUTE = `fragment Whole on Dispute {
  status stance divided voices origins sideCount since { edtf } rule
  sides {
    actor { id } stance figure ${FIGURE} since { edtf } divided decidingClaim { id }
    positions {
      actor { id } side { id } stance figure ${FIGURE} since { edtf } orderCertain decidingClaim { id }
      history { stance claim { id } on { edtf } } increments { id }
    }
  }
  conflicts { kind sides { actor { id } } claims { id } intervals { low high } }
  envelope { low high } overlap { low high } spread
}`;

function question(days: readonly string[]): string {
  const on = days.map(
    (day, at) =>
      `p${at}: dispute(on: "${day}") { ...Whole } d${at}: dispute(on: "${day}", dates: DEFINITELY) { ...Whole }`,
  );
  return `${DISPUTE} query ($id: ID!) { proposition(id: $id) {
    now: dispute { ...Whole } ${on.join("\n")}
    timeline { on status sides { actor { id } stance } claims { id } }
    figures(first: 100) { nodes { claim { id } actor { id } side { id } on { edtf } asOf { edtf } low best high approximator additional current } }
    claims(first: 100) { nodes { id standing side { id } } }
  } }`;
}

type AskedDispute = Answered["now"] & { rule: string };

interface AskedProposition extends Record<string, unknown> {
  now: AskedDispute;
  timeline: (Omit<Answered["timeline"][number], "claims"> & { claims: { id: string }[] })[];
  figures: { nodes: Answered["figures"] };
  claims: { nodes: Answered["claims"] };
}

/** A conflict whose sides are sorted, and what belongs to them with them. */
function turned({ kind, sides, claims, intervals }: AskedConflict): AskedConflict {
  const [one, other] = sides;
  if (!one || !other || compareTexts(one.actor.id, other.actor.id) <= 0)
    return { kind, sides, claims, intervals };
  return {
    kind,
    sides: [other, one],
    claims: [...claims].reverse(),
    intervals: [...intervals].reverse(),
  };
}

/** By the earliest instant, then the latest; those without a date come last. */
function byDate(one: Dated, other: Dated): number {
  if (!one || !other) return Number(!one) - Number(!other);
  const [left, right] = [spanOf(one.edtf), spanOf(other.edtf)];
  return left.from - right.from || left.to - right.to;
}

function checkOrder<Item>(items: readonly Item[], compare: (one: Item, other: Item) => number): void {
  const wrong = items.findIndex((item, at) => at > 0 && compare(items[at - 1] as Item, item) > 0);
  if (wrong > 0) throw new Error(`not in order: ${JSON.stringify(items.slice(wrong - 1, wrong + 1))}`);
}

function sorted({ rule, sides, conflicts, ...rest }: AskedDispute) {
  if (!/\S/.test(rule)) throw new Error("a dispute has no rule");
  return {
    ...rest,
    sides: sides.map((side) => ({ ...side, positions: [...side.positions].sort(byActor) })),
    conflicts: conflicts.map(turned).sort(byPair),
  };
}

/** All that a proposition answers, in the shape of the reference. */
export async function askAll(ask: Ask, id: string, days: readonly string[]) {
  const { data, errors } = await ask(question(days), { id });
  if (errors || !data) throw new Error(JSON.stringify(errors?.slice(0, 3)));
  const { now, timeline, figures, claims, ...others } = data.proposition as AskedProposition;
  const on = (letter: string) => days.map((_, at) => sorted(others[`${letter}${at}`] as AskedDispute));
  checkOrder(figures.nodes, (one, other) => byDate(one.on, other.on));
  return {
    now: sorted(now),
    ...{ possibly: on("p"), definitely: on("d") },
    timeline: timeline.map((change) => ({
      ...change,
      sides: [...change.sides].sort(byActor),
      claims: change.claims.map((claim) => claim.id).sort(),
    })),
    figures: [...figures.nodes].sort((one, other) => compareTexts(one.claim.id, other.claim.id)),
    claims: [...claims.nodes].sort((one, other) => compareTexts(one.id, other.id)),
  };
}

type Asked = Awaited<ReturnType<typeof askAll>>;

/**
 * What the reference expects of an answer: of several relations between two sides the one that was answered, if it is one of
 * them, and a quotient to within what a number holds.
 */
function fitted(expected: Answered["now"], asked: Asked["now"]) {
  const conflicts = expected.conflicts.map(({ others, ...conflict }) => {
    const answered = asked.conflicts.find((one) => pairOf(one) === pairOf(conflict))?.claims;
    const claims = others.find((pair) => JSON.stringify(pair) === JSON.stringify(answered));
    return { ...conflict, claims: claims ?? conflict.claims };
  });
  const { spread } = expected;
  const close =
    spread !== null && asked.spread !== null && Math.abs(spread - asked.spread) <= 1e-9 * Math.abs(spread);
  return { ...expected, conflicts, spread: close ? asked.spread : spread };
}

/** The expected answer, made comparable with the one that was given. */
export function fit(expected: Answered, asked: Asked) {
  const each = (list: Answered["possibly"], others: Asked["possibly"]) =>
    list.map((one, at) => fitted(one, others[at] as Asked["now"]));
  return {
    ...expected,
    now: fitted(expected.now, asked.now),
    possibly: each(expected.possibly, asked.possibly),
    definitely: each(expected.definitely, asked.definitely),
  };
}
