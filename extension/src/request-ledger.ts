/**
 * Every request that the extension made since the browser was started: what, when, and why. Kept in memory, for the
 * user to read in the popup; it names no page, only what the server was asked.
 */
import { session } from "./platform/storage";

const KEY = "requests";

/** A day of reading policies; the oldest go first. */
export const MAX_ENTRIES = 100;

/** Each has its own sentence in the message catalogue. */
export type RequestReason =
  | "test" // "Test and use" in the settings
  | "first-list" // there was no list of documents yet
  | "daily-list" // the list is renewed once a day
  | "asked-list" // "Update" in the settings
  | "new-server" // another server or key was chosen
  | "moved-group" // the server had no such group any more, so the list is renewed
  | "known-page" // a page that is in the list was opened
  | "asked-page" // the button was pressed on a page that is in the list
  | "site" // the popup was opened on a site that is in the list
  | "analysis" // "Analyse" was pressed: the text of a page was sent
  | "analysis-keep" // the same, with the page's address
  | "analysis-at-once" // a policy was opened, with "analyse at once" on
  | "analysis-at-once-keep"
  | "kept-page" // a page was kept, so the list is renewed
  | "dispute" // "Send" was pressed below a report that a label is wrong
  | "dispute-state"; // the user asked what became of a report

export type RequestOutcome = "waiting" | "answered" | "unchanged" | "missing" | "failed";

export interface LedgerEntry {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The whole address that was asked. */
  readonly url: string;
  readonly why: RequestReason;
  /** Bytes of a page's text that were sent; absent when nothing was. */
  readonly sent?: number;
  readonly outcome: RequestOutcome;
}

let queue: Promise<unknown> = Promise.resolve();

function change(edit: (entries: readonly LedgerEntry[]) => readonly LedgerEntry[]): Promise<void> {
  const turn = queue.then(async () => session.set({ [KEY]: edit(await readLedger()).slice(-MAX_ENTRIES) }));
  queue = turn.catch(() => undefined);
  return turn;
}

/** Oldest first. */
export async function readLedger(): Promise<readonly LedgerEntry[]> {
  const stored = await session.get(KEY);
  return Array.isArray(stored) ? (stored as LedgerEntry[]) : [];
}

/** Written down before the request is made; returns what says how it ended. */
export async function noteRequest(
  url: string,
  why: RequestReason,
  at = Date.now(),
  sent?: number,
): Promise<(outcome: RequestOutcome) => Promise<void>> {
  const id = crypto.randomUUID();
  await change((entries) => [...entries, { id, at, url, why, ...(sent === undefined ? {} : { sent }), outcome: "waiting" }]);
  return (outcome) => change((entries) => entries.map((entry) => (entry.id === id ? { ...entry, outcome } : entry)));
}

export async function clearLedger(): Promise<void> {
  await change(() => []);
}

export function onLedgerChanged(listener: () => void): void {
  session.onChanged((key) => {
    if (key === KEY) listener();
  });
}
