/** Path, query and route of a URL in canonical form: rules 7 to 10 of `canonical_url.py`. */

import { isLocaleValue, normalLocale } from "./url-locale";
import {
  INDEX_FILES,
  LANGUAGE_PARAMETERS,
  TRACKING_NAMES,
  TRACKING_PREFIXES,
  TRACKING_VALUES,
} from "./url-rules";

/** A part, the same without what names a language, and that language. */
export type Part = readonly [text: string, neutral: string, language: string | null];

const NOTHING: Part = ["", "", null];
const MUST_ENCODE = /[^A-Za-z0-9\-._~!$&'()*+,;=:@/?#%]+/g;
const PERCENT = /%([0-9A-Fa-f]{2})?/g;
const PATH_PLAIN = /^[A-Za-z0-9\-._~!$&'()*+,:=@]$/;
const QUERY_PLAIN = /^[A-Za-z0-9\-._~!'()*,:@/$;?]$/;
const SESSION = /;(?:jsessionid|phpsessid|sessionid|sid)=[^/;]*/gi;
const AMP_SUFFIX = /\.amp(\.html?)?$/i;
const utf8 = new TextEncoder();

function encode(text: string): string {
  return text.replace(MUST_ENCODE, (run) => Array.from(utf8.encode(run), hexByte).join(""));
}

function hexByte(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}

function normalPercent(text: string, plain: RegExp): string {
  if (!text.includes("%")) return text;
  return text.replace(PERCENT, (_, digits: string | undefined) => {
    if (digits === undefined) return "%25";
    const character = String.fromCharCode(parseInt(digits, 16));
    return plain.test(character) ? character : `%${digits.toUpperCase()}`;
  });
}

/** Rules 7 and 8: empty, or a slash and at least one character. */
export function canonicalPath(raw: string): string {
  let path = normalPercent(encode(raw), PATH_PLAIN);
  path = path.replace(SESSION, "").replace(/\/ref=[^/]*/g, "").replace(/\/\/+/g, "/");
  if (path.includes("/.")) path = dotSegments(path);
  return pathEnding(path);
}

function dotSegments(path: string): string {
  const kept: string[] = [];
  for (const segment of path.split("/").slice(1)) {
    if (segment === "..") kept.pop();
    else if (segment !== ".") kept.push(segment);
  }
  return kept.map((segment) => `/${segment}`).join("");
}

/** Without final slash, index file and AMP ending, in whatever order they stand. */
export function pathEnding(path: string): string {
  for (let text = path; ; ) {
    const slash = text.lastIndexOf("/");
    const last = text.slice(slash + 1).toLowerCase();
    let shorter = text;
    if (last === "" || INDEX_FILES.has(last) || (last === "amp" && slash > 0)) {
      shorter = text.slice(0, Math.max(slash, 0));
    } else if (last.includes(".amp")) {
      shorter = text.replace(AMP_SUFFIX, "$1");
    }
    if (shorter === text) return text;
    text = shorter;
  }
}

function isTracking(name: string, value: string): boolean {
  if (TRACKING_NAMES.has(name)) return true;
  if (TRACKING_PREFIXES.some((prefix) => name.startsWith(prefix))) return true;
  return TRACKING_VALUES.get(name)?.has(value.toLowerCase()) ?? false;
}

interface Parameter {
  readonly name: string;
  readonly piece: string;
  readonly language: string | null;
}

/** Rule 9: the query with its `?`, or empty. */
export function canonicalQuery(raw: string): Part {
  const kept: Parameter[] = [];
  for (const part of encode(raw).replaceAll("+", "%20").split("&")) {
    const piece = normalPercent(part, QUERY_PLAIN).replace(/^\?+/, "");
    const equals = piece.indexOf("=");
    const name = equals < 0 ? piece : piece.slice(0, equals);
    let value = equals < 0 ? "" : piece.slice(equals + 1);
    const lower = name.toLowerCase();
    if ((name === "" && value === "") || isTracking(lower, value)) continue;
    let language: string | null = null;
    if (isLanguageParameter(lower) && isLocaleValue(value)) {
      language = value = normalLocale(value);
    }
    kept.push({ name, piece: value === "" ? name : `${name}=${value}`, language });
  }
  if (kept.length === 0) return NOTHING;
  kept.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const text = `?${kept.map((parameter) => parameter.piece).join("&")}`;
  const language = kept.findLast((parameter) => parameter.language !== null)?.language ?? null;
  if (language === null) return [text, text, null];
  const neutral = kept.filter((parameter) => parameter.language === null);
  if (neutral.length === 0) return [text, "", language];
  return [text, `?${neutral.map((parameter) => parameter.piece).join("&")}`, language];
}

function isLanguageParameter(name: string): boolean {
  return LANGUAGE_PARAMETERS.has(name) && !TRACKING_VALUES.has(name);
}

/** Rule 10: the route with its `#`, or empty. */
export function canonicalRoute(raw: string): Part {
  if (!raw.startsWith("/") && !raw.startsWith("!")) return NOTHING;
  const fragment = (raw.split(":~:", 1)[0] ?? "").split("#", 1)[0] ?? "";
  const question = fragment.indexOf("?");
  const before = question < 0 ? fragment : fragment.slice(0, question);
  const query = question < 0 ? "" : fragment.slice(question + 1);
  const path = normalPercent(encode(before), PATH_PLAIN).replace(/\/+$/, "");
  if (path === "" || path === "!") return NOTHING;
  const [text, neutral, language] = query === "" ? NOTHING : canonicalQuery(query);
  return [`#${path}${text}`, `#${path}${neutral}`, language];
}
