/** The tracker as it is stored, as it changes in whatever page. */
import { useEffect, useState } from "preact/hooks";
import type { TrackerRead } from "../actions/tracker-file";
import { onTrackerChanged, storedTracker } from "../tracker-store";

/** null until it is read. */
export function useTracker(): TrackerRead | null {
  const [read, setRead] = useState<TrackerRead | null>(null);
  useEffect(() => {
    const load = (): void => void storedTracker().then(setRead);
    load();
    onTrackerChanged(load);
  }, []);
  return read;
}
