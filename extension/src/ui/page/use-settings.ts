/** The settings, as they change in whatever page. */
import { useEffect, useState } from "preact/hooks";
import type { Settings } from "../../settings";
import { onSettingsChanged, readSettings } from "../../settings-store";

/** null until they are read. */
export function useSettings(): Settings | null {
  const [settings, setSettings] = useState<Settings | null>(null);
  useEffect(() => {
    void readSettings().then(setSettings);
    onSettingsChanged(setSettings);
  }, []);
  return settings;
}
