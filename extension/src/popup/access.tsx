/** Automatic highlighting: on or off, and the sites on which it may work. */
import type { JSX } from "preact";
import { t } from "../platform/i18n";
import { ALL_SITES, requestSites, sitePattern } from "../platform/permissions";
import type { Settings } from "../settings";
import { saveSettings } from "../settings-store";
import { siteName, useSites } from "../ui/page/use-sites";

/** The manifest itself allows the pages of the user's own computer. */
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
  if (pattern === OWN_COMPUTER) return <p class="quiet small">{t("popup_access_own")}</p>;
  if (pattern !== null && sites.single.includes(pattern)) {
    return <p class="quiet small">{t("popup_access_site", siteName(pattern))}</p>;
  }
  return (
    <div class="stack tight">
      {pattern === null ? null : (
        <button id="popup-allow-site" class="button wide" type="button" onClick={() => void requestSites([pattern])}>
          {t("popup_allow_site", siteName(pattern))}
        </button>
      )}
      <button id="popup-allow-all" class="plain-button" type="button" onClick={() => void requestSites(ALL_SITES)}>
        {t("popup_allow_all")}
      </button>
    </div>
  );
}
