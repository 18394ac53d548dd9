/** What is known about one quote while the page's quotes are anchored together. */

import type { Candidate } from "./candidates";
import type { Fix } from "./order";
import type { PageIndex } from "./page-index";
import type { PreparedQuote } from "./quote";

export interface Located {
  quote: PreparedQuote;
  /** Word positions of the verbatim places, what speaks against each in bits, and the one settled on (or -1). */
  places: number[];
  costs: number[];
  place: number;
  /** By how many bits the settled place leads. */
  margin: number;
  /** What the quote says about where its neighbours stand. */
  fix: Fix | null;
  /** Places with other words, the most alike first; only looked for when no place is verbatim. */
  candidates: Candidate[];
  /** Features of the candidates, for the training of the decision. */
  rows: number[][];
}

/** Words that one fix can vouch for at most: a long clause is no surer than a few sentences. */
const MAX_FIX_WEIGHT = 40;

export function fixOf(page: PageIndex, quote: PreparedQuote, start: number): Fix {
  return { old: quote.position, now: page.start[start]!, weight: Math.min(MAX_FIX_WEIGHT, quote.words.length) };
}
