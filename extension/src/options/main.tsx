/** The options page: every choice of the user, kept at once. */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { CONTRACT_VERSION } from "../contract/version";
import { t } from "../platform/i18n";
import { extensionUrl, extensionVersion } from "../platform/runtime";
import { Brand } from "../ui/page/brand";
import { ModeChoice } from "../ui/page/mode-choice";
import { ServerForm } from "../ui/page/server-form";
import { SiteList } from "../ui/page/site-list";
import { startPage } from "../ui/page/start";
import { useSettings } from "../ui/page/use-settings";
import { Analysis } from "./analysis";
import { Data } from "./data";
import { Filters } from "./filters";
import { Letters } from "./letters";
import { OwnReports } from "./own-reports";
import { PublicKey } from "./public-key";
import { Remembered } from "./remembered";
import { Section } from "./section";

function Options(): JSX.Element | null {
  const settings = useSettings();
  const ready = settings !== null;
  // Links to one part (`options.html#letters`) come before the parts are there.
  useEffect(() => {
    if (ready && location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
  }, [ready]);
  if (settings === null) return null;
  return (
    <div class="page">
      <header class="head">
        <Brand size={40} />
        <div>
          <h1>{t("options_title")}</h1>
          <p class="quiet">{t("options_saved_at_once")}</p>
        </div>
      </header>
      <main class="parts">
        <Section id="server" title={t("options_server")}>
          <ServerForm address={settings.serverAddress} />
          <PublicKey settings={settings} />
        </Section>
        <Section id="highlighting" title={t("options_highlighting")}>
          <ModeChoice settings={settings} />
        </Section>
        <Section id="analysis" title={t("options_analysis")}>
          <Analysis settings={settings} />
        </Section>
        <Section id="letters" title={t("cases_options")}>
          <Letters settings={settings} />
        </Section>
        <Section id="access" title={t("options_access")}>
          <p class="quiet">{t("options_access_text")}</p>
          <SiteList serverAddress={settings.serverAddress} />
        </Section>
        <Section id="filters" title={t("options_filters")}>
          <Filters settings={settings} />
        </Section>
        <Section id="data" title={t("options_data")}>
          <Remembered settings={settings} />
          <OwnReports />
          <Data settings={settings} />
        </Section>
        <Section id="about" title={t("options_about")}>
          <p>{t("options_version", extensionVersion(), CONTRACT_VERSION)}</p>
          <p class="quiet">{t("options_not_advice")}</p>
          <p>
            <a href={extensionUrl("onboarding.html")}>{t("options_onboarding")}</a>
          </p>
        </Section>
      </main>
    </div>
  );
}

startPage(t("options_title"), <Options />);
