/** What the popup says of a matched page, counted. */
import type { Provision, Severity } from "../contract/types";
import { SEVERITY_ORDER, type OutcomeReport, type PageState } from "../page-state";
import type { Settings } from "../settings";
import { visibleProvisions } from "../visible-provisions";

/** As many as fit without scrolling. */
const WORST_SHOWN = 3;

export interface WorstClause {
  readonly provision: Provision;
  /** Where it is on the page; null while it is still being looked for. */
  readonly outcome: OutcomeReport["outcome"] | null;
}

export interface Summary {
  readonly total: number;
  /** Worst first; severities without a clause are left out. */
  readonly counts: readonly { readonly severity: Severity; readonly count: number }[];
  readonly worst: readonly WorstClause[];
  /** Hidden by the user's own choice of severities and categories. */
  readonly hidden: number;
}

export function summarise(state: PageState, settings: Settings): Summary {
  const provisions = visibleProvisions(state, settings);
  const all = visibleProvisions(state, { ...settings, hiddenSeverities: [], hiddenCategories: [] });
  const counts = SEVERITY_ORDER.map((severity) => ({
    severity,
    count: provisions.filter((provision) => provision.severity === severity).length,
  })).filter(({ count }) => count > 0);
  const worst = [...provisions]
    .sort((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity))
    .slice(0, WORST_SHOWN)
    .map((provision) => ({
      provision,
      outcome: state.outcomes.find(({ provisionId }) => provisionId === provision.id)?.outcome ?? null,
    }));
  return { total: provisions.length, counts, worst, hidden: all.length - provisions.length };
}
