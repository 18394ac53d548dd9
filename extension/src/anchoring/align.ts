/**
 * Semi-global alignment: the span of the page that is most like the quote.
 *
 * Similarity is 2 * LCS / (words of the quote + words of the span), on words. The best span is found by
 * Dinkelbach's method for fractional programmes (Management Science 13, 1967): for a guess of the similarity the
 * span of greatest 2 * LCS - guess * (words) comes from one dynamic programme, and its similarity is the next guess.
 */

import type { PageIndex } from "./page-index";

/** Similarities inside the dynamic programme are whole 64ths: whole numbers give every implementation the same ties. */
export const SCALE = 64;
/** First guess of the similarity. Most edited clauses keep more; the second round corrects it. */
const FIRST_GUESS = 40;
/** Rounds of Dinkelbach's method; from the third on the span hardly ever moves. */
const ROUNDS = 3;
/** Below this similarity (0.4) a place is neither the clause nor a rival, so its exact limits do not matter. */
const HOPELESS = 26;

export interface Span {
  /** Word positions [start, end) in the page. */
  start: number;
  end: number;
  /** Words of the quote that the span keeps, in order. */
  kept: number;
}

let scores = new Int32Array(1024);
let starts = new Int32Array(1024);

/**
 * The best span of `page[from..to)` for the quote words `[low, high)`. Words numbered below zero match nothing.
 * Work: a few steps for each pair of equal words; at most three rounds of 2 * (high - low) * (to - from).
 */
export function bestSpan(
  quote: Int32Array, low: number, high: number, page: PageIndex, from: number, to: number,
): Span {
  const width = to - from;
  if (scores.length <= width) {
    scores = new Int32Array(width * 2);
    starts = new Int32Array(width * 2);
  }
  let guess = FIRST_GUESS;
  let best: Span = { start: from, end: from, kept: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const span = onePass(quote, low, high, page, from, width, guess);
    if (span.kept === 0) break;
    best = span;
    const next = Math.floor((2 * SCALE * span.kept) / (high - low + span.end - span.start));
    if (next === guess || next < HOPELESS) break;
    guess = next;
  }
  return best;
}

/**
 * One dynamic programme: `score[j]` is the best score of a span that ends before word j, `start[j]` where that span
 * begins; among equals the later start wins. Only pairs of equal words change a row, and a change reaches only as far
 * to the right as the gap costs let it, so a row is its matches, from right to left, and their short wakes. Two wakes of
 * a row never improve the same word, since the row before was complete: at most 2 * width steps a row.
 */
function onePass(
  quote: Int32Array, low: number, high: number, page: PageIndex, from: number, width: number, guess: number,
): Span {
  const score = scores;
  const start = starts;
  const { offsets, postings } = page;
  const gain = 2 * SCALE - guess;
  for (let j = 0; j <= width; j++) {
    score[j] = 0;
    start[j] = j;
  }
  let rightmost = 0;
  let effort = width;
  for (let i = low; i < high; i++) {
    const word = quote[i]!;
    if (word < 0) continue;
    const first = offsets[word]!;
    // The last posting inside the window, by binary search.
    let a = first;
    let b = offsets[word + 1]!;
    while (a < b) {
      const middle = (a + b) >> 1;
      if (postings[middle]! < from + width) a = middle + 1;
      else b = middle;
    }
    for (let k = a - 1; k >= first; k--) {
      let j = postings[k]! - from + 1;
      if (j <= 0) break;
      let s = score[j - 1]! + gain;
      const f = start[j - 1]!;
      effort++;
      while (j <= width && (s > score[j]! || (s === score[j] && f > start[j]!))) {
        score[j] = s;
        start[j] = f;
        if (j > rightmost) rightmost = j;
        s -= guess;
        j++;
        effort++;
      }
    }
  }
  page.effort += effort;
  // Greatest score; among equals the shortest span, then the first.
  let bestAt = 0;
  let length = 0;
  for (let j = 1; j <= rightmost; j++) {
    const l = j - start[j]!;
    if (score[j]! > score[bestAt]! || (score[j] === score[bestAt] && l < length)) {
      bestAt = j;
      length = l;
    }
  }
  const kept = Math.round((score[bestAt]! + guess * length) / (2 * SCALE));
  return { start: from + start[bestAt]!, end: from + bestAt, kept };
}

/** Length of the longest common subsequence of two short runs of words, as used for the context of a quote. */
export function commonWords(
  a: Int32Array, b: Int32Array, from: number, to: number,
): number {
  const width = to - from;
  if (width <= 0 || a.length === 0) return 0;
  const row = new Uint8Array(width + 1);
  for (let i = 0; i < a.length; i++) {
    const word = a[i]!;
    if (word < 0) continue;
    let diagonal = 0;
    for (let j = 1; j <= width; j++) {
      const above = row[j]!;
      const here = b[from + j - 1] === word ? diagonal + 1 : above;
      row[j] = here > row[j - 1]! ? here : row[j - 1]!;
      diagonal = above;
    }
  }
  return row[width]!;
}
