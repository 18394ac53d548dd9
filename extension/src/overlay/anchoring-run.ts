/** One reading of the page: walk, anchor, and what became of every provision. Measured, so that it can be judged. */
import { anchorSteps, PageIndex, type Anchor, type QuoteToAnchor } from "../anchoring";
import type { Provision } from "../contract/types";
import type { OutcomeReport } from "../page-state";
import type { PageText } from "./page-map";
import { readPage } from "./page-text";
import { inSlices } from "./slices";

export interface Reading {
  readonly page: PageText;
  /** By provision id; only provisions that have a quote. */
  readonly anchors: ReadonlyMap<string, Anchor>;
  readonly outcomes: readonly OutcomeReport[];
}

/** Longest text of the page that is reported for a changed clause; the contract's longest quote. */
const MAX_REPORTED_TEXT = 20_000;

export function quotesOf(provisions: readonly Provision[]): QuoteToAnchor[] {
  return provisions.flatMap(({ id, quote }) => {
    if (!quote) return [];
    const { exact, prefix = "", suffix = "" } = quote.selector;
    return [{ id, exact, prefix, suffix, start: quote.position?.start ?? null, end: quote.position?.end ?? null }];
  });
}

/**
 * Every provision's outcome, none left out, in the order of the page: the panel sorts by place with it. What stands
 * nowhere on the page comes last.
 */
export function outcomesOf(
  provisions: readonly Provision[],
  anchors: ReadonlyMap<string, Anchor>,
  text: string,
): OutcomeReport[] {
  const placed = provisions.map((provision) => {
    const anchor = anchors.get(provision.id);
    const start = provision.quote && anchor && anchor.outcome !== "gone" ? anchor.start : Infinity;
    return { start, report: outcomeOf(provision, anchor, text) };
  });
  // Infinity - Infinity is no number: equal places keep the order of the provisions.
  return placed.sort((a, b) => (a.start === b.start ? 0 : a.start - b.start)).map(({ report }) => report);
}

function outcomeOf({ id, quote }: Provision, anchor: Anchor | undefined, text: string): OutcomeReport {
  if (!quote) return { provisionId: id, outcome: "document", pageText: null };
  if (!anchor || anchor.outcome === "gone") return { provisionId: id, outcome: "gone", pageText: null };
  if (anchor.outcome !== "changed") return { provisionId: id, outcome: anchor.outcome, pageText: null };
  const words = text.slice(anchor.start, anchor.end).replace(/\s+/g, " ").trim();
  return { provisionId: id, outcome: "changed", pageText: words.slice(0, MAX_REPORTED_TEXT) };
}

/** Performance entries of the last reading, for `make bench-overlay`: clauselight:walk, :anchor, :paint. */
export async function measured<Result>(name: "walk" | "anchor" | "paint", work: () => Promise<Result> | Result): Promise<Result> {
  const start = performance.now();
  const result = await work();
  const entry = `clauselight:${name}`;
  performance.clearMeasures(entry);
  performance.measure(entry, { start, end: performance.now() });
  return result;
}

/** Read the page and anchor the quotes; anchors are kept when the text is the same as last time. */
export async function readAndAnchor(
  provisions: readonly Provision[],
  last: Reading | null,
  signal: AbortSignal,
): Promise<Reading> {
  const page = await measured("walk", () => inSlices(readPage(document), { signal }));
  if (last && last.page.text === page.text) return { ...last, page };
  const quotes = quotesOf(provisions);
  const found = await measured("anchor", () => inSlices(anchorSteps(new PageIndex(page.text, page.blocks), quotes), { signal }));
  const anchors = new Map(found.map((anchor) => [anchor.id, anchor]));
  return { page, anchors, outcomes: outcomesOf(provisions, anchors, page.text) };
}
