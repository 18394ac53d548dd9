/** A severity as a small sign: colour and shape of its own; decoration beside the word that names it. */
import type { JSX } from "preact";
import type { Severity } from "../../contract/types";
import { t, type MessageKey } from "../../platform/i18n";

const SIGNS: Readonly<Record<Severity, string>> = { critical: "‼", high: "!", medium: "▲", low: "●", protective: "✓" };

const NAMES: Readonly<Record<Severity, MessageKey>> = {
  critical: "page_severity_critical",
  high: "page_severity_high",
  medium: "page_severity_medium",
  low: "page_severity_low",
  protective: "page_severity_protective",
};

export function severityName(severity: Severity): string {
  return t(NAMES[severity]);
}

export function SeverityMark({ severity }: { severity: Severity }): JSX.Element {
  return (
    <span class={`mark ${severity}`} aria-hidden="true">
      {SIGNS[severity]}
    </span>
  );
}
