import type { DocumentNode, GraphQLSchema, OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Viewer } from "../graphql/viewer.js";
import { admit, type Limits } from "./admit.js";
import { Operation, type Variables, type WrittenField } from "./operation.js";

/**
 * Characters of the documents that are kept in one place. The tree of a document takes about 85 bytes for each of its
 * characters (measured with 3,000 small ones).
 */
export const MOST_TEXT = 200_000;
const LONGEST_TEXT = 50_000;
// In characters too. Statements keep the tree of their document, so that counts several times beside them.
const MOST_SQL = 3_000_000;
const DOCUMENT_WEIGHT = 10;
const LONGEST_SHAPE = 10_000;

/** How a request names its operation. */
export interface Named {
  /** The text of the document; when it is missing, its hash counts. */
  readonly query?: string;
  /** SHA-256 of the text, in hexadecimal. */
  readonly hash?: string;
  readonly operationName?: string | null;
}

/** Remembers operations that were found valid, and the statements that answer them, within bounds. */
export class Operations {
  /** By text or hash, and then by the name with which one of several was chosen. */
  readonly #found = new LRUCache<string, Map<string | undefined, Operation>>({
    maxSize: MOST_TEXT,
    maxEntrySize: LONGEST_TEXT,
  });
  readonly #ofDefinitions = new WeakMap<OperationDefinitionNode, Operation>();
  readonly #written = new LRUCache<string, readonly WrittenField[]>({ maxSize: MOST_SQL });
  #count = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Limits,
  ) {}

  /** The operation of a valid document. */
  of(document: DocumentNode, definition: OperationDefinitionNode): Operation {
    // A document that is still kept may come again; its statements are then known.
    const known = this.#ofDefinitions.get(definition);
    if (known) return known;
    const operation = new Operation(this.schema, document, definition, this.#count++);
    this.#ofDefinitions.set(definition, operation);
    return operation;
  }

  /** An operation that was remembered. */
  find({ query, hash, operationName }: Named): Operation | undefined {
    const key = query === undefined ? `#${hash}` : ` ${query}`;
    return this.#found.get(key)?.get(operationName ?? undefined);
  }

  /** Lets an operation be found by its text and by the hash of that. */
  remember(operation: Operation, { query, hash, operationName }: Required<Named>): void {
    for (const key of [` ${query}`, `#${hash}`]) {
      const named = this.#found.get(key) ?? new Map<string | undefined, Operation>();
      named.set(operationName ?? undefined, operation);
      this.#found.set(key, named, { size: query.length });
    }
  }

  /**
   * The statements that answer an operation.
   *
   * @returns undefined when graphql-js has to run it
   * @throws BAD_USER_INPUT when arguments cannot be used; DEPTH_LIMIT_EXCEEDED, COST_LIMIT_EXCEEDED
   */
  fields(operation: Operation, variables: Variables, viewer: Viewer): readonly WrittenField[] | undefined {
    const key = `${operation.number} ${viewer.role} ${operation.shape(variables)}`;
    const known = this.#written.get(key);
    if (known) return known;
    admit(operation.measure(variables), this.limits, operation.isWritten(variables));
    // Kept for all of one role: nothing else of who asks may go into a statement.
    const fields = operation.write(variables, { role: viewer.role });
    if (fields && key.length <= LONGEST_SHAPE) {
      this.#written.set(key, fields, {
        size: key.length + sizeOf(fields) + DOCUMENT_WEIGHT * operation.length,
      });
    }
    return fields;
  }
}

const sizeOf = (fields: readonly WrittenField[]): number =>
  fields.reduce((sum, { read }) => sum + (typeof read === "string" ? read : read.text).length, 0);
