/**
 * Which parts of a URL name a language or region version. The rules stand in the server's
 * `domain/url_locale.py`; what is strong, weak or none is defined there.
 */

import {
  HOST_REGIONS,
  LANGUAGES,
  LANGUAGE_WORDS,
  NEVER_ALONE,
  NEVER_HOST,
  REGIONS,
  SCRIPTS,
  WEAK_ALONE,
} from "./url-rules";

const STRONG = 2;
const WEAK = 1;
const NONE = 0;
const SHAPE = /^(?:[a-z]{2,3}(?:[-_][a-z0-9]{2,5}){0,2}|[a-z]{6,10})$/;

const isCode = (part: string): boolean =>
  LANGUAGES.has(part) || REGIONS.has(part) || SCRIPTS.has(part);

function strength(segment: string): number {
  const text = segment.toLowerCase();
  if (!SHAPE.test(text)) return NONE;
  const parts = text.split(/[-_]/);
  if (parts.length > 1) {
    return parts.every(isCode) && parts.some((part) => LANGUAGES.has(part)) ? STRONG : NONE;
  }
  if (LANGUAGE_WORDS.has(text)) return STRONG;
  if (NEVER_ALONE.has(text)) return NONE;
  if (WEAK_ALONE.has(text)) return WEAK;
  if (LANGUAGES.has(text)) return STRONG;
  return REGIONS.has(text) ? WEAK : NONE;
}

/** Whether a parameter's value is a language or region (`en`, `en_GB`, `gb`). */
export function isLocaleValue(value: string): boolean {
  const text = value.toLowerCase();
  return SHAPE.test(text) && (LANGUAGE_WORDS.has(text) || text.split(/[-_]/).every(isCode));
}

/** Whether a host label, lower case, names a language or region version (`de`, `fr-fr`). */
export function isLocaleLabel(label: string): boolean {
  return !NEVER_HOST.has(label) && (strength(label) === STRONG || HOST_REGIONS.has(label));
}

/** One spelling: lower case with hyphens (`en_GB` becomes `en-gb`). */
export function normalLocale(text: string): string {
  return text.toLowerCase().replaceAll("_", "-");
}

/** The path without its locale segments, and the locale that it names, if any. */
export function splitPath(path: string): [neutral: string, locale: string | null] {
  const segments = path.split("/");
  const grades = segments.map(strength);
  const strongest = Math.max(...grades);
  if (strongest === NONE || (strongest === WEAK && grades[1] === NONE)) return [path, null];
  const taken = grades.map((grade) => grade === STRONG);
  for (let i = 1; i < grades.length; i++) {
    if (grades[i] === WEAK && (i === 1 || taken[i - 1])) taken[i] = true;
  }
  for (let i = grades.length - 2; i > 0; i--) {
    if (grades[i] === WEAK && taken[i + 1]) taken[i] = true;
  }
  let locale: string | null = null;
  const kept: string[] = [];
  segments.forEach((segment, i) => {
    if (!taken[i]) kept.push(segment);
    else if (grades[i] === strongest) locale = normalLocale(segment);
  });
  return [kept.join("/"), locale];
}

/**
 * How well the version `offered` suits a reader of `wanted`, for comparison by `compareCloseness`:
 * the same language, a code of the same make, English, the plain or US one, a language at all.
 */
export function closeness(wanted: string | null, offered: string | null): boolean[] {
  const parts = offered?.split("-") ?? [];
  const asked = wanted?.split("-") ?? [];
  const first = parts[0] ?? "";
  return [
    asked.length > 0 && first === asked[0],
    parts.length === asked.length,
    parts.length === 0 || parts.includes("en"),
    parts.length < 2 || parts.includes("us"),
    LANGUAGES.has(first),
  ];
}

/** Above zero when `a` is closer than `b`. */
export function compareCloseness(a: readonly boolean[], b: readonly boolean[]): number {
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) return a[i] ? 1 : -1;
  }
  return 0;
}
