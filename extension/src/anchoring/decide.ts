/** Is the best place the clause, or is the clause gone? A small logistic regression. */

import type { Candidate } from "./candidates";

/** What the decision looks at, in the order of `WEIGHTS`. Few and robust, so that they hold for unseen services. */
export const FEATURES = ["bias", "dice", "weighted", "prefix", "suffix", "margin", "length", "surprise", "snapped", "closed", "second", "neighbour"] as const;

/**
 * Found by tests/benchmarks/anchoring_train.py on the dev split of real policy drift; `anchoring_train.py --write`
 * fits and writes them here and in decide.py. Errors were counted leaving one service out at a time.
 */
const WEIGHTS = [-9.047, 3.043, 3.972, 0.973, 0.664, 6.671, 0.440, -0.217, 3.622, -3.409, -3.995, 1.184];

/** The bias is set for at most one wrong highlight in a hundred deleted clauses, so one half is the threshold. */
export const ACCEPT = 0.5;

/** A rival less alike than this is no rival; without the floor, a page of few words would make every place sure. */
const RIVAL_FLOOR = 0.5;

/** One side of the context is kept when this share of it is: its neighbour still stands next to the clause. */
const KEPT_CONTEXT = 0.75;

/** Surprise of a place when the quote has no recorded position: about the median of the right places. */
const UNKNOWN_SURPRISE = 5;

/** Similarity of the best place other than candidate k. */
export function rivalOf(candidates: readonly Candidate[], k: number): number {
  return candidates[k === 0 ? 1 : 0]?.dice ?? 0;
}

/**
 * The features of candidate k, the k-th most alike, of a quote of m words. `off` is the surprise of its position in
 * bits, `closed` says that the gap closed where the quote was.
 */
export function features(m: number, candidates: readonly Candidate[], k: number, off: number | null, closed: boolean): number[] {
  const candidate = candidates[k]!;
  const rival = rivalOf(candidates, k);
  return [
    1, candidate.dice, candidate.weighted, candidate.prefix, candidate.suffix, candidate.dice - Math.max(rival, RIVAL_FLOOR),
    Math.log2(m), off ?? UNKNOWN_SURPRISE, candidate.snapped, closed ? 1 : 0,
    k > 0 ? 1 : 0, Math.max(candidate.prefix, candidate.suffix) >= KEPT_CONTEXT ? 1 : 0,
  ];
}

/** Probability that the place is the clause. */
export function probability(row: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += row[i]! * WEIGHTS[i]!;
  return 1 / (1 + Math.exp(-sum));
}
