/** The words of anchoring: what goes in (a quote) and what comes out (an anchor). */

/** A recorded quote, as a W3C TextQuoteSelector with an optional TextPositionSelector hint. */
export interface QuoteToAnchor {
  id: string;
  /** The clause, verbatim as recorded. */
  exact: string;
  /** Text right before the quote when it was recorded; may be empty. */
  prefix: string;
  /** Text right after the quote when it was recorded; may be empty. */
  suffix: string;
  /** Offsets of the quote in the recorded version's text, when known. Only a hint. */
  start?: number | null;
  end?: number | null;
}

/**
 * `found`: the same words, where they are expected. `moved`: the same words, but off the order of the
 * page's other quotes. `changed`: other words, yet the same clause. `gone`: no place is good enough.
 */
export type Outcome = "found" | "moved" | "changed" | "gone";

export interface Anchor {
  id: string;
  outcome: Outcome;
  /** Raw UTF-16 offsets in the page text; -1 and -1 when gone. */
  start: number;
  end: number;
  /** How sure the place is the clause, 0 to 1. For `gone`: of the best place that was refused. */
  score: number;
  /** How much more alike this place is than the second-best one, 0 to 1. */
  margin: number;
}
