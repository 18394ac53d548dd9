/** The page's clauses as the overlay keeps them: which are shown, in which order, and what is known of each. */
import type { AnnotationSet, Provision, Severity } from "../contract/types";
import type { OutcomeReport, PageMatch } from "../page-state";
import type { Settings } from "../settings";
import { isNotable } from "../visible-provisions";
import type { Reading } from "./anchoring-run";
import type { MarkerClause } from "./markers";
import { rangesOf } from "./ranges";

/** Provisions of all matches, each once; those of the page itself before those of another language. */
export function provisionsOf(matches: readonly PageMatch[]): Provision[] {
  const byId = new Map<string, Provision>();
  const ordered = [...matches].sort((a, b) => Number(a.relation !== "same") - Number(b.relation !== "same"));
  const sets: readonly AnnotationSet[] = ordered.map(({ set }) => set);
  for (const { provisions } of sets) {
    for (const provision of provisions) if (!byId.has(provision.id)) byId.set(provision.id, provision);
  }
  return [...byId.values()];
}

/** Whether the user wants to see it; hidden ones are still anchored and reported. */
export function isWanted(
  provision: { severity: Severity; categories: readonly string[] },
  settings: Pick<Settings, "hiddenSeverities" | "hiddenCategories">,
): boolean {
  if (settings.hiddenSeverities.includes(provision.severity)) return false;
  const hidden: readonly string[] = settings.hiddenCategories;
  return provision.categories.some((category) => !hidden.includes(category));
}

/**
 * The clauses to paint, in the order of the page. `asked`: the user went to them, so they are shown in any case.
 * `reported`: the user said that their labels are wrong.
 */
export function clausesToPaint(
  provisions: readonly Provision[],
  reading: Reading,
  settings: Settings,
  asked: ReadonlySet<string>,
  reported: ReadonlySet<string> = new Set(),
): MarkerClause[] {
  const clauses: (MarkerClause & { start: number })[] = [];
  for (const provision of provisions) {
    const anchor = reading.anchors.get(provision.id);
    if (!anchor || anchor.outcome === "gone" || !isWanted(provision, settings)) continue;
    if (!isNotable(provision) && !asked.has(provision.id)) continue;
    const ranges = rangesOf(reading.page, anchor.start, anchor.end);
    if (ranges.length === 0) continue;
    const { id, severity, title, method } = provision;
    clauses.push({ id, severity, title, automatic: method === "automatic", reported: reported.has(id), ranges, start: anchor.start });
  }
  return clauses.sort((a, b) => a.start - b.start);
}

export function sameOutcomes(a: readonly OutcomeReport[], b: readonly OutcomeReport[]): boolean {
  return a.length === b.length && a.every((one, i) => {
    const other = b[i]!;
    return one.provisionId === other.provisionId && one.outcome === other.outcome && one.pageText === other.pageText;
  });
}
