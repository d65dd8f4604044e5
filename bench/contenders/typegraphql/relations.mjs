// How the relations of the questions are read with Prisma, in both ways: by one call of their own, and as a part
// of one larger call.

export const VISIBLE = { status: { in: ["PUBLISHED", "RETRACTED"] } };
const last = /** @type {const} */ ({ sort: "desc", nulls: "last" });
export const newestFirst = [{ assertedAtEarliest: last }, { assertedAtLatest: last }, { id: "desc" }];
export const eventsFirst = [{ occurredEarliest: last }, { occurredLatest: last }, { id: "desc" }];

/** The links of an event to its claims, the newest first. */
const linksToClaims = (first) => ({
  where: VISIBLE,
  orderBy: [{ assertedAtEarliest: last }, { assertedAtLatest: last }, { claimId: "desc" }],
  take: first,
});
const linksToEvents = (first) => ({ orderBy: eventsFirst.map((term) => ({ event: term })), take: first });
const claimsOfActor = (first) => ({ where: VISIBLE, orderBy: newestFirst, take: first });
const inOrder = { orderBy: [{ position: "asc" }, { id: "asc" }] };
const firstAffiliated = { orderBy: [{ fromEarliest: "asc" }, { fromLatest: "asc" }, { id: "asc" }] };
const byId = { orderBy: { id: "asc" } };
const byScheme = { orderBy: [{ scheme: "asc" }, { value: "asc" }, { id: "asc" }] };
const currentPart = () => {
  const now = new Date();
  return {
    where: {
      role: "PART_OF",
      AND: [
        { OR: [{ fromEarliest: null }, { fromEarliest: { lte: now } }] },
        { OR: [{ untilLatest: null }, { untilLatest: { gte: now } }] },
      ],
    },
    orderBy: [{ fromLatest: last }, { id: "asc" }],
    take: 1,
  };
};

/**
 * @typedef {object} Relation
 * @property {string} type GraphQL type it leads to
 * @property {boolean} [list]
 * @property {boolean} [first] takes a page size
 * @property {(prisma: any, row: any, first: number) => Promise<unknown>} call one Prisma call for one row
 * @property {(select: object, first: number) => object} select its part of a larger call
 * @property {(row: any, first: number) => unknown} read its value in a row of the larger call
 */

/** A row that another one holds the id of. @param {string} type @param {string} name @param {string} key @returns {Relation} */
const held = (type, name, key) => ({
  type,
  call: (prisma, row) => row[key] && prisma[type.toLowerCase()].findUnique({ where: { id: row[key] } }),
  select: (select) => ({ [name]: { select } }),
  read: (row) => row[name],
});

/**
 * The rows that belong to another one.
 *
 * @param {string} type @param {string} name @param {string} key with which they refer to it
 * @param {object} order @returns {Relation}
 */
const owned = (type, name, key, order) => ({
  type,
  list: true,
  call: (prisma, { id }) =>
    prisma[`${type[0]?.toLowerCase()}${type.slice(1)}`].findMany({ where: { [key]: id }, ...order }),
  select: (select) => ({ [name]: { ...order, select } }),
  read: (row) => row[name],
});

/** By type and field. @type {Record<string, Record<string, Relation>>} */
export const relations = {
  Claim: {
    assertedBy: held("Actor", "assertedBy", "assertedById"),
    events: {
      type: "Event",
      list: true,
      first: true,
      call: async (prisma, { id }, first) =>
        (
          await prisma.claimEvent.findMany({
            where: { claimId: id },
            ...linksToEvents(first),
            include: { event: true },
          })
        ).map(({ event }) => event),
      select: (select, first) => ({ events: { ...linksToEvents(first), select: { event: { select } } } }),
      read: (row) => row.events.map(({ event }) => event),
    },
    citations: owned("Citation", "citations", "claimId", inOrder),
  },
  Citation: { source: held("Source", "source", "sourceId") },
  Affiliation: { actor: held("Actor", "withActor", "withActorId") },
  Source: {
    publisher: held("Actor", "publisher", "publisherId"),
    claims: {
      type: "Claim",
      list: true,
      first: true,
      call: (prisma, { id }, first) =>
        prisma.claim.findMany({
          where: { citations: { some: { sourceId: id } }, ...VISIBLE },
          orderBy: newestFirst,
          take: first,
        }),
      // A claim may cite a source twice.
      select: (select, first) => ({
        citations: {
          where: { claim: VISIBLE },
          orderBy: newestFirst.map((term) => ({ claim: term })),
          take: 2 * first,
          select: { claim: { select: { ...select, id: true } } },
        },
      }),
      read: ({ citations }, first) =>
        [...new Map(citations.map(({ claim }) => [claim.id, claim])).values()].slice(0, first),
    },
  },
  Actor: {
    names: owned("ActorName", "names", "actorId", byId),
    externalIds: owned("ExternalId", "externalIds", "actorId", byScheme),
    affiliations: owned("Affiliation", "affiliations", "actorId", firstAffiliated),
    parent: {
      type: "Actor",
      call: async (prisma, { id }) => {
        const { where, ...rest } = currentPart();
        const query = { where: { actorId: id, ...where }, ...rest, include: { withActor: true } };
        return (await prisma.affiliation.findFirst(query))?.withActor;
      },
      select: (select) => ({ affiliations: { ...currentPart(), select: { withActor: { select } } } }),
      read: (row) => row.affiliations[0]?.withActor,
    },
    claims: {
      type: "Claim",
      list: true,
      first: true,
      call: (prisma, { id }, first) => {
        const { where, ...rest } = claimsOfActor(first);
        return prisma.claim.findMany({ where: { assertedById: id, ...where }, ...rest });
      },
      select: (select, first) => ({ claims: { ...claimsOfActor(first), select } }),
      read: (row) => row.claims,
    },
  },
  Event: {
    claims: {
      type: "Claim",
      list: true,
      first: true,
      call: async (prisma, { id }, first) => {
        const { where, ...rest } = linksToClaims(first);
        const query = { where: { eventId: id, ...where }, ...rest, include: { claim: true } };
        return (await prisma.claimEvent.findMany(query)).map(({ claim }) => claim);
      },
      select: (select, first) => ({ claims: { ...linksToClaims(first), select: { claim: { select } } } }),
      read: (row) => row.claims.map(({ claim }) => claim),
    },
    claimCount: {
      type: "Int",
      call: (prisma, { id }) => prisma.claimEvent.count({ where: { eventId: id, ...VISIBLE } }),
      select: () => ({ _count: { select: { claims: { where: VISIBLE } } } }),
      read: (row) => row._count.claims,
    },
  },
};

/** Plain fields by type; they have the names of their columns. @type {Record<string, readonly string[]>} */
export const columns = {
  Claim:
    "id statement language act stance certainty attribution credibility rank status recordedAt version assertedAtEdtf".split(
      " ",
    ),
  Citation: ["exact", "start", "end"],
  Source: ["id", "title", "url", "kind", "language", "publishedAt"],
  Actor: ["id", "name", "kind", "description", "countryCode"],
  ActorName: ["value", "language", "kind"],
  ExternalId: ["scheme", "value"],
  Affiliation: ["role", "title", "fromEdtf", "untilEdtf"],
  Event: ["id", "title", "occurredEdtf"],
};
