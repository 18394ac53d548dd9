/** The user changed a setting: another server means other documents; anything else is told to badge and overlays. */
import { allTabs } from "../platform/tabs";
import { session } from "../platform/storage";
import type { Settings } from "../settings";
import { readSettings } from "../settings-store";
import { applyMode } from "./automatic";
import { forgetBuckets } from "./bucket-cache";
import { forgetIndex, refreshIndex } from "./index-sync";
import { show } from "./show";
import { readTab } from "./tab-record";
import { leave, overlayLives } from "./visit";

/** Survives the worker being stopped between two changes. */
const LAST_ADDRESS = "last-address";

export async function rememberAddress(): Promise<void> {
  if ((await session.get(LAST_ADDRESS)) !== undefined) return;
  await session.set({ [LAST_ADDRESS]: (await readSettings()).serverAddress });
}

export async function settingsChanged(settings: Settings): Promise<void> {
  const last = await session.get(LAST_ADDRESS);
  if (last !== settings.serverAddress) {
    await session.set({ [LAST_ADDRESS]: settings.serverAddress });
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
  await refreshIndex();
  await applyMode();
}
