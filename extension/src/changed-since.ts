/**
 * What changed in a document since its reader was there last. Worked out on this computer from what was remembered here
 * and what the server publishes for everybody: nobody is told that, or when, something was read.
 */
import type { AnnotationSet, ChangeRecord, Provision } from "./contract/types";

/** One time that a document was read. */
export interface Reading {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The document's version then; null when the server keeps no versions of it. */
  readonly version: number | null;
}

export interface ReadBefore {
  /** What the reader is compared with: the last reading before the present one. */
  readonly before: Reading | null;
  readonly latest: Reading;
}

/** A clause that is not what it was. */
export interface ChangedClause {
  readonly provisionId: string;
  /** The latest of its changes since then. */
  readonly change: ChangeRecord;
}

export interface ChangedSince {
  readonly documentId: string;
  /** When it was read last, milliseconds since 1970. */
  readonly readAt: number;
  readonly clauses: readonly ChangedClause[];
}

/** Visits that are nearer than this are one reading: a reload must not make the news disappear. */
export const ONE_READING_MS = 30 * 60_000;

/** A change of looks or place is no news. */
const NEWS: ReadonlySet<ChangeRecord["kind"]> = new Set<ChangeRecord["kind"]>(["added", "modified", "restored"]);

/** What to remember when a document is read now. */
export function afterReading(kept: ReadBefore | null, now: Reading): ReadBefore {
  if (kept === null) return { before: null, latest: now };
  // A clock that was set back makes no gap.
  const same = Math.abs(now.at - kept.latest.at) < ONE_READING_MS;
  return { before: same ? kept.before : kept.latest, latest: now };
}

/** What changed since the reading before; null when nothing did, or there was none. */
export function changedSince(set: AnnotationSet, kept: ReadBefore | null): ChangedSince | null {
  const before = kept?.before ?? null;
  if (before === null) return null;
  const clauses = set.provisions.flatMap((provision) => {
    const change = latestNews(provision, before);
    return change === null ? [] : [{ provisionId: provision.id, change }];
  });
  const lastChanged = Date.parse(set.document.last_changed ?? "");
  const grown = before.version !== null && (set.document.version ?? 0) > before.version;
  // Clauses that went are no longer in the set; that the text changed is worth saying all the same.
  const textChanged = lastChanged > before.at && (before.version === null || grown);
  if (clauses.length === 0 && !textChanged) return null;
  return { documentId: set.document.id, readAt: before.at, clauses };
}

function latestNews(provision: Provision, before: Reading): ChangeRecord | null {
  const found = provision.history.changes.filter((change) => NEWS.has(change.kind) && isLater(change, before));
  return found.at(-1) ?? null;
}

/** By version where both are known; else by day, on which something may have been read before it changed. */
function isLater(change: ChangeRecord, before: Reading): boolean {
  if (before.version !== null && typeof change.version_to === "number") return change.version_to > before.version;
  return change.date > new Date(before.at).toISOString().slice(0, 10);
}
