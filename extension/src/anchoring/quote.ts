/** A quote in the words of a page: what the search needs to know about it, worked out once. */

import { endsLine, endsSentence, endsWithMark, endsWithPause, headOf, startsSmall, startsWithMark, tailOf } from "./edges";
import { normalisedText } from "./normalise";
import { tokenise, type TokenList } from "./tokens";
import type { QuoteToAnchor } from "./types";

/** A context of fewer words is taken whole; a longer one loses the outermost word, which is often cut in two. */
const WHOLE_CONTEXT = 2;
/** Words of context that are looked at on each side; recorders store 32 characters, about six words. */
const MAX_CONTEXT = 12;

export interface PreparedQuote {
  /** Its words and those of its context, as the page's words are known: by their hashes, by numbers once the page is numbered. */
  words: Int32Array;
  prefix: Int32Array;
  suffix: Int32Array;
  /** Second key of each word. */
  readonly sums: Int32Array;
  /** Its longest run of three words, and where that ends: what the page is searched for. -1 when there are fewer words. */
  readonly run: number;
  readonly runAt: number;
  /** Recorded raw offset, or -1 when unknown. */
  readonly position: number;
  /** It began, and it ended, where a sentence does. */
  readonly wholeSentences: boolean;
  /** The recorded context shows as much on that side; where it does not, a verbatim quote keeps its own words. */
  readonly startShown: boolean;
  readonly endShown: boolean;
  /** It ends with punctuation, so its place in the page should too. */
  readonly endsWithPunctuation: boolean;
  readonly startsWithPunctuation: boolean;
  readonly raw: QuoteToAnchor;
}

/** Characters at an edge of a text that are looked at for punctuation; hostile text is long. */
const EDGE = 64;
/** Characters of a context that are read; recorders store 32. */
const MAX_CONTEXT_CHARACTERS = 256;
const NO_WORDS = new Int32Array(0);

/** Punctuation as it counts: look-alikes folded, white space left out. */
export function marks(text: string): string {
  return normalisedText(text).replaceAll(" ", "");
}

/** The punctuation that the quote ends with when that ends a sentence; else empty. */
export function stopOf({ exact }: QuoteToAnchor): string {
  const tail = exact.slice(-EDGE);
  return endsSentence(tail) ? marks(tail.slice(tailOf(tail))) : "";
}

/** What stood between the quote and the word before it, without white space: punctuation at its edges. */
export function gapBefore({ prefix, exact }: QuoteToAnchor): string {
  const before = prefix.slice(-EDGE);
  const head = exact.slice(0, EDGE);
  return marks(before.slice(tailOf(before)) + head.slice(0, headOf(head)));
}

export function gapAfter({ exact, suffix }: QuoteToAnchor): string {
  const tail = exact.slice(-EDGE);
  const after = suffix.slice(0, EDGE);
  return marks(tail.slice(tailOf(tail)) + after.slice(0, headOf(after)));
}

/** The words of a quote and of its context; `take` tells what to keep of a list of words, which is reused. */
export function wordsOf(quote: QuoteToAnchor, take: (list: TokenList) => Int32Array): Pick<PreparedQuote, "words" | "prefix" | "suffix"> {
  const prefix = quote.prefix ? take(tokenise(quote.prefix.slice(-MAX_CONTEXT_CHARACTERS))) : NO_WORDS;
  const suffix = quote.suffix ? take(tokenise(quote.suffix.slice(0, MAX_CONTEXT_CHARACTERS))) : NO_WORDS;
  return {
    prefix: prefix.length > WHOLE_CONTEXT ? prefix.subarray(Math.max(1, prefix.length - MAX_CONTEXT)) : prefix,
    suffix: suffix.length > WHOLE_CONTEXT ? suffix.subarray(0, Math.min(suffix.length - 1, MAX_CONTEXT)) : suffix,
    words: take(tokenise(quote.exact)),
  };
}

/** What is known of a quote without the page. */
export function prepare(quote: QuoteToAnchor): PreparedQuote {
  const before = quote.prefix.slice(-EDGE);
  const head = quote.exact.slice(0, EDGE);
  const tail = quote.exact.slice(-EDGE);
  const after = quote.suffix.slice(0, EDGE);
  const starts = (!startsSmall(head) && !endsWithPause(before)) || endsSentence(before);
  const ends = endsSentence(tail) || (after !== after.trimStart() && !startsSmall(after) && !endsWithPause(tail));
  let tokens!: TokenList;
  const { words, prefix, suffix } = wordsOf(quote, (list) => {
    tokens = list; // in the end that of the quote itself
    return list.first.slice(0, list.length);
  });
  const runAt = longestRun(tokens);
  return {
    words,
    prefix,
    suffix,
    sums: tokens.second.slice(0, tokens.length),
    run: runAt < 0 ? 0 : tokens.run[runAt]!,
    runAt,
    position: typeof quote.start === "number" && quote.start >= 0 ? quote.start : -1,
    wholeSentences: starts && ends,
    startShown: quote.start === 0 || (before.trim() !== "" && (endsSentence(before) || endsLine(before))),
    endShown: after.trim() !== "",
    startsWithPunctuation: startsWithMark(head),
    endsWithPunctuation: endsWithMark(tail),
    raw: quote,
  };
}

/** Words at the beginning of a quote among which a run is chosen: long quotes need no better one. */
const MAX_RUN_WORDS = 32;

/** Where the three words end that have most letters together: the rarest, as far as one can tell without the page. */
function longestRun({ second, length }: TokenList): number {
  let longest = -1;
  let most = -1;
  for (let i = 2; i < length && i < MAX_RUN_WORDS; i++) {
    const sum = second[i]! + second[i - 1]! + second[i - 2]!;
    if (sum > most) {
      most = sum;
      longest = i;
    }
  }
  return longest;
}
