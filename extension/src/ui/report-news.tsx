/** What became of the user's own reports: told once, in popup and panel. */
import type { JSX } from "preact";
import type { OwnReport } from "../own-reports";
import type { PageState } from "../page-state";
import { t, type MessageKey } from "../platform/i18n";
import { call } from "../platform/messaging";

export function ReportNews({ state }: { state: PageState }): JSX.Element | null {
  const news = (state.reports ?? []).filter((report) => report.state !== "open" && !report.seen);
  if (news.length === 0) return null;
  return (
    <section class="notice report-news small" aria-label={t("dispute_news")}>
      {news.map((report) => (
        <One key={report.provisionId} report={report} />
      ))}
    </section>
  );
}

function One({ report }: { report: OwnReport }): JSX.Element {
  const { server, provisionId, title, state, decision, url } = report;
  return (
    <div data-report={provisionId}>
      <p>
        <strong>{t(`dispute_news_${state}` as MessageKey, title)}</strong> {decision?.text}
      </p>
      <p class="buttons">
        <a href={url} target="_blank" rel="noopener noreferrer">
          {t("dispute_news_link")}
          <span class="unseen visually-hidden"> {t("ui_new_tab")}</span>
        </a>
        <button type="button" class="button quiet" onClick={() => void call("dispute.seen", { server, provisionId })}>
          {t("dispute_news_seen")}
        </button>
      </p>
    </div>
  );
}
