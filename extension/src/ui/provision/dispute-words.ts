/** The words of a report: reasons, and why it was not taken. */
import type { DisputeReason } from "../../contract/types";
import type { DisputeFailure } from "../../dispute/model";
import { t, type MessageKey } from "../../platform/i18n";

export function reasonWord(reason: DisputeReason): string {
  return t(`dispute_reason_${reason.replaceAll("-", "_")}_text` as MessageKey);
}

/** What went wrong, and that nothing was lost. */
export function failureText({ kind, detail }: DisputeFailure, server: string): string {
  switch (kind) {
    case "unknown":
      return t("dispute_failed_unknown");
    case "busy":
      return t("dispute_failed_busy");
    case "not-offered":
      return t("dispute_failed_not_offered", server);
    case "other-server":
      return t("dispute_failed_other_server", detail);
    case "refused":
      return t("dispute_failed_refused", detail);
    case "trouble":
      return t("dispute_failed_trouble", detail);
  }
}
