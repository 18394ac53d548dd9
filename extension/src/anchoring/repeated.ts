/** Which of several verbatim places is the quote? Context, letter case and the order of the page's quotes tell. */

import { adjacentShare, prefixShare, suffixShare } from "./candidates";
import type { Located } from "./located";
import { fixOf } from "./located";
import { normalisedText } from "./normalise";
import { expect, inOrder, surprise, type Fix } from "./order";
import type { PageIndex } from "./page-index";
import type { PreparedQuote } from "./quote";
import { rawRange } from "./sentences";

/**
 * Costs in bits, to be added to the surprise of the position. Found by a coarse grid on the dev split, where they
 * hardly matter: halving or doubling any of them moves fewer than four of 560 cases.
 */
const CONTEXT_COST = 2;
const ADJACENT_COST = 6;
const LETTERS_COST = 3;

/** A repeated quote is settled as soon as its best place leads by this many bits; else the clearest one is. */
const CLEAR_LEAD = 2;
/** Places of one quote compared letter by letter between two pauses. */
const PLACES_PER_STEP = 16;
/** After so many rounds all that are left are settled. */
const ROUNDS = 12;

/** Note a verbatim place as the one, and as a fix for its neighbours. */
export function settle(page: PageIndex, one: Located, place: number, fixes: Fix[]): void {
  one.place = place;
  if (one.quote.position < 0) return;
  one.fix = fixOf(page, one.quote, one.places[place]!);
  fixes.push(one.fix);
}

/** Settles all repeated quotes, the clear ones first, for they tell where the others stand. */
export function* settleRepeated(page: PageIndex, located: readonly Located[], fixes: Fix[]): Generator<void, void> {
  let open = located.filter((one) => one.places.length > 1);
  for (const one of open) {
    const letters = normalisedText(one.quote.raw.exact);
    for (const at of one.places) {
      one.costs.push(placeCost(page, one.quote, at, letters));
      if (one.costs.length % PLACES_PER_STEP === 0) yield;
    }
    yield;
  }
  for (let round = 1; open.length > 0; round++) {
    const chain = inOrder(fixes);
    const best: number[] = [];
    let clearest = 0;
    for (const one of open) {
      best.push(cheapest(page, one, chain));
      if (one.margin > clearest) clearest = one.margin;
      yield;
    }
    const lead = round >= ROUNDS ? 0 : Math.min(CLEAR_LEAD, clearest);
    open.forEach((one, i) => {
      if (one.margin >= lead) settle(page, one, best[i]!, fixes);
    });
    open = open.filter((one) => one.place < 0);
  }
}

/** What speaks against a verbatim place, apart from its position. */
function placeCost(page: PageIndex, quote: PreparedQuote, at: number, letters: string): number {
  const end = at + quote.words.length;
  const [before, after] = adjacentShare(page, quote, at, end);
  return CONTEXT_COST * (2 - prefixShare(page, quote, at) - suffixShare(page, quote, end))
    + ADJACENT_COST * (2 - before - after) + (isVerbatim(page, quote, at, letters) ? 0 : LETTERS_COST);
}

/** Whether even the letters' case and the punctuation are as recorded. */
function isVerbatim(page: PageIndex, quote: PreparedQuote, at: number, letters: string): boolean {
  const [start, end] = rawRange(page, quote, at, at + quote.words.length);
  return normalisedText(page.text.slice(start, end)) === letters;
}

/** The place of least cost; notes by how many bits it leads. */
function cheapest(page: PageIndex, one: Located, chain: readonly Fix[]): number {
  const { quote, places, costs } = one;
  const expected = quote.position >= 0 ? expect(chain, quote.position, null) : null;
  let best = 0;
  let bestCost = Infinity;
  let secondCost = Infinity;
  for (let k = 0; k < places.length; k++) {
    const cost = costs[k]! + (expected ? surprise(expected, page.start[places[k]!]!) : 0);
    if (cost < bestCost) {
      secondCost = bestCost;
      best = k;
      bestCost = cost;
    } else if (cost < secondCost) secondCost = cost;
  }
  one.margin = secondCost - bestCost;
  return best;
}
