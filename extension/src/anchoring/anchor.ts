/** Anchors all quotes of a page together. */

import { measure, type Candidate } from "./candidates";
import { ACCEPT, features, probability, rivalOf } from "./decide";
import { closedGap } from "./home";
import { fixOf, type Located } from "./located";
import { expect, inOrder, surprise, type Expectation, type Fix } from "./order";
import type { PageIndex } from "./page-index";
import { prepare, type PreparedQuote } from "./quote";
import { settle, settleRepeated } from "./repeated";
import { exactPlaces, verbatimPlaces, windows } from "./search";
import { grown, rawRange } from "./sentences";
import { sameLetters } from "./same-letters";
import type { Anchor, QuoteToAnchor } from "./types";
import { wordless } from "./wordless";

/** A changed clause this alike, with no rival, tells where its neighbours stand as well as a verbatim one. */
const SURE_SIMILARITY = 0.8;
const SURE_MARGIN = 0.2;

/**
 * Resumable form: yields often, so that the caller can give the main thread back. `trace` receives what was seen on
 * the way, for the training of the decision.
 */
export function* anchorSteps(page: PageIndex, quotes: readonly QuoteToAnchor[], trace?: Located[]): Generator<void, Anchor[]> {
  const prepared: PreparedQuote[] = [];
  for (const raw of quotes) {
    prepared.push(prepare(raw));
    yield;
  }
  yield* page.build();
  const verbatim: (number[] | null)[] = [];
  for (const quote of prepared) {
    verbatim.push(verbatimPlaces(page, quote));
    yield;
  }
  if (verbatim.some((places, i) => !places?.length && prepared[i]!.words.length > 0)) yield* page.number(prepared);
  const located: Located[] = [];
  const fixes: Fix[] = [];
  for (let i = 0; i < prepared.length; i++) {
    const quote = prepared[i]!;
    const one: Located = {
      quote, places: verbatim[i] ?? exactPlaces(page, quote.words), costs: [], place: -1, margin: Infinity, fix: null, candidates: [],
      rows: [],
    };
    located.push(one);
    if (one.places.length === 1) settle(page, one, 0, fixes);
    else if (one.places.length === 0) yield* findCandidates(page, one, fixes);
    yield;
  }
  yield* settleRepeated(page, located, fixes);
  const chain = inOrder(fixes);
  const anchors: Anchor[] = [];
  for (const one of located) {
    anchors.push(decide(page, one, chain));
    yield;
  }
  if (trace) trace.push(...located);
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

/** Looks for places with other words. */
function* findCandidates(page: PageIndex, one: Located, fixes: Fix[]): Generator<void, void> {
  const { quote, candidates } = one;
  if (quote.words.length === 0 || page.length === 0) return;
  for (const window of windows(page, quote)) {
    const candidate = measure(page, quote, window);
    if (candidate && !candidates.some((c) => c.start < candidate.end && candidate.start < c.end)) candidates.push(candidate);
    if (quote.words.length > YIELDING_WORDS) yield;
  }
  candidates.sort((a, b) => b.dice - a.dice || a.start - b.start);
  const best = candidates[0];
  if (best && quote.position >= 0 && best.dice >= SURE_SIMILARITY && best.dice - rivalOf(candidates, 0) >= SURE_MARGIN) {
    one.fix = fixOf(page, quote, best.start);
    fixes.push(one.fix);
  }
}

/** Aligning a longer quote may take a millisecond a window, so there is a pause after each. */
const YIELDING_WORDS = 200;

function gone(id: string, score: number): Anchor {
  return { id, outcome: "gone", start: -1, end: -1, score, margin: 0 };
}

/** `found`, `moved`, `changed` or `gone`, with the offsets. */
function decide(page: PageIndex, one: Located, chain: readonly Fix[]): Anchor {
  const { quote, places, candidates } = one;
  const { id } = quote.raw;
  if (quote.words.length === 0) return wordless(page.text, quote.raw) ?? gone(id, 0);
  const expected = quote.position >= 0 ? expect(chain, quote.position, one.fix) : null;
  if (one.place >= 0) {
    const at = places[one.place]!;
    const [first, last] = grown(page, quote, at);
    const [start, end] = rawRange(page, quote, first, last);
    const outcome = last - first > quote.words.length ? "changed" : verbatimOutcome(expected, page.start[at]!);
    return { id, outcome, start, end, score: 1, margin: Math.min(1, one.margin) };
  }
  const closed = candidates.length > 0 && closedGap(page, quote);
  let chosen = -1;
  let score = 0;
  for (let k = 0; k < candidates.length; k++) {
    const candidate = candidates[k]!;
    const off = expected ? surprise(expected, page.start[candidate.start]!) : null;
    const row = features(quote.words.length, candidates, k, off, closed);
    one.rows.push(row);
    const p = probability(row);
    if (p > score) {
      chosen = k;
      score = p;
    }
  }
  const candidate: Candidate | undefined = candidates[chosen];
  if (!candidate || score < ACCEPT) return gone(id, score);
  const margin = Math.max(0, candidate.dice - rivalOf(candidates, chosen));
  const isSame = ([from, to]: [number, number]): boolean => sameLetters(quote.raw.exact, page.text.slice(from, to));
  let range = rawRange(page, quote, candidate.first, candidate.last);
  let same = isSame(range);
  if (!same && !(quote.startShown && quote.endShown)) {
    // Nothing shows that the quote was the whole sentence: its own words may be all of it.
    const own = rawRange(page, quote, candidate.start, candidate.end);
    same = isSame(own);
    if (same) range = own;
  }
  const [start, end] = range;
  return { id, outcome: same ? verbatimOutcome(expected, start) : "changed", start, end, score, margin };
}

/** `moved` when the place is off the order of the page's other quotes. */
function verbatimOutcome(expected: Expectation | null, now: number): "found" | "moved" {
  return expected && (now < expected.after || now > expected.before) ? "moved" : "found";
}
