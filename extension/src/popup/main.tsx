/** The popup of the toolbar button: the state of this page at one glance. */
import type { JSX } from "preact";
import { t } from "../platform/i18n";
import { openOptions } from "../platform/runtime";
import { Brand } from "../ui/page/brand";
import { startPage } from "../ui/page/start";
import { TroubleNotice } from "../ui/page/trouble-notice";
import { useSettings } from "../ui/page/use-settings";
import { Access } from "./access";
import { Matched } from "./matched";
import { MyRequests } from "./my-requests";
import { Requests } from "./requests";
import { SiteDocuments } from "./site-documents";
import { Status } from "./status";
import { usePage } from "./use-page";

function Popup(): JSX.Element {
  const { page, run } = usePage();
  const settings = useSettings();
  return (
    <div class="popup">
      <header class="head">
        <Brand size={24} />
        <h1>{t("manifest_name")}</h1>
        <button id="popup-options" class="plain-button" type="button" onClick={() => void openOptions()}>
          {t("popup_settings")}
        </button>
      </header>
      <main class="stack">
        {settings === null || page === "loading" ? (
          <p class="quiet" role="status">
            {t("popup_checking")}
          </p>
        ) : page === "no-tab" || page === "no-background" ? (
          <p class="notice warning" role="alert">
            {t(page === "no-tab" ? "popup_no_tab" : "popup_no_background")}
          </p>
        ) : (
          <>
            {page.state.status === "matched" && page.state.trouble !== null ? (
              <TroubleNotice trouble={page.state.trouble} serverAddress={settings.serverAddress}>
                {page.state.fromCache ? <p>{t("trouble_from_cache")}</p> : null}
              </TroubleNotice>
            ) : null}
            {page.state.status === "matched" ? (
              <Matched page={page} settings={settings} run={run} />
            ) : (
              <Status page={page} settings={settings} run={run} />
            )}
          </>
        )}
      </main>
      {settings === null || typeof page === "string" ? null : <SiteDocuments page={page} settings={settings} />}
      <MyRequests />
      <Requests />
      {settings === null ? null : (
        <Access url={typeof page === "string" ? null : page.tab.url} settings={settings} />
      )}
    </div>
  );
}

startPage(t("manifest_name"), <Popup />);
