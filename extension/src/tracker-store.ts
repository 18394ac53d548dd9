/**
 * The tracker in the browser's own storage on this computer; it is in no settings file, is never synchronised and never
 * sent. What lies there and cannot be read (a newer version wrote it) is left as it is and never written over.
 */
import { EMPTY_TRACKER, type Tracker } from "./actions/tracker";
import { readTracker, TRACKER_FORMAT, type TrackerRead } from "./actions/tracker-file";
import { alone } from "./alone";
import { local } from "./platform/storage";

const KEY = "tracker";

export async function storedTracker(): Promise<TrackerRead> {
  return readTracker(await local.get(KEY));
}

/** Cases that can be read; none where the stored ones cannot. */
export async function trackedCases(): Promise<Tracker> {
  const read = await storedTracker();
  return read.ok ? read.tracker : EMPTY_TRACKER;
}

/**
 * Changes it, one page after the other. False, and nothing is changed, when what is stored may not be written over,
 * when the result could not be read back whole (too many cases, or events of one), and when the storage is full.
 */
export async function changeTracker(edit: (tracker: Tracker) => Tracker): Promise<boolean> {
  return alone("tracker", async () => {
    const stored = await local.get(KEY);
    const read = readTracker(stored);
    if (!read.ok) return false;
    const edited = edit(read.tracker);
    const next = { ...edited, cases: [...edited.cases, ...(read.leftOut > 0 ? unreadIn(stored) : [])] };
    // What cannot be read back would be gone from the list, and with the next change for good.
    const back = readTracker(next);
    if (!back.ok || back.tracker.cases.length !== edited.cases.length) return false;
    try {
      await local.set({ [KEY]: next });
      return true;
    } catch (error) {
      console.warn("Clauselight: the requests could not be kept", error);
      return false;
    }
  });
}

/** Erases everything, whatever it is. */
export async function eraseTracker(): Promise<void> {
  await alone("tracker", () => local.remove([KEY]));
}

export function onTrackerChanged(listener: () => void): void {
  local.onChanged((key) => {
    if (key === KEY) listener();
  });
}

/** Entries that are no cases to this version: they stay as they are. */
function unreadIn(stored: unknown): readonly unknown[] {
  const entries = (stored as { cases?: unknown } | null)?.cases;
  if (!Array.isArray(entries)) return [];
  return entries.filter((entry) => {
    const alike = readTracker({ format: TRACKER_FORMAT, cases: [entry] });
    return !alike.ok || alike.leftOut > 0;
  });
}
