import type { GraphQLResolveInfo } from "graphql";
import sql from "sql-template-tag";
import { Arg, Args, Ctx, Extensions, Float, Info, Int, Query, Resolver } from "type-graphql";
import type { Context } from "../../src/graphql/context.js";
import { vocabulary } from "../../src/graphql/filters.js";
import { Node } from "../../src/graphql/node.js";
import { CalendarDate, DateTime } from "../../src/graphql/scalars.js";
import { seesEverything } from "../../src/graphql/viewer.js";
import type { Connection } from "../../src/reading/connection.js";
import { declare } from "../../src/reading/declare.js";
import { statistics } from "../../src/reading/declare-statistics.js";
import type { Parameter } from "../../src/reading/entity.js";
import { type Late, later } from "../../src/reading/late.js";
import { queries } from "../../src/reading/queries.js";
import { page } from "../../src/reading/root.js";
import { ownedBy } from "../../src/reading/ties.js";
import { visible } from "../../src/reading/visible.js";

// Entities of the tests' own, as somebody would declare them who adds some: a table with values of all types, rows that are
// computed for an owner and for a root field, and hits of several types in one order.

export const TABLES = `
  create type film_kind as enum ('SHORT', 'LONG');
  create table film (
    id uuid primary key, public_id text generated always as (type_id('film'::text, id)) stored,
    title text collate "C" not null, votes int not null, rating int, score double precision, original text collate "C", dubbed boolean,
    kind film_kind, opened date, shown timestamptz, secret text);
  create table critic (id uuid primary key, country text not null);
  create table rating (id uuid primary key, public_id text generated always as (type_id('rating'::text, id)) stored,
    film_id uuid not null references film, critic_id uuid not null references critic, stars int not null, at timestamptz not null);`;

export const FilmKind = vocabulary("FilmKind", { SHORT: "SHORT", LONG: "LONG" } as const, "How long it is.", {
  SHORT: "Less than an hour.",
  LONG: "An hour or more.",
});

interface FilmModel {
  id: string;
  title: string;
  votes: number;
  rating: number | null;
}

/** What a query computes for a film. */
interface SummaryModel {
  id: string;
  ratings: number;
  best: number | null;
}

const by = (field: string) => ({ field, meaning: `By \`${field.toLowerCase()}\`.` });

export const films = declare<FilmModel>("film", {
  name: "Film",
  description: "A film.",
  prefix: "film",
  list: { defaultOrder: ["TITLE", "ASC"], called: "title" },
});

const ratings = declare<{ id: string; filmId: string; stars: number; at: Date }>("rating", {
  name: "Rating",
  description: "What somebody thinks of a film. Only analysts see those of one star.",
  prefix: "rating",
  list: { defaultOrder: ["STARS", "DESC"] },
  visible: (rating, viewer) => (seesEverything(viewer) ? undefined : sql`${rating.column("stars")} > 1`),
});

@ratings.type
class Rating extends Node {
  @ratings.column(() => Int, { description: "1 to 5.", filter: true, order: by("STARS") })
  stars!: number;

  @ratings.column(() => DateTime, { description: "When.", filter: true, order: by("AT") })
  at!: string;
}

const summaries = declare<SummaryModel>(undefined, {
  name: "Summary",
  description: "What is thought of a film.",
  list: { defaultOrder: ["BEST", "DESC"] },
});

@summaries.type
class Summary {
  @summaries.column(() => Int, { description: "How many ratings.", filter: true, order: by("RATINGS") })
  ratings!: number;

  @summaries.column(() => Int, { nullable: true, description: "The best.", filter: true, order: by("BEST") })
  best!: number | null;
}

const SINCE = {
  since: {
    type: () => CalendarDate,
    description: "Only ratings since this day.",
    parameter: true,
  },
  // Its name is that of an argument of roots, and it is no parameter all the same.
  slug: { type: () => String, description: "Text.", parameter: false },
} as const;

const from = (country: Parameter<string>) => (country == null ? sql`true` : sql`c.country = ${country}`);

const since = (day: Parameter<string>) => (day == null ? sql`true` : sql`r.at >= ${day}::date`);

@films.type
export class Film extends Node {
  @films.column(() => String, { description: "Its title.", filter: true, order: by("TITLE") })
  title!: string;

  @films.column(() => Int, { description: "How many voted.", filter: true, order: by("VOTES") })
  votes!: number;

  @films.column(() => Int, { nullable: true, description: "Of ten.", filter: true, order: by("RATING") })
  rating!: number | null;

  @films.column(() => Float, { nullable: true, description: "Of one.", filter: true, order: by("SCORE") })
  score!: number | null;

  @films.column(() => String, {
    nullable: true,
    description: "Its title there.",
    filter: true,
    order: by("ORIGINAL"),
  })
  original!: string | null;

