/** Whether it is remembered here when a document was read. */
import type { JSX } from "preact";
import { t } from "../platform/i18n";
import type { Settings } from "../settings";
import { saveSettings } from "../settings-store";

export function Remembered({ settings }: { settings: Settings }): JSX.Element {
  return (
    <label class="choice">
      <input
        id="remember-read"
        type="checkbox"
        checked={settings.rememberRead}
        onChange={(event) => void saveSettings({ rememberRead: event.currentTarget.checked })}
      />
      <span class="title">{t("options_remember_read")}</span>
      <span class="explanation">{t("options_remember_read_text")}</span>
    </label>
  );
}
