/** The list of known documents, the remembered ones, and the settings as a file. */
import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Trouble } from "../page-state";
import { t, tn } from "../platform/i18n";
import { call } from "../platform/messaging";
import { revokeNotifications } from "../platform/notifications";
import { grantedSites, revokeSites } from "../platform/permissions";
import { DEFAULT_SETTINGS, type Settings } from "../settings";
import { saveSettings } from "../settings-store";
import { TroubleNotice } from "../ui/page/trouble-notice";
import { saveFile } from "../ui/save-file";
import { exportText, importText, MAX_FILE_BYTES } from "./transfer";

type Message = { readonly text: string; readonly good: boolean } | { readonly trouble: Trouble } | null;

export function Data({ settings }: { settings: Settings }): JSX.Element {
  const [message, setMessage] = useState<Message>(null);
  const dialog = useRef<HTMLDialogElement>(null);
  const file = useRef<HTMLInputElement>(null);
  const say = (text: string, good = true): void => setMessage({ text, good });

  async function refresh(): Promise<void> {
    setMessage({ text: t("options_refreshing"), good: true });
    const result = await call("server.refresh", {});
    if (result.ok) say(tn("options_refreshed", result.documents));
    else setMessage({ trouble: result.trouble });
  }

  async function forget(): Promise<void> {
    await call("cache.clear", {});
    say(t("options_forgotten"));
  }

  function download(): void {
    saveFile("clauselight-settings.json", exportText(settings), "application/json");
    say(t("options_exported"));
  }

  async function upload(chosen: File | undefined): Promise<void> {
    if (chosen === undefined) return;
    const imported = chosen.size > MAX_FILE_BYTES ? null : importText(await chosen.text());
    if (imported === null) return say(t("options_import_wrong"), false);
    await saveSettings(imported);
    say(t("options_imported"));
  }

  async function reset(): Promise<void> {
    dialog.current?.close();
    await saveSettings({ ...DEFAULT_SETTINGS, onboarded: settings.onboarded });
    await call("cache.clear", {});
    await call("dispute.forget", {});
    await revokeNotifications();
    for (const site of await grantedSites()) await revokeSites([site]);
    say(t("options_was_reset"));
  }

  return (
    <>
      <div class="row">
        <button id="data-refresh" class="button" type="button" onClick={() => void refresh()}>
          {t("options_refresh")}
        </button>
        <button id="data-forget" class="button" type="button" onClick={() => void forget()}>
          {t("options_forget")}
        </button>
      </div>
      <div class="row">
        <button id="data-export" class="button" type="button" onClick={download}>
          {t("options_export")}
        </button>
        <button id="data-import" class="button" type="button" onClick={() => file.current?.click()}>
          {t("options_import")}
        </button>
        <input
          ref={file}
          id="data-file"
          type="file"
          accept="application/json,.json"
          aria-label={t("options_import")}
          hidden
          onChange={(event) => {
            void upload(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
        <button id="data-reset" class="button danger" type="button" onClick={() => dialog.current?.showModal()}>
          {t("options_reset")}
        </button>
      </div>
      <div id="data-result" role="status">
        {message === null ? null : "trouble" in message ? (
          <TroubleNotice trouble={message.trouble} serverAddress={settings.serverAddress} />
        ) : (
          <p class={message.good ? "notice good" : "notice warning"}>{message.text}</p>
        )}
      </div>
      <dialog ref={dialog} id="reset-dialog" aria-labelledby="reset-title" aria-describedby="reset-text">
        <div class="stack">
          <h3 id="reset-title">{t("options_reset_title")}</h3>
          <p id="reset-text">{t("options_reset_text")}</p>
          <div class="row">
            <button id="reset-confirm" class="button danger" type="button" onClick={() => void reset()}>
              {t("options_reset_confirm")}
            </button>
            <button id="reset-cancel" class="button" type="button" autofocus onClick={() => dialog.current?.close()}>
              {t("options_reset_cancel")}
            </button>
          </div>
        </div>
      </dialog>
    </>
  );
}
