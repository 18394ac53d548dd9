/**
 * Splits text into words. All matching is on words: white space, punctuation, case, accents and the way a
 * renderer draws characters never matter, and the offsets of each word lead back to the raw text.
 */

import {
  APOSTROPHE, classify, DIGIT, FOLD, FULL_STOP, HIGH_SURROGATE, INVISIBLE, isAstralWord, KIND, LIGATURE,
  ligatureLetters, LOWER, SINGLE, SPACE, TERMINAL, UPPER,
} from "./characters";

/** The word begins a block (paragraph, heading, list item, cell). */
export const BLOCK_START = 1;
/** The word begins a sentence. A word that begins a block has this flag too. */
export const SENTENCE_START = 2;

/** A growing list of words: two independent 32-bit hashes, raw offsets and flags for each. */
export class TokenList {
  length = 0;
  first: Int32Array;
  second: Int32Array;
  start: Int32Array;
  end: Int32Array;
  flags: Uint8Array;

  constructor(capacity: number) {
    this.first = new Int32Array(capacity);
    this.second = new Int32Array(capacity);
    this.start = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.flags = new Uint8Array(capacity);
  }

  grow(): void {
    const capacity = this.first.length * 2 + 64;
    const wider = (old: Int32Array): Int32Array => {
      const next = new Int32Array(capacity);
      next.set(old);
      return next;
    };
    this.first = wider(this.first);
    this.second = wider(this.second);
    this.start = wider(this.start);
    this.end = wider(this.end);
    const flags = new Uint8Array(capacity);
    flags.set(this.flags);
    this.flags = flags;
  }
}

const MULTIPLY_FIRST = 0x01000193;
const MULTIPLY_SECOND = 0x5bd1e995;
const SEED_FIRST = 0x811c9dc5 | 0;
const SEED_SECOND = 0x2f0b4c47;

/** What stood between two words: a terminal, a terminal and then white space, or a mark that needs no space. */
const TERMINAL_SEEN = 1;
const TERMINAL_AND_SPACE = 2;
const FULL_STOP_SEEN = 3;

/** Reads a text from left to right; `advance` may be called piece by piece. */
export class Tokeniser {
  private at = 0;
  private nextBlock = 0;
  private gap = 0;
  private blockPending = true;
  private abbreviation = -1;

  constructor(
    private readonly text: string, private readonly blocks: ArrayLike<number>,
    readonly tokens: TokenList = new TokenList((text.length >> 2) + 16),
  ) {}

