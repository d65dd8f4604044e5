// What the rows of a data set are like, for the report.

/** @param {string} kind of proposition */
const claimsOfTheMost = (kind) => `
  select count(*) from claim join proposition on proposition.id = proposition_id
  where kind = '${kind}' group by proposition_id order by 1 desc limit 1`;

/** By their names in the report. */
const COUNTS = {
  claims: "select count(*) from claim",
  "of them visible to readers": "select count(*) from claim where status in ('PUBLISHED', 'RETRACTED')",
  "claims of the event with the most":
    "select count(*) from claim_event group by event_id order by 1 desc limit 1",
  "events with a tenth of all claims or more":
    "select count(*) from (select from claim_event group by event_id having count(*) >= (select count(*) from claim) / 10) e",
  events: "select count(*) from event",
  actors: "select count(*) from actor",
  "of them without a claim":
    "select count(*) from actor where not exists (select from claim where asserted_by_id = actor.id)",
  "claims of the twenty actors with the most, %":
    "select round(100 * sum(n) / (select count(*) from claim)) from (select count(*) as n from claim group by asserted_by_id order by 1 desc limit 20) a",
  propositions: "select count(*) from proposition",
  "claims of the YES_NO with the most": claimsOfTheMost("YES_NO"),
  "claims of the QUANTITY with the most": claimsOfTheMost("QUANTITY"),
  "propositions with 10 to 30 claims":
    "select count(*) from (select from claim group by proposition_id having count(*) between 10 and 30) p",
  "claims that retract or supersede another":
    "select count(*) from claim_relation where type in ('RETRACTS', 'SUPERSEDES')",
  sources: "select count(*) from source",
  "longest text of a source, characters": "select coalesce(max(length(text)), 0) from source",
  "longest statement, characters": "select max(length(statement)) from claim",
  "shortest statement, characters": "select min(length(statement)) from claim",
  "languages of statements": "select count(distinct language) from claim",
};

/** @param {import("pg").Client} client @returns {Promise<Record<string, number>>} */
export async function shapeOf(client) {
  const columns = Object.entries(COUNTS).map(([name, query]) => `(${query}) as "${name}"`);
  const { rows } = await client.query(`select ${columns.join(",\n")}`);
  return Object.fromEntries(Object.entries(rows[0]).map(([name, value]) => [name, Number(value)]));
}
