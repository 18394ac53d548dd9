/** What the popup says of a matched page, counted. */
import type { Provision, Severity } from "../contract/types";
import { SEVERITY_ORDER, type OutcomeReport, type PageState } from "../page-state";
import type { Settings } from "../settings";
import { isNotable, visibleProvisions } from "../visible-provisions";

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
  /** Labels of the classifier that are not worth marking: in the full list only. */
  readonly ordinary: number;
  /** Hidden by the user's own choice of severities and categories. */
  readonly hidden: number;
}

export function summarise(state: PageState, settings: Settings): Summary {
  const visible = visibleProvisions(state, settings);
  const provisions = visible.filter(isNotable);
  const all = visibleProvisions(state, { ...settings, hiddenSeverities: [], hiddenCategories: [] });
  const counts = SEVERITY_ORDER.map((severity) => ({
    severity,
    count: provisions.filter((provision) => provision.severity === severity).length,
  })).filter(({ count }) => count > 0);
  const worst = SEVERITY_ORDER.flatMap((severity) => inOrder(provisions.filter((one) => one.severity === severity)))
    .slice(0, WORST_SHOWN)
    .map((provision) => ({
      provision,
      outcome: state.outcomes.find(({ provisionId }) => provisionId === provision.id)?.outcome ?? null,
    }));
  return { total: provisions.length, counts, worst, ordinary: visible.length - provisions.length, hidden: all.length - visible.length };
}

/**
 * Of equally bad ones those that the classifier is surest of (a person's label is sure), and one of each title before any
 * comes twice: a classifier finds the same kind of clause in several places.
 */
function inOrder(provisions: readonly Provision[]): Provision[] {
  const sorted = [...provisions].sort((a, b) => (b.automatic?.probability ?? 1) - (a.automatic?.probability ?? 1));
  const first = new Set(new Map([...sorted].reverse().map((provision) => [provision.title, provision])).values());
  return [...sorted.filter((one) => first.has(one)), ...sorted.filter((one) => !first.has(one))];
}
