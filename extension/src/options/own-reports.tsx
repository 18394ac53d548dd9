/** The user's own reports about labels: kept here with their private links until they are forgotten. */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { onOwnReportsChanged, readOwnReports } from "../own-reports-store";
import { t, tn } from "../platform/i18n";
import { call } from "../platform/messaging";

export function OwnReports(): JSX.Element | null {
  const [count, setCount] = useState<number | null>(null);
  const [said, setSaid] = useState("");
  const dialog = useRef<HTMLDialogElement>(null);
  const status = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    const load = (): void => void readOwnReports().then((reports) => setCount(reports.length));
    load();
    onOwnReportsChanged(load);
  }, []);
  if (count === null) return null;

  async function forget(): Promise<void> {
    dialog.current?.close();
    await call("dispute.forget", {});
    setSaid(t("options_reports_forgotten"));
    status.current?.focus(); // the button that had the focus has nothing left to do
  }

  return (
    <div class="stack tight" id="own-reports">
      <p>{count === 0 ? t("options_reports_none") : tn("options_reports", count)}</p>
      <div class="row">
        <button id="reports-forget" class="button" type="button" disabled={count === 0} onClick={() => dialog.current?.showModal()}>
          {t("options_reports_forget")}
        </button>
      </div>
      <p id="reports-said" role="status" tabIndex={-1} ref={status} class={said ? "notice good" : "visually-hidden"}>{said}</p>
      <dialog ref={dialog} id="reports-dialog" aria-labelledby="reports-title" aria-describedby="reports-text">
        <div class="stack">
          <h3 id="reports-title">{t("options_reports_title")}</h3>
          <p id="reports-text">{t("options_reports_text")}</p>
          <div class="row">
            <button id="reports-confirm" class="button danger" type="button" onClick={() => void forget()}>{t("options_reports_confirm")}</button>
            <button class="button" type="button" autofocus onClick={() => dialog.current?.close()}>{t("options_reset_cancel")}</button>
          </div>
        </div>
      </dialog>
    </div>
  );
}
