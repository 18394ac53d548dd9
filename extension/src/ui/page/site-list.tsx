/** The sites that the browser lets Clauselight work on, each with a way back. */
import type { JSX } from "preact";
import { t } from "../../platform/i18n";
import { ALL_SITES, requestSites, revokeSites, sitePattern } from "../../platform/permissions";
import { siteName, useSites } from "./use-sites";

export function SiteList({ serverAddress }: { serverAddress: string }): JSX.Element | null {
  const sites = useSites();
  if (sites === null) return null;
  const server = sitePattern(serverAddress);
  return (
    <div class="stack" id="sites">
      {sites.all ? (
        <div class="row">
          <p id="sites-all">{t("page_sites_all")}</p>
          <button id="sites-revoke-all" class="button" type="button" onClick={() => void revokeSites(ALL_SITES)}>
            {t("page_sites_revoke_all")}
          </button>
        </div>
      ) : (
        <div class="row">
          <button id="sites-allow-all" class="button" type="button" onClick={() => void requestSites(ALL_SITES)}>
            {t("page_sites_allow_all")}
          </button>
        </div>
      )}
      {sites.single.length > 0 ? (
        <ul class="sites" aria-label={t("page_sites_list")}>
          {sites.single.map((pattern) => (
            <li key={pattern} class="row">
              <span class="site">
                {siteName(pattern)}
                {pattern === server ? <span class="quiet small"> {t("page_sites_server")}</span> : null}
              </span>
              <button
                class="plain-button"
                type="button"
                aria-label={t("page_sites_revoke_site", siteName(pattern))}
                onClick={() => void revokeSites([pattern])}
              >
                {t("page_sites_revoke")}
              </button>
            </li>
          ))}
        </ul>
      ) : sites.all ? null : (
        <p class="quiet">{t("page_sites_none")}</p>
      )}
    </div>
  );
}
