/**
 * The user's own reports, on this computer. One that was sent from a private window is kept until the browser closes,
 * and no longer.
 */
import type { AnnotationSet } from "./contract/types";
import { withOutcome, type OwnReport } from "./own-reports";
import { alone } from "./alone";
import { local, session, type Area } from "./platform/storage";

const KEY = "ownReports";

/** More than anybody reports in a lifetime; the oldest go first. */
const MOST_KEPT = 300;

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return alone("own-reports", work);
}

async function reportsIn(area: Area): Promise<OwnReport[]> {
  const stored = await area.get(KEY);
  return Array.isArray(stored) ? stored.filter(isReport) : [];
}

/** Oldest first. */
export async function readOwnReports(): Promise<OwnReport[]> {
  const [lasting, passing] = await Promise.all([reportsIn(local), reportsIn(session)]);
  return [...lasting, ...passing].sort((a, b) => a.sentAt - b.sentAt);
}

/** Keeps a report; an earlier one about the same label gives way. It was sent: a full storage must not lose its key. */
export function keepOwnReport(report: OwnReport, inPrivate: boolean): Promise<void> {
  const keepIn = async (area: Area): Promise<void> => {
    const others = (await reportsIn(area)).filter((one) => !isSameLabel(one, report));
    await area.set({ [KEY]: [...others, report].slice(-MOST_KEPT) });
  };
  return inTurn(async () => {
    if (inPrivate) return keepIn(session);
    try {
      await keepIn(local);
    } catch (error) {
      console.warn("Clauselight: a report is kept only until the browser closes", error);
      await keepIn(session);
    }
  });
}

/** Forgets all of them, with their private links. */
export function forgetOwnReports(): Promise<void> {
  return inTurn(async () => void (await Promise.all([local.remove([KEY]), session.remove([KEY])])));
}

type Edit = (report: OwnReport) => OwnReport | null;

/** Changes reports, or forgets those for which null comes back. */
export function changeOwnReports(edit: Edit): Promise<void> {
  return inTurn(async () => {
    for (const area of [local, session]) {
      const before = await reportsIn(area);
      const after = before.flatMap((report) => edit(report) ?? []);
      const same = after.length === before.length && after.every((report, i) => report === before[i]);
      if (!same) await area.set({ [KEY]: after });
    }
  });
}

/** What newly fetched sets say of the reports about them. What cannot be kept is read from the next set again. */
export async function noteOutcomes(server: string, sets: readonly AnnotationSet[]): Promise<void> {
  try {
    await changeOwnReports((report) => (report.server === server ? sets.reduce(withOutcome, report) : report));
  } catch (error) {
    console.warn("Clauselight: the outcome of a report could not be kept", error);
  }
}

export function onOwnReportsChanged(listener: () => void): void {
  for (const area of [local, session]) area.onChanged((key) => (key === KEY ? listener() : undefined));
}

export function isSameLabel(a: Pick<OwnReport, "server" | "provisionId">, b: Pick<OwnReport, "server" | "provisionId">): boolean {
  return a.server === b.server && a.provisionId === b.provisionId;
}

const TEXTS = ["server", "provisionId", "documentId", "title", "entity", "severity", "reason", "token", "url", "state"] as const;

function isReport(value: unknown): value is OwnReport {
  const one = (value ?? {}) as Partial<Record<keyof OwnReport, unknown>>;
  return TEXTS.every((name) => typeof one[name] === "string") && Number.isFinite(one.sentAt) && typeof one.hidden === "boolean";
}
