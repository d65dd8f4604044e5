import anyAscii from "any-ascii";

const LONGEST = 60;
/** The longest beginning of a slug that ends with a word; a very short one would say too little. */
const WORDS = new RegExp(`^.{${LONGEST / 3},${LONGEST}}(?=-)`);

/**
 * A slug out of a name in any script, of at most 60 characters: `조선인민군` becomes `joseoninmingun`. It is cut at a hyphen
 * where it can be. Undefined where nothing is left, as of emoji.
 */
export function slugOf(name: string): string | undefined {
  const letters = name
    .normalize("NFC")
    .replace(/['’ʼ]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, " ");
  // Some letters become marks: the soft sign an apostrophe, the half a slash.
  const slug = anyAscii(letters)
    .toLowerCase()
    .replace(/['`"]/g, "")
    .replace(/[^a-z0-9]+/g, "-");
  const whole = slug.replace(/^-|-$/g, "");
  if (whole.length <= LONGEST) return whole || undefined;
  return WORDS.exec(whole)?.[0] ?? whole.slice(0, LONGEST).replace(/-$/, "");
}

/** The slug itself, or with the first number from 2 on that makes it differ from those that are taken: `name-2`. */
export function freeSlug(base: string, taken: ReadonlySet<string>): string {
  let free = base;
  for (let number = 2; taken.has(free); number++) free = `${base}-${number}`;
  return free;
}
