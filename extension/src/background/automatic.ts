/**
 * What happens when a tab changes. In automatic mode a page whose address may be known is looked up in the local index;
 * in manual mode nothing is looked at, and what was known of the page before is forgotten.
 *
 * Browsers tell the same story in different words (a reload, a link to a section, a single-page application that
 * changes its address), so every case is judged by the addresses, and by whether the overlay is still there.
 */
import { allTabs, type TabUpdate } from "../platform/tabs";
import { readSettings } from "../settings-store";
import { documentKey } from "./known";
import { updateTab } from "./show";
import { readTab, type TabRecord } from "./tab-record";
import { beginPassively, inject, leave, overlayLives } from "./visit";

/** The events of one tab are judged in their order; what then takes its time (the server) holds up none of them. */
const queues = new Map<number, Promise<unknown>>();

export async function tabUpdated(update: TabUpdate): Promise<void> {
  const { tabId } = update;
  const turn = (queues.get(tabId) ?? Promise.resolve()).then(() => judge(update));
  const settled = turn.catch(() => undefined);
  queues.set(tabId, settled);
  const rest = await turn;
  if (queues.get(tabId) === settled) queues.delete(tabId);
  await rest?.();
}

type Rest = (() => Promise<void>) | null;

async function judge(update: TabUpdate): Promise<Rest> {
  const { tabId, url } = update;
  const record = await readTab(tabId);
  if (url === null) {
    if (update.loading) await leave(tabId);
    return null;
  }
  if (record.documentKey !== null && record.documentKey === documentKey(url)) return sameDocument(update, url, record);
  if (update.complete && record.url === url) return null; // looked at when it began to load
  return arrive(tabId, url);
}

async function arrive(tabId: number, url: string): Promise<Rest> {
  if ((await readSettings()).mode === "automatic") return beginPassively(tabId, url);
  await leave(tabId);
  return null;
}

/** A reload, a link within the page, or another address of the document that was shown before. */
async function sameDocument(update: TabUpdate, url: string, record: TabRecord): Promise<Rest> {
  const { tabId } = update;
  const automatic = (await readSettings()).mode === "automatic";
  if (update.loading && record.url === url) return automatic ? beginPassively(tabId, url) : null;
  if (record.url !== url) await updateTab(tabId, (current) => ({ ...current, url }));
  if (!update.complete || !record.wanted || (await overlayLives(tabId))) return null;
  if (automatic) return async () => inject(await readTab(tabId));
  await leave(tabId);
  return null;
}

/** The mode or the access to sites changed: what is open already gets its due. */
export async function applyMode(): Promise<void> {
  if ((await readSettings()).mode !== "automatic") return;
  for (const tab of await allTabs()) {
    if (tab.url === null) continue;
    const { cleared, documentKey: known, state } = await readTab(tab.id);
    const moved = known !== documentKey(tab.url);
    const unseen = state.status === "unknown" || state.trouble?.kind === "no-permission";
    if (!cleared && (moved || unseen)) await (await beginPassively(tab.id, tab.url))?.();
  }
}
