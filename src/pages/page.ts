import type { VNode } from "preact";
import type { TypedDocumentString } from "../generated/pages/graphql.js";
import type { Locale } from "./locale.js";

/** What a reader asks a page for. */
export interface Asked {
  /** The parts of the address that the path names. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly locale: Locale;
  /** Where this site is found by others, without a slash at the end. */
  readonly origin: string;
  /** The moment at which the answer was asked for. */
  readonly now: Date;
}

/** What a page shows, apart from what all pages have. */
export interface View {
  /** For the browser's window and for whoever links here; without the name of the site. */
  readonly title: string;
  /** One or two sentences for previews and search engines. */
  readonly description: string;
  /** The address at which this is found at last, without language: a path with what of the query belongs to it. None where nothing is found. */
  readonly canonical?: string;
  readonly body: VNode;
  /** schema.org markup. */
  readonly about?: object;
  /** Whether search engines should leave it alone. */
  readonly unlisted?: boolean;
  /** What is followed while the page is open: changes of anything, or of what concerns these records. */
  readonly live?: { readonly concerns?: readonly string[]; readonly after: string | null };
}

/** A page: one address, one operation, one component. */
export interface Page<Data, Variables> {
  /** Its path as Fastify matches it: `/propositions/:slug`. */
  readonly path: string;
  readonly document: TypedDocumentString<Data, Variables>;
  /**
   * The variables of its operation.
   *
   * @throws BadAddress when the address asks for what there is not
   */
  variables(asked: Asked): Variables;
  /** What it shows; nothing where there is no such record. */
  view(data: Data, asked: Asked): View | undefined | Promise<View | undefined>;
}

/** Any page, for whoever only passes on what its own parts agree on. */
// biome-ignore lint/suspicious/noExplicitAny: what a page is asked with and answered is its own affair.
export type AnyPage = Page<any, any>;

/** Lets the compiler see that what a page shows is what its operation answers. */
export const page = <Data, Variables>(parts: Page<Data, Variables>): AnyPage => parts;

/** What an address asks for cannot be. The message says how to mend it, in the reader's language. */
export class BadAddress extends Error {
  override name = "BadAddress";
}
