/** The words of a severity and of an outcome. */
import type { Severity } from "../contract/types";
import type { ProvisionOutcome } from "../page-state";
import { t, type MessageKey } from "../platform/i18n";

export function severityWord(severity: Severity): string {
  return t(`ui_severity_${severity}` as MessageKey);
}

export function outcomeWord(outcome: ProvisionOutcome): string {
  return t(`ui_outcome_${outcome}` as MessageKey);
}

/** A sentence on what the outcome means. */
export function outcomeHint(outcome: ProvisionOutcome): string {
  return t(`ui_outcome_${outcome}_hint` as MessageKey);
}
