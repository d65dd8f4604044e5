import { createHash } from "node:crypto";
import * as words from "../../src/generated/prisma/enums.js";
import { dateBounds } from "../../src/values/fuzzy-date.js";
import type { TestDatabase } from "../support/database.js";
import { Random } from "./random.js";

type Row = Record<string, unknown>;

const COUNTRIES = ["DE", "FR", "KE", "BR", "UA", "RU", "US", "IN", "NG", "JP", "PE", "SE"];
const LANGUAGES = ["de", "en", "fr", "pt", "ru", "sw", "uk"];
const STATES = ["DRAFT", "IN_REVIEW", "REJECTED", "RETRACTED"];
const ACTORS = 60;
const SOURCES = 400;
const PROPOSITIONS = 50;
const DATES = 800;
const AT_ONCE = 5000;

const key = (kind: string, number: number | null): string | null =>
  number === null ? null : createHash("md5").update(`${kind} ${number}`).digest("hex");

/** Writes many rows with few statements, past all rules but those of the database. */
async function insert(database: TestDatabase, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0]!).join(", ");
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    await database.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::text::jsonb)`,
      [JSON.stringify(rows.slice(at, at + AT_ONCE))],
    );
  }
}

/**
 * Fills an empty database with this many events, and two claims for five of them: about a fifth of the events, many of
 * them about several. Some names occur twice, and every value that may be missing is missing somewhere.
 */
export async function insertLarge(database: TestDatabase, events: number): Promise<void> {
  const random = new Random(7);
  const many = <Made>(count: number, make: (n: number) => Made): Made[] =>
    Array.from({ length: count }, (_, n) => make(n));
  const pick = (options: object) => random.pick(Object.values(options));
  const one = (kind: string, count: number, missing = 0) =>
    key(kind, random.chance(missing) ? null : random.int(0, count - 1));
  const record = (kind: string, n: number) => ({ id: key(kind, n), slug: `${kind}-${n}` });

  const dates = many(DATES, () => anyDate(random));
  const actors = many(ACTORS, (n) => ({
    ...record("actor", n),
    name: `Actor ${n % 50}`,
    kind: pick(words.ActorKind),
    country_code: random.maybe(COUNTRIES),
  }));
  const sources = many(SOURCES, (n) => ({
    ...record("source", n),
    title: `Source ${n % 350}`,
    kind: pick(words.SourceKind),
    publisher_id: one("actor", 15, 0.1),
    language: random.maybe(LANGUAGES, 0.1),
    ...dated("published_on", random.pick(dates)),
  }));
  const propositions = many(PROPOSITIONS, (n) => ({
    ...record("proposition", n),
    text: `Proposition ${n % 45}`,
    kind: n % 3 === 0 ? "YES_NO" : "QUANTITY",
    measure: n % 3 === 0 ? null : pick(words.Measure),
  }));
  const about = many(events, (n) => ({
    ...record("event", n),
    title: `Event ${n % 3000}`,
    type: pick(words.EventType),
    place_country_code: random.maybe(COUNTRIES, 0.15),
    ...dated("occurred", random.pick(dates)),
  }));
  const claims = many(Math.floor(events * 0.4), (n) => ({
    id: key("claim", n),
    statement: `Statement ${n}`,
    language: random.pick(LANGUAGES),
    act: pick(words.SpeechAct),
    stance: pick(words.Stance),
    certainty: pick(words.Certainty),
    rank: pick(words.Rank),
    status: random.chance(0.7) ? "PUBLISHED" : random.pick(STATES),
    asserted_by_id: one("actor", ACTORS),
    proposition_id: one("proposition", PROPOSITIONS, 0.4),
    ...dated("asserted_at", random.pick(dates)),
  }));
  const links = claims.flatMap(({ id }) => {
    const chosen = new Set(many(random.int(0, 3), () => one("event", Math.ceil(events / 5))));
    return [...chosen].map((event) => ({ claim_id: id, event_id: event }));
  });
  const citations = claims.flatMap(({ id }, n) =>
    // One source may be cited twice.
    many(random.int(0, 2), (position) => ({
      id: key(`citation ${position}`, n),
      claim_id: id,
      source_id: one("source", n % 10 === 0 ? 1 : SOURCES),
      anchor: "UNCHECKED",
      position,
    })),
  );

  const tables = {
    actor: actors,
    source: sources,
    proposition: propositions,
    event: about,
    claim: claims,
    claim_event: links,
    citation: citations,
  };
  for (const [table, rows] of Object.entries(tables)) await insert(database, table, rows);
  await database.query(`analyze ${Object.keys(tables).join(", ")}`, []);
}

/** Most often a day, otherwise a date of any precision, open at one end, or none. */
function anyDate(random: Random): string | null {
  const two = (number: number) => String(number).padStart(2, "0");
  const year = random.int(2015, 2024);
  const month = `${year}-${two(random.int(1, 12))}`;
  const day = `${month}-${two(random.int(1, 28))}`;
  const vague = [
    month,
    `${year}`,
    `${year}-2${random.int(1, 4)}`,
    `${day}/..`,
    `../${day}`,
    `/${month}`,
    `${year}-03/${year + 1}-02`,
    `${day}T${random.int(10, 23)}:30:00-03:00`,
    `${day}T0${random.int(0, 9)}:30:00+05:45`,
    "201X",
    null,
  ];
  return random.chance(0.7) ? day : random.pick(vague);
}

/** The columns of a date. */
function dated(column: string, edtf: string | null): Row {
  const { earliest, latest } = edtf === null ? { earliest: null, latest: null } : dateBounds(edtf);
  return { [`${column}_edtf`]: edtf, [`${column}_earliest`]: earliest, [`${column}_latest`]: latest };
}
