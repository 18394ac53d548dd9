/** Answers every call of `messages.ts`, each in a few lines: parse, ask, answer. */
import type { CallName } from "../messages";
import { isPainted } from "../page-state";
import { order, type CallHandlers, type Sender } from "../platform/messaging";
import { openPanel } from "../platform/side-panel";
import { getTab } from "../platform/tabs";
import { readSettings } from "../settings-store";
import { kinds } from "../actions/generated/kinds.json";
import { chooseFor, keepPlace, openLetter } from "./actions";
import { offerAnalysis, previewAnalysis, startAnalysis } from "./analysis";
import { applyMode } from "./automatic";
import { expireBuckets, forgetBuckets } from "./bucket-cache";
import { checkDispute, forgetReported, hideReported, noteSeen, sendDispute } from "./disputes";
import { siteKnowledgeOf } from "./documents";
import { forgetIndex, refreshIndex } from "./index-sync";
import { documentKey } from "./known";
import { forgetReadings } from "./last-read";
import { acceptReports, acceptTroubleKind } from "./reports";
import { testServer } from "./server-test";
import { updateTab } from "./show";
import { readTab } from "./tab-record";
import { trouble } from "./trouble";
import { clearPage, visitOnRequest } from "./visit";

/** Longest technical detail that is repeated to people. */
const MAX_DETAIL = 200;

/** Only pages of the extension may ask for more than what concerns their own tab. */
function onlyExtensionPage(sender: Sender, name: CallName): void {
  if (!sender.extensionPage) throw new Error(`${name} is not for pages`);
}

function ownTab(sender: Sender): number {
  if (sender.tabId === null) throw new Error("not from a tab");
  return sender.tabId;
}

/** The tab that a page of the extension names; an overlay speaks for its own. */
function tabOf(named: number | null, sender: Sender): number {
  return sender.extensionPage && named !== null ? named : ownTab(sender);
}

export const handlers: CallHandlers = {
  async "overlay.ready"({ url }, sender) {
    const tabId = ownTab(sender);
    let record = await readTab(tabId);
    if (record.documentKey !== documentKey(sender.url ?? url)) {
      await visitOnRequest(tabId);
      record = await readTab(tabId);
    }
    if (record.state.status !== "matched" || record.cleared) return null;
    const { matches, reports = [] } = record.state;
    return { matches, settings: await readSettings(), reports };
  },

  async "overlay.outcomes"({ outcomes }, sender) {
    await updateTab(ownTab(sender), (record) => {
      const accepted = acceptReports(record.state, outcomes);
      return { ...record, state: { ...record.state, outcomes: accepted, painted: isPainted(accepted) } };
    });
    return null;
  },

  async "overlay.trouble"({ kind, detail }, sender) {
    const problem = trouble(acceptTroubleKind(kind), String(detail).slice(0, MAX_DETAIL));
    await updateTab(ownTab(sender), (record) => ({ ...record, state: { ...record.state, trouble: problem } }));
    return null;
  },

  async "overlay.open-panel"({ provisionId }, sender) {
    const tabId = ownTab(sender);
    // First of all: the browser lets a panel open only while it still counts as the answer to the user's click.
    await openPanel(tabId);
    const focus = typeof provisionId === "string" ? provisionId : null;
    await updateTab(tabId, (record) => ({ ...record, state: { ...record.state, focus } }));
    return null;
  },

  async "actions.choose"({ tabId, provisionId }, sender) {
    return chooseFor(tabOf(tabId, sender), provisionId);
  },

  async "actions.place"({ code }) {
    await keepPlace(String(code));
    return null;
  },

  async "actions.letter"({ tabId, provisionId, wayId }, sender) {
    return { opened: await openLetter(tabOf(tabId, sender), provisionId, String(wayId)) };
  },

  async "page.state"({ tabId }, sender) {
    onlyExtensionPage(sender, "page.state");
    const [record, tab, settings] = await Promise.all([readTab(tabId), getTab(tabId), readSettings()]);
    // The click on the toolbar button lets this address be read: in automatic mode the page gets its due now.
    const unseen = record.state.status === "unknown" || record.documentKey !== documentKey(tab?.url ?? "");
    if (settings.mode === "automatic" && tab?.url != null && unseen) return visitOnRequest(tabId);
    return record.state;
  },

  async "page.highlight"({ tabId }, sender) {
    onlyExtensionPage(sender, "page.highlight");
    return visitOnRequest(tabId);
  },

  async "page.clear"({ tabId }, sender) {
    onlyExtensionPage(sender, "page.clear");
    return clearPage(tabId);
  },

  async "page.jump"({ tabId, provisionId }, sender) {
    onlyExtensionPage(sender, "page.jump");
    try {
      return await order(tabId, "overlay.jump", { provisionId });
    } catch {
      return { jumped: false }; // the page has no overlay (any more)
    }
  },

  async "site.documents"({ tabId }, sender) {
    onlyExtensionPage(sender, "site.documents");
    const [record, tab, settings] = await Promise.all([readTab(tabId), getTab(tabId), readSettings()]);
    // In manual mode nothing is asked before the button was pressed on the page.
    const waits = settings.mode === "manual" && record.state.status === "unknown";
    return tab?.url == null || waits ? { kind: "known", sets: [] } : siteKnowledgeOf(tab.url);
  },

  async "analysis.offer"({ tabId }, sender) {
    onlyExtensionPage(sender, "analysis.offer");
    return offerAnalysis(tabId);
  },

  async "analysis.preview"({ tabId }, sender) {
    onlyExtensionPage(sender, "analysis.preview");
    return previewAnalysis(tabId);
  },

  async "analysis.start"({ tabId, keep, content }, sender) {
    onlyExtensionPage(sender, "analysis.start");
    return startAnalysis(tabId, keep, content);
  },

  async "dispute.send"({ tabId, server, request }, sender) {
    return sendDispute(tabOf(tabId, sender), server, request);
  },

  async "dispute.kinds"() {
    return kinds;
  },

  async "dispute.hide"({ tabId, provisionId, hidden }, sender) {
    await hideReported(tabOf(tabId, sender), provisionId, hidden === true);
    return null;
  },

  async "dispute.check"({ server, provisionId }) {
    return checkDispute(server, provisionId);
  },

  async "dispute.seen"({ server, provisionId }, sender) {
    onlyExtensionPage(sender, "dispute.seen");
    await noteSeen(server, provisionId);
    return null;
  },

  async "dispute.forget"(_body, sender) {
    onlyExtensionPage(sender, "dispute.forget");
    await forgetReported();
    return null;
  },

  async "server.test"({ address }, sender) {
    onlyExtensionPage(sender, "server.test");
    return testServer(address);
  },

  async "server.refresh"(_body, sender) {
    onlyExtensionPage(sender, "server.refresh");
    await expireBuckets();
    const result = await refreshIndex("asked-list");
    return result.ok ? { ok: true, documents: result.held.index.count } : result;
  },

  async "cache.clear"(_body, sender) {
    onlyExtensionPage(sender, "cache.clear");
    await Promise.all([forgetIndex(), forgetBuckets(), forgetReadings()]);
    return null;
  },

  async "mode.apply"(_body, sender) {
    onlyExtensionPage(sender, "mode.apply");
    await applyMode();
    return null;
  },
};
