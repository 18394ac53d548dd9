/** A quote in the words of a page: what the search needs to know about it, worked out once. */

import { endsLine, endsSentence, endsWithMark, endsWithPause, headOf, startsSmall, startsWithMark, tailOf } from "./edges";
import { normalisedText } from "./normalise";
import { tokenise } from "./tokens";
import type { QuoteToAnchor } from "./types";
import type { Vocabulary } from "./vocabulary";

/** A context of fewer words is taken whole; a longer one loses the outermost word, which is often cut in two. */
const WHOLE_CONTEXT = 2;
/** Words of context that are looked at on each side; recorders store 32 characters, about six words. */
const MAX_CONTEXT = 12;

export interface PreparedQuote {
  words: Int32Array;
  prefix: Int32Array;
  suffix: Int32Array;
  /** Recorded raw offset, or -1 when unknown. */
  position: number;
  /** It began, and it ended, where a sentence does. */
  wholeSentences: boolean;
  /** The recorded context shows as much on that side; where it does not, a verbatim quote keeps its own words. */
  startShown: boolean;
  endShown: boolean;
  /** The punctuation it ends with when that ends a sentence; else empty. */
  stop: string;
  /** What stood between it and the words next to it, without white space: punctuation at its edges. */
  gapBefore: string;
  gapAfter: string;
  /** It ends with punctuation, so its place in the page should too. */
  endsWithPunctuation: boolean;
  startsWithPunctuation: boolean;
  raw: QuoteToAnchor;
}

/** Characters at an edge of a text that are looked at for punctuation; hostile text is long. */
const EDGE = 64;
/** Characters of a context that are read; recorders store 32. */
const MAX_CONTEXT_CHARACTERS = 256;

/** Punctuation as it counts: look-alikes folded, white space left out. */
export function marks(text: string): string {
  return normalisedText(text).replaceAll(" ", "");
}

/** `vocabulary` learns the words of the quote; those that the page lacks are marked later, by `PageIndex.settle`. */
export function prepare(vocabulary: Vocabulary, quote: QuoteToAnchor): PreparedQuote {
  const prefix = vocabulary.add(tokenise(quote.prefix.slice(-MAX_CONTEXT_CHARACTERS)));
  const suffix = vocabulary.add(tokenise(quote.suffix.slice(0, MAX_CONTEXT_CHARACTERS)));
  const before = quote.prefix.slice(-EDGE);
  const head = quote.exact.slice(0, EDGE);
  const tail = quote.exact.slice(-EDGE);
  const after = quote.suffix.slice(0, EDGE);
  const starts = (!startsSmall(head) && !endsWithPause(before)) || endsSentence(before);
  const ends = endsSentence(tail) || (after !== after.trimStart() && !startsSmall(after) && !endsWithPause(tail));
  return {
    words: vocabulary.add(tokenise(quote.exact)),
    prefix: prefix.length > WHOLE_CONTEXT ? prefix.subarray(Math.max(1, prefix.length - MAX_CONTEXT)) : prefix,
    suffix: suffix.length > WHOLE_CONTEXT ? suffix.subarray(0, Math.min(suffix.length - 1, MAX_CONTEXT)) : suffix,
    position: typeof quote.start === "number" && quote.start >= 0 ? quote.start : -1,
    wholeSentences: starts && ends,
    startShown: quote.start === 0 || (before.trim() !== "" && (endsSentence(before) || endsLine(before))),
    endShown: after.trim() !== "",
    stop: endsSentence(tail) ? marks(tail.slice(tailOf(tail))) : "",
    gapBefore: marks(before.slice(tailOf(before)) + head.slice(0, headOf(head))),
    gapAfter: marks(tail.slice(tailOf(tail)) + after.slice(0, headOf(after))),
    startsWithPunctuation: startsWithMark(head),
    endsWithPunctuation: endsWithMark(tail),
    raw: quote,
  };
}
