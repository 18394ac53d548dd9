/** A quote in the words of a page: what the search needs to know about it, worked out once. */

import { normalisedText } from "./normalise";
import type { PageIndex } from "./page-index";
import type { QuoteToAnchor } from "./types";

/** A context of fewer words is taken whole; a longer one loses the outermost word, which is often cut in two. */
const WHOLE_CONTEXT = 2;
/** Words of context that are looked at on each side; recorders store 32 characters, about six words. */
const MAX_CONTEXT = 12;

export interface PreparedQuote {
  /** Place in the list given by the caller. */
  index: number;
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
const LOWER_FIRST = /^[^\p{L}\p{N}]*\p{Ll}/u;

const WORDLESS_END = /[^\p{L}\p{N}]*$/u;
const WORDLESS_START = /^[^\p{L}\p{N}]*/u;

/** Punctuation as it counts: look-alikes folded, white space left out. */
export function marks(text: string): string {
  return normalisedText(text).replaceAll(" ", "");
}

export function prepare(page: PageIndex, quote: QuoteToAnchor, index: number): PreparedQuote {
  const prefix = page.lookUp(quote.prefix);
  const suffix = page.lookUp(quote.suffix);
  const cutPrefix = prefix.length > WHOLE_CONTEXT ? prefix.subarray(Math.max(1, prefix.length - MAX_CONTEXT)) : prefix;
  const cutSuffix = suffix.length > WHOLE_CONTEXT ? suffix.subarray(0, Math.min(suffix.length - 1, MAX_CONTEXT)) : suffix;
  const starts = (!LOWER_FIRST.test(quote.exact) && !/[,(]\s*$/.test(quote.prefix)) || TERMINAL.test(quote.prefix);
  const ends = TERMINAL.test(quote.exact)
    || (/^\s/.test(quote.suffix) && !LOWER_FIRST.test(quote.suffix) && !/[,(]\s*$/.test(quote.exact));
  return {
    index,
    words: page.lookUp(quote.exact),
    prefix: cutPrefix,
    suffix: cutSuffix,
    position: typeof quote.start === "number" && quote.start >= 0 ? quote.start : -1,
    wholeSentences: starts && ends,
    gapBefore: marks((WORDLESS_END.exec(quote.prefix)?.[0] ?? "") + (WORDLESS_START.exec(quote.exact)?.[0] ?? "")),
    gapAfter: marks((WORDLESS_END.exec(quote.exact)?.[0] ?? "") + (WORDLESS_START.exec(quote.suffix)?.[0] ?? "")),
    endsWithPunctuation: /[^\p{L}\p{N}\s]\s*$/u.test(quote.exact),
    startsWithPunctuation: /^\s*[^\p{L}\p{N}\s]/u.test(quote.exact),
    raw: quote,
  };
}

