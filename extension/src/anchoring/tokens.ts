/**
 * Splits text into words. All matching is on words: white space, punctuation, case, accents and the way a
 * renderer draws characters never matter, and the offsets of each word lead back to the raw text.
 */

import {
  APOSTROPHE, CHARACTERS, classify, DIGIT, FOLD_MASK, FULL_STOP, HIGH_SURROGATE, INVISIBLE, isAstralWord, KIND_SHIFT, LIGATURE,
  ligatureLetters, LOWER, SEPARATOR, SINGLE, SPACE, TERMINAL, UPPER,
} from "./characters";

/** The word begins a block (paragraph, heading, list item, cell). */
export const BLOCK_START = 1;
/** The word begins a sentence. A word that begins a block has this flag too. */
export const SENTENCE_START = 2;

/** A growing list of words: a 31-bit hash and the sum of the letters, raw offsets and flags for each. */
export class TokenList {
  length = 0;
  first: Int32Array;
  second: Int32Array;
  /** Hash of the word and the two before it: equal runs of three words have equal ones. Nothing is meant by the first two. */
  run: Int32Array;
  start: Int32Array;
  end: Int32Array;
  flags: Uint8Array;

  constructor(capacity: number) {
    this.first = new Int32Array(capacity);
    this.second = new Int32Array(capacity);
    this.run = new Int32Array(capacity);
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
    this.run = wider(this.run);
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
/** Hashes of words are not negative: what is negative is no word. */
const POSITIVE = 0x7fffffff;

/** What stood between two words: a terminal, a terminal and then white space, or a mark that needs no space. */
const TERMINAL_SEEN = 1;
const TERMINAL_AND_SPACE = 2;
const FULL_STOP_SEEN = 3;

/** Entries of the table from here on are of words, and from here on of words that are not plain. */
const FIRST_WORD = LOWER << KIND_SHIFT;
const FIRST_ODD = LIGATURE << KIND_SHIFT;
/** Entry for the end of a block: it ends a word as a space does. */
const END = SEPARATOR << KIND_SHIFT;

/**
 * Reads a text from left to right; `advance` may be called piece by piece. `plain` reads nearly all of it: a small loop, which
 * the browser compiles soon on a page that has just been opened. Whatever is rare is left to `odd`, one word or mark at a time.
 */
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
    const { text: { length }, blocks, tokens } = this;
    const limit = Math.min(to, length);
    let blockAt = this.nextBlock < blocks.length ? blocks[this.nextBlock]! : length;
    while (this.at < limit) {
      if (this.at >= blockAt) {
        this.blockPending = true;
        while (this.at >= blockAt) blockAt = ++this.nextBlock < blocks.length ? blocks[this.nextBlock]! : length + 1;
      }
      if (tokens.length === tokens.first.length) tokens.grow();
      // A word ends before the next block, whatever its letters.
      const end = blockAt < length ? blockAt : length;
      const reach = end < limit ? end : limit;
      this.plain(reach, end);
      if (this.at < reach && tokens.length < tokens.first.length) this.odd(end);
    }
    return this.at >= length;
  }

