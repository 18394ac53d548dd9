/** The authority of a URL as one canonical host: rules 3 to 6 of the server's `canonical_url.py`. */

import { registrableDomain } from "./public-suffix";
import { isLocaleLabel, normalLocale } from "./url-locale";
import { MOBILE_LABELS } from "./url-rules";

export type RefusalReason = "too-long" | "no-scheme" | "scheme" | "host" | "port";

/** A text that is no web address that a document could have. */
export class UrlRefused extends Error {
  constructor(
    readonly reason: RefusalReason,
    sentence: string,
  ) {
    super(sentence);
    this.name = "UrlRefused";
  }
}

export interface Host {
  /** With a port other than 80 and 443. */
  readonly name: string;
  /** The same without a language label. */
  readonly neutral: string;
  readonly language: string | null;
  /** Addresses of other hosts stand in this one's paths (rule 11). */
  readonly ampCache: boolean;
}

const MAX_HOST_LENGTH = 253; // DNS: RFC 1035 section 2.3.4, in text form
const MAX_PORT = 65535;
const MEMO = 512; // hosts remembered; a browser session sees few
const AMP_CACHE = "cdn.ampproject.org";

const AUTHORITY = /^(?:.*@)?(\[[^\]@]*\]|[^:[\]@]*)(?::([0-9]*))?$/s;
const HOST = /^[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*$/;
const IPV4 = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.(?!$)|$)){4}$/;
const NUMBER = /^(?:[0-9]+|0x[0-9a-f]*)$/;
const OTHER_ASCII = /[\x00-,/:-@[-^`{-\x7f]/; // what a host may not hold

const memo = new Map<string, Host>();

/** The canonical form of `user:password@host:port`. Throws `UrlRefused` (`host`, `port`). */
export function canonicalHost(authority: string): Host {
  const known = memo.get(authority);
  if (known) return known;
  if (memo.size >= MEMO) memo.clear();
  const host = parse(authority);
  memo.set(authority, host);
  return host;
}

function refuse(): never {
  throw new UrlRefused("host", "The address has no valid host name.");
}

function parse(authority: string): Host {
  const match = AUTHORITY.exec(authority);
  if (!match) refuse();
  const port = portSuffix(match[2] ?? "");
  const raw = match[1] ?? "";
  if (raw.startsWith("[")) {
    const name = ipv6(raw) + port;
    return { name, neutral: name, language: null, ampCache: false };
  }
  const [host, neutral, language] = versionLabels(asciiHost(raw));
  const cache =
    neutral === AMP_CACHE ||
    neutral.endsWith(`.${AMP_CACHE}`) ||
    (neutral.startsWith("google.") && registrableDomain(neutral) === neutral);
  return { name: host + port, neutral: neutral + port, language, ampCache: cache && port === "" };
}

function portSuffix(digits: string): string {
  if (digits === "") return "";
  const number = Number(digits);
  if (digits.length > 20 || number > MAX_PORT) {
    throw new UrlRefused("port", "The address has a port number above 65535.");
  }
  return number === 80 || number === 443 ? "" : `:${number}`;
}

function asciiHost(text: string): string {
  let host = text;
  if (host.includes("%")) {
    try {
      host = host.replace(/(?:%[0-9A-Fa-f]{2})+/g, decodeURIComponent);
    } catch {
      refuse();
    }
  }
  if (host.length > MAX_HOST_LENGTH + 1 || OTHER_ASCII.test(host)) refuse();
  host = /[^\x00-\x7f]|xn--/i.test(host) ? international(host) : host.toLowerCase();
  if (host.endsWith(".")) host = host.slice(0, -1);
  if (host.length > MAX_HOST_LENGTH || !HOST.test(host)) refuse();
  if (NUMBER.test(host.slice(host.lastIndexOf(".") + 1)) && !IPV4.test(host)) refuse();
  return host;
}

/** UTS #46, non-transitional: the browser's own URL parser knows it. */
function international(host: string): string {
  try {
    return new URL(`http://${host}/`).hostname;
  } catch {
    refuse();
  }
}

function ipv6(text: string): string {
  if (!/^\[[0-9a-fA-F:.]+\]$/.test(text)) refuse();
  try {
    return new URL(`http://${text}/`).hostname;
  } catch {
    refuse();
  }
}

/** Without `www`, mobile and AMP labels; the same without language labels; the first language. */
function versionLabels(host: string): [name: string, neutral: string, language: string | null] {
  const languages: string[] = [];
  let rest = sameSite(host);
  for (;;) {
    const [first, after] = splitLabel(rest);
    if (!isLocaleLabel(first) || registrableDomain(after) === null) break;
    languages.push(first);
    rest = sameSite(after);
  }
  if (languages[0] === undefined) return [rest, rest, null];
  return [[...languages, rest].join("."), rest, normalLocale(languages[0])];
}

/** Without leading `www`, mobile and AMP labels, as long as a registrable domain is left. */
function sameSite(host: string): string {
  for (let name = host; ; ) {
    const [first, rest] = splitLabel(name);
    const isWww = first === "www";
    if (!isWww && first !== "amp" && !MOBILE_LABELS.has(first)) return name;
    if (registrableDomain(rest, !isWww) === null) return name;
    name = rest;
  }
}

function splitLabel(host: string): [first: string, rest: string] {
  const dot = host.indexOf(".");
  return dot < 0 ? [host, ""] : [host.slice(0, dot), host.slice(dot + 1)];
}
