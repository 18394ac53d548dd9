/** Where a clause begins and ends on the page: the limits of sentences and blocks, and the punctuation at its edges. */

import { isInvisible, isSpace } from "./normalise";
import type { PageIndex } from "./page-index";
import { marks, type PreparedQuote } from "./quote";
import { SENTENCE_START } from "./tokens";

/** A sentence at the edge of a span belongs to the clause when the span covers at least this share of it. */
const SENTENCE_SHARE = 0.35;

/** The word before the place, and the punctuation in between, are as recorded. */
function isOldStart(page: PageIndex, quote: PreparedQuote, start: number): boolean {
  const { prefix } = quote;
  return start > 0 && prefix.length > 0 && page.words[start - 1] === prefix[prefix.length - 1]
    && marks(page.text.slice(page.end[start - 1]!, page.start[start]!)) === quote.gapBefore;
}

function isOldEnd(page: PageIndex, quote: PreparedQuote, end: number): boolean {
  const { suffix } = quote;
  return end < page.length && suffix.length > 0 && page.words[end] === suffix[0]
    && marks(page.text.slice(page.end[end - 1]!, page.start[end]!)) === quote.gapAfter;
}

/**
 * Moves the edges of a changed clause to the limits of sentences, when the quote was made of whole sentences.
 * Where the recorded neighbour still is the neighbour, the quote ended there and the edge stays.
 */
export function snap(page: PageIndex, quote: PreparedQuote, start: number, end: number): [number, number] {
  if (!quote.wholeSentences) return [start, end];
  const isStart = (i: number): boolean => i <= 0 || i >= page.length || (page.flags[i]! & SENTENCE_START) !== 0;
  const from = start;
  if (!isOldStart(page, quote, start)) {
    let first = start;
    while (!isStart(first)) first--;
    let next = start + 1;
    while (!isStart(next)) next++;
    // The first sentence is only grazed: begin with the next one.
    start = next < end && next - start < SENTENCE_SHARE * (next - first) ? next : first;
  }
  if (!isOldEnd(page, quote, end)) {
    let last = end;
    while (!isStart(last)) last++;
    let begin = end - 1;
    while (!isStart(begin)) begin--;
    end = begin > Math.max(start, from) && end - begin < SENTENCE_SHARE * (last - begin) ? begin : last;
  }
  return [start, end];
}

/** A verbatim clause that grew counts as grown when at least this much is old; the least alike edits of the dev split. */
const GROWN_SIMILARITY = 0.52;

/** A verbatim clause may have grown: its sentence goes on where the quote ended. Then the whole sentence counts. */
export function grown(page: PageIndex, quote: PreparedQuote, at: number): [number, number] {
  const m = quote.words.length;
  const [first, last] = snap(page, quote, at, at + m);
  const whole = first <= at && last >= at + m && (2 * m) / (m + last - first) >= GROWN_SIMILARITY;
  return whole ? [first, last] : [at, at + m];
}

/** Raw offsets of a word range, with the punctuation at its edges that the quote has as well. */
export function rawRange(page: PageIndex, quote: PreparedQuote, first: number, last: number): [number, number] {
  const { text } = page;
  let start = page.start[first]!;
  let end = page.end[last - 1]!;
  const floor = first > 0 ? page.end[first - 1]! : 0;
  const ceiling = last < page.length ? page.start[last]! : text.length;
  if (quote.endsWithPunctuation) while (end < ceiling && !isBlank(text.charCodeAt(end))) end++;
  if (quote.startsWithPunctuation) while (start > floor && !isBlank(text.charCodeAt(start - 1))) start--;
  return [start, end];
}

function isBlank(code: number): boolean {
  return isSpace(code) || isInvisible(code);
}
