import { type Ask, startTestApp, type TestApp } from "../support/app.js";
import { insertLarge } from "./large-rows.js";
import { Random } from "./random.js";

/** How many events there are; 100,000 take about two minutes. */
const ROWS = Number(process.env.STATISTICS_ROWS ?? 6_000);
const PAIRS = 20;
/** The most buckets that one answer has. */
const MOST = 1000;

interface Dated {
  edtf: string | null;
  earliest: string | null;
  latest: string | null;
}
interface Source {
  id: string;
  title: string;
  kind: string;
  language: string | null;
  publisher: string | null;
  publisherId: string | null;
  published: string | null;
}
interface Event extends Dated {
  id: string;
  title: string;
  type: string;
  country: string | null;
}
interface Claim extends Dated {
  key: string;
  act: string;
  stance: string;
  certainty: string;
  status: string;
  rank: string;
  language: string;
  actor: string;
  actorId: string;
  proposition: string | null;
  propositionId: string | null;
  events: Event[];
  sources: Source[];
}

/** What one dimension makes of a row: what is shown, by what it is ordered, and whether it may belong elsewhere. */
interface Key {
  readonly shown: string | null;
  readonly order: string;
  readonly vague?: boolean;
}
type Dimension<Row> = (row: Row) => Key;

/** A list, its rows as this viewer sees them, and the keys of each row: of a claim, several. */
interface List<Row> {
  readonly rows: readonly Row[];
  readonly keys: (row: Row, by: readonly string[]) => readonly (readonly Key[])[];
  readonly dimensions: readonly string[];
}

const word = (shown: string | null): Key => ({ shown, order: shown ?? "" });
const record = (text: string | null, id: string | null): Key => ({ shown: id, order: `${text}\u0000${id}` });

const DAY = 86_400_000;
const BEGINS: Record<string, (day: string) => string> = {
  DAY: (day) => day,
  // 1 January 1970 was a Thursday.
  WEEK: (day) => {
    const week = Math.floor((Date.parse(day) / DAY + 3) / 7);
    return new Date((week * 7 - 3) * DAY).toISOString().slice(0, 10);
  },
  MONTH: (day) => `${day.slice(0, 7)}-01`,
  YEAR: (day) => `${day.slice(0, 4)}-01-01`,
};
const TIMES = Object.keys(BEGINS);

