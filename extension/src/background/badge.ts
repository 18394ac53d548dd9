/** What the toolbar button says of a tab: the number of clauses, the worst severity, and both in words. */
import type { Provision, Severity } from "../contract/types";
import { SEVERITY_ORDER, type PageState } from "../page-state";
import type { Badge } from "../platform/action";
import { t, tn, type MessageKey } from "../platform/i18n";
import type { Settings } from "../settings";
import { SEVERITY_TEXT } from "../ui/palette";
import { isNotable, visibleProvisions } from "../visible-provisions";

const QUIET = "#555b66";
const WHITE = "#ffffff";

export function badgeOf(state: PageState, settings: Settings): Badge {
  if (state.analysis?.kind === "running") return quiet("…", "background_title_analysing");
  const offered = state.analysis?.kind === "offered" && state.analysis.likely;
  switch (state.status) {
    case "matched":
      return withNews(matchedBadge(visibleProvisions(state, settings).filter(isNotable)), state);
    case "checking":
      return quiet("…", "background_title_checking");
    case "known":
      return offered ? quiet("?", "background_title_known_offer") : quiet("", "background_title_known");
    case "other-language":
      return quiet("", "background_title_other_language");
    case "trouble":
      return quiet("!", "background_title_trouble");
    case "not-policy":
      return offered ? quiet("?", "background_title_offer") : quiet("", "manifest_action_title");
    case "unknown":
      return quiet("", "manifest_action_title");
  }
}

function matchedBadge(provisions: readonly Provision[]): Badge {
  const worst = SEVERITY_ORDER.find((severity) => provisions.some((provision) => provision.severity === severity));
  if (worst === undefined) return quiet("0", "background_title_nothing");
  return {
    text: String(provisions.length),
    background: SEVERITY_TEXT.light[worst],
    foreground: WHITE,
    title: tn("background_title_matched", provisions.length, t(SEVERITY_IN_WORDS[worst])),
  };
}

/** A mark behind the number, and a sentence, when something changed since the page was read last. */
function withNews(badge: Badge, { changedSince = [] }: PageState): Badge {
  if (changedSince.length === 0) return badge;
  return { ...badge, text: `${badge.text}\u2022`, title: t("background_title_changed", badge.title) };
}

const SEVERITY_IN_WORDS: Readonly<Record<Severity, MessageKey>> = {
  critical: "background_severity_critical",
  high: "background_severity_high",
  medium: "background_severity_medium",
  low: "background_severity_low",
  protective: "background_severity_protective",
};

function quiet(text: string, title: MessageKey): Badge {
  return { text, background: QUIET, foreground: WHITE, title: t(title) };
}
