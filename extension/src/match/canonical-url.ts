/**
 * One key for all the addresses of one document, without fetching anything.
 *
 * The twelve rules are written down in the server's `domain/canonical_url.py`; this is their other
 * half, held to it by `shared_schema/parity/canonical_url.json`. Needs no DOM but `URL`.
 */

import { registrableDomain } from "./public-suffix";
import { canonicalHost, UrlRefused, type Host } from "./url-host";
import { type UrlKey, urlKey } from "./url-key";
import { closeness, compareCloseness, splitPath } from "./url-locale";
import { canonicalPath, canonicalQuery, canonicalRoute, pathEnding } from "./url-parts";

export { UrlRefused } from "./url-host";

/** An index made under another version is not usable. */
export const CANONICALISATION_VERSION = 1;

/** Characters, raw and encoded; the server's module gives the reason. */
export const MAX_URL_LENGTH = 8192;

/** The same document, or another language or region version of it. */
export type Relation = "same" | "other-language";

export interface CanonicalUrl {
  /** The canonical address without scheme. */
  readonly key: string;
  /** The language or region that it names, lower case with hyphens. */
  readonly language: string | null;
  /** The key without that. */
  readonly neutralKey: string;
}

const SPLIT = /^([A-Za-z][A-Za-z0-9+.-]*):\/*([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s;
const EDGES = /^[\x00-\x20]+|[\x00-\x20]+$/g;
const AMP_CACHE_PATH = /^\/+[a-z]\/(?:s\/)?([^/]+\.[^/]+(?:\/.*)?)$/s;
const AMP_VIEWER_PATH = /^\/+amp\/(?:s\/)?([^/]+\.[^/]+(?:\/.*)?)$/s;

/** The canonical form of an absolute web address. Throws `UrlRefused`. */
export function canonicalise(address: string): CanonicalUrl {
  if (address.length > MAX_URL_LENGTH) throw tooLong();
  let url = clean(address);
  let host: Host;
  let path: string;
  let query: string;
  let fragment: string;
  for (;;) {
    const match = SPLIT.exec(url);
    if (!match) {
      throw new UrlRefused("no-scheme", "The address must begin with http:// or https://.");
    }
    if (!/^https?$/i.test(match[1] ?? "")) {
      throw new UrlRefused("scheme", "Only http and https addresses can be documents.");
    }
    host = canonicalHost(match[2] ?? "");
    path = match[3] ?? "";
    query = match[4] ?? "";
    fragment = match[5] ?? "";
    const wrapped = host.ampCache ? wrappedAddress(host, canonicalPath(path)) : null;
    if (wrapped === null) break;
    url = `https://${wrapped}${/[?#].*$/s.exec(url)?.[0] ?? ""}`; // shorter every time
  }
  path = canonicalPath(path);
  const [text, neutralText, queryLanguage] = canonicalQuery(query);
  const [route, neutralRoute, routeLanguage] = canonicalRoute(fragment);
  const key = host.name + path + text + route;
  if (key.length > MAX_URL_LENGTH) throw tooLong();
  let [neutralPath, pathLanguage] = splitPath(path);
  if (pathLanguage !== null) neutralPath = pathEnding(neutralPath);
  if (host.ampCache && wrappedAddress(host, neutralPath) !== null) {
    [neutralPath, pathLanguage] = [path, null]; // would become another address
  }
  const language = queryLanguage ?? routeLanguage ?? pathLanguage ?? host.language;
  if (language === null) return { key, language, neutralKey: key };
  return { key, language, neutralKey: host.neutral + neutralPath + neutralText + neutralRoute };
}

function tooLong(): UrlRefused {
  return new UrlRefused("too-long", `The address is longer than ${MAX_URL_LENGTH} characters.`);
}

function clean(address: string): string {
  const url = address.replace(EDGES, "").replace(/[\t\n\r]/g, "");
  if (!url.includes("\\")) return url;
  const end = url.search(/[?#]/);
  return end < 0 ? url.replaceAll("\\", "/") : url.slice(0, end).replaceAll("\\", "/") + url.slice(end);
}

function wrappedAddress(host: Host, path: string): string | null {
  const pattern = host.neutral.startsWith("google.") ? AMP_VIEWER_PATH : AMP_CACHE_PATH;
  return pattern.exec(path)?.[1] ?? null;
}

/**
 * The key that the public index holds for a document's address, and to look up for a page: one for
 * all language versions. What a hit means, `relation` says once the bucket is there.
 */
export function pageKey(url: string): UrlKey {
  return urlKey(canonicalise(url).neutralKey);
}

/** What a page is to a document's known address; null for unrelated. Throws `UrlRefused`. */
export function relation(pageUrl: string, documentUrl: string): Relation | null {
  const page = canonicalise(pageUrl);
  const document = canonicalise(documentUrl);
  if (page.key === document.key) return "same";
  return page.neutralKey === document.neutralKey ? "other-language" : null;
}

/**
 * Which of several known addresses of one neutral key to show for a page: its position, -1 for an
 * empty list. An address with the page's own key wins, then the closest language.
 */
export function closestVersion(pageUrl: string, documentUrls: readonly string[]): number {
  const page = canonicalise(pageUrl);
  let best = -1;
  let bestRank: boolean[] = [];
  documentUrls.forEach((url, position) => {
    const form = canonicalise(url);
    const rank = [form.key === page.key, ...closeness(page.language, form.language)];
    if (best < 0 || compareCloseness(rank, bestRank) > 0) [best, bestRank] = [position, rank];
  });
  return best;
}

/** Keys against the server's `index_keys`, which tell exact addresses and versions apart. */
export function lookupKeys(url: string): { key: UrlKey; relation: Relation }[] {
  const { key, language, neutralKey } = canonicalise(url);
  const keys: { key: UrlKey; relation: Relation }[] = [
    { key: urlKey(key), relation: "same" },
    { key: urlKey(`lang:${neutralKey}`), relation: "other-language" },
  ];
  if (language !== null) keys.push({ key: urlKey(neutralKey), relation: "other-language" });
  return keys;
}

/** The key of the whole site that an address belongs to; null for IP addresses and single labels. */
export function siteKey(url: string): UrlKey | null {
  const domain = site(url);
  return domain === null ? null : urlKey(`site:${domain}`);
}

function site(url: string): string | null {
  const host = canonicalise(url).key.split(/[/?#]/, 1)[0] ?? "";
  return registrableDomain(host.split(":", 1)[0] ?? "");
}

/** Whether a page's `<link rel=canonical>` may be matched too: within one registrable domain only. */
export function canonicalLinkAllowed(pageUrl: string, linkUrl: string): boolean {
  try {
    const page = site(pageUrl);
    return page !== null && page === site(linkUrl);
  } catch (error) {
    if (error instanceof UrlRefused) return false;
    throw error;
  }
}
