import { ErrorCode, PublicError } from "../graphql/errors.js";

// Who reads nested things calls itself for each level, and the stack has an end.
const DEEPEST = 600;

/** @throws BAD_USER_INPUT when a value that came as JSON is nested too deep to be looked through */
export function checkValue(value: unknown, name: string): void {
  let level: readonly object[] = objectsIn([value]);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > DEEPEST) throw tooDeep(ErrorCode.BAD_USER_INPUT, `\`${name}\` nests values`);
    level = level.flatMap((one) => objectsIn(Object.values(one)));
  }
}

const objectsIn = (values: readonly unknown[]): object[] =>
  values.filter((value) => typeof value === "object" && value !== null);

// What is large belongs into variables. To tell where in a text something is wrong takes time that grows with it.
const MOST_CHARACTERS = 200_000;

// Comments, texts in blocks and texts say nothing of nesting: https://spec.graphql.org/draft/#sec-Appendix-Grammar-Summary.Lexical-Tokens
const MARKS = /#[^\n\r]*|"""(?:\\"""|[\s\S])*?(?:"""|$)|"(?:\\.|[^"\\\n\r])*"?|[{[(]|[}\])]/g;

/** @throws GRAPHQL_PARSE_FAILED when the text of a document is too long, or nested too deep, to be parsed */
export function checkDocument(text: string): void {
  if (text.length > MOST_CHARACTERS) {
    throw refusal(
      ErrorCode.GRAPHQL_PARSE_FAILED,
      `The document has ${text.length} characters; the limit is ${MOST_CHARACTERS}. Pass what is long as variables.`,
    );
  }
  let depth = 0;
  for (const [mark] of text.matchAll(MARKS)) {
    if ("{[(".includes(mark)) depth++;
    else if ("}])".includes(mark)) depth--;
    if (depth > DEEPEST) throw tooDeep(ErrorCode.GRAPHQL_PARSE_FAILED, "The document nests brackets");
  }
}

const tooDeep = (code: ErrorCode, what: string): PublicError =>
  refusal(code, `${what} more than ${DEEPEST} deep. Ask in several requests.`);

const refusal = (code: ErrorCode, message: string): PublicError =>
  new PublicError(code, message, { http: { status: 400 } });
