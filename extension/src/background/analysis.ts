/**
 * A page without records, analysed with the user's own server. What is sent is what the page's reader sees; a server
 * that is not this computer gets exactly what the user was shown before, and nothing is sent to it unasked.
 */
import { keepableAddress, MOST_BLOCKS, requestOf, type PageContent, type Reading } from "../analyse/content";
import { FEWEST_WORDS } from "../analyse/likeness";
import type { AnalysisAnswer } from "../contract/types";
import type { Analysis, AnalysisFailure, PageState } from "../page-state";
import { readInPage } from "../platform/reader";
import { allTabs } from "../platform/tabs";
import type { RequestReason } from "../request-ledger";
import { parseServerAddress } from "../server-address";
import { failure, failureOf } from "./analysis-failure";
import { looksKnown } from "./documents";
import { refreshIndex } from "./index-sync";
import { documentKey } from "./known";
import { READING_TIMEOUT_MS } from "./limits";
import { postAnalysis } from "./server";
import { updateTab } from "./show";
import { currentSource, type Source } from "./source";
import { emptyState, readTab, type TabRecord } from "./tab-record";
import { inject } from "./visit";

/** Pages that may be analysed: those of which no record can be shown. */
const WITHOUT_RECORDS: readonly PageState["status"][] = ["not-policy", "known", "other-language"];

/** A server publishes what it keeps within a second; a busy one gets some more. */
const LISTED_AFTER_MS: readonly number[] = [300, 900, 2_000, 4_000];

export function hasNoRecords({ state }: TabRecord): boolean {
  return WITHOUT_RECORDS.includes(state.status);
}

/** Analyses that this worker is at work on. Those of a worker that the browser stopped leave only their state behind. */
const underWay = new Set<string>();

const nameOf = ({ visit, state }: TabRecord): string => `${state.tabId} ${visit}`;

export async function serverIsHere(): Promise<boolean> {
  return isHere(await currentSource());
}

function isHere({ address }: Source): boolean {
  const server = parseServerAddress(address);
  return server.ok && server.loopback;
}

/** The worker has started: what an earlier one was stopped at is not waited for any longer. */
export async function endInterrupted(): Promise<void> {
  for (const { id } of await allTabs()) {
    await updateTab(id, (record) => {
      if (record.state.analysis?.kind !== "running" || underWay.has(nameOf(record))) return record;
      return { ...record, state: { ...record.state, analysis: { kind: "failed", failure: failure("timeout") } } };
    });
  }
}

/** The popup was opened on a page without records: looks at it once, and says whether it seems to be a policy. */
export async function offerAnalysis(tabId: number): Promise<PageState> {
  const record = await readTab(tabId);
  const before = record.state.analysis ?? null;
  if (!hasNoRecords(record) || (before !== null && (before.kind !== "offered" || before.lookedAt))) return record.state;
  const likely = (await looksLikePolicy(record)) || record.state.status === "known";
  return (await noteLook(record, likely)).state;
}

/** What a look at the page came to. An analysis that began meanwhile is past being offered. */
export async function noteLook(record: TabRecord, likely: boolean): Promise<TabRecord> {
  return updateTab(record.state.tabId, (current) => {
    const unlooked = current.state.analysis == null || current.state.analysis.kind === "offered";
    if (current.visit !== record.visit || !hasNoRecords(current) || !unlooked) return current;
    return { ...current, state: { ...current.state, analysis: { kind: "offered", likely, lookedAt: true } } };
  });
}

/** What a look at the page says; false where the browser lets nobody look. */
export async function looksLikePolicy(record: TabRecord): Promise<boolean> {
  const reading = await readPage(record, "likeness");
  return "kind" in reading && reading.kind === "likeness" && reading.likeness.likely;
}

export async function previewAnalysis(
  tabId: number,
): Promise<{ ok: true; content: PageContent; address: string | null } | { ok: false; failure: AnalysisFailure }> {
  const record = await readTab(tabId);
  const read = await readContent(record);
  return "problem" in read ? { ok: false, failure: read.problem } : { ok: true, ...read };
}

/** The user pressed "Analyse", after seeing `content` or, with a server on this computer, without. */
export async function startAnalysis(tabId: number, keep: boolean, shown: PageContent | null): Promise<PageState> {
  const source = await currentSource();
  if (shown === null && !isHere(source)) throw new Error("a server elsewhere gets what was shown, and nothing else");
  return analyse(await readTab(tabId), source, keep, shown, ["analysis", "analysis-keep"]);
}

/** A policy was opened, and the user's settings say that it is analysed at once. */
export async function analyseAtOnce(record: TabRecord, keep: boolean): Promise<void> {
  const source = await currentSource();
  if (isHere(source)) await analyse(record, source, keep, null, ["analysis-at-once", "analysis-at-once-keep"]);
}

type Reasons = readonly [unkept: RequestReason, kept: RequestReason];

