/**
 * One index of a page's words, shared by all quotes of the page. Only the words of the quotes are numbered and
 * indexed, since nothing else is ever looked for; the others get numbers when a quote has no verbatim place.
 */

import { Tokeniser, type TokenList } from "./tokens";
import { Vocabulary } from "./vocabulary";

/** Characters read, and words indexed, between two pauses: about a millisecond each. */
const CHARACTERS_PER_STEP = 65536;
const WORDS_PER_STEP = 32768;

/** A word of a quote that the page does not have. Not `UNKNOWN`: a page word that no quote has is no match for it. */
export const ABSENT = -2;

export class PageIndex {
  /** Word numbers of the page, in order; equal words have equal numbers. Negative: no word of the quotes. */
  words: Int32Array = new Int32Array(0);
  /** Raw start and end offset, and flags, of each word. */
  start: Int32Array = new Int32Array(0);
  end: Int32Array = new Int32Array(0);
  flags: Uint8Array = new Uint8Array(0);
  /** How many words the page has. */
  length = 0;
  /** Where each word of the quotes occurs: `postings[offsets[w] .. offsets[w + 1])`, ascending. */
  offsets: Int32Array = new Int32Array(1);
  postings: Int32Array = new Int32Array(0);
  /** Steps spent on searching so far: comparisons, votes and alignment cells. Tests hold it to its bound. */
  effort = 0;
  private tokens: TokenList | null = null;
  private counts: Int32Array = new Int32Array(0);
  private weights: Uint16Array = new Uint16Array(0);
  private rarest = 0;
  private complete = false;

  /** `text` is the raw page text; `blocks` the sorted start offsets of its blocks (paragraphs, items, cells). */
  constructor(readonly text: string, readonly blocks: ArrayLike<number>) {}

  /** Read the page and index the words of `quotes`, piece by piece. The page is read only the first time. */
  *build(quotes: Vocabulary = new Vocabulary()): Generator<void, void> {
    const tokens = this.tokens ?? (yield* this.read());
    const n = tokens.length;
    const counts = new Int32Array(quotes.size);
    const words = new Int32Array(n);
    for (let from = 0; from < n; from += WORDS_PER_STEP) {
      if (from > 0) yield;
      quotes.read(tokens, from, Math.min(n, from + WORDS_PER_STEP), words, counts);
    }
    const offsets = new Int32Array(quotes.size + 1);
    for (let w = 0; w < counts.length; w++) offsets[w + 1] = offsets[w]! + counts[w]!;
    const postings = new Int32Array(offsets[counts.length]!);
    const fill = offsets.slice();
    for (let i = 0; i < n; i++) {
      const w = words[i]!;
      if (w >= 0) postings[fill[w]!++] = i;
    }
    this.words = words;
    this.offsets = offsets;
    this.postings = postings;
    this.counts = counts;
    this.weights = new Uint16Array(counts.length);
    this.complete = false;
  }

  /** Number the words that no quote has, too: to judge a place with other words, each of them must be weighed. */
  *number(): Generator<void, void> {
    const { tokens, words } = this;
    if (this.complete || !tokens) return;
    const base = this.counts.length;
    const others = new Vocabulary(this.length - this.postings.length);
    for (let from = 0; from < this.length; from += WORDS_PER_STEP) {
      yield;
      others.learn(tokens, from, Math.min(this.length, from + WORDS_PER_STEP), words, base);
    }
    const counts = new Int32Array(base + others.size);
    counts.set(this.counts);
    for (let i = 0; i < words.length; i++) {
      const w = words[i]!;
      if (w >= base) counts[w]!++;
    }
    this.counts = counts;
    this.weights = new Uint16Array(counts.length);
    this.complete = true;
  }

  /** How often a word occurs. */
  count(word: number): number {
    return word < 0 ? 0 : this.counts[word]!;
  }

  /** How much a word tells, in 16ths of a bit: the rarer the more. A word that the page lacks counts as one that is there once. */
  weight(word: number): number {
    if (word < 0) return this.rarest;
    const known = this.weights[word]!;
    if (known > 0) return known;
    const weight = weightOf(this.counts[word]!, this.length);
    this.weights[word] = weight;
    return weight;
  }

  /** Mark the words of a quote that the page does not have as `ABSENT`. */
  settle(words: Int32Array): void {
    for (let i = 0; i < words.length; i++) if (this.count(words[i]!) === 0) words[i] = ABSENT;
  }

  private *read(): Generator<void, TokenList> {
    const reader = new Tokeniser(this.text, this.blocks);
    for (let to = CHARACTERS_PER_STEP; !reader.advance(to); to += CHARACTERS_PER_STEP) yield;
    const { tokens } = reader;
    this.tokens = tokens;
    this.length = tokens.length;
    this.start = tokens.start;
    this.end = tokens.end;
    this.flags = tokens.flags;
    this.rarest = weightOf(1, tokens.length);
    return tokens;
  }
}

/** Inverse document frequency, as a whole number so that every implementation adds up the same. */
function weightOf(count: number, length: number): number {
  return Math.floor(16 * Math.log2(1 + length / count) + 0.5);
}
