import "reflect-metadata";
import { readdirSync, readFileSync } from "node:fs";
import { parseSync } from "@swc/core";
import { allEntities, tablesOf } from "../../src/reading/entity.js";
import { buildSchema } from "../../src/schema.js";

beforeAll(() => buildSchema());

/** SQL that writes is asked by those who may change the record, and what runs below the read path knows no viewer. */
const WITHOUT_VIEWER = ["writing", "dataset", "database", "generated"];

/** What reads such a table without asking who may see its rows: a file, or the beginning of a text, and why it may. */
const GUARDED: Readonly<Record<string, string>> = {
  "access/stored-key.ts": "finds out who is calling",
  "feed/feed.ts": "asks how far the log goes, of which nothing is shown",
  "feed/wakeups.ts": "asks how far the log goes, of which nothing is shown",
  "reading/as-of.ts": "gives the tables of another moment; whoever reads of them says who may see what",
  "reading/hidden-now.ts": "is part of what decides on who may see a revision",
  "revision/erase-history.ts": "is asked by administrators",
  "revision/restore.ts": "is asked by editors",
  "source/source.record.ts": "is asked by those who change a source",
  "claim/check-relations.ts": "is asked by those who record claims",
  "claim/notice-claims.ts": "is asked by those who record claims",
  "dispute/position.type.ts": "reads claims that count, which are published",
  "claim/claim.type.ts: (select link.position from claim_relay":
    "orders the relayers of a claim that is seen",
  "claim/claim.type.ts: (select from_id as claim_id":
    "leads to links, of which the entity says who may see them",
};

/** The tables of which not everybody may see all rows, and those whose rows belong to such a record. */
const protectedTables = (): string[] =>
  allEntities()
    .filter(({ visible }) => visible)
    .flatMap((entity) => [entity.table, ...tablesOf(entity).map(({ table }) => table)]);

/** A text of a program, with the names of the functions that are called within it. */
interface Text {
  readonly text: string;
  readonly calls: readonly string[];
}

interface Syntax {
  readonly type?: string;
  readonly value?: unknown;
  readonly quasis?: readonly { readonly raw: string }[];
  readonly callee?: { readonly type: string; readonly value?: string };
}

const partsOf = (node: object): unknown[] => Object.values(node).flat();

/** The texts in a piece of syntax, templates whole. */
function textsIn(node: unknown): Text[] {
  if (typeof node !== "object" || node === null) return [];
  const { type, value, quasis } = node as Syntax;
  if (type === "StringLiteral") return [{ text: String(value), calls: [] }];
  if (type === "TemplateLiteral" && quasis)
    return [
      { text: quasis.map(({ raw }) => raw).join("$"), calls: callsIn(node) },
      ...partsOf(node).flatMap(textsIn),
    ];
  return partsOf(node).flatMap(textsIn);
}

function callsIn(node: unknown): string[] {
  if (typeof node !== "object" || node === null) return [];
  const { type, callee } = node as Syntax;
  const own = type === "CallExpression" && callee?.value ? [callee.value] : [];
  return [...own, ...partsOf(node).flatMap(callsIn)];
}

/** What reads a protected table and does not say which of its rows the viewer may see. */
function unguarded(program: string, tables: readonly string[]): string[] {
  const name = `(only\\s+)?(\\w+\\.)?"?(${tables.join("|")})"?(\\s|\\)|,|$)`;
  const reads = new RegExp(
    `(\\bfrom|\\bjoin|\\(table)\\s+${name}|\\bselect\\b[^()]*\\bfrom\\s[^()]*,\\s*${name}`,
    "i",
  );
  return textsIn(parseSync(program, { syntax: "typescript", decorators: true }))
    .filter(({ text, calls }) => reads.test(text) && !calls.includes("visible"))
    .map(({ text }) => text);
}

test("SQL that is written by hand and reads a protected table says which of its rows the viewer may see", () => {
  const tables = protectedTables();
  expect(tables).toEqual(expect.arrayContaining(["claim", "claim_event", "citation", "revision", "api_key"]));
  const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !WITHOUT_VIEWER.some((part) => file.startsWith(`${part}/`)),
  );
  const found = files.flatMap((file) =>
    unguarded(readFileSync(`src/${file}`, "utf8"), tables).map((text) => `${file}: ${text}`),
  );
  const reasons = Object.keys(GUARDED);
  expect(found.filter((text) => !reasons.some((start) => text.startsWith(start)))).toEqual([]);
  expect(reasons.filter((start) => !found.some((text) => text.startsWith(start)))).toEqual([]);
});

test("so does the code that the docs show", () => {
  const program = readFileSync("test/reading/declared.ts", "utf8");
  expect(program).toContain("from rating r");
  expect(unguarded(program, ["rating"])).toEqual([]);
});

test.each([
  ["sql`select from claim c where #{visible(claims, 'c', viewer)}`", 0],
  ["sql`select from claim c`", 1],
  ["sql`SELECT FROM Claim c`", 1],
  ["sql`select from proposition q, claim c`", 1],
  ["sql`select from claim, proposition q`", 1],
  ["sql`select from only claim`", 1],
  ["sql`select from public.claim`", 1],
  ["sql`(table claim)`", 1],
  ["sql`select from claimant`", 0],
  ["sql`with x as (#{a}) select from x join claim on true`", 1],
  ["const a = 'select id from claim'", 1],
  ["sql`#{b} and exists (select from claim_event link where #{visible(claims, link, viewer)} and #{c})`", 0],
])("and what does not is found, # standing for a dollar sign: %s", (program, count) => {
  expect(unguarded(program.replaceAll("#", "$"), ["claim", "claim_event"])).toHaveLength(count);
});