/** One analysis of a visit at a time: a second click, or a click while the page is analysed at once, starts none. */
async function analyse(
  record: TabRecord,
  source: Source,
  keep: boolean,
  shown: PageContent | null,
  reasons: Reasons,
): Promise<PageState> {
  const name = nameOf(record);
  if (!hasNoRecords(record) || underWay.has(name)) return (await readTab(record.state.tabId)).state;
  underWay.add(name);
  try {
    return await analyseNow(record, source, keep, shown, reasons);
  } finally {
    underWay.delete(name);
  }
}

/** `source` is the server that was named when the user, or the user's setting, said yes: no other gets the text. */
async function analyseNow(
  record: TabRecord,
  source: Source,
  keep: boolean,
  shown: PageContent | null,
  [unkept, kept]: Reasons,
): Promise<PageState> {
  await setAnalysis(record, { kind: "running", step: "reading", words: shown?.words ?? 0 });
  const read = shown === null ? await readContent(record) : { content: shown, address: addressOf(record.url) };
  if ("problem" in read) return (await setAnalysis(record, { kind: "failed", failure: read.problem })).state;
  const { content } = read;
  const keepAt = keep ? read.address : null;
  const current = await setAnalysis(record, { kind: "running", step: "waiting", words: content.words });
  if (current.visit !== record.visit) return current.state; // the tab went on: nothing is sent any more
  const answer = await postAnalysis(source, requestOf(content, keepAt), keepAt === null ? unkept : kept);
  if (answer.kind !== "fresh") {
    const problem = answer.kind === "trouble" ? failureOf(answer.trouble, answer.problem) : failure("server-too-old");
    return (await setAnalysis(record, { kind: "failed", failure: problem })).state;
  }
  const shownNow = await show(record, answer.value);
  if (answer.value.kept && record.url !== null) void listed(record.url);
  return shownNow;
}

/** The answer has the shape of a bucket's set, so from here on the page is one with records. */
async function show(record: TabRecord, answer: AnalysisAnswer): Promise<PageState> {
  const { tabId } = record.state;
  const { kept, method_version: methodVersion, types_known: known, summary, categories, set } = answer;
  const done: Analysis = { kind: "done", kept, methodVersion, typesKnown: known?.length ?? null, ...summary };
  const updated = await updateTab(tabId, (current) => {
    if (current.visit !== record.visit) return current;
    const matches = [{ relation: "same" as const, set }];
    const state: PageState = { ...emptyState(tabId, "matched"), matches, categories, analysis: done };
    return { ...current, wanted: true, cleared: false, state };
  });
  if (updated.visit === record.visit) await inject(updated);
  return (await readTab(tabId)).state;
}

async function setAnalysis(record: TabRecord, analysis: Analysis): Promise<TabRecord> {
  return updateTab(record.state.tabId, (current) =>
    current.visit === record.visit ? { ...current, state: { ...current.state, analysis } } : current,
  );
}

/** Renews the list until the page that was kept is in it, so that the next visit is a match. */
async function listed(url: string): Promise<void> {
  for (const delay of LISTED_AFTER_MS) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    if (!(await refreshIndex("kept-page")).ok || (await looksKnown(url)) === true) return;
  }
}

async function readContent(
  record: TabRecord,
): Promise<{ content: PageContent; address: string | null } | { problem: AnalysisFailure }> {
  const reading = await readPage(record, "content");
  if ("problem" in reading) return reading;
  if (reading.kind === "too-large") return { problem: failure("too-large") };
  if (reading.kind !== "content" || reading.content.words === 0) return { problem: failure("nothing-to-read") };
  if (reading.content.blocks.length > MOST_BLOCKS) return { problem: failure("too-large") };
  if (reading.content.words < FEWEST_WORDS) return { problem: failure("too-short") };
  return { content: reading.content, address: addressOf(record.url) };
}

/** Asks the reader in the page. A page that the tab has left meanwhile is nobody's business any more. */
async function readPage(record: TabRecord, what: "likeness" | "content"): Promise<Reading | { problem: AnalysisFailure }> {
  try {
    const reading = await inTime(readInPage(record.state.tabId, what));
    const moved = reading?.kind === "content" && !shows(record, reading.url);
    return reading === null || moved ? { problem: failure("nothing-to-read") } : reading;
  } catch (error) {
    return { problem: failure("page-closed", error instanceof Error ? error.message : String(error)) };
  }
}

function shows({ documentKey: key, url }: TabRecord, address: string): boolean {
  if (key !== null) return documentKey(address) === key;
  return url?.split("#")[0] === address.split("#")[0]; // pages of a local network have no canonical address
}

/** A browser puts nothing into a page that is still loading, and some never stop: null for those. */
async function inTime<T>(work: Promise<T>): Promise<T | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), READING_TIMEOUT_MS)));
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The shortest address that names the same document: what else is in it (campaigns, sessions) is nobody's business. */
function addressOf(url: string | null): string | null {
  const kept = keepableAddress(url);
  if (kept === null || url === null) return null;
  const { origin, pathname, search, hash } = new URL(url);
  const key = documentKey(url);
  return [origin + pathname, origin + pathname + search, origin + pathname + search + hash].find((one) => documentKey(one) === key) ?? kept;
}
