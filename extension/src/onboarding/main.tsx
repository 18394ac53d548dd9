/** The first page after installation: what it does, what it never does, which server, which pages. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { t, type MessageKey } from "../platform/i18n";
import type { Settings } from "../settings";
import { saveSettings } from "../settings-store";
import { Brand } from "../ui/page/brand";
import { ModeChoice } from "../ui/page/mode-choice";
import { ServerForm } from "../ui/page/server-form";
import { SiteList } from "../ui/page/site-list";
import { startPage } from "../ui/page/start";
import { useSettings } from "../ui/page/use-settings";
import { Example } from "./example";

const DOES: readonly MessageKey[] = ["onboarding_does_1", "onboarding_does_2", "onboarding_does_3", "onboarding_does_4"];
const NEVER: readonly MessageKey[] = ["onboarding_never_1", "onboarding_never_2", "onboarding_never_3", "onboarding_never_4"];

function Onboarding(): JSX.Element | null {
  const settings = useSettings();
  return settings === null ? null : <Steps settings={settings} />;
}

function Steps({ settings }: { settings: Settings }): JSX.Element {
  const [finished, setFinished] = useState(false);

  async function finish(): Promise<void> {
    await saveSettings({ onboarded: true });
    setFinished(true);
  }

  return (
    <div class="page">
      <header class="hero">
        <div class="stack">
          <Brand size={56} />
          <h1>{t("onboarding_title")}</h1>
          <p class="lead">{t("onboarding_lead")}</p>
        </div>
        <Example />
      </header>
      <main class="parts">
        <div class="promises">
          <Promises id="does" title={t("onboarding_does")} sign="✓" keys={DOES} />
          <Promises id="never" title={t("onboarding_never")} sign="✕" keys={NEVER} />
        </div>
        <section class="part stack" aria-labelledby="step-server">
          <h2 id="step-server">{t("onboarding_server")}</h2>
          <p class="quiet">{t("onboarding_server_text")}</p>
          <ServerForm address={settings.serverAddress} />
        </section>
        <section class="part stack" aria-labelledby="step-pages">
          <h2 id="step-pages">{t("onboarding_pages")}</h2>
          <ModeChoice settings={settings} />
          {settings.mode === "automatic" ? (
            <>
              <p class="quiet">{t("onboarding_pages_text")}</p>
              <SiteList serverAddress={settings.serverAddress} />
            </>
          ) : null}
        </section>
        <section class="part stack" aria-labelledby="step-try">
          <h2 id="step-try">{t("onboarding_try")}</h2>
          <p class="quiet">{t("onboarding_try_text")}</p>
          <div class="row">
            <a id="demo-link" class="button" href={`${settings.serverAddress}/demo/`} target="_blank" rel="noreferrer noopener">
              {t("onboarding_demo")}
            </a>
            <button id="finish" class="button primary" type="button" onClick={() => void finish()}>
              {t("onboarding_finish")}
            </button>
          </div>
          <div role="status" id="finished">
            {finished ? <p class="notice good">{t("onboarding_finished")}</p> : null}
          </div>
        </section>
        <p class="quiet small">{t("options_not_advice")}</p>
      </main>
    </div>
  );
}

interface PromisesProps {
  readonly id: string;
  readonly title: string;
  readonly sign: string;
  readonly keys: readonly MessageKey[];
}

function Promises({ id, title, sign, keys }: PromisesProps): JSX.Element {
  return (
    <section class={`part stack ${id}`} aria-labelledby={`step-${id}`}>
      <h2 id={`step-${id}`}>{title}</h2>
      <ul class="stack">
        {keys.map((key) => (
          <li key={key}>
            <span class="sign" aria-hidden="true">
              {sign}
            </span>
            <span>{t(key)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

startPage(t("onboarding_page_title"), <Onboarding />);
