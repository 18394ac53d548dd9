/** One index of a page's words, shared by all quotes of the page. */

import { Tokeniser, tokenise, type TokenList } from "./tokens";

/** Characters read, and words indexed, between two pauses: about a millisecond each. */
const CHARACTERS_PER_STEP = 65536;
const WORDS_PER_STEP = 32768;

/**
 * Longest run of slots tried for one word. The table is never full, and honest text repeats its words, so it stays far below;
 * text made to collide loses words from the index instead of time.
 */
const MAX_PROBES = 128;

/** A word of a quote that the page does not have. */
export const ABSENT = -1;

export class PageIndex {
  /** Word numbers of the page, in order; equal words have equal numbers. */
  words: Int32Array = new Int32Array(0);
  /** Raw start and end offset, and flags, of each word. */
  start: Int32Array = new Int32Array(0);
  end: Int32Array = new Int32Array(0);
  flags: Uint8Array = new Uint8Array(0);
  /** How many words the page has, and how many different ones. */
  length = 0;
  vocabulary = 0;
  /** Where each word number occurs: `postings[offsets[w] .. offsets[w + 1])`, ascending. */
  offsets: Int32Array = new Int32Array(1);
  postings: Int32Array = new Int32Array(0);
  /** Steps spent on searching so far: comparisons, votes and alignment cells. Tests hold it to its bound. */
  effort = 0;
  private weights: Uint16Array = new Uint16Array(0);
  private rarest = 0;
  private table: Int32Array = new Int32Array(0);
  private keyFirst: Int32Array = new Int32Array(0);
  private keySecond: Int32Array = new Int32Array(0);
  private built = false;

  /** `text` is the raw page text; `blocks` the sorted start offsets of its blocks (paragraphs, items, cells). */
  constructor(readonly text: string, readonly blocks: ArrayLike<number>) {}

  /** Build the index, piece by piece; does nothing when it is built. */
  *build(): Generator<void, void> {
    if (this.built) return;
    const reader = new Tokeniser(this.text, this.blocks);
    for (let to = CHARACTERS_PER_STEP; !reader.advance(to); to += CHARACTERS_PER_STEP) yield;
    const tokens = reader.tokens;
    const n = tokens.length;
    let size = 64;
    while (size < n + (n >> 1)) size *= 2;
    this.table = new Int32Array(size);
    this.keyFirst = new Int32Array(n);
    this.keySecond = new Int32Array(n);
    this.words = new Int32Array(n);
    this.length = n;
    this.start = tokens.start;
    this.end = tokens.end;
    this.flags = tokens.flags;
    const counts = new Int32Array(n + 1);
    for (let from = 0; from < n; from += WORDS_PER_STEP) {
      if (from > 0) yield;
      this.number(tokens, from, Math.min(n, from + WORDS_PER_STEP), counts);
    }
    const offsets = new Int32Array(this.vocabulary + 1);
    for (let w = 0; w < this.vocabulary; w++) offsets[w + 1] = offsets[w]! + counts[w]!;
    const fill = offsets.slice();
    const postings = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const w = this.words[i]!;
      postings[fill[w]!++] = i;
    }
    this.weights = new Uint16Array(this.vocabulary);
    this.rarest = weightOf(1, n);
    this.offsets = offsets;
    this.postings = postings;
    this.built = true;
  }

  /** How often a word occurs. */
  count(word: number): number {
    return word < 0 ? 0 : this.offsets[word + 1]! - this.offsets[word]!;
  }

  /** How much a word tells, in 16ths of a bit: the rarer the more. A word that the page lacks counts as one that is there once. */
  weight(word: number): number {
    if (word < 0) return this.rarest;
    const known = this.weights[word]!;
    if (known > 0) return known;
    const weight = weightOf(this.count(word), this.length);
    this.weights[word] = weight;
    return weight;
  }

  /** The page's numbers for the words of a short text; `ABSENT` for those the page does not have. */
  lookUp(text: string): Int32Array {
    const tokens = tokenise(text);
    const out = new Int32Array(tokens.length);
    for (let i = 0; i < out.length; i++) out[i] = this.find(tokens.first[i]!, tokens.second[i]!);
    return out;
  }

  private slot(first: number, second: number): number {
    return (first ^ (first >>> 15) ^ second) & (this.table.length - 1);
  }

  private find(first: number, second: number): number {
    const { table, keyFirst, keySecond } = this;
    const mask = table.length - 1;
    if (mask < 0) return ABSENT;
    let slot = this.slot(first, second);
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const word = table[slot]! - 1;
      if (word < 0) return ABSENT;
      if (keyFirst[word] === first && keySecond[word] === second) return word;
      slot = (slot + 1) & mask;
    }
    return ABSENT;
  }

  private number(tokens: TokenList, from: number, to: number, counts: Int32Array): void {
    const { table, keyFirst, keySecond, words } = this;
    const mask = table.length - 1;
    let vocabulary = this.vocabulary;
    for (let i = from; i < to; i++) {
      const first = tokens.first[i]!;
      const second = tokens.second[i]!;
      let slot = this.slot(first, second);
      let word = -1;
      for (let probe = 0; probe < MAX_PROBES; probe++) {
        const seen = table[slot]! - 1;
        if (seen < 0) {
          table[slot] = vocabulary + 1;
          break;
        }
        if (keyFirst[seen] === first && keySecond[seen] === second) {
          word = seen;
          break;
        }
        slot = (slot + 1) & mask;
      }
      if (word < 0) {
        word = vocabulary++;
        keyFirst[word] = first;
        keySecond[word] = second;
      }
      words[i] = word;
      counts[word]!++;
    }
    this.vocabulary = vocabulary;
  }
}

/** Inverse document frequency, as a whole number so that every implementation adds up the same. */
function weightOf(count: number, length: number): number {
  return Math.floor(16 * Math.log2(1 + length / count) + 0.5);
}
