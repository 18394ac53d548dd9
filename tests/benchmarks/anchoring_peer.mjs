/**
 * The peer of the anchoring benchmark: an edit-distance matcher on the npm package `approx-string-match`, the way
 * the Hypothesis client ranks its matches (https://github.com/hypothesis/client, src/annotator/anchoring).
 * It has no refusal: whatever is nearest within the error budget is returned.
 */

import search from "../../extension/node_modules/approx-string-match/build/src/index.js";

/** Edit distance allowed: half of the quote, at most this much. */
const MAX_ERRORS = 256;
/** What a perfect match of each part is worth. */
const QUOTE_WEIGHT = 50;
const PREFIX_WEIGHT = 20;
const SUFFIX_WEIGHT = 20;
const POSITION_WEIGHT = 2;

/** All places of the least distance; verbatim ones without the costly search. */
function places(text, quote, maxErrors) {
  const found = [];
  for (let at = text.indexOf(quote); at !== -1; at = text.indexOf(quote, at + 1)) {
    found.push({ start: at, end: at + quote.length, errors: 0 });
  }
  return found.length > 0 ? found : search(text, quote, maxErrors);
}

/** Likeness of a short text to what was expected, 0 to 1. */
function likeness(text, expected) {
  if (text.length === 0 || expected.length === 0) return 0;
  return 1 - places(text, expected, expected.length)[0].errors / expected.length;
}

export function anchorPeer(text, { exact, prefix, suffix, start: hint }) {
  if (exact.length === 0) return null;
  const found = places(text, exact, Math.min(MAX_ERRORS, exact.length / 2));
  let best = null;
  let bestScore = -1;
  for (const { start, end, errors } of found) {
    const score = QUOTE_WEIGHT * (1 - errors / exact.length)
      + PREFIX_WEIGHT * (prefix ? likeness(text.slice(Math.max(0, start - prefix.length), start), prefix) : 1)
      + SUFFIX_WEIGHT * (suffix ? likeness(text.slice(end, end + suffix.length), suffix) : 1)
      + (typeof hint === "number" ? POSITION_WEIGHT * (1 - Math.abs(start - hint) / text.length) : 0);
    if (score > bestScore) {
      bestScore = score;
      best = { start, end };
    }
  }
  return best;
}
