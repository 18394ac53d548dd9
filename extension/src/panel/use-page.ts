/** The page beside the panel, live: another tab in front, another address, new outcomes. */
import { useEffect, useState } from "preact/hooks";
import type { PageState } from "../page-state";
import { call, onEvent } from "../platform/messaging";
import { activeTab, onTabActivated } from "../platform/tabs";

/** `?tab=<id>` binds the panel to one tab. */
function boundTab(): number | null {
  const id = Number(new URLSearchParams(location.search).get("tab"));
  return Number.isInteger(id) && id > 0 ? id : null;
}

/** The state of the tab; `null` while it is asked for, `"none"` when there is no tab or nobody answers. */
export function usePage(): PageState | null | "none" {
  const [state, setState] = useState<PageState | null | "none">(null);
  useEffect(() => {
    let tabId: number | null = null;
    let over = false;
    const load = async (): Promise<void> => {
      try {
        const wanted = boundTab() ?? (await activeTab())?.id ?? null;
        if (over || (wanted !== null && wanted === tabId)) return;
        tabId = wanted;
        const answer = wanted === null ? "none" : await call("page.state", { tabId: wanted });
        // Another tab may have come to the front while this one was asked for.
        if (!over && tabId === wanted) setState(answer);
      } catch {
        if (!over) setState("none");
      }
    };
    void load();
    const stopEvents = onEvent("page.changed", (event) => {
      if (event.state.tabId === tabId) setState(event.state);
    });
    const stopTabs = boundTab() === null ? onTabActivated(() => void load()) : () => undefined;
    return () => {
      over = true;
      stopEvents();
      stopTabs();
    };
  }, []);
  return state;
}
