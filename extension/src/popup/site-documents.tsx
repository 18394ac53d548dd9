/** What the site of this page wants people to agree to: its documents, for those who never open one. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Calls } from "../messages";
import { t, tn } from "../platform/i18n";
import { call } from "../platform/messaging";
import type { Settings } from "../settings";
import { TroubleNotice } from "../ui/page/trouble-notice";
import { severityWord } from "../ui/severity";
import { SeverityIcon } from "../ui/severity-badge";
import { siteDocuments, type SiteDocument } from "./site";
import type { Page } from "./use-page";

/** As many as fit without pushing the rest out of sight. */
const SHOWN = 4;

type SiteAnswer = Calls["site.documents"]["response"];

export function SiteDocuments({ page, settings }: { page: Page; settings: Settings }): JSX.Element | null {
  const { tab, state } = page;
  const [site, setSite] = useState<SiteAnswer | null>(null);
  const [whole, setWhole] = useState(false);
  const { status } = state;
  useEffect(() => {
    if (status === "checking") return; // the page itself comes first
    call("site.documents", { tabId: tab.id }).then(setSite, () => setSite(null));
  }, [tab.id, status]);

  if (site === null) return null;
  if (site.kind === "trouble") {
    // Said once: a page with trouble has its own notice above.
    if (state.trouble !== null) return null;
    return (
      <section class="site">
        <TroubleNotice trouble={site.trouble} serverAddress={settings.serverAddress} />
      </section>
    );
  }
  const here = new Set(state.matches.filter(({ relation }) => relation === "same").map(({ set }) => set.document.id));
  const documents = siteDocuments(site.sets, settings);
  // A page that is the site's only document has said it all already.
  if (documents.every(({ id }) => here.has(id))) return null;
  const shown = whole ? documents : documents.slice(0, SHOWN);
  return (
    <section id="popup-site" class="site stack tight" aria-labelledby="popup-site-title">
      <h2 id="popup-site-title">{tn("popup_site", documents.length)}</h2>
      <ul class="worst">
        {shown.map((document) => (
          <li key={document.id} data-document={document.id}>
            <Entry document={document} here={here.has(document.id)} />
          </li>
        ))}
      </ul>
      {shown.length < documents.length ? (
        <button id="popup-site-all" class="plain-button" type="button" onClick={() => setWhole(true)}>
          {tn("popup_site_all", documents.length - shown.length)}
        </button>
      ) : null}
    </section>
  );
}

function Entry({ document, here }: { document: SiteDocument; here: boolean }): JSX.Element {
  const { title, link, analysed, counts, worst } = document;
  return (
    <div class="site-document stack tight">
      {link === null || here ? (
        <strong>{title}</strong>
      ) : (
        <a href={link} target="_blank" rel="noreferrer noopener">
          {title}
        </a>
      )}
      {here ? <span class="quiet small">{t("popup_site_here")}</span> : null}
      {counts.length === 0 ? (
        <span class="quiet small">{t(analysed ? "popup_site_no_clause" : "popup_site_not_analysed")}</span>
      ) : (
        <ul class="severities small" aria-label={t("popup_by_severity")}>
          {counts.map(({ severity, count }) => (
            <li key={severity} data-severity={severity}>
              <SeverityIcon severity={severity} /> <strong>{count}</strong> <span>{severityWord(severity)}</span>
            </li>
          ))}
        </ul>
      )}
      {worst.length === 0 || here ? null : (
        <ul class="site-worst small" aria-label={t("popup_worst")}>
          {worst.map((provision) => (
            <li key={provision.id}>
              <span class="visually-hidden">{severityWord(provision.severity)}: </span>
              {provision.title}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
