/** The whole list as a file, from a file, or gone. A bad file changes nothing. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Day } from "../actions/deadline";
import { exportTracker, mergeTrackers, readTracker, type TrackerRead } from "../actions/tracker-file";
import { t, tn, type MessageKey } from "../platform/i18n";
import { changeTracker, eraseTracker } from "../tracker-store";
import { saveFile } from "../ui/save-file";

/** 2,000 long cases; more is something else. */
const MAX_FILE_BYTES = 20_000_000;

export function Keeping({ read, now }: { read: TrackerRead | null; now: Day }): JSX.Element {
  const [said, setSaid] = useState<{ text: string; good: boolean } | null>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const status = useRef<HTMLParagraphElement>(null);
  const count = read?.ok ? read.tracker.cases.length : 0;
  const nothing = read === null || (read.ok && count + read.leftOut === 0);
  const say = (text: string, good = true): void => setSaid({ text, good });

  function save(): void {
    if (!read?.ok) return;
    saveFile(`clauselight-requests-${now}.json`, exportTracker(read.tracker, now), "application/json");
    say(t("cases_exported"));
  }

  async function load(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return;
    const other: TrackerRead = chosen.size > MAX_FILE_BYTES ? { ok: false, problem: "too-large" } : fileOf(await chosen.text());
    if (!other.ok) return say(t(`cases_import_${other.problem.replace(/-/g, "_")}` as MessageKey), false);
    const done = await changeTracker((tracker) => mergeTrackers(tracker, other.tracker));
    if (!done) return say(t(read?.ok === false ? "cases_unreadable" : "cases_import_no_room"), false);
    const left = other.leftOut > 0 ? ` ${tn("cases_left_out", other.leftOut)}` : "";
    say(`${tn("cases_imported", other.tracker.cases.length)}${left}`, other.leftOut === 0);
  }

  async function erase(): Promise<void> {
    dialog.current?.close();
    await eraseTracker();
    say(t("cases_erased"));
    status.current?.focus(); // the button that had the focus has nothing left to do
  }

  return (
    <section class="part stack" aria-labelledby="keeping-title">
      <h2 id="keeping-title">{t("cases_keeping")}</h2>
      <p class="quiet">{t("cases_keeping_text")}</p>
      <div class="row">
        <button id="cases-export" class="button" type="button" disabled={count === 0} onClick={save}>{t("cases_export")}</button>
        <button id="cases-import" class="button" type="button" onClick={() => file.current?.click()}>{t("cases_import")}</button>
        <input
          ref={file}
          id="cases-file"
          type="file"
          accept="application/json,.json"
          aria-label={t("cases_import")}
          hidden
          onChange={(event) => {
            void load(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
        <button id="cases-erase" class="button danger" type="button" disabled={nothing} onClick={() => dialog.current?.showModal()}>
          {t("cases_erase")}
        </button>
      </div>
      <p role="status" id="cases-kept" ref={status} tabIndex={-1} class={said === null ? "visually-hidden" : said.good ? "notice good" : "notice warning"}>{said?.text}</p>
      <dialog ref={dialog} id="erase-dialog" aria-labelledby="erase-title">
        <div class="stack">
          <h3 id="erase-title">{t("cases_erase_title")}</h3>
          <p>{read?.ok && read.leftOut === 0 ? tn("cases_erase_text", count) : t("cases_erase_unread")}</p>
          <div class="row">
            <button id="erase-confirm" class="button danger" type="button" onClick={() => void erase()}>{t("cases_erase_confirm")}</button>
            <button class="button" type="button" autofocus onClick={() => dialog.current?.close()}>{t("cases_cancel")}</button>
          </div>
        </div>
      </dialog>
    </section>
  );
}

/** An empty file is no tracker, though nothing stored is an empty one. */
function fileOf(text: string): TrackerRead {
  const read = readTracker(text);
  return read.ok && text.trim() === "null" ? { ok: false, problem: "not-a-tracker" } : read;
}
