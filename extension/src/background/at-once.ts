/**
 * Pages that may be policies nobody knows: noticed while browsing by address and title alone, so that the toolbar
 * button can say so. Only where the user allowed it is such a page looked into and analysed at once, and only by a
 * server on this computer.
 */
import { mayBePolicy } from "../analyse/likeness";
import { readSettings } from "../settings-store";
import { analyseAtOnce, looksLikePolicy, noteLook, serverIsHere } from "./analysis";
import { updateTab } from "./show";
import { readTab, type TabRecord } from "./tab-record";

/** Pages that write themselves are not there yet when they are loaded: how long to wait before each look. */
const LOOKS_AFTER_MS: readonly number[] = [0, 1_200, 3_000];

/** The page has loaded, or its document turned out to be known without records. */
export async function considerPage(tabId: number, url: string, title: string): Promise<void> {
  const settings = await readSettings();
  const record = await readTab(tabId);
  if (settings.mode !== "automatic" || record.url !== url || (record.state.analysis ?? null) !== null) return;
  const { status } = record.state;
  if (status !== "known" && !(status === "not-policy" && mayBePolicy(url, title))) return;
  const offered = await updateTab(tabId, (current) =>
    current.visit === record.visit && (current.state.analysis ?? null) === null
      ? { ...current, state: { ...current.state, analysis: { kind: "offered", likely: true, lookedAt: false } } }
      : current,
  );
  if (settings.analyseAtOnce && offered.visit === record.visit && (await serverIsHere())) {
    if (!(await isPolicy(offered))) return;
    const current = await readTab(tabId);
    // Only the page that was looked at: the tab may show another by now.
    if (current.visit === offered.visit) await analyseAtOnce(current, settings.keepAnalysed);
  }
}

async function isPolicy(record: TabRecord): Promise<boolean> {
  const { tabId } = record.state;
  for (const delay of LOOKS_AFTER_MS) {
    if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
    const { visit, state } = await readTab(tabId);
    if (visit !== record.visit || state.analysis?.kind !== "offered" || state.analysis.lookedAt) return false;
    if (await looksLikePolicy(record)) return true;
  }
  await noteLook(record, record.state.status === "known");
  return false;
}