  @films.column(() => Boolean, {
    nullable: true,
    description: "Whether it is dubbed.",
    filter: true,
    order: by("DUBBED"),
  })
  dubbed!: boolean | null;

  @films.column(() => FilmKind, { nullable: true, description: "Its kind.", filter: true, order: by("KIND") })
  kind!: string | null;

  @films.column(() => CalendarDate, {
    nullable: true,
    description: "Since when.",
    filter: true,
    order: by("OPENED"),
  })
  opened!: string | null;

  @films.column(() => DateTime, {
    nullable: true,
    description: "When last.",
    filter: true,
    order: by("SHOWN"),
  })
  shown!: string | null;

  @films.column(() => String, {
    nullable: true,
    description: "What only analysts read.",
    expression: (film, { viewer }) => (seesEverything(viewer) ? film.column("secret") : sql`null::text`),
    filter: true,
    order: by("SECRET"),
  })
  secret!: string | null;

  @films.column(() => Int, {
    description: "Its votes, times something.",
    args: {
      by: { type: () => Int, description: "Times what.", nullable: false, default: 2, parameter: true },
    },
    expression: (film, { args }) => sql`(${film.column("votes")} * ${args.by as Parameter<number>}::int)`,
    filter: true,
  })
  times!: number;

  @films.column(() => Int, {
    description: "How many different critics rate it.",
    args: { country: { type: () => String, description: "Only those of this country.", parameter: true } },
    expression: (film, { viewer, args }) => sql`(
      select count(distinct c.id)::int from rating r join critic c on c.id = r.critic_id
      where r.film_id = ${film.id} and ${visible(ratings, "r", viewer)} and ${from(args.country as Parameter<string>)})`,
    filter: true,
    order: by("CRITICS"),
  })
  critics!: number;

  @films.connection(() => ratings, {
    description: "Its ratings.",
    ...ownedBy<{ filmId: string }>("filmId"),
    filter: true,
  })
  ratings!: Connection<Rating>;

  @films.count("ratings", { description: "How many ratings it has." })
  ratingCount!: number;

  @films.one(() => summaries, {
    description: "What is thought of it.",
    args: SINCE,
    rows: (film, { viewer, args }) =>
      sql`select count(*)::int as ratings, max(r.stars) as best from rating r
        where r.film_id = ${film.id} and ${visible(ratings, "r", viewer)} and ${since(args.since as Parameter<string>)}`,
    filter: true,
  })
  summary!: Summary;

  @films.connection(() => summaries, {
    description: "The same, by stars.",
    args: SINCE,
    rows: (film, { viewer, args }) =>
      sql`select md5(r.stars::text)::uuid as id, count(*)::int as ratings, r.stars as best from rating r
        where r.film_id = ${film.id} and ${visible(ratings, "r", viewer)} and ${since(args.since as Parameter<string>)} group by r.stars`,
    filter: true,
  })
  summaries!: Connection<Summary>;
}

statistics(ratings, { rows: "ratings", by: { STARS: "stars" }, time: "at" });
statistics(films, {
  rows: "films",
  by: { KIND: "kind", DUBBED: "dubbed", STARS: "ratings.stars", BEST: "summary.best" },
  time: "shown",
});

export const hits = declare<{ id: string; prefix: string; key: string; weight: number }>(undefined, {
  name: "Hit",
  description: "What was found.",
  list: { defaultOrder: ["WEIGHT", "DESC"] },
});

@hits.type
export class Hit {
  @hits.column(() => Float, { description: "How well it fits.", filter: true, order: by("WEIGHT") })
  weight!: number;

  @hits.any({
    nullable: true,
    description: "What it is.",
    prefix: (hit) => hit.column("prefix"),
    key: (hit) => hit.column("key"),
  })
  node!: Node | null;
}

const found = page(hits.target, {
  parameters: ["text"],
  rows({ viewer, args }) {
    const like = later(args.text as string | Late<string>, (text) => `%${text.replace(/[\\%_]/g, "\\$&")}%`);
    return sql`select f.id, 'film' as prefix, f.id as key, f.votes::float as weight from film f where f.title like ${like}
      union all select r.id, 'rating', r.id, r.stars from rating r join film f on f.id = r.film_id
        where f.title like ${like} and ${visible(ratings, "r", viewer)}`;
  },
});

@Resolver()
export class HitResolver {
  @Query(() => hits.Connection as typeof Object, { description: "What is found by a text." })
  @Extensions({ root: found })
  hits(
    @Arg("text", () => String, { description: "The text." }) _text: string,
    @Args(() => hits.Args) _page: object,
    @Ctx() { reader }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return reader.field(found, info);
  }
}

export const resolvers = [queries(films), queries(ratings), HitResolver] as const;
