/** A quote without a single word (an emoji, a mark) can only be found as it stands. */

import type { Anchor, QuoteToAnchor } from "./types";

/** Occurrences looked at. */
const MAX_OCCURRENCES = 512;

/** The occurrence nearest to the recorded position; null when there is none, or the quote is blank. */
export function wordless(text: string, quote: QuoteToAnchor): Anchor | null {
  const needle = quote.exact.trim();
  if (needle === "") return null;
  let best = -1;
  let at = text.indexOf(needle);
  for (let n = 0; at >= 0 && n < MAX_OCCURRENCES; n++) {
    const position = quote.start ?? 0;
    const whole = isBoundary(text, at) && isBoundary(text, at + needle.length);
    if (whole && (best < 0 || Math.abs(at - position) < Math.abs(best - position))) best = at;
    at = text.indexOf(needle, at + needle.length);
  }
  if (best < 0) return null;
  return { id: quote.id, outcome: "found", start: best, end: best + needle.length, score: 1, margin: at < 0 ? 1 : 0 };
}

/** Whether an offset does not cut a surrogate pair in two. */
function isBoundary(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return !(before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff);
}
