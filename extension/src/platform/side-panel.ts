/** The panel beside the page: Chromium's side panel, Firefox's sidebar. */
import { api } from "./api";

interface Sidebar {
  open(): Promise<void>;
}

/**
 * Opens the panel; browsers allow it only in answer to a user's action, so nothing may be awaited before.
 * False when the browser refuses.
 */
export async function openPanel(tabId: number): Promise<boolean> {
  try {
    const sidebar = (api as unknown as { sidebarAction?: Sidebar }).sidebarAction;
    if (sidebar !== undefined) await sidebar.open();
    else await api.sidePanel.open({ tabId });
    return true;
  } catch {
    return false;
  }
}
