/** The browser's tabs. A tab's address is known only where access to the site was granted. */
import { api } from "./api";

export interface Tab {
  readonly id: number;
  /** null without access to the site. */
  readonly url: string | null;
  /** Of a private window; absent where nobody asked. */
  readonly inPrivate?: boolean;
}

export async function getTab(tabId: number): Promise<Tab | null> {
  try {
    const tab = await api.tabs.get(tabId);
    return { id: tabId, url: tab.url ?? null, inPrivate: tab.incognito };
  } catch {
    return null; // closed meanwhile
  }
}

/** The tab that the user is looking at. */
export async function activeTab(): Promise<Tab | null> {
  const [tab] = await api.tabs.query({ active: true, currentWindow: true });
  return tab?.id === undefined ? null : { id: tab.id, url: tab.url ?? null };
}

export async function allTabs(): Promise<Tab[]> {
  const tabs = await api.tabs.query({});
  return tabs.flatMap((tab) => (tab.id === undefined ? [] : [{ id: tab.id, url: tab.url ?? null }]));
}

/** Opens a tab, in front unless `inBackground`. */
export async function openTab(url: string, inBackground = false): Promise<void> {
  await api.tabs.create({ url, active: !inBackground });
}

export interface TabUpdate {
  readonly tabId: number;
  readonly url: string | null;
  /** Known where the address is; empty else. */
  readonly title: string;
  /** A new document begins to load; else only the address changed, or the load ended. */
  readonly loading: boolean;
  readonly complete: boolean;
  /** The address changed (also within one document, as single-page applications do). */
  readonly addressChanged: boolean;
}

export function onTabUpdated(listener: (update: TabUpdate) => void): void {
  api.tabs.onUpdated.addListener((tabId, change, tab) => {
    if (change.status === undefined && change.url === undefined) return;
    listener({
      tabId,
      url: tab.url ?? null,
      title: tab.title ?? "",
      loading: change.status === "loading",
      complete: change.status === "complete",
      addressChanged: change.url !== undefined,
    });
  });
}

export function onTabRemoved(listener: (tabId: number) => void): void {
  api.tabs.onRemoved.addListener((tabId) => listener(tabId));
}

/** A tab was exchanged for another (a prerendered page): the first is the one that now shows. */
export function onTabReplaced(listener: (added: number, removed: number) => void): void {
  api.tabs.onReplaced?.addListener((added, removed) => listener(added, removed));
}

/** Another tab came to the front in some window. Returns the function that ends it. */
export function onTabActivated(listener: () => void): () => void {
  const receive = (): void => listener();
  api.tabs.onActivated.addListener(receive);
  return () => api.tabs.onActivated.removeListener(receive);
}
