/**
 * Reports that a label is wrong: sent when the user pressed "Send" below exactly that text, remembered on this computer,
 * and applied to the user's own view at once. The state of a report is asked for when the user asks, and never else.
 */
import type { DisputeRequest, Provision } from "../contract/types";
import type { DisputeFailure } from "../dispute/model";
import { canBeReported, requestOf } from "../dispute/model";
import { decided, reportsAbout, type OwnReport } from "../own-reports";
import { changeOwnReports, forgetOwnReports, isSameLabel, keepOwnReport, noteOutcomes, readOwnReports } from "../own-reports-store";
import type { PageMatch } from "../page-state";
import { MessageFailed, order } from "../platform/messaging";
import { allTabs, getTab } from "../platform/tabs";
import { permalinkOf } from "../ui/links";
import { disputeFailure } from "./dispute-failure";
import { fetchDispute, postDispute } from "./server";
import { updateTab } from "./show";
import { currentSource, type Source } from "./source";
import { readTab } from "./tab-record";

export type Sent = { readonly ok: true } | { readonly ok: false; readonly failure: DisputeFailure };

/** Sends a report about a label that the tab shows. `server` is the one that the user was shown. */
export async function sendDispute(tabId: number, server: string, wanted: DisputeRequest): Promise<Sent> {
  const found = await shownIn(tabId, wanted.provision);
  if (found === null || !canBeReported(found.provision)) return { ok: false, failure: { kind: "unknown", detail: "" } };
  const source = await currentSource();
  if (source.address !== server) return { ok: false, failure: { kind: "other-server", detail: source.address } };
  const answer = await postDispute(source, cleaned(wanted));
  if (answer.kind === "unchanged") return { ok: false, failure: { kind: "not-offered", detail: "" } };
  if (answer.kind === "trouble") return { ok: false, failure: disputeFailure(answer.trouble, answer.problem, server) };
  const { token, url, moderation, created_at: created } = answer.value;
  const { provision, documentId } = found;
  const { upheld = 0, rejected = 0 } = provision.disputes;
  const report: OwnReport = {
    server,
    provisionId: provision.id,
    documentId,
    title: provision.title,
    entity: provision.entity.name,
    severity: provision.severity,
    reason: wanted.reason,
    sentAt: Date.parse(created),
    token,
    url: permalinkOf(url, server) ?? `${server}/disputes/${token}`,
    moderation: moderation ? permalinkOf(moderation, server) : null,
    decidedBefore: upheld + rejected,
    hidden: false,
    state: "open",
    decision: null,
    seen: false,
  };
  await keepOwnReport(report, (await getTab(tabId))?.inPrivate ?? true);
  await showReports();
  return { ok: true };
}

/** Out of the user's sight, or back. */
export async function hideReported(tabId: number, provisionId: string, hidden: boolean): Promise<void> {
  const { address } = await currentSource();
  if ((await shownIn(tabId, provisionId)) === null) return;
  await changeOwnReports((report) => (isSameLabel(report, { server: address, provisionId }) ? { ...report, hidden } : report));
  await showReports();
}

/** Asks the server what became of a report; only when the user asks. */
export async function checkDispute(server: string, provisionId: string): Promise<Sent> {
  const report = (await readOwnReports()).find((one) => isSameLabel(one, { server, provisionId }));
  if (report === undefined) return { ok: false, failure: { kind: "unknown", detail: "" } };
  const current = await currentSource();
  // The key to sign with belongs to the server of now; a dispute's state is never signed.
  const source: Source = { address: server, publicKey: current.address === server ? current.publicKey : null };
  const answer = await fetchDispute(source, report.token);
  if (answer.kind === "trouble") return { ok: false, failure: disputeFailure(answer.trouble, answer.problem, server) };
  if (answer.kind === "unchanged") return { ok: false, failure: { kind: "not-offered", detail: "" } };
  const { decision, permalink } = answer.value;
  await changeOwnReports((one) => {
    if (!isSameLabel(one, report)) return one;
    if (decision) return decided(one, decision);
    return permalink ? one : { ...one, state: "gone", hidden: false };
  });
  await showReports();
  return { ok: true };
}

/** The user knows the outcome: it is not told again. */
export async function noteSeen(server: string, provisionId: string): Promise<void> {
  await changeOwnReports((report) => (isSameLabel(report, { server, provisionId }) ? { ...report, seen: true } : report));
  await showReports();
}

/** Nothing of what the user reported stays here, nor in the pages that are open. */
export async function forgetReported(): Promise<void> {
  await forgetOwnReports();
  await showReports();
}

/** The reports about a page's documents, with what the sets themselves say of their outcome. */
export async function ownReports(matches: readonly PageMatch[]): Promise<OwnReport[]> {
  if (matches.length === 0) return [];
  const { address } = await currentSource();
  await noteOutcomes(address, matches.map(({ set }) => set));
  return reportsAbout(await readOwnReports(), matches, address);
}

/** Tells every open page of what the user's reports have come to. */
export async function showReports(): Promise<void> {
  const [reports, { address }] = await Promise.all([readOwnReports(), currentSource()]);
  await Promise.all(
    (await allTabs()).map(async ({ id }) => {
      const { state } = await readTab(id);
      if (state.matches.length === 0) return;
      const own = reportsAbout(reports, state.matches, address);
      if (JSON.stringify(own) === JSON.stringify(state.reports ?? [])) return;
      await updateTab(id, (record) => ({ ...record, state: { ...record.state, reports: own } }));
      try {
        await order(id, "overlay.reports", { reports: own });
      } catch (error) {
        if (!(error instanceof MessageFailed)) throw error; // the page has no overlay
      }
    }),
  );
}

/** Only the fields of the contract, whatever a page's overlay was made to send. */
function cleaned(wanted: DisputeRequest): DisputeRequest {
  const form = {
    open: true,
    reason: wanted.reason,
    severity: wanted.proposed_severity ?? null,
    kind: typeof wanted.proposed_type === "string" ? wanted.proposed_type : null,
    comment: String(wanted.comment ?? ""),
    contact: String(wanted.contact ?? ""),
  };
  return requestOf(wanted.provision, form)!;
}

async function shownIn(tabId: number, provisionId: string): Promise<{ provision: Provision; documentId: string } | null> {
  const { state } = await readTab(tabId);
  for (const { set } of state.matches) {
    const provision = set.provisions.find(({ id }) => id === provisionId);
    if (provision) return { provision, documentId: set.document.id };
  }
  return null;
}
