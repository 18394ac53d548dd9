/**
 * A page without records: whether it looks like a policy, and its analysis. A server on this computer gets the text at
 * a click; any other only what was shown here first.
 */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { keepableAddress, type PageContent } from "../analyse/content";
import type { Analysis, AnalysisFailure } from "../page-state";
import { t, tn } from "../platform/i18n";
import { call } from "../platform/messaging";
import type { Settings } from "../settings";
import { AnalysisFailed } from "../ui/page/analysis-failed";
import { serverPlace } from "../ui/page/server-place";
import { Preview } from "./preview";
import type { Page } from "./use-page";

export interface AnalyseProps {
  readonly page: Page;
  readonly settings: Settings;
}

/** Asks, once a page, whether it looks like a policy. Null until the answer is there. */
export function useOffer({ tab, state }: Page): Analysis | null {
  const analysis = state.analysis ?? null;
  const unlooked = analysis === null || (analysis.kind === "offered" && !analysis.lookedAt);
  useEffect(() => {
    // The answer comes as a change of the page's state, as every other does.
    if (unlooked) call("analysis.offer", { tabId: tab.id }).catch(() => undefined);
  }, [tab.id, unlooked, state.status]);
  return unlooked ? null : analysis;
}

interface Shown {
  readonly content: PageContent;
  readonly address: string | null;
}

/** The button, the choice to keep, and what is sent; while it runs, its progress; when it failed, why. */
export function Analyse({ page, settings, analysis }: AnalyseProps & { analysis: Analysis }): JSX.Element | null {
  const { tab } = page;
  const { here, name } = serverPlace(settings);
  const address = keepableAddress(tab.url);
  const likely = analysis.kind !== "offered" || analysis.likely;
  // What does not look like a policy is hardly worth keeping.
  const [keep, setKeep] = useState(here && settings.keepAnalysed && likely);
  const [shown, setShown] = useState<Shown | null>(null);
  const [problem, setProblem] = useState<AnalysisFailure | null>(null);

  async function preview(): Promise<void> {
    const answer = await call("analysis.preview", { tabId: tab.id });
    setProblem(answer.ok ? null : answer.failure);
    setShown(answer.ok ? answer : null);
  }

  async function start(): Promise<void> {
    setProblem(null);
    const content = shown?.content ?? null;
    setShown(null);
    await call("analysis.start", { tabId: tab.id, keep: keep && address !== null, content });
  }

  if (analysis.kind === "running") return <Running analysis={analysis} />;
  if (analysis.kind === "done") return null;
  const failure = problem ?? (analysis.kind === "failed" ? analysis.failure : null);
  return (
    <section id="popup-analyse" class="stack" aria-label={t("analysis_start")}>
      {failure === null ? null : <AnalysisFailed failure={failure} serverAddress={settings.serverAddress} />}
      {address === null ? (
        <p class="quiet small">{t("analysis_keep_impossible")}</p>
      ) : (
        <label class="check">
          <input id="popup-keep" type="checkbox" checked={keep} onChange={(event) => setKeep(event.currentTarget.checked)} />
          <span>{here ? t("analysis_keep") : t("analysis_keep_elsewhere", name)}</span>
        </label>
      )}
      {shown === null ? null : (
        <Preview content={shown.content} serverAddress={settings.serverAddress} keepAt={keep ? shown.address : null} />
      )}
      {/* Keyed: a second press of Enter must not reach another button than the one that was pressed. */}
      <div class="stack actions">
        {here || shown !== null ? (
          <button key="start" id="popup-analyse-start" class={likely ? "button primary wide" : "button wide"} type="button" onClick={() => void start()}>
            {startLabel(here, likely, failure !== null)}
          </button>
        ) : (
          <button key="see" id="popup-analyse-see" class={likely ? "button primary wide" : "button wide"} type="button" onClick={() => void preview()}>
            {t("analysis_see_first")}
          </button>
        )}
        {here && shown === null ? (
          <button key="see-too" id="popup-analyse-see" class="plain-button" type="button" onClick={() => void preview()}>
            {t("analysis_see")}
          </button>
        ) : shown !== null ? (
          <button key="hide" id="popup-analyse-hide" class="plain-button" type="button" onClick={() => setShown(null)}>
            {t(here ? "analysis_hide" : "analysis_cancel")}
          </button>
        ) : null}
      </div>
    </section>
  );
}

function startLabel(here: boolean, likely: boolean, again: boolean): string {
  if (!here) return t("analysis_send");
  if (again) return t("analysis_again");
  return t(likely ? "analysis_start" : "analysis_start_anyway");
}

function Running({ analysis: { step, words } }: { analysis: Extract<Analysis, { kind: "running" }> }): JSX.Element {
  const text = step === "reading" ? t("analysis_reading") : tn("analysis_waiting", words);
  return (
    <section class="stack tight" data-status="analysing">
      <h2>{t("analysis_running")}</h2>
      <progress id="popup-progress" class="progress" aria-label={t("analysis_running")} />
      <p class="quiet" role="status">
        {text}
      </p>
    </section>
  );
}
