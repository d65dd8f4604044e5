import sql, { type Sql } from "sql-template-tag";
import { Field, ID, InputType } from "type-graphql";
import { badUserInput } from "../graphql/errors.js";
import { decodeIdOf } from "../graphql/id.js";
import { at } from "../reading/names.js";
import type { Alias } from "../reading/noun.js";
import { checkText } from "../reading/where.js";

@InputType({ description: "Names one actor by its id or by its slug: exactly one of the two." })
export class ActorWithin {
  @Field(() => ID, { nullable: true, description: "Its id." })
  id?: string | null;

  @Field(() => String, { nullable: true, description: "Its slug." })
  slug?: string | null;
}

// Membership counts as of today: an affiliation that has ended, or has not begun, joins nobody.
const current = sql`a.role = 'PART_OF' and coalesce(a.from_earliest <= now(), true) and coalesce(a.until_latest >= now(), true)`;

/** Ties an actor to the one that it is currently part of. */
export function currentParent(owner: Alias, target: Alias): Sql {
  return sql`${at(target, "id")} = (select a.with_actor_id from affiliation a where a.actor_id = ${at(owner, "id")} and ${current} order by a.from_latest desc nulls last, a.id limit 1)`;
}

/**
 * True of the named actor and of every actor that is, at any remove, part of it.
 *
 * @throws BAD_USER_INPUT unless exactly one of `id` and `slug` is given
 */
export function within(actor: Alias, value: unknown): Sql {
  const { id, slug } = value as ActorWithin;
  if ((id == null) === (slug == null)) throw badUserInput("`within` needs exactly one of `id` and `slug`.");
  checkText("within", slug);
  const start = id == null ? sql`slug = ${slug}` : sql`id = ${decodeIdOf("actor", id)}::uuid`;
  return sql`${at(actor, "id")} in (with recursive part(id) as (select id from actor where ${start} union select a.actor_id from affiliation a join part on a.with_actor_id = part.id where ${current}) select id from part)`;
}