  /** Words of plain letters and digits up to `limit`, the last one up to `end`. Stops before anything else. */
  private plain(limit: number, end: number): void {
    const { text, tokens, abbreviation: stopAfter } = this;
    const { first: firsts, second: seconds, run: runs, start: starts, end: ends, flags } = tokens;
    const room = firsts.length;
    let { at, gap, blockPending } = this;
    let abbreviation = stopAfter;
    let n = tokens.length;
    let before = n > 0 ? firsts[n - 1]! : 0;
    let beforeThat = n > 1 ? firsts[n - 2]! : 0;
    while (at < limit && n < room) {
      const unit = text.charCodeAt(at);
      let entry = CHARACTERS[unit]!;
      let kind = entry >> KIND_SHIFT;
      if (entry < FIRST_WORD) {
        if (kind === SPACE) {
          if (gap === TERMINAL_SEEN) gap = TERMINAL_AND_SPACE;
        } else if (kind === TERMINAL) {
          // "U.S. Data" is no end of a sentence: a single capital before the stop is an abbreviation.
          if (gap === 0 && (at !== abbreviation || unit !== 0x2e)) gap = TERMINAL_SEEN;
        } else if (kind !== SEPARATOR) break;
        at++;
        continue;
      }
      if (entry >= FIRST_ODD) break;
      const start = at;
      const beginsSmall = kind === LOWER;
      let last = kind;
      let first = SEED_FIRST;
      let second = 0;
      do {
        const code = entry & FOLD_MASK;
        first = Math.imul(first ^ code, MULTIPLY_FIRST);
        second += code;
        last = kind;
        entry = ++at < end ? CHARACTERS[text.charCodeAt(at)]! : END;
        kind = entry >> KIND_SHIFT;
      } while (kind === last || (kind === LOWER && last === UPPER));
      if (kind === APOSTROPHE || kind === INVISIBLE || kind === LIGATURE || kind === 0) {
        at = start; // the word may go on
        break;
      }
      first &= POSITIVE;
      firsts[n] = first;
      seconds[n] = second;
      runs[n] = runOf(beforeThat, before, first);
      beforeThat = before;
      before = first;
      starts[n] = start;
      ends[n] = at;
      flags[n] = blockPending ? BLOCK_START | SENTENCE_START
        : gap === FULL_STOP_SEEN || (gap === TERMINAL_AND_SPACE && !beginsSmall) ? SENTENCE_START : 0;
      n++;
      blockPending = false;
      gap = 0;
      abbreviation = last === UPPER && at - start === 1 ? at : -1;
    }
    tokens.length = n;
    this.at = at;
    this.gap = gap;
    this.blockPending = blockPending;
    this.abbreviation = abbreviation;
  }

  /** One word of any kind, up to `end` at the most, or one character between words. There is room for it. */
  private odd(end: number): void {
    const { text } = this;
    let { at } = this;
    const unit = text.charCodeAt(at);
    let entry = CHARACTERS[unit]! || classify(unit);
    let kind = entry >> KIND_SHIFT;
    if (kind < LOWER) {
      if (kind === SPACE) {
        if (this.gap === TERMINAL_SEEN) this.gap = TERMINAL_AND_SPACE;
      } else if (kind === TERMINAL) {
        if (this.gap === 0 && !(at === this.abbreviation && unit === 0x2e)) this.gap = TERMINAL_SEEN;
      } else if (kind === FULL_STOP) this.gap = FULL_STOP_SEEN;
      this.at++;
      return;
    }
    const start = at;
    const beginsSmall = kind === LOWER || kind === LIGATURE;
    let first = SEED_FIRST;
    let second = 0;
    if (kind >= SINGLE) {
      let width = 1;
      let code = entry & FOLD_MASK;
      if (kind === HIGH_SURROGATE) {
        code = astral(text, at);
        if (code !== 0) width = 2;
        if (code === 0 || !isAstralWord(code)) {
          this.at += width;
          return;
        }
      }
      this.at += width;
      this.abbreviation = -1;
      this.push(Math.imul(first ^ code, MULTIPLY_FIRST), code, start, this.at, beginsSmall);
      return;
    }
    let last = kind;
    let letter = unit;
    let wordEnd = at;
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
    this.at = at;
    this.abbreviation = wordEnd - start === 1 && last === UPPER ? at : -1;
    this.push(first, second, start, wordEnd, beginsSmall);
  }

  private push(hash: number, second: number, start: number, end: number, beginsSmall: boolean): void {
    const { tokens, gap } = this;
    const n = tokens.length++;
    const first = hash & POSITIVE;
    tokens.first[n] = first;
    tokens.second[n] = second;
    tokens.run[n] = runOf(n > 1 ? tokens.first[n - 2]! : 0, n > 0 ? tokens.first[n - 1]! : 0, first);
    tokens.start[n] = start;
    tokens.end[n] = end;
    tokens.flags[n] = this.blockPending ? BLOCK_START | SENTENCE_START
      : gap === FULL_STOP_SEEN || (gap === TERMINAL_AND_SPACE && !beginsSmall) ? SENTENCE_START : 0;
    this.blockPending = false;
    this.gap = 0;
  }
}

function runOf(beforeThat: number, before: number, first: number): number {
  return Math.imul(Math.imul(beforeThat, MULTIPLY_FIRST) ^ before, MULTIPLY_FIRST) ^ first;
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