  /** Read up to the raw offset `to`, and to the end of the word there; true when the whole text has been read. */
  advance(to: number): boolean {
    const { text, blocks, tokens } = this;
    const length = text.length;
    const limit = Math.min(to, length);
    let { at, nextBlock, gap, blockPending, abbreviation } = this;
    let blockAt = nextBlock < blocks.length ? blocks[nextBlock]! : length;
    while (at < limit) {
      if (at >= blockAt) {
        blockPending = true;
        while (at >= blockAt) blockAt = ++nextBlock < blocks.length ? blocks[nextBlock]! : length + 1;
      }
      const unit = text.charCodeAt(at);
      let kind = KIND[unit]! || classify(unit);
      if (kind < LOWER) {
        if (kind === SPACE) {
          if (gap === TERMINAL_SEEN) gap = TERMINAL_AND_SPACE;
        } else if (kind === TERMINAL) {
          // "U.S. Data" is no end of a sentence: a single capital before the stop is an abbreviation.
          if (gap === 0 && !(at === abbreviation && unit === 0x2e)) gap = TERMINAL_SEEN;
        } else if (kind === FULL_STOP) gap = FULL_STOP_SEEN;
        at++;
        continue;
      }
      // A word begins here. It ends before the next block, whatever its letters.
      const end = blockAt < length ? blockAt : length;
      const start = at;
      const beginsSmall = kind === LOWER || kind === LIGATURE;
      let first = SEED_FIRST;
      let second = SEED_SECOND;
      let wordEnd = at;
      if (kind >= SINGLE) {
        let width = 1;
        let code = FOLD[unit]!;
        if (kind === HIGH_SURROGATE) {
          code = astral(text, at);
          if (code !== 0) width = 2;
          if (code === 0 || !isAstralWord(code)) {
            at += width;
            continue;
          }
        }
        first = Math.imul(first ^ code, MULTIPLY_FIRST);
        second = Math.imul(second + code, MULTIPLY_SECOND) ^ (second >>> 15);
        at += width;
        wordEnd = at;
        abbreviation = -1;
      } else {
        let last = kind;
        let letter = unit;
        for (;;) {
          if (kind === LIGATURE) {
            const letters = ligatureLetters(letter);
            for (let k = 0; k < letters.length; k++) {
              first = Math.imul(first ^ letters.charCodeAt(k), MULTIPLY_FIRST);
              second = Math.imul(second + letters.charCodeAt(k), MULTIPLY_SECOND) ^ (second >>> 15);
            }
            last = LOWER;
          } else {
            const code = FOLD[letter]!;
            first = Math.imul(first ^ code, MULTIPLY_FIRST);
            second = Math.imul(second + code, MULTIPLY_SECOND) ^ (second >>> 15);
            last = kind;
          }
          wordEnd = ++at;
          if (at >= end) break;
          letter = text.charCodeAt(at);
          kind = KIND[letter]! || classify(letter);
          if (kind === LOWER) {
            if (last === DIGIT) break;
            continue;
          }
          if (kind === INVISIBLE || kind === APOSTROPHE) {
            while (kind === INVISIBLE && ++at < end) {
              letter = text.charCodeAt(at);
              kind = KIND[letter]! || classify(letter);
            }
            if (at >= end) break;
            if (kind === LOWER && last !== DIGIT) continue;
            if (kind === APOSTROPHE) {
              // An apostrophe belongs to the word only between letters: don't, O'Neill.
              let next = at + 1;
              while (next < end && (kind = KIND[text.charCodeAt(next)]! || classify(text.charCodeAt(next))) === INVISIBLE) next++;
              if (last === DIGIT || next >= end || (kind !== LOWER && kind !== UPPER && kind !== LIGATURE)) break;
              letter = text.charCodeAt(next);
              first = Math.imul(first ^ 0x27, MULTIPLY_FIRST);
              second = Math.imul(second + 0x27, MULTIPLY_SECOND) ^ (second >>> 15);
              at = next;
              continue;
            }
          }
          if (kind < LOWER || kind >= SINGLE || (kind === UPPER && last === LOWER) || (kind === DIGIT) !== (last === DIGIT)) break;
        }
        abbreviation = wordEnd - start === 1 && last === UPPER ? at : -1;
      }
      const n = tokens.length;
      if (n === tokens.first.length) tokens.grow();
      tokens.first[n] = first;
      tokens.second[n] = second;
      tokens.start[n] = start;
      tokens.end[n] = wordEnd;
      tokens.flags[n] = blockPending ? BLOCK_START | SENTENCE_START
        : gap === FULL_STOP_SEEN || (gap === TERMINAL_AND_SPACE && !beginsSmall) ? SENTENCE_START : 0;
      tokens.length = n + 1;
      blockPending = false;
      gap = 0;
    }
    this.at = at;
    this.nextBlock = nextBlock;
    this.gap = gap;
    this.blockPending = blockPending;
    this.abbreviation = abbreviation;
    return at >= length;
  }
}

/** The code point of a surrogate pair, 0 for a lone surrogate. */
function astral(text: string, at: number): number {
  const low = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  return low >= 0xdc00 && low <= 0xdfff ? (text.charCodeAt(at) - 0xd800) * 0x400 + low - 0xdc00 + 0x10000 : 0;
}

const NO_BLOCKS: readonly number[] = [];
const scratch = new TokenList(256);

/** The words of a short text. The list is reused by the next call. */
export function tokenise(text: string): TokenList {
  scratch.length = 0;
  new Tokeniser(text, NO_BLOCKS, scratch).advance(Infinity);
  return scratch;
}