function times<Row>(read: (row: Row) => Dated): Record<string, Dimension<Row>> {
  const dimension = (begins: (day: string) => string) => (row: Row) => {
    const { edtf, earliest, latest } = read(row);
    if (edtf === null || /^(\.\.)?\//.test(edtf)) return { shown: null, order: "", vague: true };
    const shown = begins(earliest!);
    return { shown, order: shown, vague: edtf.endsWith("/..") || begins(latest!) !== shown };
  };
  return Object.fromEntries(TIMES.map((unit) => [unit, dimension(BEGINS[unit]!)]));
}

const OF_EVENTS: Record<string, Dimension<Event | null>> = {
  EVENT: (event) => record(event?.title ?? null, event?.id ?? null),
  EVENT_TYPE: (event) => word(event?.type ?? null),
  COUNTRY: (event) => word(event?.country ?? null),
};
const OF_SOURCES: Record<string, Dimension<Source | null>> = {
  SOURCE: (source) => record(source?.title ?? null, source?.id ?? null),
  PUBLISHER: (source) => record(source?.publisher ?? null, source?.publisherId ?? null),
};
const OF_CLAIMS: Record<string, Dimension<Claim>> = {
  ACT: ({ act }) => word(act),
  STANCE: ({ stance }) => word(stance),
  CERTAINTY: ({ certainty }) => word(certainty),
  STATUS: ({ status }) => word(status),
  RANK: ({ rank }) => word(rank),
  LANGUAGE: ({ language }) => word(language),
  ASSERTED_BY: ({ actor, actorId }) => record(actor, actorId),
  PROPOSITION: ({ proposition, propositionId }) => record(proposition, propositionId),
  ...times((claim: Claim) => claim),
};

function claimKeys(claim: Claim, by: readonly string[]): Key[][] {
  const events = by.some((one) => one in OF_EVENTS) && claim.events.length > 0 ? claim.events : [null];
  const sources = by.some((one) => one in OF_SOURCES) && claim.sources.length > 0 ? claim.sources : [null];
  return events.flatMap((event) =>
    sources.map((source) =>
      by.map(
        (one) => OF_EVENTS[one]?.(event) ?? OF_SOURCES[one]?.(source) ?? (OF_CLAIMS[one]!(claim) as Key),
      ),
    ),
  );
}

function plain<Row>(rows: readonly Row[], dimensions: Record<string, Dimension<Row>>): List<Row> {
  const keys = (row: Row, by: readonly string[]) => [by.map((one) => dimensions[one]!(row))];
  return { rows, keys, dimensions: Object.keys(dimensions) };
}

/** The buckets as lines, in the order of those for which none was asked. */
function expected<Row>({ rows, keys }: List<Row>, by: readonly string[]): string[] {
  interface Bucket {
    keys: readonly Key[];
    rows: Set<Row>;
    vague: Set<Row>;
  }
  const buckets = new Map<string, Bucket>();
  for (const row of rows) {
    for (const found of keys(row, by)) {
      const name = found.map(({ shown }) => shown).join(" ");
      if (!buckets.has(name)) buckets.set(name, { keys: found, rows: new Set(), vague: new Set() });
      const bucket = buckets.get(name)!;
      bucket.rows.add(row);
      if (found.some(({ vague }) => vague)) bucket.vague.add(row);
    }
  }
  const byKey = (a: Bucket, b: Bucket): number => {
    for (const [index, { shown, order }] of a.keys.entries()) {
      const other = b.keys[index]!;
      if (shown === other.shown) continue;
      if (shown === null || other.shown === null) return shown === null ? 1 : -1;
      return order < other.order ? -1 : 1;
    }
    return 0;
  };
  const timed = by.some((one) => TIMES.includes(one));
  return [...buckets.values()]
    .sort((a, b) => (timed ? 0 : b.rows.size - a.rows.size) || byKey(a, b))
    .slice(0, MOST)
    .map(({ keys: [...shown], rows: counted, vague }) =>
      [...shown.map((one) => one.shown ?? "-"), counted.size, vague.size, ...further([...counted])].join(" "),
    );
}

/** How many actors assert these claims, and how many sources they cite; nothing of other rows. */
function further(rows: readonly unknown[]): number[] {
  const claims = rows as Claim[];
  if (!claims[0]?.sources) return [];
  const sources = claims.flatMap((claim) => claim.sources.map(({ id }) => id));
  return [new Set(claims.map(({ actorId }) => actorId)).size, new Set(sources).size];
}

const RECORDS = ["ASSERTED_BY", "EVENT", "PROPOSITION", "SOURCE", "PUBLISHER"];
const VAGUE: Record<string, string> = {
  claims: "vague actorCount sourceCount",
  events: "vague",
  sources: "vague",
};
const fieldOf = (dimension: string) =>
  dimension.toLowerCase().replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** The same lines as the server answers them. */
async function answered(ask: Ask, list: string, by: readonly string[]): Promise<string[]> {
  const fields = by.map((one) => (RECORDS.includes(one) ? `${fieldOf(one)} { id }` : fieldOf(one)));
  const selected = `${fields.join(" ")} count ${VAGUE[list] ?? ""}`;
  const query = `{ ${list} { stats(by: [${by.join(", ")}], first: ${MOST}) { buckets { ${selected} } } } }`;
  const { data, errors } = await ask(query);
  expect(errors).toBeUndefined();
  const { buckets } = (data as Record<string, { stats: { buckets: Record<string, unknown>[] } }>)[list]!
    .stats;
  return buckets.map((bucket) => {
    const keys = by.map((one) => bucket[fieldOf(one)] as string | { id: string } | null);
    const shown = keys.map((one) => (one !== null && typeof one === "object" ? one.id : (one ?? "-")));
    const counts = ["count", "vague", "actorCount", "sourceCount"].map((name) => bucket[name] ?? 0);
    return [...shown, ...(list === "claims" ? counts : counts.slice(0, 2))].join(" ");
  });
}

let app: TestApp;
let claims: Claim[];
let others: Record<string, List<never>>;

const day = (column: string) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD')`;
/** The day that stands in a time; of what has no time, that of the column. */
const written = (edtf: string, pattern: string, column: string) =>
  `coalesce(substring(${edtf} from '${pattern}'), ${day(column)})`;
const date = (column: string, of: string) => {
  const edtf = `${of}.${column}_edtf`;
  const earliest = written(edtf, "^([0-9-]{10})T", `${of}.${column}_earliest`);
  const latest = written(edtf, "([0-9-]{10})T[^/]*$", `${of}.${column}_latest`);
  return `${edtf} as edtf, ${earliest} as earliest, ${latest} as latest`;
};

beforeAll(async () => {
  app = await startTestApp({ env: { MAX_COST: "1000000000" } });
  await insertLarge(app.database, ROWS);
  const rows = <Row>(text: string) => app.database.query<Row>(text, []);

  const events = await rows<Event & { key: string }>(
    `select id as key, public_id as id, title, type, place_country_code as country, ${date("occurred", "event")} from event`,
  );
  const sources = await rows<Source & Dated & { key: string }>(
    `select source.id as key, source.public_id as id, title, source.kind, language, actor.name as publisher,
      actor.public_id as "publisherId", ${date("published_on", "source")}
      from source left join actor on actor.id = publisher_id`,
  );
  claims = await rows<Claim>(
    `select claim.id as key, act, stance, certainty, status, rank, language, actor.name as actor,
      actor.public_id as "actorId", text as proposition, proposition.public_id as "propositionId",
      ${date("asserted_at", "claim")}
    from claim join actor on actor.id = asserted_by_id left join proposition on proposition.id = proposition_id`,
  );
  const claimOf = new Map(claims.map((claim) => [claim.key, claim]));
  for (const claim of claims) Object.assign(claim, { events: [], sources: [] });
  const eventOf = new Map(events.map((event) => [event.key, event]));
  for (const { claim, event } of await rows<Record<"claim" | "event", string>>(
    "select claim_id as claim, event_id as event from claim_event",
  ))
    claimOf.get(claim)!.events.push(eventOf.get(event)!);
  const sourceOf = new Map(sources.map((source) => [source.key, source]));
  for (const { claim, source } of await rows<Record<"claim" | "source", string>>(
    "select distinct claim_id as claim, source_id as source from citation",
  ))
    claimOf.get(claim)!.sources.push(sourceOf.get(source)!);

  const propositions = await rows<{ kind: string; measure: string | null }>(
    "select kind, measure from proposition",
  );
  const actors = await rows<{ kind: string; country: string | null }>(
    "select kind, country_code as country from actor",
  );
  others = {
    events: plain(events, {
      TYPE: ({ type }) => word(type),
      COUNTRY: ({ country }) => word(country),
      ...times((event: Event) => event),
    }),
    sources: plain(sources, {
      KIND: ({ kind }) => word(kind),
      PUBLISHER: ({ publisher, publisherId }) => record(publisher, publisherId),
      LANGUAGE: ({ language }) => word(language),
      ...times((source: Source & Dated) => source),
    }),
    propositions: plain(propositions, {
      KIND: ({ kind }) => word(kind),
      MEASURE: ({ measure }) => word(measure),
    }),
    actors: plain(actors, { KIND: ({ kind }) => word(kind), COUNTRY: ({ country }) => word(country) }),
  } as unknown as Record<string, List<never>>;
}, 600_000);
afterAll(() => app?.stop());

const OF_CLAIM = [...Object.keys(OF_CLAIMS), ...Object.keys(OF_EVENTS), ...Object.keys(OF_SOURCES)];
const claimList = (seen: readonly Claim[]): List<Claim> => ({
  rows: seen,
  keys: claimKeys,
  dimensions: OF_CLAIM,
});
const PUBLIC = ["PUBLISHED", "RETRACTED"];

/** Every dimension alone, and some pairs of them. */
function groupings(dimensions: readonly string[], pairs: number): string[][] {
  const random = new Random(3);
  const chosen = Array.from({ length: pairs }, () => random.some(dimensions, 2, 2));
  return [...dimensions.map((one) => [one]), ...chosen];
}

async function compare<Row>(ask: Ask, name: string, list: List<Row>, pairs: number): Promise<void> {
  const { data } = await ask(`{ ${name} { totalCount } }`);
  expect(data).toEqual({ [name]: { totalCount: list.rows.length } });
  for (const by of groupings(list.dimensions, pairs))
    expect([by, await answered(ask, name, by)]).toEqual([by, expected(list, by)]);
}

test(`the claims about ${ROWS} events are counted as they lie in the tables, for a reader`, async () => {
  const seen = claims.filter(({ status }) => PUBLIC.includes(status));
  expect(seen.length).toBeGreaterThan(claims.length / 2);
  await compare(app.as("READER"), "claims", claimList(seen), PAIRS);
}, 600_000);

test("and for an analyst, who sees drafts as well", async () => {
  await compare(app.as("ANALYST"), "claims", claimList(claims), PAIRS);
}, 600_000);

test.each([
  ["events", 5],
  ["sources", 5],
  ["propositions", 1],
  ["actors", 1],
])(
  "so are the %s",
  async (name, pairs) => {
    await compare(app.as("READER"), name, others[name]!, pairs);
  },
  600_000,
);
