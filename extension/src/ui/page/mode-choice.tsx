/** When pages are highlighted: by themselves where access was given, or only on a click. */
import type { JSX } from "preact";
import { t } from "../../platform/i18n";
import type { Settings } from "../../settings";
import { saveSettings } from "../../settings-store";

const MODES = [
  { mode: "automatic", title: "page_mode_automatic", explanation: "page_mode_automatic_text" },
  { mode: "manual", title: "page_mode_manual", explanation: "page_mode_manual_text" },
] as const;

export function ModeChoice({ settings }: { settings: Settings }): JSX.Element {
  return (
    <fieldset class="stack">
      <legend class="visually-hidden">{t("page_mode_legend")}</legend>
      {MODES.map(({ mode, title, explanation }) => (
        <label class="choice" key={mode}>
          <input
            type="radio"
            name="mode"
            id={`mode-${mode}`}
            value={mode}
            checked={settings.mode === mode}
            onChange={() => void saveSettings({ mode })}
          />
          <span class="title">{t(title)}</span>
          <span class="explanation">{t(explanation)}</span>
        </label>
      ))}
    </fieldset>
  );
}
