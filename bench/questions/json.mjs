// How the limit lets PostgreSQL write JSON: by putting texts together, which takes two thirds of the time of its JSON
// functions.

/** @typedef {readonly string[]} Texts arguments of concat() */

/** A text of which no character has to be escaped. @param {string} column @returns {Texts} */
export const quoted = (column) => [`'"'`, column, `'"'`];

/** Any value that is not null. @param {string} column @returns {Texts} */
export const value = (column) => [`to_json(${column})`];

/** @param {string} column @returns {Texts} */
export const nullable = (column) => [`coalesce(to_json(${column})::text, 'null')`];

/** An object as one text. @param {Record<string, Texts>} members */
export function object(members) {
  const list = Object.entries(members).flatMap(([key, member], index) => [
    `'${index ? "," : ""}"${key}":'`,
    ...member,
  ]);
  return concat(["'{'", ...list, "'}'"]);
}

const LITERAL = /^'[^']*'$/;

/** @param {Texts} texts */
export function concat(texts) {
  /** @type {string[]} */
  const merged = [];
  for (const text of texts) {
    const last = merged.at(-1) ?? "";
    if (LITERAL.test(text) && LITERAL.test(last))
      merged.splice(-1, 1, `${last.slice(0, -1)}${text.slice(1)}`);
    else merged.push(text);
  }
  return `concat(${merged.join(", ")})`;
}

/** Members by columns of the same name in lower case. @param {typeof value} write @param {string} columns */
export const all = (write, columns) =>
  Object.fromEntries(
    columns
      .split(" ")
      .map((key) => [key, write(`"${key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}"`)]),
  );

/** An object of a row that there is. @param {Record<string, Texts>} members @param {string} from @returns {Texts} */
export const one = (members, from) => [`(select ${object(members)} ${from})`];

/** An object of a row, or null. @param {Record<string, Texts>} members @param {string} from @returns {Texts} */
export const oneOrNull = (members, from) => [`coalesce(${one(members, from)}, 'null')`];

/** A list of objects. @param {Record<string, Texts>} members @param {string} from @returns {Texts} */
export const list = (members, from) => [
  "'['",
  `(select string_agg(json, ',') from (select ${object(members)} as json ${from}) o)`,
  "']'",
];
