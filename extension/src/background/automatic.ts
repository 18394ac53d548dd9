/**
 * What happens when a tab changes. In automatic mode a page whose address may be known is looked up in the local index;
 * in manual mode nothing is looked at, and what was known of the page before is forgotten.
 *
 * Browsers tell the same story in different words (a reload, a link to a section, a single-page application that
 * changes its address), so every case is judged by the addresses, and by whether the overlay is still there.
 */
import { allTabs, type TabUpdate } from "../platform/tabs";
import { readSettings } from "../settings-store";
import { considerPage } from "./at-once";
import { documentKey } from "./known";
import { updateTab } from "./show";
import { readTab, type TabRecord } from "./tab-record";
import { beginPassively, inject, isUnderWay, leave, overlayLives } from "./visit";

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
    if (update.loading) await leave(tabId, record.visit);
    return null;
  }
  if (record.documentKey !== null && record.documentKey === documentKey(url)) return sameDocument(update, url, record);
  // What was looked at when it began to load is, once it is there, worth a thought if nothing is known of it.
  if (update.complete && record.url === url) return () => considerPage(tabId, url, update.title);
  return arrive(tabId, url, update, record.visit);
}

async function arrive(tabId: number, url: string, { complete, title }: TabUpdate, seen: number): Promise<Rest> {
  if ((await readSettings()).mode === "automatic") return thenConsider(await beginPassively(tabId, url), tabId, url, title, complete);
  await leave(tabId, seen);
  return null;
}

/** A known document may turn out to have no records; any other page is considered when it has loaded. */
function thenConsider(rest: Rest, tabId: number, url: string, title: string, complete: boolean): Rest {
  if (rest === null && !complete) return null;
  return async () => {
    await rest?.();
    await considerPage(tabId, url, title);
  };
}

/** A reload, a link within the page, or another address of the document that was shown before. */
async function sameDocument(update: TabUpdate, url: string, record: TabRecord): Promise<Rest> {
  const { tabId } = update;
  const automatic = (await readSettings()).mode === "automatic";
  if (update.loading && record.url === url) {
    return automatic ? thenConsider(await beginPassively(tabId, url), tabId, url, update.title, false) : null;
  }
  if (record.url !== url) await updateTab(tabId, (current) => ({ ...current, url }));
  if (update.complete && !record.wanted && automatic) return () => considerPage(tabId, url, update.title);
  if (!update.complete || !record.wanted || isUnderWay(tabId) || (await overlayLives(tabId))) return null;
  if (automatic) return async () => inject(await readTab(tabId));
  await leave(tabId, record.visit);
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
