import sql, { raw, type Sql } from "sql-template-tag";
import { Field, ID, InputType } from "type-graphql";
import { badUserInput } from "../graphql/errors.js";
import { decodeIdOf } from "../graphql/id.js";
import { CalendarDate } from "../graphql/scalars.js";
import { checkText } from "../reading/comparison.js";
import type { Alias, Arguments, Between, Find, Given, Parameter, Row } from "../reading/entity.js";
import { at } from "../reading/names.js";

@InputType({
  description: "Names one actor, by either its id or its slug, and the day on which others are part of it.",
})
export class ActorWithin {
  @Field(() => ID, { nullable: true, description: "Its id." })
  id?: string | null;

  @Field(() => String, { nullable: true, description: "Its slug." })
  slug?: string | null;

  @Field(() => CalendarDate, {
    nullable: true,
    description: "The day on which membership counts; today, unless told.",
  })
  on?: string | null;
}

/** The argument of what holds on a day. */
export const ON: Arguments = {
  on: {
    type: () => CalendarDate,
    description: "The day on which affiliations count; today, unless told.",
    parameter: true,
  },
};

type Day = Parameter<string>;

// Sessions work in UTC, and so does what is compared with a day.
const day = (on: Day): Sql => (on == null ? sql`current_date` : sql`${on}::date`);

/**
 * Whether an affiliation makes an actor part of another one on a day. It holds when it possibly does: an end that is
 * vague counts as its widest reading, and one that is missing as open.
 */
const holds = (on: Day, a = "a"): Sql =>
  sql`${at(a, "role")} = 'PART_OF' and coalesce(first_day(${at(a, "from_edtf")}, ${at(a, "from_earliest")}) <= ${day(on)}, true) and coalesce(last_day(${at(a, "until_edtf")}, ${at(a, "until_latest")}) >= ${day(on)}, true)`;

/**
 * A column of the affiliation that makes an actor part of another one: of several, the one that began last, and of those
 * that began at once the one with the greatest id. `side_of` of the database says the same.
 */
const membership = (column: string, actor: Sql, on: Day): Sql =>
  sql`(select ${at("a", column)} from affiliation a where a.actor_id = ${actor} and ${holds(on)} order by a.from_latest desc nulls last, a.id desc limit 1)`;

const dayOf = ({ args }: Given): Day => args.on as Day;

/** Ties an actor to the one that it is part of on a day. */
export const parentOn = (actor: Row, parent: Row, given: Given): Sql =>
  sql`${parent.id} = ${membership("with_actor_id", actor.id, dayOf(given))}`;

/**
 * Ties an actor to the last one of those that it is part of at any remove on a day: itself, when it is part of nothing.
 * Where a circle was recorded, it ends before the first of its actors comes again.
 */
export function sideOn(actor: Row, side: Row, given: Given): Sql {
  const whole = membership("with_actor_id", sql`chain.id`, dayOf(given));
  return sql`${side.id} = (
    with recursive chain(id, path) as (
      select ${actor.id}, array[${actor.id}]
      union all
      select next.id, chain.path || next.id from chain cross join lateral (select ${whole} as id) next
        where next.id <> all(chain.path))
    select id from chain order by cardinality(path) desc limit 1)`;
}

/** The affiliations by which actors are part of others today: at most one of each actor. */
export function memberships(link: Alias): Between {
  const near = at(link, "actor_id");
  return {
    tables: sql`affiliation ${raw(link)}`,
    near,
    far: at(link, "with_actor_id"),
    // What the second says follows from the first, and is what the index of parts is made for.
    only: sql`${at(link, "id")} = ${membership("id", near, null)} and ${at(link, "role")} = 'PART_OF'`,
  };
}

/**
 * True of the named actor and of every actor that is, at any remove, part of it on a day.
 *
 * @param actor the actor that is asked about
 * @throws BAD_USER_INPUT when the id is none of an actor, or there are none or both of id and slug
 */
export function within(actor: Row, value: unknown, find: Find): Sql {
  const { id, slug, on } = value as ActorWithin;
  if ((id == null) === (slug == null)) throw badUserInput("`within` needs exactly one of `id` and `slug`.");
  checkText("within", slug);
  const start = id == null ? sql`slug = ${slug}` : sql`id = ${decodeIdOf("actor", id)}::uuid`;
  const parts = sql`select array(with recursive part(id) as (select id from actor where ${start} union select a.actor_id from affiliation a join part on a.with_actor_id = part.id where ${holds(on)}) select id from part order by id)`;
  return sql`${actor.id} = any(${find(parts, "uuid[]")})`;
}
