/**
 * Finds recorded clauses again in a page's text. Pure text: no DOM, no I/O.
 *
 * A page is split into words once (`tokens`, `page-index`) and all its quotes are anchored together (`anchor`):
 * 1. `search` looks for the words of a quote in order; what stands in one place only is sure, and fixes the order.
 * 2. `repeated` settles quotes that stand in several places by their context and by the order (`order`).
 * 3. For the rest, rare words vote for windows (`search`), each is aligned (`align`), measured (`candidates`) and its
 *    edges are moved to the limits of sentences (`sentences`).
 * 4. `decide` accepts the best place or refuses all: a highlight in the wrong place is worse than none.
 *
 * The server has a twin in `clauselight.domain.anchoring`; `shared_schema/parity/anchoring.json` holds both to the same
 * answers. Every step has an explicit limit, so hostile text costs bounded work.
 */

export { anchorQuotes, anchorSteps } from "./anchor";
export { diffWords, type DiffPart } from "./diff";
export { normalise, type NormalisedText } from "./normalise";
export { PageIndex } from "./page-index";
export type { Anchor, Outcome, QuoteToAnchor } from "./types";
