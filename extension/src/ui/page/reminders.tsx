/** Notes when an answer is overdue. The browser is asked for the permission when they are switched on, and never before. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../../platform/i18n";
import { mayNotify, requestNotifications, revokeNotifications } from "../../platform/notifications";
import { onSitesChanged } from "../../platform/permissions";
import type { Settings } from "../../settings";
import { saveSettings } from "../../settings-store";

export function Reminders({ settings }: { settings: Settings }): JSX.Element {
  const [refused, setRefused] = useState(false);
  // Settings from a file, or a permission taken back in the browser: without it nothing is told, and so it is off.
  const [may, setMay] = useState(false);
  useEffect(() => {
    const look = (): void => void mayNotify().then(setMay);
    look();
    onSitesChanged(look);
  }, []);
  // What was clicked shows until it is kept, while the browser still asks.
  const [chosen, setChosen] = useState<boolean | null>(null);
  useEffect(() => setChosen(null), [settings.reminders]);
  const change = async ({ checked: on }: HTMLInputElement): Promise<void> => {
    setChosen(on);
    // Asked before anything is awaited: browsers show the question only in answer to the click.
    const allowed = on ? await requestNotifications() : true;
    setRefused(!allowed);
    setChosen(on && allowed);
    if (on) setMay(allowed);
    await saveSettings({ reminders: on && allowed });
    if (!on) await revokeNotifications();
  };
  return (
    <>
      <label class="choice">
        <input id="reminders" type="checkbox" checked={chosen ?? (settings.reminders && may)} onChange={(event) => void change(event.currentTarget)} />
        <span class="title">{t("cases_remind")}</span>
        <span class="explanation">{t("cases_remind_text")}</span>
      </label>
      <p class="notice warning" role="alert" hidden={!refused}>{refused ? t("cases_remind_refused") : null}</p>
    </>
  );
}
