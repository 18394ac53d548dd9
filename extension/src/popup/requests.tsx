/** The ledger: every request since the browser was started, with its reason. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { byteSize, language, t, type MessageKey } from "../platform/i18n";
import {
  clearLedger,
  onLedgerChanged,
  readLedger,
  type LedgerEntry,
  type RequestOutcome,
  type RequestReason,
} from "../request-ledger";

const WHY: Readonly<Record<RequestReason, MessageKey>> = {
  test: "popup_why_test",
  "first-list": "popup_why_first_list",
  "daily-list": "popup_why_daily_list",
  "asked-list": "popup_why_asked_list",
  "new-server": "popup_why_new_server",
  "moved-group": "popup_why_moved_group",
  "known-page": "popup_why_known_page",
  "asked-page": "popup_why_asked_page",
  site: "popup_why_site",
  analysis: "popup_why_analysis",
  "analysis-keep": "popup_why_analysis_keep",
  "analysis-at-once": "popup_why_analysis_at_once",
  "analysis-at-once-keep": "popup_why_analysis_at_once_keep",
  "kept-page": "popup_why_kept_page",
  dispute: "popup_why_dispute",
  "dispute-state": "popup_why_dispute_state",
};

const OUTCOMES: Readonly<Record<RequestOutcome, MessageKey>> = {
  waiting: "popup_requests_waiting",
  answered: "popup_requests_answered",
  unchanged: "popup_requests_unchanged",
  missing: "popup_requests_missing",
  failed: "popup_requests_failed",
};

export function Requests(): JSX.Element | null {
  const [entries, setEntries] = useState<readonly LedgerEntry[] | null>(null);
  useEffect(() => {
    const read = (): void => void readLedger().then(setEntries);
    read();
    onLedgerChanged(read);
  }, []);
  if (entries === null) return null;
  return (
    <details id="popup-requests" class="requests">
      <summary>
        {t("popup_requests")} <span class="quiet">({new Intl.NumberFormat(language()).format(entries.length)})</span>
      </summary>
      {entries.length === 0 ? (
        <p class="quiet small">{t("popup_requests_none")}</p>
      ) : (
        <div class="stack tight">
          <p class="quiet small">{t("popup_requests_text")}</p>
          <ol class="stack tight" aria-label={t("popup_requests")} tabIndex={0}>
            {[...entries].reverse().map((entry) => (
              <Entry key={entry.id} entry={entry} />
            ))}
          </ol>
          <button id="popup-requests-clear" class="button" type="button" onClick={() => void clearLedger()}>
            {t("popup_requests_clear")}
          </button>
        </div>
      )}
    </details>
  );
}

function Entry({ entry: { at, url, why, sent, outcome } }: { entry: LedgerEntry }): JSX.Element {
  const time = new Date(at);
  const shown = new Intl.DateTimeFormat(language(), { timeStyle: "medium" }).format(time);
  return (
    <li class="small">
      <code>{url}</code>
      <span class="quiet">
        <time dateTime={time.toISOString()}>{shown}</time>, {t(OUTCOMES[outcome])}
        {sent === undefined ? null : <>, {t("popup_requests_sent", byteSize(sent))}</>}
      </span>
      <span>{t(WHY[why])}</span>
    </li>
  );
}
