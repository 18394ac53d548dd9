/** Has the gap closed where the quote was? */

import type { PageIndex } from "./page-index";
import type { PreparedQuote } from "./quote";
import { exactPlaces } from "./search";

/** Words of context on each side that must be found; with three, repeated headings are taken for a closed gap. */
const CONTEXT_WORDS = 4;
/** With fewer words on either side nothing is concluded. */
const MIN_CONTEXT_WORDS = 2;
/** Places of a context that are looked at. */
const MAX_PLACES = 64;
/** Words that may stand in the gap and still count as nothing: a list number. */
const GAP_WORDS = 2;

/**
 * Whether somewhere the words before the quote are followed at once by the words after it: then the clause was cut
 * out, and what is like it elsewhere is another clause.
 */
export function closedGap(page: PageIndex, quote: PreparedQuote): boolean {
  const before = quote.prefix.subarray(Math.max(0, quote.prefix.length - CONTEXT_WORDS));
  const after = quote.suffix.subarray(0, CONTEXT_WORDS);
  if (before.length < MIN_CONTEXT_WORDS || after.length < MIN_CONTEXT_WORDS) return false;
  const ends = exactPlaces(page, before, MAX_PLACES).map((at) => at + before.length);
  if (ends.length === 0) return false;
  const starts = exactPlaces(page, after, MAX_PLACES);
  let k = 0;
  for (const end of ends) {
    while (k < starts.length && starts[k]! < end) k++;
    if (k < starts.length && starts[k]! - end <= GAP_WORDS) return true;
  }
  return false;
}
