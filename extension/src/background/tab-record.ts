/**
 * What is known of each open tab. Kept in the browser's session storage, so that nothing is lost when the background
 * worker is stopped, and nothing stays when the browser is closed. Changes of one tab run one after the other.
 */
import type { PageState, PageStatus } from "../page-state";
import { session } from "../platform/storage";
import type { Knowledge } from "./documents";

export interface TabRecord {
  /** Counts the pages that the tab showed: an answer for an earlier one is dropped. */
  readonly visit: number;
  /** Address that the state is about; null when it may not be known. */
  readonly url: string | null;
  /** Canonical form of it: the same for two addresses of one document. */
  readonly documentKey: string | null;
  /** The overlay is to be in the page (automatic mode, or the user asked). */
  readonly wanted: boolean;
  /** The user took the highlights off, until the page is loaded again. */
  readonly cleared: boolean;
  readonly state: PageState;
}

const key = (tabId: number): string => `tab:${tabId}`;

export function emptyState(tabId: number, status: PageStatus = "unknown"): PageState {
  return {
    tabId,
    status,
    matches: [],
    categories: [],
    outcomes: [],
    painted: false,
    trouble: null,
    fromCache: false,
    focus: null,
  };
}

export function emptyRecord(tabId: number): TabRecord {
  return { visit: 0, url: null, documentKey: null, wanted: false, cleared: false, state: emptyState(tabId) };
}

/** What the popup and the panel see once a page was looked up. */
export function stateOf(tabId: number, knowledge: Knowledge): PageState {
  if (knowledge.kind === "not-policy") return emptyState(tabId, "not-policy");
  if (knowledge.kind === "trouble") return { ...emptyState(tabId, "trouble"), trouble: knowledge.trouble };
  const { matches, categories, fromCache, trouble } = knowledge;
  return { ...emptyState(tabId, statusOf(matches)), matches, categories, fromCache, trouble };
}

/** A document that was analysed and has no provision is matched too: "nothing found" is an answer. */
function statusOf(matches: PageState["matches"]): PageStatus {
  const same = matches.filter((match) => match.relation === "same");
  if (same.length === 0) return "other-language";
  const analysed = same.some(({ set }) => set.provisions.length > 0 || (set.document.analysed_at ?? null) !== null);
  return analysed ? "matched" : "known";
}

const queues = new Map<number, Promise<unknown>>();

export async function readTab(tabId: number): Promise<TabRecord> {
  const stored = await session.get(key(tabId));
  return (stored as TabRecord | undefined) ?? emptyRecord(tabId);
}

/** Changes a tab's record and returns it; the same object as before means: nothing changed. */
export function changeTab(tabId: number, change: (record: TabRecord) => TabRecord): Promise<[TabRecord, boolean]> {
  const turn = (queues.get(tabId) ?? Promise.resolve()).then(async (): Promise<[TabRecord, boolean]> => {
    const before = await readTab(tabId);
    const after = change(before);
    if (after === before) return [before, false];
    await session.set({ [key(tabId)]: after });
    return [after, true];
  });
  const settled = turn.catch(() => undefined);
  queues.set(tabId, settled);
  void settled.then(() => {
    if (queues.get(tabId) === settled) queues.delete(tabId);
  });
  return turn;
}

export async function forgetTab(tabId: number): Promise<void> {
  await session.remove([key(tabId)]);
}
