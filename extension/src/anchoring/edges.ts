/**
 * What stands at the edges of a quote and of its context. Plain loops instead of patterns: a pattern with Unicode
 * classes takes a millisecond to compile, which a page that has just been opened would have to wait for.
 */

const WORD = 1;
const LETTER = 2;
const SMALL = 4;

/** What a character is: WORD for letters and numbers, with LETTER, and with SMALL for a small letter. Lone surrogates are 0. */
function kindOf(code: number): number {
  if (code < 0x80) {
    if (code >= 0x61 && code <= 0x7a) return WORD | LETTER | SMALL;
    if (code >= 0x41 && code <= 0x5a) return WORD | LETTER;
    return code >= 0x30 && code <= 0x39 ? WORD : 0;
  }
  if (code >= 0x2000 && code <= 0x206f) return 0; // typographic marks and spaces
  const character = String.fromCodePoint(code);
  if (/\p{L}/u.test(character)) return /\p{Ll}/u.test(character) ? WORD | LETTER | SMALL : WORD | LETTER;
  return /\p{N}/u.test(character) ? WORD : 0;
}

function isWordAt(text: string, at: number): boolean {
  return (kindOf(text.codePointAt(at)!) & WORD) !== 0;
}

/** Offset of the character that ends before `end`: surrogate pairs are one. */
function before(text: string, end: number): number {
  const pair = end > 1 && text.codePointAt(end - 2)! > 0xffff;
  return end - (pair ? 2 : 1);
}

/** Offset of the first letter or number; the length when there is none. */
export function headOf(text: string): number {
  let at = 0;
  while (at < text.length && !isWordAt(text, at)) at += text.codePointAt(at)! > 0xffff ? 2 : 1;
  return at;
}

/** Offset after the last letter or number; zero when there is none. */
export function tailOf(text: string): number {
  let end = text.length;
  while (end > 0 && !isWordAt(text, before(text, end))) end = before(text, end);
  return end;
}

/** The first letter or number is a small letter. */
export function startsSmall(text: string): boolean {
  const at = headOf(text);
  return at < text.length && (kindOf(text.codePointAt(at)!) & SMALL) !== 0;
}

/** The first character that is no space is a mark. */
export function startsWithMark(text: string): boolean {
  const rest = text.trimStart();
  return rest !== "" && !isWordAt(rest, 0);
}

/** The last character that is no space is a mark. */
export function endsWithMark(text: string): boolean {
  const rest = text.trimEnd();
  return rest !== "" && !isWordAt(rest, before(rest, rest.length));
}

/** Ends with a comma or an opening bracket: the sentence goes on. */
export function endsWithPause(text: string): boolean {
  const rest = text.trimEnd();
  return rest.endsWith(",") || rest.endsWith("(");
}

/** Ends with a line break, perhaps with spaces around it: a block ends there. */
export function endsLine(text: string): boolean {
  return text.indexOf("\n", text.trimEnd().length) >= 0;
}

const STOPS = ".!?:;\u2026\u3002";
const CLOSERS = "\"'\u2019\u201d\u00bb)]";
/** Letters of "and", "or", "und", "et", "o": what leads to the next item of a list. */
const MAX_JOINER = 3;

/** Ends a sentence or a list item, perhaps with the "and" or "or" that leads to the next item. */
export function endsSentence(text: string): boolean {
  const rest = text.trimEnd();
  let end = rest.length;
  while (end > 0 && CLOSERS.includes(rest[end - 1]!)) end--;
  if (end > 0 && STOPS.includes(rest[end - 1]!)) return true;
  end = rest.length;
  let letters = 0;
  while (end > 0 && letters <= MAX_JOINER && (kindOf(rest.codePointAt(before(rest, end))!) & LETTER) !== 0) {
    end = before(rest, end);
    letters++;
  }
  if (letters === 0 || letters > MAX_JOINER) return false;
  const item = rest.slice(0, end).trimEnd();
  return item.length < end && (item.endsWith(";") || item.endsWith(","));
}
