/** A known document with its clauses: how many, which are the worst, where they are. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { isPainted, type PageState } from "../page-state";
import { language, t, tn } from "../platform/i18n";
import { call } from "../platform/messaging";
import { openPanel } from "../platform/side-panel";
import type { Settings } from "../settings";
import { isNotable } from "../visible-provisions";
import { ChangedNotice } from "../ui/changed-notice";
import { ReportNews } from "../ui/report-news";
import { severityWord } from "../ui/severity";
import { SeverityIcon } from "../ui/severity-badge";
import { DocumentTitle } from "./document-title";
import { summarise, type WorstClause } from "./summary";
import type { Page } from "./use-page";

export interface MatchedProps {
  readonly page: Page;
  readonly settings: Settings;
  readonly run: (name: "page.highlight" | "page.clear") => Promise<void>;
}

export function Matched({ page, settings, run }: MatchedProps): JSX.Element {
  const { state, tab } = page;
  const { total, counts, worst, ordinary, hidden } = summarise(state, settings);
  const [lost, setLost] = useState(false);

  async function jump(provisionId: string): Promise<void> {
    const { jumped } = await call("page.jump", { tabId: tab.id, provisionId });
    if (jumped) closePopup();
    else setLost(true);
  }

  async function showPanel(): Promise<void> {
    if (await openPanel(tab.id)) closePopup();
  }

  return (
    <section class="stack" aria-labelledby="popup-count">
      {state.matches
        .filter((match) => match.relation === "same")
        .map(({ set }) => (
          <DocumentTitle key={set.document.id} document={set.document} />
        ))}
      <h2 id="popup-count" class="count">
        {total === 0 ? t("popup_nothing_found") : tn("popup_clauses", total)}
      </h2>
      <ul class="severities" aria-label={t("popup_by_severity")}>
        {counts.map(({ severity, count }) => (
          <li key={severity} data-severity={severity}>
            <SeverityIcon severity={severity} /> <strong>{count}</strong> <span>{severityWord(severity)}</span>
          </li>
        ))}
      </ul>
      <ReportNews state={state} />
      <Reported state={state} />
      <ChangedNotice state={state} onChoose={(id) => void jump(id)} />
      <Automatic state={state} />
      {ordinary > 0 ? <p id="popup-ordinary" class="quiet small">{tn("popup_ordinary", ordinary)}</p> : null}
      {hidden > 0 ? <p class="quiet small">{tn("popup_hidden", hidden)}</p> : null}
      {worst.length > 0 ? (
        <ul class="worst" aria-label={t("popup_worst")}>
          {worst.map((clause) => (
            <li key={clause.provision.id}>
              <Clause clause={clause} onJump={(id) => void jump(id)} />
            </li>
          ))}
        </ul>
      ) : null}
      <p role="status" class="small quiet" hidden={!lost}>
        {lost ? t("popup_jump_failed") : null}
      </p>
      <div class="stack actions">
        <button id="popup-panel" class="button primary wide" type="button" onClick={() => void showPanel()}>
          {t("popup_open_panel")}
        </button>
        <Paint state={state} run={run} />
      </div>
    </section>
  );
}

/** Labels that wait for a decision are said to; hidden ones are not in the count above. */
function Reported({ state }: { state: PageState }): JSX.Element | null {
  const reports = state.reports ?? [];
  const open = reports.filter((report) => report.state === "open").length;
  const hidden = reports.filter((report) => report.hidden).length;
  if (open + hidden === 0) return null;
  return (
    <p id="popup-reported" class="quiet small">
      {open > 0 ? tn("popup_reported", open) : null} {hidden > 0 ? tn("popup_reported_hidden", hidden) : null}
    </p>
  );
}

/** What the classifier found is said to be so, with how sure it is. */
function Automatic({ state }: { state: PageState }): JSX.Element | null {
  const labels = state.matches.flatMap(({ set }) => set.provisions).filter((one) => one.method === "automatic" && isNotable(one));
  const analysis = state.analysis?.kind === "done" ? state.analysis : null;
  if (labels.length === 0 && analysis === null) return null;
  const number = new Intl.NumberFormat(language(), { maximumSignificantDigits: 2 });
  const sure = labels.filter(({ confidence }) => confidence === "high").length;
  return (
    <div id="popup-automatic-labels" class="notice automatic small">
      <p>
        {analysis === null
          ? t("popup_automatic_labels", labels.length)
          : t(
              labels.length === 0 ? "analysis_done_nothing" : "analysis_done",
              new Intl.NumberFormat(language()).format(analysis.words),
              number.format(analysis.seconds),
            )}{" "}
        {labels.length === 0 ? null : t("analysis_sure", sure, labels.length)}
      </p>
      {typeof analysis?.typesKnown === "number" ? <p id="popup-few-types">{t("analysis_few_types", analysis.typesKnown)}</p> : null}
      {analysis === null ? null : <p>{t(analysis.kept ? "analysis_kept" : "analysis_not_kept")}</p>}
    </div>
  );
}

/** Highlights on or off, or why there are none. */
function Paint({ state, run }: Pick<MatchedProps, "run"> & { state: PageState }): JSX.Element | null {
  if (state.painted) {
    return (
      <button id="popup-clear" class="plain-button" type="button" onClick={() => void run("page.clear")}>
        {t("popup_clear")}
      </button>
    );
  }
  const provisions = state.matches.flatMap(({ set }) => set.provisions);
  if (provisions.length === 0) return null;
  if (state.outcomes.length > 0 && !isPainted(state.outcomes)) {
    return <p class="quiet small">{t("popup_none_on_page")}</p>;
  }
  return (
    <button id="popup-highlight" class="button wide" type="button" onClick={() => void run("page.highlight")}>
      {t("popup_highlight")}
    </button>
  );
}

function Clause({ clause, onJump }: { clause: WorstClause; onJump: (id: string) => void }): JSX.Element {
  const { provision, outcome } = clause;
  const reachable = outcome !== "gone" && outcome !== "document";
  const name = (
    <>
      <SeverityIcon severity={provision.severity} />
      <span class="name">
        <span class="visually-hidden">{severityWord(provision.severity)}: </span>
        {provision.title}
        {reachable ? null : (
          <span class="place">{t(outcome === "gone" ? "popup_outcome_gone" : "popup_outcome_document")}</span>
        )}
      </span>
    </>
  );
  if (!reachable) return <div class="clause">{name}</div>;
  return (
    <button class="clause" type="button" data-provision={provision.id} onClick={() => onJump(provision.id)}>
      {name}
    </button>
  );
}

/** A popup that was opened as an ordinary tab stays. */
function closePopup(): void {
  if (!new URLSearchParams(location.search).has("tab")) window.close();
}
