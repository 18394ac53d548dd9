/** The public key of whoever publishes: checked as typed, then tried on the list of documents. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Trouble } from "../page-state";
import { t, tn } from "../platform/i18n";
import { call } from "../platform/messaging";
import { parsePublicKey } from "../public-key";
import type { Settings } from "../settings";
import { saveSettings } from "../settings-store";
import { TroubleNotice } from "../ui/page/trouble-notice";

type Progress =
  | { readonly step: "idle" | "checking" | "wrong" | "none" }
  | { readonly step: "good"; readonly addresses: number }
  | { readonly step: "failed"; readonly trouble: Trouble };

export function PublicKey({ settings }: { settings: Settings }): JSX.Element {
  const [typed, setTyped] = useState(settings.publicKey ?? "");
  const [progress, setProgress] = useState<Progress>({ step: "idle" });
  useEffect(() => setTyped(settings.publicKey ?? ""), [settings.publicKey]); // changed elsewhere: an import, a reset

  async function use(event: Event): Promise<void> {
    event.preventDefault();
    if (typed.trim() === "") return remove();
    const publicKey = parsePublicKey(typed);
    if (publicKey === null) return setProgress({ step: "wrong" });
    setProgress({ step: "checking" });
    await saveSettings({ publicKey });
    const result = await call("server.refresh", {});
    setProgress(result.ok ? { step: "good", addresses: result.documents } : { step: "failed", trouble: result.trouble });
  }

  async function remove(): Promise<void> {
    await saveSettings({ publicKey: null });
    setTyped("");
    setProgress({ step: "none" });
  }

  const wrong = progress.step === "wrong";
  return (
    <form class="stack" id="key-form" noValidate onSubmit={(event) => void use(event)}>
      <label class="stack tight">
        <span>{t("options_key_label")}</span>
        <input
          id="public-key"
          class="field"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={typed}
          aria-invalid={wrong}
          aria-describedby="key-help key-fault"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </label>
      <p id="key-help" class="quiet small">
        {t("options_key_help")}
      </p>
      <p id="key-fault" class="notice warning" role="alert" hidden={!wrong}>
        {wrong ? t("options_key_wrong") : null}
      </p>
      <div class="row">
        <button id="key-use" class="button" type="submit" disabled={progress.step === "checking"}>
          {t("options_key_use")}
        </button>
        {settings.publicKey === null ? null : (
          <button id="key-remove" class="button" type="button" onClick={() => void remove()}>
            {t("options_key_remove")}
          </button>
        )}
      </div>
      <div id="key-result" role="status">
        {progress.step === "checking" ? <p class="quiet">{t("options_key_checking")}</p> : null}
        {progress.step === "none" ? <p class="notice good">{t("options_key_none")}</p> : null}
        {progress.step === "good" ? (
          <p class="notice good">{tn("options_key_good", progress.addresses)}</p>
        ) : null}
        {progress.step === "failed" ? (
          <TroubleNotice trouble={progress.trouble} serverAddress={settings.serverAddress}>
            <p>{t("options_key_kept")}</p>
          </TroubleNotice>
        ) : null}
      </div>
    </form>
  );
}
