import pg from "pg";
import type { MigrationConnection } from "./schema-engine.js";

/** What a table (`claim`) or column (`claim.statement`) is for. */
export type Comments = ReadonlyMap<string, string>;

/** The comments of schema.prisma, under the names that the database has for what they stand above. */
export function commentsIn(schema: string): Map<string, string> {
  const comments = new Map<string, string>();
  for (const [, above, body] of schema.matchAll(/((?:^\/\/\/.*\n)*)^model \w+ \{\n([^}]*)^\}/gm)) {
    const table = /@@map\("(\w+)"\)/.exec(body as string)?.[1] as string;
    if (above) comments.set(table, wordsOf(above));
    for (const [, words, line] of (body as string).matchAll(/((?:^ *\/\/\/.*\n)+)^ *(\w.*)$/gm)) {
      const column = /@map\("(\w+)"\)/.exec(line as string)?.[1] ?? /^\w+/.exec(line as string)?.[0];
      comments.set(`${table}.${column}`, wordsOf(words as string));
    }
  }
  return comments;
}

const wordsOf = (lines: string): string =>
  lines
    .replace(/^ *\/\/\/ ?/gm, "")
    .trim()
    .replaceAll("\n", " ");

/** The comments that a database has; null where a table or column has none. */
export async function commentsOn(
  database: Pick<MigrationConnection, "query">,
): Promise<Map<string, string | null>> {
  const rows = await database.query<{ name: string; comment: string | null }>(
    `select relname || coalesce('.' || attname, '') as name, description as comment
     from (select oid, relname, 0 as place, null as attname from pg_class
         where relkind = 'r' and relnamespace = current_schema()::regnamespace
       union all select c.oid, relname, attnum, attname from pg_class c join pg_attribute on attrelid = c.oid
         where relkind = 'r' and relnamespace = current_schema()::regnamespace and attnum > 0 and not attisdropped) named
     left join pg_description on objoid = oid and objsubid = place and classoid = 'pg_class'::regclass
     where relname <> '_prisma_migrations' order by relname, place`,
  );
  return new Map(rows.map(({ name, comment }) => [name, comment]));
}

/** The statements that add or change comments, for a migration. What is dropped takes its comment with it. */
export function commenting(wanted: Comments, present: ReadonlyMap<string, string | null>): string {
  return [...wanted]
    .filter(([name, comment]) => present.get(name) !== comment)
    .map(([name, comment]) => {
      const kind = name.includes(".") ? "column" : "table";
      return `comment on ${kind} ${name} is ${pg.escapeLiteral(comment)};\n`;
    })
    .join("");
}
