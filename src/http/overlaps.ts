import { type DocumentNode, type FieldNode, Kind, parse, type SelectionSetNode, visit } from "graphql";
import { ErrorCode, PublicError } from "../graphql/errors.js";
import { MAX_TOKENS } from "./nesting.js";

/** Each comparison takes a microsecond or two, in which nobody else is served. People's documents take a few hundred. */
const MOST_COMPARED = 50_000;
/** No shorter text has room for as many, in characters. */
const SHORT = 500;
/** As deep as documents may nest brackets, through fragments too: these may go in circles here. */
const DEEPEST = 600;

/** The fields that a selection set has with its fragments, by the names that they get in the answer. */
interface Selected {
  readonly fields: ReadonlyMap<string, readonly FieldNode[]>;
  readonly spreads: number;
}

/**
 * Refuses a document in which very many fields would have to be compared, before it is validated. Fields that get the same
 * name in the answer must be the same field, and the usual way to find that out compares each with each, with all that is
 * selected below: the time grows with the square of the repetitions, and with their product from level to level.
 * https://spec.graphql.org/draft/#sec-Field-Selection-Merging
 *
 * @throws GRAPHQL_VALIDATION_FAILED
 */
export function checkOverlaps(document: DocumentNode): void {
  const comparing = new Comparing(document);
  visit(document, { SelectionSet: (set) => comparing.within(set) });
}

/** The same for a text. What cannot be parsed is told by whoever needs it parsed. */
export function checkOverlapsIn(text: string): void {
  if (text.length < SHORT) return;
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: MAX_TOKENS, noLocation: true });
  } catch {
    return;
  }
  checkOverlaps(document);
}

class Comparing {
  readonly #fragments = new Map<string, SelectionSetNode>();
  readonly #selected = new Map<SelectionSetNode, Selected>();
  #left = MOST_COMPARED;

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition.selectionSet);
    }
  }

  /** Counts the comparisons of a selection set's fields with each other. */
  within(set: SelectionSetNode): undefined {
    const { fields, spreads } = this.#selectedIn(set);
    this.#spend((spreads * spreads) / 2);
    for (const same of fields.values()) {
      for (const [at, field] of same.entries()) {
        for (let other = 0; other < at; other++) this.#pair(field, same[other] as FieldNode, 1);
      }
    }
  }

  #pair({ selectionSet: one }: FieldNode, { selectionSet: other }: FieldNode, depth: number): void {
    this.#spend(1);
    if (!one || !other || depth > DEEPEST) return;
    const [first, second] = [this.#selectedIn(one), this.#selectedIn(other)];
    this.#spend(first.spreads * second.spreads);
    for (const [name, fields] of first.fields) {
      const same = second.fields.get(name) ?? [];
      for (const field of fields) for (const opposite of same) this.#pair(field, opposite, depth + 1);
    }
  }

  #selectedIn(set: SelectionSetNode): Selected {
    const known = this.#selected.get(set);
    if (known) return known;
    const fields = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const add = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        this.#spend(0.1);
        if (selection.kind === Kind.FIELD) {
          const name = (selection.alias ?? selection.name).value;
          const same = fields.get(name);
          if (same) same.push(selection);
          else fields.set(name, [selection]);
        } else if (selection.kind === Kind.INLINE_FRAGMENT) add(selection.selectionSet);
        else if (!spread.has(selection.name.value)) {
          spread.add(selection.name.value);
          const fragment = this.#fragments.get(selection.name.value);
          if (fragment) add(fragment);
        }
      }
    };
    add(set);
    const selected = { fields, spreads: spread.size };
    this.#selected.set(set, selected);
    return selected;
  }

  #spend(comparisons: number): void {
    this.#left -= comparisons;
    if (this.#left < 0)
      throw new PublicError(ErrorCode.GRAPHQL_VALIDATION_FAILED, TOO_MANY, { http: { status: 400 } });
  }
}

const TOO_MANY =
  "The document selects too many fields under the same names, or spreads too many fragments in one place. Select each field once, or give it an alias.";
