/** Every state of a page other than `matched`: one clear sentence, and what can be done. */
import type { JSX } from "preact";
import { t } from "../platform/i18n";
import type { Settings } from "../settings";
import { TroubleNotice } from "../ui/page/trouble-notice";
import { openOptions } from "../platform/runtime";
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
      return <Sentence id="not-policy" heading={t("popup_not_policy")} text={t("popup_not_policy_text")} />;
    case "unknown":
      return <Unknown settings={settings} run={run} />;
    case "known":
      return (
        <section class="stack" data-status="known">
          {state.matches.map(({ set }) => (
            <DocumentTitle key={set.document.id} document={set.document} />
          ))}
          <Sentence id="known" heading={t("popup_known")} text={t("popup_known_text")} />
        </section>
      );
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

function OtherLanguage({ page }: MatchedProps): JSX.Element {
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
    </section>
  );
}
