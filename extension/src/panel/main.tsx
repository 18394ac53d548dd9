/** The panel beside the page: every provision with its outcome, and whatever else there is to say about the page. */
import type { JSX } from "preact";
import type { PageState } from "../page-state";
import { t } from "../platform/i18n";
import { startPage } from "../ui/page/start";
import { AnalysisFailed } from "../ui/page/analysis-failed";
import { TroubleNotice } from "../ui/page/trouble-notice";
import { Matched } from "./matched";
import { usePage } from "./use-page";
import { useServerAddress } from "./use-server-address";

function Panel(): JSX.Element {
  const state = usePage();
  const serverAddress = useServerAddress();
  const set = typeof state === "object" ? state?.matches[0]?.set : undefined;
  return (
    <main class="panel">
      <header class="head">
        <h1>{set ? set.document.entity.name : t("panel_heading")}</h1>
        {set ? <p class="quiet-text">{set.document.title}</p> : null}
      </header>
      {state === null ? <p class="notice" role="status">{t("panel_checking")}</p> : null}
      {state === "none" ? <p class="notice" role="status">{t("panel_no_tab")}</p> : null}
      {state !== null && state !== "none" ? (
        <Page key={state.tabId} state={state} serverAddress={serverAddress} />
      ) : null}
    </main>
  );
}

function Page({ state, serverAddress }: { state: PageState; serverAddress: string | null }): JSX.Element {
  const { status, trouble, fromCache } = state;
  const offers = state.analysis?.kind !== "running" && state.analysis?.kind !== "failed";
  return (
    <>
      {fromCache ? (
        <p class="notice warning" role="status">{t("panel_from_cache")}</p>
      ) : trouble ? (
        <TroubleNotice trouble={trouble} serverAddress={serverAddress ?? ""} />
      ) : null}
      {status === "other-language" ? <p class="notice" role="status">{t("panel_other_language")}</p> : null}
      {status === "matched" || status === "other-language" ? (
        <Matched
          key={state.matches.map(({ set }) => set.document.id).join()}
          state={state}
          serverAddress={serverAddress}
        />
      ) : null}
      {state.analysis?.kind === "running" ? <p class="notice" role="status">{t("analysis_running")}…</p> : null}
      {state.analysis?.kind === "failed" ? (
        <AnalysisFailed failure={state.analysis.failure} serverAddress={serverAddress ?? ""} />
      ) : null}
      {offers && status === "known" ? <p class="notice" role="status">{t("panel_known")}</p> : null}
      {offers && status === "not-policy" ? <p class="notice" role="status">{t("panel_not_policy")}</p> : null}
      {status === "checking" ? <p class="notice" role="status">{t("panel_checking")}</p> : null}
      {status === "unknown" ? <p class="notice" role="status">{t("panel_unknown")}</p> : null}
    </>
  );
}

startPage(t("panel_title"), <Panel />);
