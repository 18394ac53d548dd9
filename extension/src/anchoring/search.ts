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

/**
 * Word positions where all words of the quote stand in order, ascending; null when that takes too many comparisons to see
 * before the page is numbered. The browser's own search looks for the quote's longest run of words.
 */
export function verbatimPlaces(page: PageIndex, quote: PreparedQuote): number[] | null {
  const { words, sums, run, runAt } = quote;
  const m = words.length;
  const places: number[] = [];
  if (m === 0 || m > page.length) return places;
  const list = runAt < 0 ? page.words : page.runs;
  const needle = runAt < 0 ? words[0]! : run;
  const offset = Math.max(0, runAt);
  let left = MAX_COMPARISONS;
  for (let k = list.indexOf(needle, offset); k >= 0 && places.length < MAX_OCCURRENCES; k = list.indexOf(needle, k + 1)) {
    const at = k - offset;
    if (at + m > page.length) break;
    let i = 0;
    while (i < m && page.words[at + i] === words[i] && page.sums[at + i] === sums[i]) i++;
    left -= i + 1;
    if (left <= 0) break;
    if (i === m) places.push(at);
  }
  page.effort += MAX_COMPARISONS - left;
  return left > 0 ? places : null;
}

/** The same for any words, once the page is numbered. */
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
  page.effort += MAX_COMPARISONS - left;
  return places;
}

/** A word range of the page to align the quote with. */
export interface Window {
  from: number;
  to: number;
  votes: number;
}

// Scratch space, kept between calls: votes by bucket of diagonals (all zero between calls), the buckets with votes, the
// sums over each and its neighbours, and the sort keys of the voters.
let tally = new Int32Array(4096);
const touched = new Int32Array(MAX_POSTINGS);
const sums = new Int32Array(MAX_POSTINGS);
const keys = new Float64Array(MAX_VOTERS + 64);

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
  const count = vote(page, quote, shift, base);

  // Edits spread a clause over neighbouring diagonals, so each bucket counts its neighbours in full.
  for (let t = 0; t < count; t++) {
    const b = touched[t]!;
    sums[t] = tally[b - 1]! + tally[b]! + tally[b + 1]!;
  }
  const slack = Math.min(MAX_SLACK, (m >> 1) + SLACK_WORDS) + width;
  const apart = Math.max(1, (m >> 1) >> shift);
  const chosen: Window[] = [];
  let most = 0;
  for (let pass = 0; chosen.length < MAX_WINDOWS && pass < 2 * MAX_WINDOWS; pass++) {
    let top = -1;
    for (let t = 0; t < count; t++) {
      if (sums[t]! > 0 && (top < 0 || isBetter(t, top))) top = t;
    }
    if (top < 0 || sums[top]! < MIN_VOTE_SHARE * most) break;
    const votes = sums[top]!;
    const bucket = touched[top]!;
    if (most === 0) most = votes;
    // Its neighbours lead to the same place.
    for (let t = 0; t < count; t++) if (Math.abs(touched[t]! - bucket) <= apart) sums[t] = 0;
    const diagonal = (bucket - 1) * width + (width >> 1) - base;
    const from = Math.max(0, diagonal - slack);
    const to = Math.min(page.length, diagonal + m + slack);
    if (to > from) chosen.push({ from, to, votes });
  }
  for (let t = 0; t < count; t++) tally[touched[t]!] = 0;
  return chosen;
}

/** More votes with its neighbours; then more of its own; then earlier in the page. */
function isBetter(t: number, top: number): boolean {
  if (sums[t] !== sums[top]) return sums[t]! > sums[top]!;
  const own = tally[touched[t]!]!;
  const best = tally[touched[top]!]!;
  return own > best || (own === best && touched[t]! < touched[top]!);
}

/** Fills the tally, names the buckets with votes and says how many. The rarest words vote first. */
function vote(page: PageIndex, quote: PreparedQuote, shift: number, base: number): number {
  const { prefix, words, suffix } = quote;
  const before = prefix.length;
  const m = words.length;
  const all = before + m + suffix.length;
  const wordAt = (k: number): number => (k < before ? prefix[k]! : k < before + m ? words[k - before]! : suffix[k - before - m]!);
  // Sorted by count, then by place: both fit into one number.
  let voters = 0;
  for (let k = 0; k < all; k++) {
    if (k - before >= MAX_VOTERS / 2 && k - before < m - MAX_VOTERS / 2) continue;
    const count = page.count(wordAt(k));
    if (count > 0) keys[voters++] = count * all + k;
  }
  keys.subarray(0, voters).sort();
  let found = 0;
  let left = MAX_POSTINGS;
  for (let e = 0; e < voters && left > 0; e++) {
    const k = keys[e]! % all;
    const word = wordAt(k);
    const inside = k >= before && k < before + m;
    const weight = inside ? page.weight(word) : Math.floor(page.weight(word) / CONTEXT_SHARE);
    const from = page.offsets[word]!;
    const to = Math.min(page.offsets[word + 1]!, from + left);
    left -= to - from;
    for (let p = from; p < to; p++) {
      const bucket = ((page.postings[p]! - (k - before) + base) >> shift) + 1;
      if (tally[bucket] === 0) touched[found++] = bucket;
      tally[bucket]! += weight;
    }
  }
  page.effort += MAX_POSTINGS - left;
  return found;
}
