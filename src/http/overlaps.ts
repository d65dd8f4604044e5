import { type DocumentNode, type FieldNode, Kind, parse, type SelectionSetNode, visit } from "graphql";
import { ErrorCode, PublicError } from "../graphql/errors.js";
import { MAX_TOKENS } from "./nesting.js";

/** Each comparison takes a microsecond or two, in which nobody else is served. People's documents take a few hundred. */
const MOST_COMPARED = 50_000;
/** No shorter text has room for as many, in characters. */
const SHORT = 500;
/** Each comparison calls the next one, and the stack has an end. People's documents nest ten deep. */
const DEEPEST = 600;

/** The fields that a selection set has itself, by the names that they get in the answer, and the fragments it spreads. */
interface Selected {
  readonly fields: ReadonlyMap<string, readonly FieldNode[]>;
  readonly fragments: ReadonlySet<string>;
}

/**
 * Refuses a document in which very many fields would have to be compared, before it is validated. Fields that get the same
 * name in the answer must be the same field, and the usual way to find that out compares each with each, with all that is
 * selected below: the time grows with the square of the repetitions, and with their product from level to level. Here the
 * same comparisons are counted, in the order of graphql-js, which compares a pair of fragments once.
 * https://spec.graphql.org/draft/#sec-Field-Selection-Merging
 *
 * @throws GRAPHQL_VALIDATION_FAILED
 */
export function checkOverlaps(document: DocumentNode): void {
  const comparing = new Comparing(document);
  visit(document, {
    // Those of inline fragments belong to the selection set around them.
    SelectionSet: (set, _key, parent) => (isInlineFragment(parent) ? undefined : comparing.within(set)),
  });
}

/**
 * The same for a text, since between parsing and validating a document Apollo Server takes no refusal: what a plugin throws
 * there is an internal error. What cannot be parsed is told by whoever needs it parsed.
 */
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

const NOTHING: Selected = { fields: new Map(), fragments: new Set() };

class Comparing {
  readonly #fragments = new Map<string, SelectionSetNode>();
  readonly #selected = new Map<SelectionSetNode, Selected>();
  readonly #comparedWith = new Pairs();
  readonly #comparedFragments = new Pairs();
  #left = MOST_COMPARED;

  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION)
        this.#fragments.set(definition.name.value, definition.selectionSet);
    }
  }

  /** Counts the comparisons of a selection set's fields with each other. */
  within(set: SelectionSetNode): undefined {
    const selected = this.#selectedIn(set);
    for (const same of selected.fields.values()) {
      for (const [at, field] of same.entries()) {
        for (let other = 0; other < at; other++) this.#pair(field, same[other] as FieldNode, 1);
      }
    }
    const fragments = [...selected.fragments].map((name) => this.#fragment(name));
    for (const [at, fragment] of fragments.entries()) {
      this.#withFragment(selected, fragment, 1);
      for (let other = 0; other < at; other++) this.#fragmentPair(fragment, fragments[other] as Selected, 1);
    }
  }

  #pair({ selectionSet: one }: FieldNode, { selectionSet: other }: FieldNode, depth: number): void {
    this.#spend(1, depth);
    if (!one || !other) return;
    const [first, second] = [this.#selectedIn(one), this.#selectedIn(other)];
    this.#fields(first, second, depth);
    for (const name of second.fragments) this.#withFragment(first, this.#fragment(name), depth + 1);
    for (const name of first.fragments) {
      this.#withFragment(second, this.#fragment(name), depth + 1);
      for (const opposite of second.fragments)
        this.#fragmentPair(this.#fragment(name), this.#fragment(opposite), depth + 1);
    }
  }

  #fields(first: Selected, second: Selected, depth: number): void {
    this.#spend(first.fields.size / 10, depth);
    for (const [name, fields] of first.fields) {
      const same = second.fields.get(name) ?? [];
      for (const field of fields) for (const opposite of same) this.#pair(field, opposite, depth + 1);
    }
  }

  /** A selection set's own fields with those of a fragment, and of what that spreads. */
  #withFragment(selected: Selected, fragment: Selected, depth: number): void {
    this.#spend(1, depth);
    if (selected.fields.size === 0 || !this.#comparedWith.add(selected, fragment)) return;
    this.#fields(selected, fragment, depth);
    for (const name of fragment.fragments) this.#withFragment(selected, this.#fragment(name), depth + 1);
  }

  #fragmentPair(first: Selected, second: Selected, depth: number): void {
    this.#spend(1, depth);
    if (this.#comparedFragments.has(second, first) || !this.#comparedFragments.add(first, second)) return;
    this.#fields(first, second, depth);
    for (const name of second.fragments) this.#fragmentPair(first, this.#fragment(name), depth + 1);
    for (const name of first.fragments) this.#fragmentPair(this.#fragment(name), second, depth + 1);
  }

  #fragment(name: string): Selected {
    const set = this.#fragments.get(name);
    return set ? this.#selectedIn(set) : NOTHING;
  }

  #selectedIn(set: SelectionSetNode): Selected {
    const known = this.#selected.get(set);
    if (known) return known;
    const fields = new Map<string, FieldNode[]>();
    const fragments = new Set<string>();
    const add = ({ selections }: SelectionSetNode): void => {
      for (const selection of selections) {
        if (selection.kind === Kind.FRAGMENT_SPREAD) fragments.add(selection.name.value);
        else if (selection.kind === Kind.INLINE_FRAGMENT) add(selection.selectionSet);
        else {
          const name = (selection.alias ?? selection.name).value;
          const same = fields.get(name);
          if (same) same.push(selection);
          else fields.set(name, [selection]);
        }
      }
    };
    add(set);
    const selected = { fields, fragments };
    this.#selected.set(set, selected);
    return selected;
  }

  #spend(comparisons: number, depth: number): void {
    this.#left -= comparisons;
    if (this.#left < 0 || depth > DEEPEST)
      throw new PublicError(ErrorCode.GRAPHQL_VALIDATION_FAILED, TOO_MANY, { http: { status: 400 } });
  }
}

/** Ordered pairs; one of the same with itself is no pair. */
class Pairs {
  readonly #pairs = new Map<Selected, Set<Selected>>();

  has(one: Selected, other: Selected): boolean {
    return this.#pairs.get(one)?.has(other) ?? false;
  }

  /** @returns whether the pair is new */
  add(one: Selected, other: Selected): boolean {
    if (one === other || this.has(one, other)) return false;
    const others = this.#pairs.get(one);
    if (others) others.add(other);
    else this.#pairs.set(one, new Set([other]));
    return true;
  }
}

const isInlineFragment = (node: unknown): boolean =>
  (node as { kind?: string } | undefined)?.kind === Kind.INLINE_FRAGMENT;

const TOO_MANY =
  "The document selects too many fields under the same names, or spreads too many fragments in one place. Select each field once, or give it an alias.";
