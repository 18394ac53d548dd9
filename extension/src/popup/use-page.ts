/** The page that the popup is about: its state as the background worker knows it, and its address if it may be read. */
import { useCallback, useEffect, useState } from "preact/hooks";
import type { PageState } from "../page-state";
import { call, onEvent } from "../platform/messaging";
import { activeTab, getTab, type Tab } from "../platform/tabs";

export interface Page {
  readonly tab: Tab;
  readonly state: PageState;
}

export type PageAnswer = Page | "loading" | "no-tab" | "no-background";

/** `?tab=<id>` names the tab; without it, it is the one beside the popup. */
async function pageTab(): Promise<Tab | null> {
  const id = Number(new URLSearchParams(location.search).get("tab"));
  return Number.isInteger(id) && id > 0 ? getTab(id) : activeTab();
}

export function usePage(): { page: PageAnswer; run: (name: "page.highlight" | "page.clear") => Promise<void> } {
  const [page, setPage] = useState<PageAnswer>("loading");

  useEffect(() => {
    let stop = (): void => undefined;
    const load = async (): Promise<void> => {
      const tab = await pageTab();
      if (tab === null) return setPage("no-tab");
      stop = onEvent("page.changed", ({ state }) => {
        if (state.tabId === tab.id) setPage({ tab, state });
      });
      setPage({ tab, state: await call("page.state", { tabId: tab.id }) });
    };
    load().catch(() => setPage("no-background"));
    return () => stop();
  }, []);

  const run = useCallback(
    async (name: "page.highlight" | "page.clear") => {
      if (typeof page === "string") return;
      setPage({ tab: page.tab, state: await call(name, { tabId: page.tab.id }) });
    },
    [page],
  );
  return { page, run };
}
