/** A text of at most so many characters: of a longer one the middle is left out, since both ends say what it is. */
export function clipped(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = Math.floor(longest / 3);
  // Never half a character: what is cut in two is shown as one that cannot be read.
  return `${text.slice(0, longest - end - 1)}…${text.slice(-end)}`.toWellFormed();
}

const LONGEST_VALUE = 80;

/** A value as a message repeats it, however long it is. */
export function shown(value: unknown): string {
  if (typeof value !== "string") return begun(JSON.stringify(value) ?? "nothing");
  return JSON.stringify(begun(value));
}

const begun = (text: string): string =>
  text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1).toWellFormed()}…` : text;
