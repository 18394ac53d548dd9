/** The user's choice of severities and categories, applied: badge, popup, overlay and panel count alike. */
import type { Provision } from "./contract/types";
import { isHiddenByReport } from "./own-reports";
import type { PageState } from "./page-state";
import type { Settings } from "./settings";

/** A provision of several categories is hidden when all of them are. */
export function isVisible({ severity, categories }: Provision, settings: Settings): boolean {
  return (
    !settings.hiddenSeverities.includes(severity) &&
    !categories.every((category) => settings.hiddenCategories.includes(category))
  );
}

/**
 * Worth marking on the page. The classifier labels ordinary clauses as well: they stand in the full list, but marking
 * every other sentence would hide the ones that matter.
 */
export function isNotable({ automatic }: Provision): boolean {
  return automatic == null || automatic.highlight;
}

/** The provisions of the documents that the page itself shows. */
export function visibleProvisions(state: PageState, settings: Settings): Provision[] {
  return state.matches
    .filter((match) => match.relation === "same")
    .flatMap(({ set }) => set.provisions)
    .filter((provision) => isVisible(provision, settings) && !isHiddenByReport(state.reports, provision.id));
}
