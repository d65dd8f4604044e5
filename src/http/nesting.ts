import { ErrorCode, PublicError } from "../graphql/errors.js";

/** Of a document. A large dashboard has a tenth. */
export const MAX_TOKENS = 5_000;

// Who reads nested things calls itself for each level, and the stack has an end.
const DEEPEST = 600;
// What is large belongs into variables. To tell where in a text something is wrong takes time that grows with it.
const MOST_CHARACTERS = 1_000_000;
const MOST_LINES = 5_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const HASH = 0x23;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const [OPEN_ROUND, CLOSE_ROUND] = [0x28, 0x29];
const [OPEN_SQUARE, CLOSE_SQUARE] = [0x5b, 0x5d];
const [OPEN_CURLY, CLOSE_CURLY] = [0x7b, 0x7d];

/** @throws BAD_USER_INPUT when JSON is nested too deep, before anybody reads it */
export function checkJson(text: string): void {
  if (isTooDeep(text, false)) {
    throw refusal(ErrorCode.BAD_USER_INPUT, `The JSON nests values more than ${DEEPEST} deep. ${SPLIT}`);
  }
}

/** @throws GRAPHQL_PARSE_FAILED when the text of a document is too long, or nested too deep, to be parsed */
export function checkDocument(text: string): void {
  if (text.length > MOST_CHARACTERS) {
    throw refusal(
      ErrorCode.GRAPHQL_PARSE_FAILED,
      `The document has ${text.length} characters; the limit is ${MOST_CHARACTERS}. Pass what is long as variables.`,
    );
  }
  if (linesIn(text) > MOST_LINES) {
    throw refusal(
      ErrorCode.GRAPHQL_PARSE_FAILED,
      `The document has more than ${MOST_LINES} lines. Take out those that are empty, and comments.`,
    );
  }
  if (isTooDeep(text, true)) {
    throw refusal(
      ErrorCode.GRAPHQL_PARSE_FAILED,
      `The document nests brackets more than ${DEEPEST} deep. ${SPLIT}`,
    );
  }
}

const linesIn = (text: string): number => text.match(/[\n\r]/g)?.length ?? 0;

const SPLIT = "Ask in several requests.";

/** Whether brackets outside of texts are nested too deep. @param graphql texts may be in blocks, and there are comments */
function isTooDeep(text: string, graphql: boolean): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    switch (code) {
      case QUOTE:
        at = endOfText(text, at, graphql);
        break;
      case HASH:
        if (graphql) at = endOfLine(text, at);
        break;
      case OPEN_ROUND:
      case OPEN_SQUARE:
      case OPEN_CURLY:
        if (++depth > DEEPEST) return true;
        break;
      case CLOSE_ROUND:
      case CLOSE_SQUARE:
      case CLOSE_CURLY:
        depth--;
    }
  }
  return false;
}

// https://spec.graphql.org/draft/#sec-String-Value; a text that is not closed is refused by who reads it.
function endOfText(text: string, start: number, graphql: boolean): number {
  if (graphql && text.startsWith('"""', start)) {
    let end = start;
    do {
      end = text.indexOf('"""', end + 3);
    } while (end > 0 && text.charCodeAt(end - 1) === BACKSLASH);
    return end < 0 ? text.length : end + 2;
  }
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE || (graphql && code === LINE_FEED)) return at;
  }
  return text.length;
}

function endOfLine(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LINE_FEED || code === CARRIAGE_RETURN) return at;
  }
  return text.length;
}

const refusal = (code: ErrorCode, message: string): PublicError =>
  new PublicError(code, message, { http: { status: 400 } });
