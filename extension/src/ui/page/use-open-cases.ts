/** How many requests are open, for the links to them. */
import { useEffect, useState } from "preact/hooks";
import { today } from "../../actions/deadline";
import { openCount } from "../../cases/model";
import { onTrackerChanged, trackedCases } from "../../tracker-store";

/** null until it is read. */
export function useOpenCases(): number | null {
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    const load = (): void => void trackedCases().then(({ cases }) => setCount(openCount(cases, today(new Date()))));
    load();
    onTrackerChanged(load);
  }, []);
  return count;
}
