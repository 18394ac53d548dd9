/** What went wrong, and what to do about it, in sentences. */
import type { Trouble, TroubleKind } from "./page-state";
import { t, type MessageKey } from "./platform/i18n";

const KEYS: Readonly<Record<TroubleKind, readonly [what: MessageKey, remedy: MessageKey]>> = {
  "server-unreachable": ["trouble_server_unreachable_what", "trouble_server_unreachable_do"],
  "server-error": ["trouble_server_error_what", "trouble_server_error_do"],
  "server-garbage": ["trouble_server_garbage_what", "trouble_server_garbage_do"],
  "contract-mismatch": ["trouble_contract_mismatch_what", "trouble_contract_mismatch_do"],
  "signature-refused": ["trouble_signature_refused_what", "trouble_signature_refused_do"],
  "answer-replayed": ["trouble_answer_replayed_what", "trouble_answer_replayed_do"],
  "signature-unsupported": ["trouble_signature_unsupported_what", "trouble_signature_unsupported_do"],
  "no-permission": ["trouble_no_permission_what", "trouble_no_permission_do"],
  "server-not-allowed": ["trouble_server_not_allowed_what", "trouble_server_not_allowed_do"],
  "page-forbidden": ["trouble_page_forbidden_what", "trouble_page_forbidden_do"],
  "page-too-large": ["trouble_page_too_large_what", "trouble_page_too_large_do"],
};

/** `detail` is the technical reason for the curious, or null. */
export function troubleText(
  trouble: Trouble,
  serverAddress: string,
): { readonly what: string; readonly remedy: string; readonly detail: string | null } {
  const [what, remedy] = KEYS[trouble.kind];
  return {
    what: t(what),
    remedy: t(remedy, serverAddress),
    detail: trouble.detail === "" ? null : t("trouble_detail", trouble.detail),
  };
}
