import sql, { raw } from "sql-template-tag";
import { encodeId } from "../graphql/id.js";
import { UserErrorCode } from "../graphql/user-error.js";
import { shown } from "../values/shown.js";
import { ask, run } from "../writing/ask.js";
import { type Change, type Draft, placeIn } from "../writing/change.js";

/** A relation as the claim's document has it. */
interface Relation {
  readonly id: string;
  readonly type: string;
  readonly to: string;
}

/** What takes a claim back or replaces it, and how a message says so. */
const OVERRIDING: Readonly<Record<string, string>> = { RETRACTS: "takes back", SUPERSEDES: "replaces" };

const relationsOf = (document: Draft["after"]): Relation[] => (document?.relations ?? []) as Relation[];

/** Whether a relation is new, or differs from what it was: then it is written anew. */
function isNew({ before }: Draft, relation: Relation): boolean {
  const former = relationsOf(before).find(({ id }) => id === relation.id);
  return JSON.stringify(former) !== JSON.stringify(relation);
}

const differs = ({ before, after }: Draft, field: string): boolean =>
  before !== null && before[field] !== after?.[field];

/** Whether a claim begins to take another one back or to replace it, or says by whom or when it was asserted anew. */
const isConcerned = (draft: Draft): boolean =>
  differs(draft, "assertedBy") ||
  differs(draft, "assertedAt") ||
  relationsOf(draft.after).some((one) => one.type in OVERRIDING && isNew(draft, one));

const triggers = (when: "deferred" | "immediate") =>
  sql`set constraints claim_relation_is_allowed, claim_keeps_its_relations ${raw(when)}`;

/** Keeps the database from judging relations before all claims and actors of a change are written. */
export async function putOffRelations(change: Change, drafts: readonly Draft[]): Promise<void> {
  if (drafts.some(isConcerned)) await run(change.tx, triggers("deferred"));
}

/** A relation that breaks a rule. */
interface Broken {
  readonly id: string;
  readonly type: string;
  readonly from: string;
  readonly to: string;
  /** Whether it is within a side; if not, `actor` was not on the side of `side` on `day`. */
  readonly within: boolean;
  readonly actor: string;
  readonly side: string;
  readonly day: string;
}

/** A claim takes back or replaces a claim of the same actor, or of its side, and never itself by way of others. */
export async function checkRelations(change: Change, drafts: readonly Draft[]): Promise<void> {
  const concerned = drafts.filter(isConcerned);
  if (concerned.length === 0) return;
  const keys = concerned.map(({ id }) => id);
  for (const broken of await brokenOf(change, keys)) {
    for (const draft of concerned) note(change, draft, broken);
  }
  change.refuseIfWrong();
  // Others may have written meanwhile: the database takes turns, and looks once more.
  await run(change.tx, triggers("immediate"));
}

/** The relations from or to claims that break a rule. @param keys of the claims */
const brokenOf = (change: Change, keys: readonly string[]): Promise<Broken[]> =>
  ask<Broken>(
    change.tx,
    sql`with near as (
        select r.*, relation_is_within_a_side(r.from_id, r.to_id) as within
          from claim_relation r
          where (r.from_id = any(${keys}::uuid[]) or r.to_id = any(${keys}::uuid[]))
            and r.type in ('RETRACTS', 'SUPERSEDES'))
      select near.id::text, near.type::text, later.public_id as from, earlier.public_id as to, near.within,
          actor.name as actor, side.name as side, day::text
        from near
        join claim later on later.id = near.from_id
        join claim earlier on earlier.id = near.to_id
        join actor on actor.id = earlier.asserted_by_id
        cross join lateral (
          select claim_day(later.asserted_at_edtf, later.asserted_at_earliest, later.asserted_at_latest, later.recorded_at) as day) d
        join actor side on side.id = side_of(later.asserted_by_id, day)
        where not within or relation_closes_a_circle(near.from_id, near.to_id)
        order by near.id`,
  );

/** Says of a claim what is wrong with a relation, if the claim has just made it so. */
function note(change: Change, draft: Draft, broken: Broken): void {
  const { type, from, to, within } = broken;
  const invalid = (message: string, place: readonly PropertyKey[]) =>
    change.problem(UserErrorCode.INVALID, message, placeIn(draft, place));
  const because = `${type} ${OVERRIDING[type]} a claim of the same actor, or of its side. ${broken.actor} was not on the side of ${broken.side} on ${broken.day}.`;
  const relations = relationsOf(draft.after);
  const at = relations.findIndex(({ id }) => id === encodeId("relation", broken.id));
  if (at >= 0 && isNew(draft, relations[at] as Relation)) {
    const message = within
      ? "RETRACTS and SUPERSEDES lead from this claim back to itself. Leave this relation out, or remove another one of the circle."
      : `${because} Use CONTRADICTS or DENIES for what others said.`;
    invalid(`${shown(to)}: ${message}`, ["relations", at, "to"]);
  } else if (!within) {
    const field = ["assertedBy", "assertedAt"].find((name) => differs(draft, name));
    const link = at >= 0 ? `It ${type} ${shown(to)}.` : `${shown(from)} ${type} it.`;
    const involved = at >= 0 || to === encodeId("claim", draft.id);
    if (field && involved) invalid(`${link} ${because} Remove that relation first.`, [field]);
  }
}
