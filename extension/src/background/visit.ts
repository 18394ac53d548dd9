/** One page in one tab: looked up, and the overlay put into it. */
import { isPainted, type PageState } from "../page-state";
import { MessageFailed, order } from "../platform/messaging";
import { hasSites, sitePattern } from "../platform/permissions";
import { injectScript, readCanonicalLink } from "../platform/scripting";
import { getTab } from "../platform/tabs";
import type { RequestReason } from "../request-ledger";
import { readSettings } from "../settings-store";
import { knowledgeOf, looksKnown } from "./documents";
import { allowedCanonical, documentKey } from "./known";
import { ownReports } from "./disputes";
import { noteReading } from "./last-read";
import { acceptReports } from "./reports";
import { updateTab } from "./show";
import { emptyState, readTab, stateOf, type TabRecord } from "./tab-record";
import { injectionTrouble, trouble } from "./trouble";

const OVERLAY_FILE = "overlay.js";

/**
 * The page was opened with automatic highlighting on. Without an index nothing is asked of the server here, and on a
 * page that is not in the index nothing happens at all. Returns what remains to be done with a page that is.
 */
export async function beginPassively(tabId: number, url: string): Promise<(() => Promise<void>) | null> {
  const known = await looksKnown(url);
  const visited = await begin(tabId, url, known === true ? "checking" : known === null ? "unknown" : "not-policy");
  if (known === true) return async () => void (await lookUp(tabId, visited, url, "known-page"));
  // A page that was analysed and not kept, loaded again: what was found is shown again, and nothing is sent.
  if (visited.state.analysis?.kind !== "done") return null;
  const wanted = await updateTab(tabId, (record) => (record.visit === visited.visit ? { ...record, wanted: true } : record));
  return wanted.visit === visited.visit ? () => inject(wanted) : null;
}

/** How many times the user has just asked for a tab's page, whose overlay is on its way. */
const underWay = new Map<number, number>();

export function isUnderWay(tabId: number): boolean {
  return underWay.has(tabId);
}

/** The user asked for this page: by the button, or by opening the popup in automatic mode. */
export async function visitOnRequest(tabId: number): Promise<PageState> {
  underWay.set(tabId, (underWay.get(tabId) ?? 0) + 1);
  try {
    return await visit(tabId);
  } finally {
    const others = (underWay.get(tabId) ?? 1) - 1;
    if (others > 0) underWay.set(tabId, others);
    else underWay.delete(tabId);
  }
}

async function visit(tabId: number): Promise<PageState> {
  const tab = await getTab(tabId);
  if (tab?.url == null) {
    const refused = { ...emptyState(tabId, "trouble"), trouble: trouble("no-permission") };
    return (await updateTab(tabId, (record) => ({ ...record, state: refused }))).state;
  }
  const visited = await begin(tabId, tab.url, "checking");
  let record = await lookUp(tabId, visited, tab.url, "asked-page");
  if (record.visit === visited.visit && record.state.status === "not-policy") {
    const canonical = allowedCanonical(tab.url, await readCanonicalLink(tabId));
    if (canonical !== null && documentKey(canonical) !== record.documentKey) {
      record = await lookUp(tabId, visited, canonical, "asked-page");
    }
  }
  return record.state;
}

/**
 * The tab shows something that is not to be looked at (manual mode, no access): what was known is forgotten. `seen` is
 * the visit that this was judged by: a page that the user has asked for since stays.
 */
export async function leave(tabId: number, seen?: number): Promise<void> {
  const before = await readTab(tabId);
  if (before.visit === 0 || (seen !== undefined && before.visit !== seen)) return;
  if (before.wanted) await removeOverlay(tabId);
  await updateTab(tabId, (record) => {
    if (record.visit !== before.visit) return record;
    return {
      ...record,
      visit: record.visit + 1,
      url: null,
      documentKey: null,
      wanted: false,
      cleared: false,
      state: emptyState(tabId),
    };
  });
}

/** Takes the highlights off until the page is loaded again. */
export async function clearPage(tabId: number): Promise<PageState> {
  await removeOverlay(tabId);
  const record = await updateTab(tabId, (before) => ({
    ...before,
    wanted: false,
    cleared: true,
    state: { ...before.state, painted: false },
  }));
  return record.state;
}

/** Puts the overlay into a matched page; a second time in one page does no harm. */
export async function inject(record: TabRecord): Promise<void> {
  const { tabId } = record.state;
  try {
    await injectScript(tabId, OVERLAY_FILE);
  } catch (error) {
    const pattern = record.url === null ? null : sitePattern(record.url);
    const problem = injectionTrouble(error, pattern !== null && (await hasSites([pattern])));
    await updateTab(tabId, (current) =>
      current.visit === record.visit ? { ...current, state: { ...current.state, trouble: problem } } : current,
    );
  }
}

export async function overlayLives(tabId: number): Promise<boolean> {
  try {
    await order(tabId, "overlay.settings", { settings: await readSettings() });
    return true;
  } catch (error) {
    if (error instanceof MessageFailed) return false;
    throw error;
  }
}

async function removeOverlay(tabId: number): Promise<void> {
  try {
    await order(tabId, "overlay.remove", {});
  } catch (error) {
    if (!(error instanceof MessageFailed)) throw error; // there was none
  }
}

async function begin(tabId: number, url: string, status: PageState["status"]): Promise<TabRecord> {
  const key = documentKey(url);
  const before = await readTab(tabId);
  const sameDocument = before.documentKey === key && key !== null;
  if (before.wanted && !sameDocument) await removeOverlay(tabId);
  return updateTab(tabId, (record) => ({
    visit: record.visit + 1,
    url,
    documentKey: key,
    wanted: false,
    cleared: false,
    // The same document again (a reload): what is known of it stays until there is something newer.
    state: sameDocument && record.state.status === "matched" ? record.state : emptyState(tabId, status),
  }));
}

/** An overlay that is in the page already reports only what changes: what it said before still holds. */
function withReports(state: PageState, before: PageState): PageState {
  const outcomes = acceptReports(state, before.outcomes);
  return { ...state, outcomes, painted: isPainted(outcomes) && before.painted };
}

async function lookUp(tabId: number, visited: TabRecord, url: string, why: RequestReason): Promise<TabRecord> {
  const knowledge = await knowledgeOf(url, why);
  const matches = knowledge.kind === "known" ? knowledge.matches : [];
  const changed = await noteReading(matches, (await getTab(tabId))?.inPrivate ?? true);
  const reports = await ownReports(matches);
  const record = await updateTab(tabId, (current) => {
    if (current.visit !== visited.visit) return current; // the tab went on
    const found = { ...stateOf(tabId, knowledge), changedSince: changed, reports };
    // What was found by an analysis that nobody kept stands until there are records.
    const analysed = current.state.status === "matched" && current.state.analysis?.kind === "done";
    const state = found.status !== "matched" && analysed ? current.state : withReports(found, current.state);
    return { ...current, wanted: state.status === "matched", state };
  });
  if (record.visit === visited.visit && record.wanted) {
    await inject(record);
    return readTab(tabId);
  }
  return record;
}
