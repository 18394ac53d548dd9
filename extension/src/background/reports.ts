/** What an overlay reports about its page, checked: it runs beside the page's own code. */
import type { OutcomeReport, PageState, ProvisionOutcome, TroubleKind } from "../page-state";

const OUTCOMES: Readonly<Record<ProvisionOutcome, true>> = {
  found: true,
  moved: true,
  changed: true,
  gone: true,
  document: true,
};

/** Longest text of a page that is kept for one provision; a record's own texts may be as long. */
const MAX_PAGE_TEXT = 20_000;

/** Only known provisions, each once, with a known outcome. */
export function acceptReports(state: PageState, reports: unknown): OutcomeReport[] {
  if (!Array.isArray(reports)) return [];
  const awaited = new Set(state.matches.flatMap(({ set }) => set.provisions.map(({ id }) => id)));
  return reports.flatMap((report: Partial<OutcomeReport> | null): OutcomeReport[] => {
    const { provisionId, outcome, pageText } = report ?? {};
    if (typeof provisionId !== "string" || typeof outcome !== "string") return [];
    if (!Object.hasOwn(OUTCOMES, outcome) || !awaited.delete(provisionId)) return [];
    return [{ provisionId, outcome, pageText: typeof pageText === "string" ? pageText.slice(0, MAX_PAGE_TEXT) : null }];
  });
}

const OVERLAY_TROUBLES: readonly TroubleKind[] = ["page-too-large", "page-forbidden"];

export function acceptTroubleKind(kind: unknown): TroubleKind {
  return OVERLAY_TROUBLES.find((known) => known === kind) ?? "page-forbidden";
}
