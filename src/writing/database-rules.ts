import { causeOf } from "../database/database-error.js";
import { type UserErrorCode as Code, refuse, UserErrorCode } from "../graphql/user-error.js";
import { type Change, placeIn } from "./change.js";

// PostgreSQL's codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
const UNIQUE = "23505";
const CHECK = "23514";
const FOREIGN_KEY = ["23503", "23001"];
const TOO_LARGE = "54000";
const BROKEN_OFF = ["40P01", "40001"];

/** What to tell of the rules that only the database can keep, because they are about several records. */
const RULES: Record<string, string> = {
  event_is_in_no_circle: "An event would be part of itself, by way of others. Break the circle.",
  source_is_in_no_circle: "A source would be a copy of itself, by way of others. Break the circle.",
  source_is_in_no_circle_of_versions:
    "A source would be a later version of itself, by way of others. Break the circle.",
  affiliation_is_in_no_circle:
    "An actor would be part of itself, by way of others. End one of the affiliations with `to` before another one begins, or leave this one out: their days must not overlap.",
  claim_relation_is_within_a_side:
    "RETRACTS and SUPERSEDES are about a claim of the same actor, or of its side on the day of the later claim. Use CONTRADICTS or DENIES for what others said.",
  claim_relation_is_in_no_circle:
    "A claim would take back or replace itself, by way of others. Remove one of the relations.",
  claim_figure_answers_a_quantity:
    "A figure answers a QUANTITY, and the claim's proposition is YES_NO. Remove one of them.",
  proposition_keeps_its_figures:
    "Claims about this proposition give figures, so it has to stay a QUANTITY. Change those claims first.",
};

/** Of what a rule about several records is said. */
const PLACES: Record<string, string> = {
  event_is_in_no_circle: "partOf",
  source_is_in_no_circle: "syndicationOf",
  source_is_in_no_circle_of_versions: "laterVersionOf",
  affiliation_is_in_no_circle: "affiliations",
};

/** What a rule that the database kept says of a draft that breaks it; other errors as they are. */
export function refusedOfDraft(error: unknown, change: Change): unknown {
  const { originalMessage = "" } = causeOf(error);
  const [, id = "", broken = ""] = /([0-9a-f-]{36}) violates "(\w+)"$/.exec(originalMessage) ?? [];
  const [draft, place, message] = [change.draft(id), PLACES[broken], RULES[broken]];
  return draft && place && message ? refuse(UserErrorCode.INVALID, message, placeIn(draft, [place])) : error;
}

/** Whether work was broken off that will succeed when it is done again. */
export const isTransient = (error: unknown): boolean =>
  BROKEN_OFF.includes(causeOf(error).originalCode ?? "") ||
  (Object(error) as { code?: string }).code === "P2034";

/**
 * Whether another request has just recorded what this one would: the same slug, or the same identifier elsewhere. Done again,
 * it finds that.
 */
export function isDouble(error: unknown): boolean {
  const { originalCode, originalMessage = "" } = causeOf(error);
  return originalCode === UNIQUE && /"\w+_slug_key"|"external_id_of_one_\w+"/.test(originalMessage);
}

/** What a person is told of a rule that the database kept; other errors as they are. */
export function refusedByDatabase(error: unknown): unknown {
  const { originalCode = "", originalMessage = "" } = causeOf(error);
  const because = (code: Code, message: string) => refuse(code, message, ["input"]);
  const [, broken = ""] = /constraint "(\w+)"|"(\w+)"$/.exec(originalMessage)?.filter(Boolean) ?? [];
  if (originalCode === UNIQUE) {
    // A version that was there a moment ago, or a record that two brought back at once.
    if (/_pkey$|^revision_/.test(broken)) {
      return because(
        UserErrorCode.CONFLICT,
        "Another request has just changed the same record. Read it again.",
      );
    }
    const what = broken.endsWith("_slug_key")
      ? "slug"
      : broken.startsWith("external_id")
        ? "identifier"
        : "values";
    return because(
      UserErrorCode.TAKEN,
      `Another request has just recorded the same ${what}. Choose another, or use what is there.`,
    );
  }
  if (FOREIGN_KEY.includes(originalCode)) {
    return because(
      UserErrorCode.CONFLICT,
      "Another request has just deleted what this one refers to, or begun to refer to what this one deletes. Look at the records and ask again.",
    );
  }
  if (originalCode === TOO_LARGE) {
    return because(
      UserErrorCode.INVALID,
      "A slug, name, title, address, identifier or text of a proposition is too long to be looked up. Write at most 2,000 bytes.",
    );
  }
  return originalCode === CHECK && broken
    ? because(UserErrorCode.INVALID, RULES[broken] ?? `It breaks the rule “${broken.replaceAll("_", " ")}”.`)
    : error;
}
