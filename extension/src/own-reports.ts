/**
 * Labels that the user reported as wrong: what happens with them in the user's own view, and what became of the report.
 * Pure; where they are kept is `own-reports-store.ts`. Nobody is asked: the outcome stands in the public record.
 */
import type { AnnotationSet, DecidedDispute, DisputeReason, Severity } from "./contract/types";
import type { PageMatch } from "./page-state";

/** `gone`: the label is not published any more, which is most likely what the report asked for. */
export type OwnState = "open" | "upheld" | "rejected" | "gone";

export interface OwnReport {
  /** Origin of the server that got it: the ids of two servers mean different labels. */
  readonly server: string;
  readonly provisionId: string;
  readonly documentId: string;
  /** The label, as it was reported. */
  readonly title: string;
  readonly entity: string;
  readonly severity: Severity;
  readonly reason: DisputeReason;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  /** The key to the report: whoever has it can see its state. */
  readonly token: string;
  /** The private page, an absolute address. */
  readonly url: string;
  /** On a server of the user's own: the page on which its owner decides. */
  readonly moderation: string | null;
  /** Reports about this label that had been decided when it was sent. */
  readonly decidedBefore: number;
  /** The user does not want to see the label. */
  readonly hidden: boolean;
  readonly state: OwnState;
  /** Why it was decided so, in the server's words. */
  readonly decision: DecidedDispute | null;
  /** The user was told of the outcome. */
  readonly seen: boolean;
}

/** The user's reports about the documents of a page; `server` is where those come from. */
export function reportsAbout(reports: readonly OwnReport[], matches: readonly PageMatch[], server: string): OwnReport[] {
  const documents = new Set(matches.map(({ set }) => set.document.id));
  return reports.filter((report) => report.server === server && documents.has(report.documentId));
}

export function reportOf(reports: readonly OwnReport[] | undefined, provisionId: string): OwnReport | null {
  return reports?.find((report) => report.provisionId === provisionId) ?? null;
}

/** Whether the user's own report takes a label out of sight. */
export function isHiddenByReport(reports: readonly OwnReport[] | undefined, provisionId: string): boolean {
  return reports?.some((report) => report.provisionId === provisionId && report.hidden) ?? false;
}

/** What a newly fetched set says of a report that was open; the same object when it says nothing new. */
export function withOutcome(report: OwnReport, set: AnnotationSet): OwnReport {
  if (report.state !== "open" || set.document.id !== report.documentId) return report;
  const provision = set.provisions.find(({ id }) => id === report.provisionId);
  if (provision === undefined) return { ...report, state: "gone", hidden: false };
  const { upheld = 0, rejected = 0 } = provision.disputes;
  const news = (provision.decisions ?? []).slice(0, Math.max(0, upheld + rejected - report.decidedBefore));
  const sentOn = new Date(report.sentAt).toISOString().slice(0, 10);
  const decision = news.find(({ reason, date }) => reason === report.reason && date >= sentOn);
  return decision === undefined ? report : decided(report, decision);
}

/** A label that was changed is shown again; one that stays as it was stays hidden for whoever hid it. */
export function decided(report: OwnReport, decision: DecidedDispute): OwnReport {
  return { ...report, state: decision.state, decision, hidden: decision.state === "upheld" ? false : report.hidden };
}
