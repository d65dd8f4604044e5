import type { IncomingMessage } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  subscribe,
  validate,
} from "graphql";
import { collectFields } from "graphql/execution/collectFields.js";
import { LRUCache } from "lru-cache";
import type { Config } from "../../config.js";
import type { Database } from "../../database/database.js";
import type { Feed } from "../../feed/feed.js";
import type { FeedContext } from "../../feed/feed.resolver.js";
import { badUserInput, ErrorCode, PublicError } from "../../graphql/errors.js";
import type { Viewer } from "../../graphql/viewer.js";
import { PAGE_SIZE } from "../../reading/plan.js";
import { Reader } from "../../reading/reader.js";
import { admit } from "../admit.js";
import type { Budgets } from "../budgets.js";
import type { LongWay } from "../long-way.js";
import { logError, maskError, withoutSuggestions } from "../mask-errors.js";
import { measure } from "../measure.js";
import { checkDocument, MAX_TOKENS } from "../nesting.js";
import { MOST_TEXT } from "../operations.js";
import { checkOverlaps } from "../overlaps.js";
import { badRequest } from "../refusals.js";

/** What a client sends to subscribe, as far as it has been looked at. */
export interface SubscriptionRequest {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** What a subscription brings, event by event. */
export type Events = AsyncGenerator<ExecutionResult, void, void>;

/** A subscription that has begun. */
export interface Begun {
  readonly events: Events;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
}

/** What subscriptions are answered from. */
interface From {
  readonly database: Database;
  readonly feed: Feed;
  readonly budgets: Budgets;
  readonly longWay: LongWay;
}

/** Begins subscriptions for the transports, within the same limits as queries have. */
export class Subscriptions {
  // A thousand dashboards send the same text.
  readonly #documents = new LRUCache<string, DocumentNode>({
    maxSize: MOST_TEXT,
    sizeCalculation: (_, text) => text.length,
  });

  constructor(
    readonly schema: GraphQLSchema,
    private readonly from: From,
    private readonly config: Config,
  ) {}

  /**
   * Begins a subscription.
   *
   * @param by the HTTP request that made the connection
   * @returns the errors when it cannot begin, as they are
   */
  async begin(
    request: SubscriptionRequest,
    viewer: Viewer,
    by: IncomingMessage,
  ): Promise<Begun | readonly GraphQLError[]> {
    const begun = await this.#begin(request, viewer, by);
    return "events" in begun || this.config.introspection ? begun : begun.map(withoutSuggestions);
  }

  async #begin(
    request: SubscriptionRequest,
    viewer: Viewer,
    by: IncomingMessage,
  ): Promise<Begun | readonly GraphQLError[]> {
    let leave: () => void = () => undefined;
    try {
      const { schema } = this;
      const { database, feed, budgets, longWay } = this.from;
      const budget = () => budgets.of(viewer, by);
      const own = budget();
      leave = await longWay.enter(own);
      const { query, operationName, variables } = checked(request);
      const document = this.#document(query);
      const operation = subscriptionIn(document, operationName);
      const coerced = this.#coerce(document, operation, variables);
      const measured = measure(schema, document, operation, coerced);
      admit(measured, this.config, false);
      // What is admitted once may be asked of every change on a page.
      const affordable = Math.floor(this.config.maxCost / Math.max(measured.cost, 1));
      const atOnce = Math.max(1, Math.min(affordable, PAGE_SIZE.maximum));
      const reader = new Reader(database, viewer, own);
      const contextValue: FeedContext = { reader, database, feed, budget, atOnce };
      const beginning = subscribe({
        schema,
        document,
        operationName,
        variableValues: variables,
        contextValue,
      });
      leave();
      const events = await beginning;
      if ("errors" in events) return events.errors as readonly GraphQLError[];
      return { events: events as Events, document, operationName: operation.name?.value };
    } catch (error) {
      return Array.isArray(error) ? error : [error as GraphQLError];
    } finally {
      leave();
    }
  }

  /** @throws the errors of the text */
  #document(text: string): DocumentNode {
    const known = this.#documents.get(text);
    if (known) return known;
    checkDocument(text);
    const document = parsed(text);
    checkOverlaps(document);
    const rules = this.config.introspection
      ? specifiedRules
      : [...specifiedRules, NoSchemaIntrospectionCustomRule];
    const errors = validate(this.schema, document, rules);
    if (errors.length > 0) {
      throw errors.map((error) => coded(error, ErrorCode.GRAPHQL_VALIDATION_FAILED));
    }
    this.#documents.set(text, document);
    return document;
  }

  #coerce(document: DocumentNode, operation: OperationDefinitionNode, variables: Record<string, unknown>) {
    const { schema } = this;
    const { coerced, errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
      maxErrors: 1,
    });
    if (!coerced) throw errors.map((error) => coded(error, ErrorCode.BAD_USER_INPUT));
    const fragments = Object.fromEntries(
      document.definitions.flatMap((one) =>
        one.kind === "FragmentDefinition" ? [[one.name.value, one]] : [],
      ),
    );
    const root = schema.getSubscriptionType();
    // graphql-js takes it for granted that there is one.
    if (!root || collectFields(schema, fragments, coerced, root, operation.selectionSet).size === 0) {
      throw badUserInput("The subscription selects nothing: its field is left out by @skip or @include.");
    }
    return coerced;
  }
}

/** Errors as clients may see them; what they may not see goes to the log. */
export function told(
  errors: readonly GraphQLError[],
  log: FastifyBaseLogger,
  operationName?: string | null,
): GraphQLFormattedError[] {
  return errors.map((error) => {
    logError(log, error, operationName);
    const formatted = error instanceof GraphQLError ? error.toJSON() : { message: "" };
    const { extensions: { http: _, ...extensions } = {}, ...shown } = maskError(formatted, error);
    return { ...shown, extensions };
  });
}

function checked({ query, operationName, variables }: SubscriptionRequest) {
  if (typeof query !== "string") throw badRequest("`query` must be the text of a subscription.");
  if (operationName != null && typeof operationName !== "string") {
    throw badRequest("`operationName` must be a text.");
  }
  if (variables != null && (typeof variables !== "object" || Array.isArray(variables))) {
    throw badRequest("`variables` must be an object.");
  }
  return { query, operationName, variables: (variables ?? {}) as Record<string, unknown> };
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: MAX_TOKENS });
  } catch (error) {
    throw coded(error as GraphQLError, ErrorCode.GRAPHQL_PARSE_FAILED);
  }
}

function subscriptionIn(document: DocumentNode, name: string | null | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (!operation) {
    throw unresolved(
      name
        ? `The document has no operation named "${name}".`
        : "Name one of the document's operations by `operationName`.",
    );
  }
  if (operation.operation !== "subscription") {
    throw unresolved(`Only subscriptions are taken here. POST a ${operation.operation} to /graphql.`);
  }
  return operation;
}

const unresolved = (message: string) => new PublicError(ErrorCode.OPERATION_RESOLUTION_FAILURE, message);

const coded = ({ message, nodes, source, positions, path }: GraphQLError, code: ErrorCode): GraphQLError =>
  new GraphQLError(message, { nodes, source, positions, path, extensions: { code } });
