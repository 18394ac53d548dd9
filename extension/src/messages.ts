/**
 * Every message that crosses a context border (page overlay, background worker, panel, popup, options),
 * typed once. `Calls` are answered by the background worker, `Orders` by the overlay of a tab,
 * `Events` are broadcast by the background worker to open extension pages.
 */
import type { ChoiceView } from "./actions/view";
import type { PageContent } from "./analyse/content";
import type { AnnotationSet, DisputeRequest } from "./contract/types";
import type { ClauseKind } from "./dispute/kinds";
import type { DisputeFailure } from "./dispute/model";
import type { OwnReport } from "./own-reports";
import type { AnalysisFailure, OutcomeReport, PageMatch, PageState, Trouble, TroubleKind } from "./page-state";
import type { Settings } from "./settings";

export interface Call<Request, Response> {
  readonly request: Request;
  readonly response: Response;
}

/** Asked of the background worker. */
export interface Calls {
  /** The overlay has started in a page and asks what to paint; null when this tab has nothing. */
  "overlay.ready": Call<
    { url: string; canonicalLink: string | null },
    { matches: readonly PageMatch[]; settings: Settings; reports?: readonly OwnReport[] } | null
  >;
  /** The overlay reports every provision's outcome, none left out; sent again when it changes. */
  "overlay.outcomes": Call<{ outcomes: readonly OutcomeReport[] }, null>;
  "overlay.trouble": Call<{ kind: TroubleKind; detail: string }, null>;
  /** "Show all" in the card: open the panel (a user gesture is passed on where the browser allows it). */
  "overlay.open-panel": Call<{ provisionId: string | null }, null>;
  /** What one can do about a clause at the reader's place. The overlay asks for its own tab and says none. */
  "actions.choose": Call<{ tabId: number | null; provisionId: string }, ChoiceView | null>;
  /** The reader said where they live. */
  "actions.place": Call<{ code: string }, null>;
  /** Write the letter of a way: opens the letter page. */
  "actions.letter": Call<{ tabId: number | null; provisionId: string; wayId: string }, { opened: boolean }>;
  /** State of a tab, for popup and panel. */
  "page.state": Call<{ tabId: number }, PageState>;
  /** The button of the manual mode: look at this tab now and paint. */
  "page.highlight": Call<{ tabId: number }, PageState>;
  /** Take the highlights off this tab until it is reloaded. */
  "page.clear": Call<{ tabId: number }, PageState>;
  /** Jump to a provision on the page, opening collapsed sections and the card. */
  "page.jump": Call<{ tabId: number; provisionId: string }, { jumped: boolean }>;
  /** The documents of the site that a tab is on; the popup asks when it is opened. */
  "site.documents": Call<
    { tabId: number },
    { kind: "known"; sets: readonly AnnotationSet[] } | { kind: "trouble"; trouble: Trouble }
  >;
  /** The popup was opened on a page without records: does it look like a policy? Judged in the page. */
  "analysis.offer": Call<{ tabId: number }, PageState>;
  /** What would be sent of this page, read now; nothing is sent. `address` is where it could be kept. */
  "analysis.preview": Call<
    { tabId: number },
    { ok: true; content: PageContent; address: string | null } | { ok: false; failure: AnalysisFailure }
  >;
  /**
   * Analyse the page. `content` is what the user was shown, and nothing else is sent; null reads the page now, which
   * only a server on the user's own computer gets.
   */
  "analysis.start": Call<{ tabId: number; keep: boolean; content: PageContent | null }, PageState>;
  /**
   * A report that a label is wrong, with exactly the fields that the user was shown, to the server that was shown with
   * them. `tabId` null: the tab of the overlay that asks.
   */
  "dispute.send": Call<
    { tabId: number | null; server: string; request: DisputeRequest },
    { ok: true } | { ok: false; failure: DisputeFailure }
  >;
  /** The kinds of clauses by title, to choose one from. They are carried along: nothing is asked of a server. */
  "dispute.kinds": Call<Record<string, never>, readonly ClauseKind[]>;
  /** Hide a label that the user reported, or show it again. */
  "dispute.hide": Call<{ tabId: number | null; provisionId: string; hidden: boolean }, null>;
  /** Ask the server what became of a report. */
  "dispute.check": Call<{ server: string; provisionId: string }, { ok: true } | { ok: false; failure: DisputeFailure }>;
  /** The user was told of an outcome. */
  "dispute.seen": Call<{ server: string; provisionId: string }, null>;
  /** Forget all reports of the user on this computer; what was sent stays sent. */
  "dispute.forget": Call<Record<string, never>, null>;
  /** Connection test of the options page. */
  "server.test": Call<
    { address: string },
    | { ok: true; version: string; documents: number; provisions: number }
    /** A folder of files without a description of itself: only the length of its list is known. */
    | { ok: true; addresses: number }
    | { ok: false; trouble: Trouble }
  >;
  /** Fetch the index now. */
  "server.refresh": Call<Record<string, never>, { ok: true; documents: number } | { ok: false; trouble: Trouble }>;
  /** Forget index and cached sets (settings stay). */
  "cache.clear": Call<Record<string, never>, null>;
  /** The permissions changed or the mode was switched: register or unregister automatic highlighting. */
  "mode.apply": Call<Record<string, never>, null>;
}

/** Sent to the overlay of one tab. */
export interface Orders {
  "overlay.jump": Call<{ provisionId: string }, { jumped: boolean }>;
  "overlay.settings": Call<{ settings: Settings }, null>;
  "overlay.reports": Call<{ reports: readonly OwnReport[] }, null>;
  "overlay.remove": Call<Record<string, never>, null>;
}

/** Broadcast to extension pages. */
export interface Events {
  "page.changed": { state: PageState };
}

export type CallName = keyof Calls;
export type OrderName = keyof Orders;
export type EventName = keyof Events;

/** The envelope on the wire. */
export interface Envelope<Name extends string = string, Body = unknown> {
  readonly to: "background" | "overlay" | "pages";
  readonly name: Name;
  readonly body: Body;
}
