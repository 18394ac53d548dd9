/** Finds recorded clauses again in a page's text. Pure text: no DOM, no I/O. */

export { anchorQuotes, anchorSteps } from "./anchor";
export { diffWords, type DiffPart } from "./diff";
export { normalise, type NormalisedText } from "./normalise";
export { PageIndex } from "./page-index";
export type { Anchor, Outcome, QuoteToAnchor } from "./types";
