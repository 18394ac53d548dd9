/** From a stretch of a document's text to the quote of a label, and sentences to choose from by keyboard. Pure. */
import type { TextQuoteSelector } from "../../contract/types";

/** As the contract has it: about so many characters on each side tell apart words that stand there twice. */
const CONTEXT = 32;

const LETTER = /[\p{L}\p{N}\p{M}]/u;

export type Stretch = readonly [start: number, end: number];

/** Whole words: a selection that begins or ends within one takes all of it, and blanks at its ends fall away. */
export function wholeWords(text: string, [start, end]: Stretch): Stretch | null {
  let from = Math.max(0, start);
  let to = Math.min(text.length, end);
  while (from < to && /\s/.test(text[from]!)) from++;
  while (to > from && /\s/.test(text[to - 1]!)) to--;
  if (from >= to) return null;
  if (LETTER.test(text[from]!)) while (from > 0 && LETTER.test(text[from - 1]!)) from--;
  if (LETTER.test(text[to - 1]!)) while (to < text.length && LETTER.test(text[to]!)) to++;
  return [from, to];
}

/** The words of a stretch as a label keeps them, white space collapsed; null for none. */
export function quoteAt(text: string, stretch: Stretch): TextQuoteSelector | null {
  const words = wholeWords(text, stretch);
  if (words === null) return null;
  const [start, end] = words;
  const exact = collapsed(text.slice(start, end)).trim();
  if (!LETTER.test(exact)) return null;
  // Twice the length is enough to look at: runs of blanks are short in a document's text.
  const prefix = collapsed(text.slice(Math.max(0, start - 2 * CONTEXT), start)).slice(-CONTEXT);
  const suffix = collapsed(text.slice(end, end + 2 * CONTEXT)).slice(0, CONTEXT);
  return { type: "TextQuoteSelector", exact, prefix, suffix };
}

function collapsed(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** Sentences of a text whose blocks stand on lines of their own; none reaches beyond a block. */
export function sentencesOf(text: string, language: string): Stretch[] {
  const cut = new Intl.Segmenter(language, { granularity: "sentence" });
  const found: Stretch[] = [];
  let at = 0;
  for (const block of text.split("\n")) {
    for (const { index, segment } of cut.segment(block)) {
      if (!LETTER.test(segment)) continue;
      const lead = segment.length - segment.trimStart().length;
      found.push([at + index + lead, at + index + segment.trimEnd().length]);
    }
    at += block.length + 1;
  }
  return found;
}

/** Sentences chosen by keyboard: from one to another, numbers of `sentencesOf`. `to` is the one that moves. */
export interface Choice {
  readonly from: number;
  readonly to: number;
}

export function moved(choice: Choice, by: 1 | -1, extend: boolean, count: number): Choice {
  const to = Math.min(count - 1, Math.max(0, choice.to + by));
  return { from: extend ? choice.from : to, to };
}

export function stretchOf(choice: Choice, sentences: readonly Stretch[]): Stretch {
  const [first, last] = choice.from <= choice.to ? [choice.from, choice.to] : [choice.to, choice.from];
  return [sentences[first]![0], sentences[last]![1]];
}

/** The first sentence that ends behind an offset: where choosing begins. */
export function sentenceAt(sentences: readonly Stretch[], offset: number): number {
  const found = sentences.findIndex(([, end]) => end > offset);
  return found < 0 ? sentences.length - 1 : found;
}
