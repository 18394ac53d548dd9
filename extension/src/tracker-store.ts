/**
 * The tracker in the browser's own storage on this computer; it is in no settings file, is never synchronised and never
 * sent. What lies there and cannot be read (a newer version wrote it) is left as it is and never written over.
 */
import { EMPTY_TRACKER, type Tracker } from "./actions/tracker";
import { readTracker, type TrackerRead } from "./actions/tracker-file";
import { local } from "./platform/storage";

const KEY = "tracker";
const LOCK = "clauselight-tracker";

export async function storedTracker(): Promise<TrackerRead> {
  return readTracker(await local.get(KEY));
}

/** Cases that can be read; none where the stored ones cannot. */
export async function trackedCases(): Promise<Tracker> {
  const read = await storedTracker();
  return read.ok ? read.tracker : EMPTY_TRACKER;
}

/** Changes it, one page after the other; false when what is stored may not be written over. */
export async function changeTracker(edit: (tracker: Tracker) => Tracker): Promise<boolean> {
  return alone(async () => {
    const read = await storedTracker();
    if (!read.ok) return false;
    await local.set({ [KEY]: edit(read.tracker) });
    return true;
  });
}

/** Erases everything, whatever it is. */
export async function eraseTracker(): Promise<void> {
  await alone(() => local.remove([KEY]));
}

export function onTrackerChanged(listener: () => void): void {
  local.onChanged((key) => {
    if (key === KEY) listener();
  });
}

let queue: Promise<unknown> = Promise.resolve();

/** Over all pages of the extension where the browser has locks, else within this one. */
async function alone<Result>(work: () => Promise<Result>): Promise<Result> {
  if (globalThis.navigator?.locks) return navigator.locks.request(LOCK, work);
  const turn = queue.then(work);
  queue = turn.catch(() => undefined);
  return turn;
}
