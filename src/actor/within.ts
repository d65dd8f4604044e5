import sql, { raw, type Sql } from "sql-template-tag";
import { Field, ID, InputType } from "type-graphql";
import { decodeIdOf } from "../graphql/id.js";
import { OneOf } from "../graphql/one-of.js";
import { checkText } from "../reading/comparison.js";
import type { Alias, Between, Find, Owner } from "../reading/entity.js";
import { at } from "../reading/names.js";

@OneOf
@InputType({ description: "Names one actor by its id or by its slug: exactly one of the two." })
export class ActorWithin {
  @Field(() => ID, { nullable: true, description: "Its id." })
  id?: string | null;

  @Field(() => String, { nullable: true, description: "Its slug." })
  slug?: string | null;
}

// Membership counts as of today: an affiliation that has ended, or has not begun, joins nobody.
const current = sql`a.role = 'PART_OF' and coalesce(a.from_earliest <= now(), true) and coalesce(a.until_latest >= now(), true)`;

/** A column of the affiliation that makes an actor part of another one: of several, the one that began last. */
const membership = (column: string, actor: Sql): Sql =>
  sql`(select ${at("a", column)} from affiliation a where a.actor_id = ${actor} and ${current} order by a.from_latest desc nulls last, a.id limit 1)`;

/** Ties an actor to the one that it is currently part of. */
export const currentParent = (owner: Owner, target: Alias): Sql =>
  sql`${at(target, "id")} = ${membership("with_actor_id", owner.id)}`;

/** The affiliations by which actors are currently part of others: at most one of each actor. */
export function currentMembership(link: Alias): Between {
  const near = at(link, "actor_id");
  return {
    tables: sql`affiliation ${raw(link)}`,
    near,
    far: at(link, "with_actor_id"),
    // What the second says follows from the first, and is what the index of parts is made for.
    only: sql`${at(link, "id")} = ${membership("id", near)} and ${at(link, "role")} = 'PART_OF'`,
  };
}

/**
 * True of the named actor and of every actor that is, at any remove, part of it.
 *
 * @param actor the key of the actor that is asked about
 * @throws BAD_USER_INPUT when the id is none of an actor
 */
export function within(actor: Sql, value: unknown, _alias: Alias, find: Find): Sql {
  const { id, slug } = value as ActorWithin;
  checkText("within", slug);
  const start = id == null ? sql`slug = ${slug}` : sql`id = ${decodeIdOf("actor", id)}::uuid`;
  const parts = sql`select array(with recursive part(id) as (select id from actor where ${start} union select a.actor_id from affiliation a join part on a.with_actor_id = part.id where ${current}) select id from part order by id)`;
  return sql`${actor} = any(${find(parts, "uuid[]")})`;
}
