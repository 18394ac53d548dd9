/**
 * What the extension knows of one tab: the single shape that badge, popup and panel draw from.
 * Kept by the background worker, sent to the others; plain data only, so that it survives messaging.
 */
import type { ChangedSince } from "./changed-since";
import type { OwnReport } from "./own-reports";
import type { AnnotationSet, CategoryInfo, Severity } from "./contract/types";

/** What became of a provision's quote on the page; `document` = no quote, about the whole document. */
export type ProvisionOutcome = "found" | "moved" | "changed" | "gone" | "document";

export interface OutcomeReport {
  readonly provisionId: string;
  readonly outcome: ProvisionOutcome;
  /** The words found on the page when they differ from the recorded ones (`changed`), else null. */
  readonly pageText: string | null;
}

/** A document that the page shows, or another language of it. */
export interface PageMatch {
  readonly relation: "same" | "other-language";
  readonly set: AnnotationSet;
}

/** Why nothing could be shown; each has its own sentence in the message catalogue. */
export type TroubleKind =
  | "server-unreachable"
  | "server-error"
  | "server-garbage"
  | "contract-mismatch"
  | "signature-refused" // a public key was given, and the answer is not signed with it
  | "answer-replayed" // rightly signed, but older than what was seen before
  | "signature-unsupported" // this browser cannot check signatures
  | "no-permission"
  | "server-not-allowed" // the browser was not asked, or said no, to contact this server
  | "page-forbidden"
  | "page-too-large";

export interface Trouble {
  readonly kind: TroubleKind;
  /** A short technical detail for the curious (status code, field at fault); never markup. */
  readonly detail: string;
}

/** Why a page was not analysed; each has its own sentence in the message catalogue. */
export type AnalysisFailureKind =
  | "refused" // the server says that this is no policy; `reason` says which kind of page it is
  | "unknown-language"
  | "too-large"
  | "timeout"
  | "busy"
  | "not-offered" // its operator switched analyses off
  | "archive-full" // it was to be kept, and cannot
  | "failed" // a fault of the server
  | "server-too-old" // it has no analysis: an older version, or a folder of files
  | "nothing-to-read"
  | "too-short" // hardly any text: no policy, and nothing was sent
  | "page-closed" // the browser does not let the extension read the page
  | "trouble"; // with the server, as anywhere else: see `trouble`

export interface AnalysisFailure {
  readonly kind: AnalysisFailureKind;
  /** Of a page that was refused, the server's word for it (`login`, `too-short`); else null. */
  readonly reason: string | null;
  /** The server's own sentence, or a technical detail; shown as text. */
  readonly detail: string;
  readonly trouble: Trouble | null;
}

/** What the analysis of a page without records has come to. */
export type Analysis =
  /** `likely`: by its address and title, or after a look at it, the page seems to be a policy. */
  | { readonly kind: "offered"; readonly likely: boolean; readonly lookedAt: boolean }
  | { readonly kind: "running"; readonly step: "reading" | "waiting"; readonly words: number }
  | {
      readonly kind: "done";
      readonly kept: boolean;
      readonly words: number;
      readonly clauses: number;
      readonly seconds: number;
      readonly methodVersion: string;
      /** How many kinds of clauses the server knows in the page's language; null when it knows all of them. */
      readonly typesKnown?: number | null;
    }
  | { readonly kind: "failed"; readonly failure: AnalysisFailure };

export type PageStatus =
  | "unknown" // not looked at yet, or its address may not be read without a click
  | "not-policy" // the address is in no index: nothing was requested
  | "checking"
  | "matched" // known, with provisions
  | "known" // known document that nobody has analysed
  | "other-language" // known in another language or region
  | "trouble"; // nothing can be shown, see `trouble`

export interface PageState {
  readonly tabId: number;
  readonly status: PageStatus;
  readonly matches: readonly PageMatch[];
  readonly categories: readonly CategoryInfo[];
  /** Filled by the overlay once it has anchored; a provision without a report is still being looked for. */
  readonly outcomes: readonly OutcomeReport[];
  readonly painted: boolean;
  /** Set also on a `matched` page when it is shown from the cache because the server does not answer. */
  readonly trouble: Trouble | null;
  readonly fromCache: boolean;
  /** Absent or null when nobody thought of analysing the page. */
  readonly analysis?: Analysis | null;
  /** What changed in the page's documents since they were read last; absent or empty when nothing did. */
  readonly changedSince?: readonly ChangedSince[];
  /** The user's own reports about labels of these documents; absent or empty when there are none. */
  readonly reports?: readonly OwnReport[];
  /** The provision that the card asked the panel to show. */
  readonly focus?: string | null;
}

/** Order of severities from worst to protective, for sorting and for the badge. */
export const SEVERITY_ORDER: readonly Severity[] = ["critical", "high", "medium", "low", "protective"];

/** Some of the provisions have a place on the page, so that there is something to paint. */
export function isPainted(outcomes: readonly OutcomeReport[]): boolean {
  return outcomes.some(({ outcome }) => outcome === "found" || outcome === "moved" || outcome === "changed");
}
