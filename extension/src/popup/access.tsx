/** Automatic highlighting: on or off, and the sites on which it may work. */
import type { JSX } from "preact";
import { t } from "../platform/i18n";
import { ALL_SITES, requestSites, sitePattern } from "../platform/permissions";
import type { Settings } from "../settings";
import { saveSettings } from "../settings-store";
import { siteName, useSites } from "../ui/page/use-sites";

/** A page of the user's own computer needs no further access; other pages have none to give. */
const OWN_COMPUTER = "http://127.0.0.1/*";

export function Access({ url, settings }: { url: string | null; settings: Settings }): JSX.Element {
  const automatic = settings.mode === "automatic";
  return (
    <footer class="access stack tight">
      <label class="check">
        <input
          id="popup-automatic"
          type="checkbox"
          role="switch"
          checked={automatic}
          onChange={(event) => void saveSettings({ mode: event.currentTarget.checked ? "automatic" : "manual" })}
        />
        <span>{t("popup_automatic")}</span>
      </label>
      {automatic ? <SiteAccess pattern={url === null ? null : sitePattern(url)} /> : (
        <p class="quiet small">{t("popup_paused")}</p>
      )}
    </footer>
  );
}

function SiteAccess({ pattern }: { pattern: string | null }): JSX.Element | null {
  const sites = useSites();
  if (sites === null) return null;
  if (sites.all) return <p class="quiet small">{t("popup_access_all")}</p>;
  const site = pattern === OWN_COMPUTER ? null : pattern;
  if (site !== null && sites.single.includes(site)) {
    return <p class="quiet small">{t("popup_access_site", siteName(site))}</p>;
  }
  return (
    <div class="stack tight">
      {site === null ? null : (
        <button id="popup-allow-site" class="button wide" type="button" onClick={() => void requestSites([site])}>
          {t("popup_allow_site", siteName(site))}
        </button>
      )}
      <button id="popup-allow-all" class="plain-button" type="button" onClick={() => void requestSites(ALL_SITES)}>
        {t("popup_allow_all")}
      </button>
    </div>
  );
}
