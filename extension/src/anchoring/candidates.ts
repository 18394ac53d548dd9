/** A place that may be the quote, measured in every way the decision needs. */

import { bestSpan, commonWords, type Span } from "./align";
import type { PageIndex } from "./page-index";
import type { PreparedQuote } from "./quote";
import type { Window } from "./search";
import { snap } from "./sentences";

/** Quotes of more words are aligned by their beginning and their end, each of half as many words. */
export const MAX_ALIGNED = 512;

/** How far beyond half a long quote its beginning, or its end, is looked for. */
const LONG_SLACK = 256;

export interface Candidate {
  /** Word positions [start, end) in the page. */
  start: number;
  end: number;
  kept: number;
  /** 2 * kept / (words of the quote + words of the span): the similarity. */
  dice: number;
  /** The same with each word weighted by its rarity, in any order. */
  weighted: number;
  /** Share of the recorded context found before and after the place. */
  prefix: number;
  suffix: number;
  /** Word positions after the edges moved to sentence limits, and the similarity of that span. */
  first: number;
  last: number;
  snapped: number;
}

function align(page: PageIndex, quote: PreparedQuote, window: Window): Span {
  const m = quote.words.length;
  if (m <= MAX_ALIGNED) return bestSpan(quote.words, 0, m, page, window.from, window.to);
  const half = MAX_ALIGNED / 2;
  const reach = half + LONG_SLACK;
  const head = bestSpan(quote.words, 0, half, page, window.from, Math.min(window.to, window.from + reach));
  const tail = bestSpan(quote.words, m - half, m, page, Math.max(head.end, window.to - reach), Math.max(head.end, window.to));
  if (tail.kept === 0) return head;
  // The middle is too long to align; it is taken to be kept as well as its ends are.
  const middle = Math.max(0, Math.min(m - MAX_ALIGNED, tail.start - head.end));
  const ends = head.kept + tail.kept;
  return { start: head.start, end: tail.end, kept: ends + Math.floor((middle * ends) / MAX_ALIGNED) };
}

/** Similarity by weight: words in common, whatever their order, each counted by how rare it is on the page. */
function weightedSimilarity(page: PageIndex, quote: Int32Array, start: number, end: number): number {
  const left = new Map<number, number>();
  let total = 0;
  for (let i = 0; i < quote.length; i++) {
    const word = quote[i]!;
    total += page.weight(word);
    if (word >= 0) left.set(word, (left.get(word) ?? 0) + 1);
  }
  let common = 0;
  for (let j = start; j < end; j++) {
    const word = page.words[j]!;
    const weight = page.weight(word);
    total += weight;
    const n = left.get(word);
    if (n) {
      common += weight;
      left.set(word, n - 1);
    }
  }
  return total > 0 ? (2 * common) / total : 0;
}

/** Words looked at beyond the length of the context: the edges of a changed clause are not sharp. */
const CONTEXT_SLACK = 3;

export function prefixShare(page: PageIndex, quote: PreparedQuote, start: number): number {
  const n = quote.prefix.length;
  if (n === 0) return start === 0 ? 1 : 0.5;
  return commonWords(quote.prefix, page.words, Math.max(0, start - n - CONTEXT_SLACK), start) / n;
}

export function suffixShare(page: PageIndex, quote: PreparedQuote, end: number): number {
  const n = quote.suffix.length;
  if (n === 0) return end === page.length ? 1 : 0.5;
  return commonWords(quote.suffix, page.words, end, Math.min(page.length, end + n + CONTEXT_SLACK)) / n;
}

export function measure(page: PageIndex, quote: PreparedQuote, window: Window): Candidate | null {
  const span = align(page, quote, window);
  if (span.kept === 0) return null;
  const m = quote.words.length;
  const [first, last] = snap(page, quote, span.start, span.end);
  return {
    ...span,
    first,
    last,
    snapped: (2 * span.kept) / (m + last - first),
    dice: (2 * span.kept) / (m + span.end - span.start),
    weighted: weightedSimilarity(page, quote.words, span.start, span.end),
    prefix: prefixShare(page, quote, span.start),
    suffix: suffixShare(page, quote, span.end),
  };
}

/** Share of the context that stands right before (or after) the place, word by word without a break. */
export function adjacentShare(page: PageIndex, quote: PreparedQuote, start: number, end: number): [number, number] {
  const { prefix, suffix } = quote;
  let before = 0;
  while (before < prefix.length && start - before > 0 && page.words[start - before - 1] === prefix[prefix.length - 1 - before]) before++;
  let after = 0;
  while (after < suffix.length && end + after < page.length && page.words[end + after] === suffix[after]) after++;
  return [prefix.length ? before / prefix.length : 0.5, suffix.length ? after / suffix.length : 0.5];
}
