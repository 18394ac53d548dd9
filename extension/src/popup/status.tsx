/** Every state of a page other than `matched`: one clear sentence, and what can be done. */
import type { JSX } from "preact";
import { t } from "../platform/i18n";
import type { Settings } from "../settings";
import { TroubleNotice } from "../ui/page/trouble-notice";
import { openOptions } from "../platform/runtime";
import { serverPlace } from "../ui/page/server-place";
import { Analyse, useOffer } from "./analyse";
import { DocumentTitle } from "./document-title";
import type { MatchedProps } from "./matched";

type Run = MatchedProps["run"];

export function Status({ page, settings, run }: MatchedProps): JSX.Element | null {
  const { state } = page;
  switch (state.status) {
    case "matched":
      return null;
    case "checking":
      return <Sentence id="checking" heading={t("popup_checking")} text={null} />;
    case "not-policy":
      return <NotKnown page={page} settings={settings} run={run} />;
    case "unknown":
      return <Unknown settings={settings} run={run} />;
    case "known":
      return <Known page={page} settings={settings} run={run} />;
    case "other-language":
      return <OtherLanguage page={page} settings={settings} run={run} />;
    case "trouble":
      return (
        <section class="stack" data-status="trouble">
          {state.trouble === null ? null : (
            <TroubleNotice trouble={state.trouble} serverAddress={settings.serverAddress} />
          )}
          <div class="row">
            <button id="popup-again" class="button primary" type="button" onClick={() => void run("page.highlight")}>
              {t("popup_again")}
            </button>
            <button id="popup-settings" class="button" type="button" onClick={() => void openOptions()}>
              {t("popup_settings")}
            </button>
          </div>
        </section>
      );
  }
}

function Sentence({ id, heading, text }: { id: string; heading: string; text: string | null }): JSX.Element {
  return (
    <section class="stack tight" data-status={id} role="status">
      <h2>{heading}</h2>
      {text === null ? null : <p class="quiet">{text}</p>}
    </section>
  );
}

/** In no list: it may be a policy all the same, which is judged in the page. */
function NotKnown({ page, settings }: MatchedProps): JSX.Element {
  const analysis = useOffer(page);
  const readable = page.tab.url !== null && /^https?:/.test(page.tab.url);
  const { here, name } = serverPlace(settings);
  if (analysis === null && readable) return <Sentence id="looking" heading={t("popup_checking")} text={null} />;
  if (analysis?.kind === "running") return <Analyse page={page} settings={settings} analysis={analysis} />;
  const likely = analysis?.kind === "failed" || (analysis?.kind === "offered" && analysis.likely);
  return (
    <div class="stack">
      {analysis?.kind === "failed" ? (
        <Sentence id="not-analysed" heading={t("analysis_failed")} text={null} />
      ) : likely ? (
        <Sentence
          id="looks-like-policy"
          heading={t("analysis_offer")}
          text={here ? t("analysis_offer_here") : t("analysis_offer_elsewhere", name)}
        />
      ) : (
        <Sentence id="not-policy" heading={t("popup_not_policy")} text={t("popup_not_policy_text")} />
      )}
      {readable && analysis !== null ? <Analyse page={page} settings={settings} analysis={analysis} /> : null}
    </div>
  );
}

/** A known document that nobody has analysed. */
function Known({ page, settings }: MatchedProps): JSX.Element {
  const analysis = useOffer(page);
  const { here, name } = serverPlace(settings);
  return (
    <section class="stack" data-status="known">
      {page.state.matches.map(({ set }) => (
        <DocumentTitle key={set.document.id} document={set.document} />
      ))}
      {analysis?.kind === "running" ? null : (
        <Sentence
          id="known"
          heading={t("popup_known")}
          text={here ? t("analysis_known_here") : t("analysis_known_elsewhere", name)}
        />
      )}
      {analysis === null ? null : <Analyse page={page} settings={settings} analysis={analysis} />}
    </section>
  );
}

function Unknown({ settings, run }: { settings: Settings; run: Run }): JSX.Element {
  const manual = settings.mode === "manual";
  return (
    <section class="stack" data-status="unknown">
      <Sentence
        id="unknown"
        heading={t("popup_unknown")}
        text={t(manual ? "popup_unknown_manual" : "popup_unknown_automatic")}
      />
      <button id="popup-look" class="button primary wide" type="button" onClick={() => void run("page.highlight")}>
        {t("popup_look")}
      </button>
    </section>
  );
}

function OtherLanguage({ page, settings }: MatchedProps): JSX.Element {
  const analysis = useOffer(page);
  return (
    <section class="stack" data-status="other-language">
      <Sentence id="other-language" heading={t("popup_other_language")} text={t("popup_other_language_text")} />
      <ul class="stack tight">
        {page.state.matches.map(({ set: { document } }) => (
          <li key={document.id}>
            <DocumentTitle document={document} />
            <a href={document.urls[0]} target="_blank" rel="noreferrer noopener">
              {document.language == null ? t("popup_other_language_open") : t("popup_other_language_open_in", document.language)}
            </a>
          </li>
        ))}
      </ul>
      {analysis === null ? null : (
        <>
          {analysis.kind === "offered" ? <p class="quiet">{t("analysis_language_offer")}</p> : null}
          <Analyse page={page} settings={settings} analysis={analysis} />
        </>
      )}
    </section>
  );
}
