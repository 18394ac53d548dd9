/** Numbers for words. Equal words have equal numbers; a hash table with open addressing keeps them. */

import type { TokenList } from "./tokens";

/**
 * Longest run of slots tried for one word. The table is never full, and honest text repeats its words, so it stays far below;
 * text made to collide loses words from the table instead of time.
 */
const MAX_PROBES = 128;
/** Slots at first; they double when two thirds are taken. */
const FIRST_SLOTS = 2048;

/** A word that has no number yet. */
export const UNKNOWN = -1;

export class Vocabulary {
  /** How many words it has; they are numbered from zero. */
  size = 0;
  private table: Int32Array;
  private first: Int32Array;
  private second: Int32Array;

  /** `words`: about how many words will come. */
  constructor(words = 0) {
    let slots = FIRST_SLOTS;
    while (slots < words + (words >> 1)) slots *= 2;
    this.table = new Int32Array(slots);
    this.first = new Int32Array(Math.floor((slots * 2) / 3));
    this.second = new Int32Array(Math.floor((slots * 2) / 3));
  }

  /** The numbers of a short text's words; new words are added. */
  add(tokens: TokenList): Int32Array {
    const out = new Int32Array(tokens.length).fill(UNKNOWN);
    this.learn(tokens, 0, tokens.length, out);
    return out;
  }

  /** Number those words of [from, to) that are `UNKNOWN` in `out`; new words are added. */
  learn(tokens: TokenList, from: number, to: number, out: Int32Array): void {
    for (let i = from; i < to; i++) {
      if (out[i] === UNKNOWN) out[i] = this.numberOf(tokens.first[i]!, tokens.second[i]!);
    }
  }

  private numberOf(first: number, second: number): number {
    if (this.size + 1 > this.first.length) this.grow();
    const { table } = this;
    const mask = table.length - 1;
    let slot = (first ^ (first >>> 15) ^ second) & mask;
    for (let probe = 0; probe < MAX_PROBES; probe++) {
      const word = table[slot]! - 1;
      if (word < 0) {
        table[slot] = this.size + 1;
        break;
      }
      if (this.first[word] === first && this.second[word] === second) return word;
      slot = (slot + 1) & mask;
    }
    this.first[this.size] = first;
    this.second[this.size] = second;
    return this.size++;
  }

  private grow(): void {
    const wider = new Vocabulary(this.table.length);
    for (let word = 0; word < this.size; word++) wider.numberOf(this.first[word]!, this.second[word]!);
    this.table = wider.table;
    this.first = wider.first;
    this.second = wider.second;
  }
}
