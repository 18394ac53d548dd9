/** Where in the page may a quote stand? Exact places first; else windows that share its rare words. */

import { ABSENT, type PageIndex } from "./page-index";
import type { PreparedQuote } from "./quote";

/** Most exact places kept of one quote. A quote that stands in more places is no use as an address. */
export const MAX_OCCURRENCES = 512;
/** Word comparisons spent on one quote in the exact search; adversarial text only. */
const MAX_COMPARISONS = 1 << 20;
/**
 * Postings read for one quote when voting. Rare words come first, and more than these make nothing better: figures
 * on the dev split were the same from 256 to 4096.
 */
const MAX_POSTINGS = 512;
/** Words of a quote that vote; of longer quotes the first and the last half as many. */
const MAX_VOTERS = 2048;
/** Windows aligned for one quote: the place itself, and its rivals for the margin. */
export const MAX_WINDOWS = 5;
/** A window with less than this share of the best window's votes cannot win. */
const MIN_VOTE_SHARE = 0.4;
/** How far a window reaches beyond the quote on both sides: half the quote and a little, */
const SLACK_WORDS = 8;
/** but no more than this many words. */
const MAX_SLACK = 128;
/** Words of the context vote too, for half. */
const CONTEXT_SHARE = 2;

/** Word positions where all words of the quote stand in order, ascending. */
export function exactPlaces(page: PageIndex, words: Int32Array, most = MAX_OCCURRENCES): number[] {
  const m = words.length;
  if (m === 0 || m > page.length) return [];
  let rarest = 0;
  let fewest = Infinity;
  for (let i = 0; i < m; i++) {
    if (words[i] === ABSENT) return [];
    const count = page.count(words[i]!);
    if (count < fewest) {
      fewest = count;
      rarest = i;
    }
  }
  const places: number[] = [];
  const pageWords = page.words;
  let left = MAX_COMPARISONS;
  const word = words[rarest]!;
  for (let k = page.offsets[word]!; k < page.offsets[word + 1]! && left > 0 && places.length < most; k++) {
    const at = page.postings[k]! - rarest;
    if (at < 0 || at + m > page.length) continue;
    let i = 0;
    while (i < m && pageWords[at + i] === words[i]) i++;
    left -= i + 1;
    if (i === m) places.push(at);
  }
  return places;
}

/** A word range of the page to align the quote with. */
export interface Window {
  from: number;
  to: number;
  votes: number;
}

/** Votes by bucket of diagonals; zero between calls. */
let tally = new Int32Array(4096);

/**
 * IDF-weighted diagonal voting: a word at i of the quote and at p of the page votes for the place p - i. The windows
 * come back the most promising first.
 */
export function windows(page: PageIndex, quote: PreparedQuote): Window[] {
  const m = quote.words.length;
  const shift = Math.max(2, 29 - Math.clz32(m)); // buckets of about a quarter of the quote, at least four words
  const width = 1 << shift;
  const base = m + quote.suffix.length; // the smallest diagonal is -base
  const buckets = ((page.length + base + quote.prefix.length) >> shift) + 3;
  if (tally.length < buckets) tally = new Int32Array(buckets * 2);
  const touched = vote(page, quote, shift, base);

  // Edits spread a clause over neighbouring diagonals, so each bucket counts its neighbours in full.
  const sums = touched.map((b) => tally[b - 1]! + tally[b]! + tally[b + 1]!);
  const slack = Math.min(MAX_SLACK, (m >> 1) + SLACK_WORDS) + width;
  const apart = Math.max(1, (m >> 1) >> shift);
  const chosen: Window[] = [];
  const centres: number[] = [];
  while (chosen.length < MAX_WINDOWS) {
    let top = -1;
    let topBucket = -1;
    for (let t = 0; t < touched.length; t++) {
      const sum = sums[t]!;
      if (sum <= 0) continue;
      const bucket = touched[t]!;
      const better = top < 0 || sum > sums[top]! || (sum === sums[top] && (tally[bucket]! > tally[topBucket]!
        || (tally[bucket] === tally[topBucket] && bucket < topBucket)));
      if (better && !centres.some((c) => Math.abs(c - bucket) <= apart)) {
        top = t;
        topBucket = bucket;
      }
    }
    if (top < 0 || (chosen.length > 0 && sums[top]! < MIN_VOTE_SHARE * chosen[0]!.votes)) break;
    centres.push(topBucket);
    const diagonal = (topBucket - 1) * width + (width >> 1) - base;
    const from = Math.max(0, diagonal - slack);
    const to = Math.min(page.length, diagonal + m + slack);
    if (to > from) chosen.push({ from, to, votes: sums[top]! });
    else sums[top] = 0;
  }
  for (const b of touched) tally[b] = 0;
  return chosen;
}

/** Fills the tally and names the buckets with votes. The rarest words vote first. */
function vote(page: PageIndex, quote: PreparedQuote, shift: number, base: number): number[] {
  const { prefix, words, suffix } = quote;
  const before = prefix.length;
  const m = words.length;
  const all = before + m + suffix.length;
  const wordAt = (k: number): number => (k < before ? prefix[k]! : k < before + m ? words[k - before]! : suffix[k - before - m]!);
  // Sorted by count, then by place: both fit into one number.
  const keys: number[] = [];
  for (let k = 0; k < all; k++) {
    if (k - before >= MAX_VOTERS / 2 && k - before < m - MAX_VOTERS / 2) continue;
    const count = page.count(wordAt(k));
    if (count > 0) keys.push(count * all + k);
  }
  const order = Float64Array.from(keys).sort();
  const touched: number[] = [];
  let left = MAX_POSTINGS;
  for (let e = 0; e < order.length && left > 0; e++) {
    const k = order[e]! % all;
    const word = wordAt(k);
    const inside = k >= before && k < before + m;
    const weight = inside ? page.weight(word) : Math.floor(page.weight(word) / CONTEXT_SHARE);
    const from = page.offsets[word]!;
    const to = Math.min(page.offsets[word + 1]!, from + left);
    left -= to - from;
    for (let p = from; p < to; p++) {
      const bucket = ((page.postings[p]! - (k - before) + base) >> shift) + 1;
      if (tally[bucket] === 0) touched.push(bucket);
      tally[bucket]! += weight;
    }
  }
  return touched;
}
