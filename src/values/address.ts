import { domainToASCII } from "node:url";
import normalizeUrl from "normalize-url";
import type { Canonical, Form, Search } from "./canonical.js";

/**
 * Why a text is no address. A parser of URLs drops line breaks and tabs and encodes the rest, so that the address it reads
 * is another one than would be recorded.
 */
export function urlProblem(written: string): string | undefined {
  if (/[\s\p{Cc}\p{Surrogate}]/u.test(written)) {
    return "remove white space and control characters, or write them as %20 and the like";
  }
  if (!/^https?:\/\//i.test(written) || !URL.canParse(written)) {
    return "write an address that starts with https:// or http://, and names a host";
  }
  const { username, password } = new URL(written);
  return username || password ? "remove the user and password, up to the @" : undefined;
}

/** An address of the web as a browser writes it: trimmed, the host in lower case and ASCII, the path encoded. */
export function canonicalUrl(text: string): Canonical {
  const written = text.trim();
  const problem = urlProblem(written);
  return problem ? { problem } : { value: new URL(written).href };
}

/** Addresses in filters. */
export const ADDRESS: Form = { whole: canonicalUrl, parts: partsOfAddress };

/**
 * The ways in which a part of an address may stand in one in canonical form. What begins an address is made canonical; any
 * other part is encoded as in a path and as in a query, with a host in ASCII where the part begins with one. The last label of
 * a host has to be whole: Punycode tells nothing of half of one.
 */
export function partsOfAddress(part: string, search: Search): string[] {
  return [part, part.normalize("NFC")].flatMap((written) => {
    const beginning = canonicalBeginning(written);
    const begins = beginning === undefined ? [] : [beginning];
    if (search === "startsWith") return begins;
    return [
      ...begins,
      ...withHost(written).flatMap((one) => [encoded(one, IN_PATH), encoded(one, IN_QUERY)]),
    ];
  });
}

/** What addresses begin with that begin with this: scheme, host and the rest as far as it goes. */
function canonicalBeginning(part: string): string | undefined {
  const written = part.trim();
  const [host] = /^https?:[\\/]+[^\\/?#]*/i.exec(written) ?? [];
  if (!host || urlProblem(written) !== undefined) return undefined;
  // A letter more keeps a last segment of dots from being resolved.
  if (host.length < written.length) return new URL(`${written}x`).href.slice(0, -1);
  const { href, port } = new URL(written);
  // A port that is left out, since it is that of the scheme, ends the host.
  return /:\d+$/.test(host) && port === "" ? href : href.slice(0, -1);
}

/** A part as it is, and with the host in ASCII if there may be one. */
function withHost(part: string): string[] {
  const [, before = "", host = "", after = ""] = /^((?:[a-z]*:)?\/\/)?([^/?#:\s]*)(.*)$/isu.exec(part) ?? [];
  const ascii = /\P{ASCII}/u.test(host) && domainToASCII(host);
  return ascii ? [part, `${before}${ascii}${after}`] : [part];
}

// Which characters a parser encodes, beside those that are not ASCII: https://url.spec.whatwg.org/#percent-encoded-bytes
const IN_PATH = /[^\x21-\x7E]|["<>`{}]/gu;
const IN_QUERY = /[^\x21-\x7E]|["'<>]/gu;

const encoded = (part: string, characters: RegExp): string =>
  part.replace(characters, (one) => (one === "'" ? "%27" : encodeURIComponent(one)));

// Parameters that say how a reader came to a page, not which page it is. They are among those that Firefox and Brave remove:
// https://searchfox.org/mozilla-central/source/toolkit/components/antitracking/data/StripOnShare.json and
// https://github.com/brave/brave-core/blob/master/components/query_filter/utils.cc. Matomo names its own at
// https://matomo.org/faq/tracking-campaigns/. Parameters that mean something elsewhere are not here, such as `ref`.
const TRACKING = [
  /^(?:utm|mtm|pk|piwik|matomo|hsa)_/,
  ...`fbclid fb_action_ids fb_comment_id gclid gclsrc gbraid wbraid gad_source gad_campaignid dclid srsltid _gl msclkid
    twclid ttclid yclid ymclid ysclid _openstat igsh igshid irclickid rb_clickid wickedid _branch_match_id _branch_referrer
    mc_cid mc_eid mkt_tok ml_subscriber ml_subscriber_hash s_cid __s _kx vero_conv vero_id oly_anon_id oly_enc_id
    _hsenc _hsmi __hsfp __hssc __hstc hsCtaTracking guce_referrer guce_referrer_sig`.split(/\s+/),
];

/**
 * The form in which two addresses count as the same page. It serves warnings only: whether they are is up to the site.
 * Scheme, `www.`, fragment, trailing slash, tracking parameters and the order of the others are left out of account, but
 * not a fragment that begins with `#!`, by which some sites name their pages.
 *
 * @param href an address in canonical form
 */
export function comparableUrl(href: string): string {
  // Only the unreserved characters are decoded; what stays encoded differs in the case of its digits.
  const written = href.replace(/%[0-9a-f]{2}/gi, (octet) => octet.toUpperCase());
  return normalizeUrl(written, {
    stripProtocol: true,
    stripHash: !new URL(href).hash.startsWith("#!"),
    removeQueryParameters: TRACKING,
  });
}
