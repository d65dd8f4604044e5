// Brings the contenders' answers to one form, so that "the same rows" can be checked by comparing texts.
import { TypeID } from "typeid-js";

const TYPE_ID = /^[a-z]+_[0-7][0-9a-hjkmnp-tv-z]{25}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
/** What stands alone in an object is that object: PostGraphile's links, connections, vague dates. */
const WRAPPERS = new Set(["nodes", "link", "edtf"]);
/** Cursors differ by nature; of those that come with a row only their presence is compared. */
const ENDS_OF_PAGE = new Set(["startCursor", "endCursor"]);
/** Small lists whose order is not asked for, or says what is not compared: sides stand by how long they have held their stance. */
const UNORDERED = new Set(["events", "citations", "sides"]);

/**
 * The text by which answers are compared: ids as uuid, instants in one notation, wrappers taken off, keys
 * sorted.
 *
 * @param {{ data?: Record<string, unknown>, errors?: unknown }} answer
 * @param {string} [whose] and to what, for the error
 */
export function canonical({ data, errors }, whose = "an answer") {
  if (errors || !data) throw new Error(`${whose}: ${(JSON.stringify(errors) ?? "no data").slice(0, 500)}`);
  return JSON.stringify(plain(Object.values(data)[0]), null, 1);
}

/** @param {unknown} value @returns {unknown} */
function plain(value) {
  if (Array.isArray(value)) return value.map((one) => plain(one));
  if (typeof value === "string") {
    if (TYPE_ID.test(value)) return TypeID.fromString(value).toUUID();
    return INSTANT.test(value) ? new Date(value).toISOString() : value;
  }
  if (typeof value !== "object" || value === null) return value;
  /** @type {Record<string, unknown>} */
  const entries = {};
  for (const [key, inner] of Object.entries(value)) {
    if (ENDS_OF_PAGE.has(key)) continue;
    // A span and the end of a page are objects here, and columns of their owner there.
    if (key === "quote" || key === "pageInfo") Object.assign(entries, plain({ ...inner, owner: 0 }));
    else if (key === "cursor") entries.cursor = inner !== null;
    else if (isPage(inner))
      Object.assign(entries, plain({ ...inner, nodes: undefined }), { [key]: plain(inner.nodes) });
    else entries[key] = UNORDERED.has(key) ? sorted(plain(inner)) : plain(inner);
  }
  delete entries.owner;
  const keys = Object.keys(entries).filter((key) => entries[key] !== undefined);
  const [only] = keys;
  if (only && keys.length === 1 && WRAPPERS.has(only)) return entries[only];
  return Object.fromEntries(keys.sort().map((key) => [key, entries[key]]));
}

/** A connection that says more than its rows. @param {any} value */
const isPage = (value) => Array.isArray(value?.nodes) && Object.keys(value).length > 1;

/** @param {any} list */
const sorted = (list) =>
  Array.isArray(list)
    ? list
        .map((one) => JSON.stringify(one))
        .sort()
        .map((one) => JSON.parse(one))
    : list;
