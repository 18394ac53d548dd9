/** A quote in the words of a page: what the search needs to know about it, worked out once. */

import { normalisedText } from "./normalise";
import type { PageIndex } from "./page-index";
import type { QuoteToAnchor } from "./types";

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
  /** What stood between it and the words next to it, without white space: punctuation at its edges. */
  gapBefore: string;
  gapAfter: string;
  /** It ends with punctuation, so its place in the page should too. */
  endsWithPunctuation: boolean;
  startsWithPunctuation: boolean;
  raw: QuoteToAnchor;
}

/** Ends a sentence or a list item, perhaps with the "and" or "or" that leads to the next item. */
const TERMINAL = /(?:[.!?:;\u2026\u3002]["'\u2019\u201d\u00bb)\]]*|[;,]\s+\p{L}{1,3})\s*$/u;
const PAUSE = /[,(]\s*$/;
const LOWER_FIRST = /^[^\p{L}\p{N}]*\p{Ll}/u;

const WORDLESS_END = /[^\p{L}\p{N}]*$/u;
const WORDLESS_START = /^[^\p{L}\p{N}]*/u;

/** Characters at an edge of a text that are looked at for punctuation; keeps the patterns away from hostile length. */
const EDGE = 64;
/** Characters of a context that are read; recorders store 32. */
const MAX_CONTEXT_CHARACTERS = 256;

/** Punctuation as it counts: look-alikes folded, white space left out. */
export function marks(text: string): string {
  return normalisedText(text).replaceAll(" ", "");
}

export function prepare(page: PageIndex, quote: QuoteToAnchor): PreparedQuote {
  const prefix = page.lookUp(quote.prefix.slice(-MAX_CONTEXT_CHARACTERS));
  const suffix = page.lookUp(quote.suffix.slice(0, MAX_CONTEXT_CHARACTERS));
  const before = quote.prefix.slice(-EDGE);
  const head = quote.exact.slice(0, EDGE);
  const tail = quote.exact.slice(-EDGE);
  const after = quote.suffix.slice(0, EDGE);
  const starts = (!LOWER_FIRST.test(head) && !PAUSE.test(before)) || TERMINAL.test(before);
  const ends = TERMINAL.test(tail) || (/^\s/.test(after) && !LOWER_FIRST.test(after) && !PAUSE.test(tail));
  return {
    words: page.lookUp(quote.exact),
    prefix: prefix.length > WHOLE_CONTEXT ? prefix.subarray(Math.max(1, prefix.length - MAX_CONTEXT)) : prefix,
    suffix: suffix.length > WHOLE_CONTEXT ? suffix.subarray(0, Math.min(suffix.length - 1, MAX_CONTEXT)) : suffix,
    position: typeof quote.start === "number" && quote.start >= 0 ? quote.start : -1,
    wholeSentences: starts && ends,
    gapBefore: marks(match(WORDLESS_END, before) + match(WORDLESS_START, head)),
    gapAfter: marks(match(WORDLESS_END, tail) + match(WORDLESS_START, after)),
    startsWithPunctuation: /^\s*[^\p{L}\p{N}\s]/u.test(head),
    endsWithPunctuation: /[^\p{L}\p{N}\s]\s*$/u.test(tail),
    raw: quote,
  };
}

function match(pattern: RegExp, text: string): string {
  return pattern.exec(text)?.[0] ?? "";
}
