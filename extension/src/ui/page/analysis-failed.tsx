/** Why a page was not analysed: a sentence each, and the server's own where it has one. */
import type { JSX } from "preact";
import type { AnalysisFailure, AnalysisFailureKind } from "../../page-state";
import { t, type MessageKey } from "../../platform/i18n";
import { TroubleNotice } from "./trouble-notice";

const SENTENCES: Readonly<Record<Exclude<AnalysisFailureKind, "trouble">, MessageKey>> = {
  refused: "analysis_failed_refused",
  "unknown-language": "analysis_failed_unknown_language",
  "too-large": "analysis_failed_too_large",
  timeout: "analysis_failed_timeout",
  busy: "analysis_failed_busy",
  "not-offered": "analysis_failed_not_offered",
  "archive-full": "analysis_failed_archive_full",
  failed: "analysis_failed_failed",
  "server-too-old": "analysis_failed_server_too_old",
  "nothing-to-read": "analysis_failed_nothing_to_read",
  "too-short": "analysis_failed_too_short",
  "page-closed": "analysis_failed_page_closed",
};

/** What kind of page it is instead, where we have our own words for the server's (its `analysis/refusal.py`). */
const REASONS: Readonly<Record<string, MessageKey>> = {
  "bot-wall": "analysis_reason_bot_wall",
  "cookie-wall": "analysis_reason_cookie_wall",
  login: "analysis_reason_login",
  "error-page": "analysis_reason_error_page",
  "too-short": "analysis_reason_too_short",
  empty: "analysis_reason_too_short",
};

/** Where the server's own sentence adds something to ours. */
const SERVER_SAYS: readonly AnalysisFailureKind[] = ["refused", "unknown-language", "too-large"];

export function AnalysisFailed({ failure, serverAddress }: { failure: AnalysisFailure; serverAddress: string }): JSX.Element {
  const { kind, reason, detail, trouble } = failure;
  if (kind === "trouble") {
    return <TroubleNotice trouble={trouble ?? { kind: "server-error", detail: "" }} serverAddress={serverAddress} />;
  }
  const known = reason !== null && Object.hasOwn(REASONS, reason) ? REASONS[reason] : undefined;
  return (
    <div class="notice warning" role="alert" data-failure={kind}>
      <p>
        {t(SENTENCES[kind])} {known === undefined ? null : t(known)}
      </p>
      {known === undefined && detail !== "" && SERVER_SAYS.includes(kind) ? <p class="small">{t("analysis_server_says", detail)}</p> : null}
    </div>
  );
}
