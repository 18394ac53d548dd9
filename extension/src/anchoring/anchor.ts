/** Anchors all quotes of a page together. */

import { normalise } from "./normalise";
import { PageIndex } from "./page-index";
import type { Anchor, QuoteToAnchor } from "./types";

/** Resumable form: yields often, so that the caller can give the main thread back. */
export function* anchorSteps(page: PageIndex, quotes: readonly QuoteToAnchor[]): Generator<void, Anchor[]> {
  const anchors: Anchor[] = [];
  for (const quote of quotes) {
    const needle = normalise(quote.exact).text;
    let best = -1;
    let distance = Infinity;
    for (let at = needle ? page.normalised.text.indexOf(needle) : -1; at >= 0; at = page.normalised.text.indexOf(needle, at + 1)) {
      const d = Math.abs(at - (quote.start ?? 0));
      if (d < distance) [best, distance] = [at, d];
    }
    if (best < 0) anchors.push({ id: quote.id, outcome: "gone", start: -1, end: -1, score: 0, margin: 0 });
    else {
      const [start, end] = page.normalised.toRaw(best, best + needle.length);
      anchors.push({ id: quote.id, outcome: "found", start, end, score: 1, margin: 1 });
    }
    yield;
  }
  return anchors;
}

/** Anchor every quote, in the order given, none left out. */
export function anchorQuotes(page: PageIndex, quotes: readonly QuoteToAnchor[]): Anchor[] {
  const steps = anchorSteps(page, quotes);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
