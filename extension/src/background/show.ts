/** Applies a change to a tab and tells everybody who draws it: badge, popup, panel. */
import type { PageState } from "../page-state";
import { showBadge } from "../platform/action";
import { broadcast } from "../platform/messaging";
import { readSettings } from "../settings-store";
import { badgeOf } from "./badge";
import { changeTab, type TabRecord } from "./tab-record";

export async function updateTab(tabId: number, change: (record: TabRecord) => TabRecord): Promise<TabRecord> {
  const [record, changed] = await changeTab(tabId, change);
  if (changed) await show(record.state);
  return record;
}

export async function show(state: PageState): Promise<void> {
  await Promise.all([
    broadcast("page.changed", { state }),
    showBadge(state.tabId, badgeOf(state, await readSettings())),
  ]);
}
