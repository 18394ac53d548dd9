/**
 * One index of a page's words, shared by all quotes of the page. At first words are known by their hashes: most quotes stand
 * on their page word by word, and to see that no more is needed. When one does not, all words are numbered and counted.
 */

import { wordsOf, type PreparedQuote } from "./quote";
import { Tokeniser, type TokenList } from "./tokens";
import { UNKNOWN, Vocabulary } from "./vocabulary";

/** Characters read, and words numbered, between two pauses: about a millisecond each. */
const CHARACTERS_PER_STEP = 65536;
const WORDS_PER_STEP = 32768;

/** A word of a quote that the page does not have. */
export const ABSENT = -2;

const NOTHING = new Int32Array(0);

export class PageIndex {
  /** The page's words in order; equal words have equal entries, which are not negative: hashes, numbers once it is numbered. */
  words: Int32Array = NOTHING;
  /** Second key of each word, and the hash of each run of three words (`TokenList`). */
  sums: Int32Array = NOTHING;
  runs: Int32Array = NOTHING;
  /** Raw start and end offset, and flags, of each word. */
  start: Int32Array = NOTHING;
  end: Int32Array = NOTHING;
  flags: Uint8Array = new Uint8Array(0);
  /** How many words the page has. */
  length = 0;
  /** Where each numbered word occurs: `postings[offsets[w] .. offsets[w + 1])`, ascending. */
  offsets: Int32Array = NOTHING;
  postings: Int32Array = NOTHING;
  /** Whether words are numbers. */
  numbered = false;
  /** Steps spent on searching so far: comparisons, votes and alignment cells. Tests hold it to its bound. */
  effort = 0;
  private tokens: TokenList | null = null;
  private counts: Int32Array = NOTHING;
  private weights: Uint16Array = new Uint16Array(0);
  private rarest = 0;

  /** `text` is the raw page text; `blocks` the sorted start offsets of its blocks (paragraphs, items, cells). */
  constructor(readonly text: string, readonly blocks: ArrayLike<number>) {}

  /** Read the page's words, piece by piece. */
  *build(): Generator<void, void> {
    const reader = new Tokeniser(this.text, this.blocks);
    for (let to = CHARACTERS_PER_STEP; !reader.advance(to); to += CHARACTERS_PER_STEP) yield;
    const { tokens } = reader;
    this.tokens = tokens;
    this.length = tokens.length;
    this.words = tokens.first.subarray(0, tokens.length);
    this.sums = tokens.second;
    this.runs = tokens.run.subarray(0, tokens.length);
    this.start = tokens.start;
    this.end = tokens.end;
    this.flags = tokens.flags;
    this.rarest = weightOf(1, tokens.length);
  }

  /**
   * Number the words of the page and of all its quotes: to judge a place with other words, each of them must be weighed.
   * The quotes' words come first, so that a page made to overflow the table loses words of its own.
   */
  *number(quotes: readonly PreparedQuote[]): Generator<void, void> {
    const { tokens, length } = this;
    if (this.numbered || !tokens) return;
    const vocabulary = new Vocabulary(length);
    for (const quote of quotes) Object.assign(quote, wordsOf(quote.raw, (list) => vocabulary.add(list)));
    const words = new Int32Array(length).fill(UNKNOWN);
    for (let from = 0; from < length; from += WORDS_PER_STEP) {
      yield;
      vocabulary.learn(tokens, from, Math.min(length, from + WORDS_PER_STEP), words);
    }
    const counts = new Int32Array(vocabulary.size);
    for (let i = 0; i < length; i++) counts[words[i]!]!++;
    const offsets = new Int32Array(counts.length + 1);
    for (let w = 0; w < counts.length; w++) offsets[w + 1] = offsets[w]! + counts[w]!;
    yield;
    const postings = new Int32Array(length);
    const fill = offsets.slice();
    for (let i = 0; i < length; i++) postings[fill[words[i]!]!++] = i;
    this.words = words;
    this.offsets = offsets;
    this.postings = postings;
    this.counts = counts;
    this.weights = new Uint16Array(counts.length);
    this.numbered = true;
    for (const { words: own, prefix, suffix } of quotes) for (const list of [own, prefix, suffix]) this.settle(list);
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
  private settle(words: Int32Array): void {
    for (let i = 0; i < words.length; i++) if (this.count(words[i]!) === 0) words[i] = ABSENT;
  }
}

/** Inverse document frequency, as a whole number so that every implementation adds up the same. */
function weightOf(count: number, length: number): number {
  return Math.floor(16 * Math.log2(1 + length / count) + 0.5);
}
