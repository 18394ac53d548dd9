/**
 * The user's own reports, on this computer. One that was sent from a private window is kept until the browser closes,
 * and no longer.
 */
import type { AnnotationSet } from "./contract/types";
import { withOutcome, type OwnReport } from "./own-reports";
import { local, session, type Area } from "./platform/storage";

const KEY = "ownReports";

/** More than anybody reports in a lifetime; the oldest go first. */
const MOST_KEPT = 300;

let turn: Promise<unknown> = Promise.resolve();

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const next = turn.then(work);
  turn = next.catch(() => undefined);
  return next;
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

/** Keeps a report; an earlier one about the same label gives way. */
export function keepOwnReport(report: OwnReport, inPrivate: boolean): Promise<void> {
  return inTurn(async () => {
    const area = inPrivate ? session : local;
    const others = (await reportsIn(area)).filter((one) => !isSameLabel(one, report));
    await area.set({ [KEY]: [...others, report].slice(-MOST_KEPT) });
  });
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

/** What newly fetched sets say of the reports about them. */
export function noteOutcomes(server: string, sets: readonly AnnotationSet[]): Promise<void> {
  return changeOwnReports((report) => (report.server === server ? sets.reduce(withOutcome, report) : report));
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
