/**
 * Splits text into words. All matching is on words: white space, punctuation, case, accents and the way a
 * renderer draws characters never matter, and the offsets of each word lead back to the raw text.
 */

import {
  APOSTROPHE, CHARACTERS, classify, DIGIT, FOLD_MASK, FULL_STOP, HIGH_SURROGATE, INVISIBLE, isAstralWord, KIND_SHIFT, LIGATURE,
  ligatureLetters, LOWER, SINGLE, SPACE, TERMINAL, UPPER,
} from "./characters";

/** The word begins a block (paragraph, heading, list item, cell). */
export const BLOCK_START = 1;
/** The word begins a sentence. A word that begins a block has this flag too. */
export const SENTENCE_START = 2;

/** A growing list of words: a 32-bit hash and the sum of the letters, raw offsets and flags for each. */
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

const SPACE_UNIT = 0x20;
/** FNV-1a; the plain sum of the letters is the second key, so that a rare collision of the first does no harm. */
const MULTIPLY_FIRST = 0x01000193;
const SEED_FIRST = 0x811c9dc5 | 0;

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
    readonly tokens: TokenList = new TokenList(Math.floor(text.length / 5) + 16),
  ) {}

  /** Read up to the raw offset `to`, and to the end of the word there; true when the whole text has been read. */
  advance(to: number): boolean {
    const { text, blocks, tokens } = this;
    const length = text.length;
    const limit = Math.min(to, length);
    let { at, nextBlock, gap, blockPending, abbreviation } = this;
    let blockAt = nextBlock < blocks.length ? blocks[nextBlock]! : length;
    // Locals, so that the loop does not look the arrays up for every word.
    let { first: firsts, second: seconds, start: starts, end: ends, flags, length: n } = tokens;
    let capacity = firsts.length;
    while (at < limit) {
      if (at >= blockAt) {
        blockPending = true;
        while (at >= blockAt) blockAt = ++nextBlock < blocks.length ? blocks[nextBlock]! : length + 1;
      }
      const unit = text.charCodeAt(at);
      let entry = CHARACTERS[unit]! || classify(unit);
      let kind = entry >> KIND_SHIFT;
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
      let second = 0;
      let wordEnd = at;
      if (kind >= SINGLE) {
        let width = 1;
        let code = entry & FOLD_MASK;
        if (kind === HIGH_SURROGATE) {
          code = astral(text, at);
          if (code !== 0) width = 2;
          if (code === 0 || !isAstralWord(code)) {
            at += width;
            continue;
          }
        }
        first = Math.imul(first ^ code, MULTIPLY_FIRST);
        second = code;
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
              second += letters.charCodeAt(k);
            }
            last = LOWER;
          } else {
            const code = entry & FOLD_MASK;
            first = Math.imul(first ^ code, MULTIPLY_FIRST);
            second += code;
            last = kind;
          }
          wordEnd = ++at;
          if (at >= end) break;
          letter = text.charCodeAt(at);
          entry = CHARACTERS[letter]! || classify(letter);
          kind = entry >> KIND_SHIFT;
          if (kind === LOWER) {
            if (last === DIGIT) break;
            // Most of the text: small letters up to the end of the word.
            do {
              const code = entry & FOLD_MASK;
              first = Math.imul(first ^ code, MULTIPLY_FIRST);
              second += code;
              if (++at >= end) break;
              letter = text.charCodeAt(at);
              entry = CHARACTERS[letter]!;
            } while (entry >> KIND_SHIFT === LOWER);
            last = LOWER;
            wordEnd = at;
            if (at >= end) break;
            if (entry === 0) entry = classify(letter);
            kind = entry >> KIND_SHIFT;
            if (kind === LOWER) continue;
          }
          if (kind === INVISIBLE || kind === APOSTROPHE) {
            while (kind === INVISIBLE && ++at < end) {
              letter = text.charCodeAt(at);
              entry = CHARACTERS[letter]! || classify(letter);
              kind = entry >> KIND_SHIFT;
            }
            if (at >= end) break;
            if (kind === LOWER && last !== DIGIT) continue;
            if (kind === APOSTROPHE) {
              // An apostrophe belongs to the word only between letters: don't, O'Neill.
              let next = at;
              do {
                next++;
                letter = next < end ? text.charCodeAt(next) : SPACE_UNIT;
                entry = CHARACTERS[letter]! || classify(letter);
                kind = entry >> KIND_SHIFT;
              } while (kind === INVISIBLE);
              if (last === DIGIT || (kind !== LOWER && kind !== UPPER && kind !== LIGATURE)) break;
              first = Math.imul(first ^ 0x27, MULTIPLY_FIRST);
              second += 0x27;
              at = next;
              continue;
            }
          }
          if (kind < LOWER || kind >= SINGLE || (kind === UPPER && last === LOWER) || (kind === DIGIT) !== (last === DIGIT)) break;
        }
        abbreviation = wordEnd - start === 1 && last === UPPER ? at : -1;
      }
      if (n === capacity) {
        tokens.grow();
        ({ first: firsts, second: seconds, start: starts, end: ends, flags } = tokens);
        capacity = firsts.length;
      }
      firsts[n] = first;
      seconds[n] = second;
      starts[n] = start;
      ends[n] = wordEnd;
      flags[n] = blockPending ? BLOCK_START | SENTENCE_START
        : gap === FULL_STOP_SEEN || (gap === TERMINAL_AND_SPACE && !beginsSmall) ? SENTENCE_START : 0;
      n++;
      blockPending = false;
      gap = 0;
      // The one space after most words says nothing; `kind` is still that of the character that ended the word.
      if (kind === SPACE && at < limit && at < blockAt) at++;
    }
    tokens.length = n;
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
