/** The documents of a site, in the order in which they matter. */
import type { AnnotationSet, Provision, Severity } from "../contract/types";
import { SEVERITY_ORDER } from "../page-state";
import type { Settings } from "../settings";
import { httpsLink } from "../ui/links";
import { isNotable, isVisible } from "../visible-provisions";

/** Of each document: enough to tell what kind of trouble it holds. */
const WORST_SHOWN = 2;

export interface SiteDocument {
  readonly id: string;
  readonly title: string;
  /** Where it is read; null when it has no https address. */
  readonly link: string | null;
  readonly analysed: boolean;
  /** Worst first; severities without a clause are left out. */
  readonly counts: readonly { readonly severity: Severity; readonly count: number }[];
  readonly worst: readonly Provision[];
}

/** Those with the worst clauses first, then by name. */
export function siteDocuments(sets: readonly AnnotationSet[], settings: Settings): SiteDocument[] {
  const all = sets.map((set) => siteDocument(set, settings));
  return all.sort((a, b) => compareCounts(a, b) || a.title.localeCompare(b.title));
}

function siteDocument({ document, provisions }: AnnotationSet, settings: Settings): SiteDocument {
  const visible = provisions
    .filter((provision) => isVisible(provision, settings) && isNotable(provision))
    .sort((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity));
  const counts = SEVERITY_ORDER.map((severity) => ({
    severity,
    count: visible.filter((provision) => provision.severity === severity).length,
  })).filter(({ count }) => count > 0);
  const link = document.urls.map(httpsLink).find((url) => url !== null) ?? null;
  const analysed = provisions.length > 0 || (document.analysed_at ?? null) !== null;
  return { id: document.id, title: document.title, link, analysed, counts, worst: visible.slice(0, WORST_SHOWN) };
}

function compareCounts(a: SiteDocument, b: SiteDocument): number {
  for (const severity of SEVERITY_ORDER) {
    const count = (document: SiteDocument): number => document.counts.find((entry) => entry.severity === severity)?.count ?? 0;
    if (count(a) !== count(b)) return count(b) - count(a);
  }
  return Number(b.analysed) - Number(a.analysed);
}
