/** Policies that nobody has analysed: at once or on a click, kept or forgotten. */
import type { JSX } from "preact";
import { t } from "../platform/i18n";
import type { Settings } from "../settings";
import { saveSettings } from "../settings-store";
import { serverPlace } from "../ui/page/server-place";

export function Analysis({ settings }: { settings: Settings }): JSX.Element {
  const { here } = serverPlace(settings);
  return (
    <>
      <label class="choice">
        <input
          id="analyse-at-once"
          type="checkbox"
          checked={here && settings.analyseAtOnce}
          disabled={!here}
          onChange={(event) => void saveSettings({ analyseAtOnce: event.currentTarget.checked })}
        />
        <span class="title">{t("analysis_at_once")}</span>
        <span class="explanation">{t(here ? "analysis_at_once_text" : "analysis_at_once_elsewhere")}</span>
      </label>
      <label class="choice">
        <input
          id="keep-analysed"
          type="checkbox"
          checked={here && settings.keepAnalysed}
          disabled={!here}
          onChange={(event) => void saveSettings({ keepAnalysed: event.currentTarget.checked })}
        />
        <span class="title">{t("analysis_keep_setting")}</span>
        <span class="explanation">{t("analysis_keep_setting_text")}</span>
      </label>
    </>
  );
}
