/** My requests: what was asked of whom, when an answer is due, and what comes next. All of it on this computer. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { today } from "../actions/deadline";
import { t, tn } from "../platform/i18n";
import { Brand } from "../ui/page/brand";
import { startPage } from "../ui/page/start";
import { useSettings } from "../ui/page/use-settings";
import { Reminders } from "../ui/page/reminders";
import { CaseCard, caseTitle, type Said } from "./case-card";
import { Keeping } from "./keeping";
import { listed, openCount } from "./model";
import { useTracker } from "./use-tracker";

function Cases(): JSX.Element {
  const read = useTracker();
  const settings = useSettings();
  const [said, setSaid] = useState<Said | null>(null);
  // A form that was sent, a case that moved in the list or went took the focus along: its case gets it, or what was said.
  useEffect(() => {
    if (said === null || (document.activeElement !== null && document.activeElement !== document.body)) return;
    (document.getElementById(caseTitle(said.caseId)) ?? document.getElementById("cases-said"))?.focus();
  }, [said, read]);
  const now = today(new Date());
  const cases = read?.ok ? read.tracker.cases : [];
  return (
    <div class="page">
      <header class="head">
        <Brand size={32} />
        <div>
          <h1>{t("cases_title")}</h1>
          <p class="quiet">{t("cases_here_only")}</p>
        </div>
        <nav class="tabs" aria-label={t("letters_nav")}>
          <a href="options.html#letters">{t("letters_to_options")}</a>
        </nav>
      </header>
      <main class="cases">
        {read === null ? <p class="quiet" role="status">{t("cases_opening")}</p> : null}
        {read?.ok === false ? <p class="notice warning" role="alert">{t("cases_unreadable")}</p> : null}
        {read?.ok && cases.length === 0 ? <Empty /> : null}
        {cases.length > 0 ? <p class="quiet" id="cases-count">{tn("cases_open", openCount(cases, now))}</p> : null}
        {read?.ok && read.leftOut > 0 ? <p class="notice warning" id="cases-unread">{tn("cases_unread", read.leftOut)}</p> : null}
        <p role="status" id="cases-said" tabIndex={-1} class={said === null ? "visually-hidden" : said.good ? "notice good" : "notice warning"}>{said?.text}</p>
        {listed(cases, now).map(({ item, state }) => (
          <CaseCard key={item.id} item={item} state={state} now={now} onSaid={setSaid} />
        ))}
        {settings === null ? null : (
          <section class="part stack" aria-labelledby="reminders-title">
            <h2 id="reminders-title">{t("cases_reminders")}</h2>
            <Reminders settings={settings} />
          </section>
        )}
        <Keeping read={read} now={now} />
      </main>
    </div>
  );
}

function Empty(): JSX.Element {
  return (
    <section class="part stack" id="cases-empty">
      <h2>{t("cases_empty")}</h2>
      <p>{t("cases_empty_text")}</p>
      <ol class="stack tight">
        <li>{t("cases_empty_1")}</li>
        <li>{t("cases_empty_2")}</li>
        <li>{t("cases_empty_3")}</li>
      </ol>
    </section>
  );
}

startPage(t("cases_title"), <Cases />);
