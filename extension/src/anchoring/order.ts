/**
 * Where should a quote stand, given where the page's surely anchored quotes stand? Text inserted or deleted above a
 * clause shifts it; between two anchored quotes its shift lies between theirs.
 */

/** A sure pair of places: recorded offset and page offset, with the words that vouch for it. */
export interface Fix {
  old: number;
  now: number;
  weight: number;
}

/** Most fixes used; the heaviest chain is quadratic in them. */
const MAX_FIXES = 400;

/** The heaviest chain of fixes that stand in the same order in both texts (weighted longest increasing subsequence). */
export function inOrder(fixes: readonly Fix[]): Fix[] {
  const sorted = [...fixes].sort((a, b) => a.old - b.old || a.now - b.now);
  const stride = Math.ceil(sorted.length / MAX_FIXES);
  const list = stride > 1 ? sorted.filter((_, i) => i % stride === 0) : sorted;
  const total: number[] = [];
  const previous: number[] = [];
  let last = -1;
  for (let i = 0; i < list.length; i++) {
    let best = 0;
    let from = -1;
    for (let j = 0; j < i; j++) {
      if (list[j]!.now <= list[i]!.now && total[j]! > best) {
        best = total[j]!;
        from = j;
      }
    }
    total.push(best + list[i]!.weight);
    previous.push(from);
    if (last < 0 || total[i]! > total[last]!) last = i;
  }
  const chain: Fix[] = [];
  for (let i = last; i >= 0; i = previous[i]!) chain.push(list[i]!);
  return chain.reverse();
}

/** A shift that some quote of the page has seen, and how far away that quote was recorded. */
interface Hypothesis {
  low: number;
  high: number;
  /** Bits it costs to believe it. */
  cost: number;
}

export interface Expectation {
  hypotheses: Hypothesis[];
  /** Page offsets of the fixes around it: a place outside breaks the order. */
  after: number;
  before: number;
}

/** Fixes on each side whose own shift is tried. Quotes of one page may have been recorded at different times. */
const NEIGHBOURS = 4;
/** Believing a shift other than the one between the nearest fixes costs this much, */
const OTHER_SHIFT = 1;
/** and this much more for every doubling of the recorded distance beyond `NEAR` characters. */
const DISTANCE_COST = 0.5;
const NEAR = 500;

/** What the chain says about a quote recorded at `old`. Fixes at `old` itself count as neighbours, too. */
export function expect(chain: readonly Fix[], old: number, self: Fix | null): Expectation {
  let low = 0;
  let high = chain.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chain[middle]!.old < old) low = middle + 1;
    else high = middle;
  }
  let left = low - 1;
  let right = low;
  const hypotheses: Hypothesis[] = [];
  let after = -Infinity;
  let before = Infinity;
  const add = (fix: Fix): void => {
    const shift = fix.now - fix.old;
    const cost = OTHER_SHIFT + DISTANCE_COST * Math.log2(1 + Math.abs(fix.old - old) / NEAR);
    hypotheses.push({ low: old + shift, high: old + shift, cost });
  };
  const bounds: number[] = [];
  for (let k = 0; k < NEIGHBOURS && left >= 0; left--) {
    if (chain[left] === self) continue;
    if (k++ === 0) {
      after = chain[left]!.now;
      bounds.push(after - chain[left]!.old);
    }
    add(chain[left]!);
  }
  for (let k = 0; k < NEIGHBOURS && right < chain.length; right++) {
    if (chain[right] === self) continue;
    if (k++ === 0) {
      before = chain[right]!.now;
      bounds.push(before - chain[right]!.old);
    }
    add(chain[right]!);
  }
  hypotheses.push({ low: old, high: old, cost: bounds.length > 0 ? OTHER_SHIFT * 2 : 0 });
  if (bounds.length > 0) hypotheses.push({ low: old + Math.min(...bounds), high: old + Math.max(...bounds), cost: OTHER_SHIFT });
  return { hypotheses, after, before };
}

/** Offsets that differ by no more than this are as good as equal: a word more or less. */
const TOLERANCE = 24;

/** How far a place is from what is expected, in bits: the cheapest explanation of its shift. */
export function surprise(expected: Expectation, now: number): number {
  let least = Infinity;
  for (const { low, high, cost } of expected.hypotheses) {
    const off = Math.max(0, low - now, now - high);
    const bits = cost + Math.log2(1 + off / TOLERANCE);
    if (bits < least) least = bits;
  }
  return least;
}
