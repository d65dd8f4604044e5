import sql, { raw } from "sql-template-tag";
import { UserErrorCode } from "../graphql/user-error.js";
import { freeSlug, slugOf } from "../values/slug.js";
import { ask } from "./ask.js";
import { type Change, placeIn } from "./change.js";
import { allKinds } from "./record.js";

/** Makes a slug of what a new record is called, where none is given: with a number where another record has it. */
export async function makeSlugs(change: Change): Promise<void> {
  for (const kind of allKinds().filter(({ fields }) => fields.get("slug")?.made)) {
    const { entity } = kind;
    const drafts = change.draftsOf(kind);
    const without = drafts.filter(({ after }) => after && after.slug == null);
    for (const draft of without.filter(({ before }) => before !== null)) {
      change.problem(
        UserErrorCode.INVALID,
        "null: write a slug such as north-korea.",
        placeIn(draft, ["slug"]),
      );
    }
    const unnamed = without.filter(({ before }) => before === null);
    if (unnamed.length === 0) continue;
    // What has no letters is called what it is.
    const bases = unnamed.map(
      ({ after }) => slugOf(String(after?.[entity.called as string] ?? "")) ?? entity.name.toLowerCase(),
    );
    const rows = await ask<{ slug: string }>(
      change.tx,
      // By code point, ":" follows "9": each base reads one range of the index.
      sql`select there.slug from unnest(${[...new Set(bases)]}::text[]) base
        cross join lateral (
          select slug from ${raw(entity.table)} where slug = base
          union all
          select slug from ${raw(entity.table)} where slug >= base || '-0' and slug < base || '-:') there`,
    );
    const taken = new Set([
      ...rows.map(({ slug }) => slug),
      ...drafts.flatMap(({ after }) => (after?.slug as string | null | undefined) ?? []),
    ]);
    for (const [at, draft] of unnamed.entries()) {
      const slug = freeSlug(bases[at] as string, taken);
      taken.add(slug);
      draft.after = { ...draft.after, slug };
    }
  }
}
