/**
 * What each UTF-16 unit is to the tokeniser: part of a word, a word of its own, or what stands between words.
 *
 * One flat table makes the scan of a page one look-up per unit. It is filled on demand, so loading is free.
 */

import { foldedLookalike, isInvisible, isSpace } from "./normalise";

/** Between words. The later kinds say which: the end of a sentence, a pause, a space. */
export const SEPARATOR = 1;
export const SPACE = 2;
/** `.` `!` `?`: ends a sentence when white space follows. */
export const TERMINAL = 3;
/** Ends a sentence by itself (CJK, Devanagari, Arabic). */
export const FULL_STOP = 4;
/** Skipped inside words: zero-width characters, soft hyphens, accents as combining marks. */
export const INVISIBLE = 5;
/** Joins letters into one word when it stands between them. */
export const APOSTROPHE = 6;
/** Kinds from here on are tokens. */
export const LOWER = 7;
export const UPPER = 8;
export const DIGIT = 9;
/** Two or three letters in one character. */
export const LIGATURE = 10;
/** A word of its own: CJK characters, scripts without spaces, currency signs, the per cent sign. */
export const SINGLE = 11;
export const HIGH_SURROGATE = 12;

/**
 * For each UTF-16 unit, once asked for: its kind in the high half, and in the low half what it counts as in a word
 * (lower case, without accents). Zero, the unknown kind, until `classify` has been called.
 */
export const CHARACTERS = new Int32Array(65536);
export const KIND_SHIFT = 16;
export const FOLD_MASK = 0xffff;

const LETTER = 1;
const NUMBER = 2;
const CURRENCY = 3;

/**
 * Ranges of characters that policies have most, in pairs of first and last, and what all of them are (zero: marks and symbols).
 * A pattern with Unicode classes takes a millisecond to compile, on a page that has just been opened; these need none.
 */
const COMMON: ReadonlyArray<readonly [number, number, number]> = [
  [0xa2, 0xa5, CURRENCY], [0xb2, 0xb3, NUMBER], [0xb5, 0xb5, LETTER], [0xb9, 0xb9, NUMBER], [0xbc, 0xbe, NUMBER],
  [0xaa, 0xaa, LETTER], [0xba, 0xba, LETTER], [0x80, 0xbf, 0], [0xd7, 0xd7, 0], [0xf7, 0xf7, 0], [0xc0, 0x2c1, LETTER],
  [0x3a3, 0x3f5, LETTER], [0x400, 0x481, LETTER], [0x20ac, 0x20ac, CURRENCY], [0x2122, 0x2122, 0], [0x2190, 0x245f, 0],
  [0x2500, 0x2775, 0], [0x2794, 0x2bff, 0], [0x4e00, 0x9fa5, LETTER], [0xac00, 0xd7a3, LETTER], [0xe000, 0xf8ff, 0],
];
/** Emoji; no letters or numbers among them. */
const FIRST_EMOJI = 0x1f300;
const LAST_EMOJI = 0x1faff;

const LETTER_OR_MARK = /[\p{L}\p{M}]/u;

/** What a character beyond ASCII is. Marks count as letters. */
function sortOf(code: number): number {
  for (const [first, last, sort] of COMMON) if (code >= first && code <= last) return sort;
  const character = String.fromCharCode(code);
  if (/\p{Sc}/u.test(character)) return CURRENCY;
  if (/\p{N}/u.test(character)) return NUMBER;
  return LETTER_OR_MARK.test(character) ? LETTER : 0;
}

/** Scripts that do not put spaces between words: every character is a token. */
function isUnspaced(code: number): boolean {
  return (code >= 0x0e00 && code <= 0x0eff) || (code >= 0x0f00 && code <= 0x0fff) || (code >= 0x1000 && code <= 0x109f)
    || (code >= 0x1780 && code <= 0x17ff) || (code >= 0x2e80 && code <= 0x2fdf) || (code >= 0x3005 && code <= 0x3007)
    || (code >= 0x3040 && code <= 0x30ff) || (code >= 0x31f0 && code <= 0x31ff) || (code >= 0x3400 && code <= 0x4dbf)
    || (code >= 0x4e00 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff);
}

/** Latin, Greek and Cyrillic letters lose their accents, so that composed and decomposed text are alike. */
function hasAccents(code: number): boolean {
  return (code >= 0xc0 && code < 0x250) || (code >= 0x370 && code < 0x530) || (code >= 0x1e00 && code < 0x2000);
}

/** Fill the table for one unit and give its entry. */
export function classify(unit: number): number {
  let code = unit;
  let kind = SEPARATOR;
  const alike = foldedLookalike(unit);
  if (alike !== null && alike.length === 1) code = alike.charCodeAt(0);
  if (isInvisible(unit) || (unit >= 0x300 && unit <= 0x36f)) kind = INVISIBLE;
  else if (isSpace(unit)) kind = SPACE;
  else if (unit >= 0xd800 && unit <= 0xdbff) kind = HIGH_SURROGATE;
  else if (alike !== null && alike.length > 1 && unit !== 0x2026) kind = LIGATURE;
  else if (code === 0x27) kind = APOSTROPHE;
  else if (code === 0x2e || code === 0x21 || code === 0x3f || unit === 0x2026) kind = TERMINAL;
  else if (unit === 0x3002 || unit === 0xff61 || unit === 0x964 || unit === 0x61f || unit === 0x6d4) kind = FULL_STOP;
  else if (code < 0x80) {
    // No pattern has to be compiled for plain text.
    if (code === 0x24 || code === 0x25) kind = SINGLE;
    else if (code >= 0x30 && code <= 0x39) kind = DIGIT;
    else if (code >= 0x61 && code <= 0x7a) kind = LOWER;
    else if (code >= 0x41 && code <= 0x5a) {
      kind = UPPER;
      code += 0x20;
    }
  } else if (code < 0x2000 || code > 0x206f) {
    const sort = sortOf(code);
    if (sort === CURRENCY) kind = SINGLE;
    else if (sort !== 0) {
      if (isUnspaced(code)) kind = SINGLE;
      else {
        const character = String.fromCharCode(code);
        let lower = character.toLowerCase();
        kind = sort === NUMBER ? DIGIT : lower === character ? LOWER : UPPER;
        if (hasAccents(code)) lower = lower.normalize("NFD");
        code = lower.charCodeAt(0);
      }
    }
  }
  const entry = (kind << KIND_SHIFT) | code;
  CHARACTERS[unit] = entry;
  return entry;
}

/** The letters of a ligature. */
export function ligatureLetters(unit: number): string {
  return foldedLookalike(unit) ?? "";
}

/** Whether a character outside the Basic Multilingual Plane is a letter or a number. */
export function isAstralWord(codePoint: number): boolean {
  if (codePoint >= FIRST_EMOJI && codePoint <= LAST_EMOJI) return false;
  return /[\p{L}\p{N}]/u.test(String.fromCodePoint(codePoint));
}
