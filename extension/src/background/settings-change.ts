/** The user changed a setting: another server or public key means other documents; anything else is told to badge and overlays. */
import { allTabs } from "../platform/tabs";
import { session } from "../platform/storage";
import type { Settings } from "../settings";
import { applyMode } from "./automatic";
import { forgetBuckets } from "./bucket-cache";
import { forgetIndex, refreshIndex } from "./index-sync";
import { forgetReadings } from "./last-read";
import { show } from "./show";
import { currentSource, sourceName, sourceOf } from "./source";
import { readTab } from "./tab-record";
import { leave, overlayLives } from "./visit";

/** Survives the worker being stopped between two changes. */
const LAST_SOURCE = "last-source";

export async function rememberSource(): Promise<void> {
  if ((await session.get(LAST_SOURCE)) !== undefined) return;
  await session.set({ [LAST_SOURCE]: sourceName(await currentSource()) });
}

export async function settingsChanged(settings: Settings): Promise<void> {
  if (!settings.rememberRead) await forgetReadings();
  const source = sourceName(sourceOf(settings));
  if ((await session.get(LAST_SOURCE)) !== source) {
    await session.set({ [LAST_SOURCE]: source });
    await serverChanged();
    return;
  }
  for (const { id } of await allTabs()) {
    const record = await readTab(id);
    if (record.visit === 0) continue;
    await show(record.state);
    if (record.wanted) await overlayLives(id); // sends the settings
  }
  await applyMode();
}

async function serverChanged(): Promise<void> {
  await Promise.all([forgetIndex(), forgetBuckets()]);
  for (const { id } of await allTabs()) await leave(id);
  await refreshIndex("new-server");
  await applyMode();
}
