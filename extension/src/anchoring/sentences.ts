/** Where a clause begins and ends on the page: the limits of sentences and blocks, and the punctuation at its edges. */

import { isInvisible, isSpace } from "./normalise";
import type { PageIndex } from "./page-index";
import { gapAfter, gapBefore, marks, stopOf, type PreparedQuote } from "./quote";
import { SENTENCE_START } from "./tokens";

/** A sentence at the edge of a span belongs to the clause when the span covers at least this share of it. */
const SENTENCE_SHARE = 0.35;

/** The word before the place, and the punctuation in between, are as recorded. */
function isOldStart(page: PageIndex, quote: PreparedQuote, start: number): boolean {
  const { prefix } = quote;
  return start > 0 && prefix.length > 0 && page.words[start - 1] === prefix[prefix.length - 1]
    && isGap(page, start, gapBefore(quote.raw));
}

function isOldEnd(page: PageIndex, quote: PreparedQuote, end: number): boolean {
  const { suffix } = quote;
  return end < page.length && suffix.length > 0 && page.words[end] === suffix[0]
    && isGap(page, end, gapAfter(quote.raw));
}

/** Characters between two words that are looked at; a longer gap is no punctuation. */
const MAX_GAP = 64;

/** Whether the punctuation before word i is as expected. */
function isGap(page: PageIndex, i: number, expected: string): boolean {
  const from = page.end[i - 1]!;
  const to = page.start[i]!;
  return to - from <= MAX_GAP && marks(page.text.slice(from, to)) === expected;
}

/** A "sentence" of more words is a page without punctuation: its limits say nothing and are not looked for. */
const MAX_SENTENCE_WORDS = 400;

function isStart(page: PageIndex, i: number): boolean {
  return i <= 0 || i >= page.length || (page.flags[i]! & SENTENCE_START) !== 0;
}

/** The last sentence start at or before word i, -1 when it is too far away. */
function startBefore(page: PageIndex, i: number): number {
  const limit = i - MAX_SENTENCE_WORDS;
  while (!isStart(page, i)) if (--i < limit) return -1;
  return i;
}

/** The first sentence start at or after word i (the end of the page counts), -1 when it is too far away. */
function startAfter(page: PageIndex, i: number): number {
  const limit = i + MAX_SENTENCE_WORDS;
  while (!isStart(page, i)) if (++i > limit) return -1;
  return i;
}

/**
 * Moves the edges of a changed clause to the limits of sentences, when the quote was made of whole sentences.
 * Where the recorded neighbour still is the neighbour, the quote ended there and the edge stays.
 */
export function snap(page: PageIndex, quote: PreparedQuote, start: number, end: number): [number, number] {
  if (!quote.wholeSentences) return [start, end];
  const from = start;
  if (!isOldStart(page, quote, start)) {
    const first = startBefore(page, start);
    const next = startAfter(page, start + 1);
    // The first sentence is only grazed: begin with the next one.
    if (first >= 0 && next >= 0) start = next < end && next - start < SENTENCE_SHARE * (next - first) ? next : first;
  }
  if (!isOldEnd(page, quote, end)) {
    const last = startAfter(page, end);
    const begin = startBefore(page, end - 1);
    if (last >= 0 && begin >= 0) {
      end = begin > Math.max(start, from) && end - begin < SENTENCE_SHARE * (last - begin) ? begin : last;
    }
  }
  return [start, end];
}

/** A verbatim clause that grew counts as grown when at least this much is old; the least alike edits of the dev split. */
const GROWN_SIMILARITY = 0.52;

/** Whether the punctuation that ended the quote is missing on the page: there its sentence goes on. */
function stopIsGone(page: PageIndex, quote: PreparedQuote, end: number): boolean {
  const stop = stopOf(quote.raw);
  if (stop === "" || end >= page.length) return false;
  const from = page.end[end - 1]!;
  return !marks(page.text.slice(from, Math.min(page.start[end]!, from + MAX_GAP))).startsWith(stop);
}

/**
 * A verbatim clause may have grown: its sentence goes on where the quote ended. Then the whole sentence counts, but only
 * on a side where the record shows that the quote was the whole sentence; else the quote is what was recorded, no more.
 */
export function grown(page: PageIndex, quote: PreparedQuote, at: number): [number, number] {
  const m = quote.words.length;
  let [first, last] = snap(page, quote, at, at + m);
  if (first < at && !quote.startShown) first = at;
  if (last > at + m && !quote.endShown && !stopIsGone(page, quote, at + m)) last = at + m;
  const whole = first <= at && last >= at + m && (2 * m) / (m + last - first) >= GROWN_SIMILARITY;
  return whole ? [first, last] : [at, at + m];
}

/** Punctuation at an edge that is taken along, in characters. */
const MAX_EDGE = 16;

/** Raw offsets of a word range, with the punctuation at its edges that the quote has as well. */
export function rawRange(page: PageIndex, quote: PreparedQuote, first: number, last: number): [number, number] {
  const { text } = page;
  let start = page.start[first]!;
  let end = page.end[last - 1]!;
  const floor = Math.max(first > 0 ? page.end[first - 1]! : 0, start - MAX_EDGE);
  const ceiling = Math.min(last < page.length ? page.start[last]! : text.length, end + MAX_EDGE);
  if (quote.endsWithPunctuation) while (end < ceiling && !isBlank(text.charCodeAt(end))) end++;
  if (quote.startsWithPunctuation) while (start > floor && !isBlank(text.charCodeAt(start - 1))) start--;
  return [start, end];
}

function isBlank(code: number): boolean {
  return isSpace(code) || isInvisible(code);
}
