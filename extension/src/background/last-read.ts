/**
 * When each known document was read last, on this computer only: not in private windows, and not when the user switched
 * it off. The oldest are forgotten.
 */
import { alone } from "../alone";
import { afterReading, changedSince, type ChangedSince, type ReadBefore } from "../changed-since";
import type { PageMatch } from "../page-state";
import { local } from "../platform/storage";
import { readSettings } from "../settings-store";
import { currentSource } from "./source";

const KEY = "lastRead";

/** Documents remembered; people read far fewer policies in a lifetime. */
const MOST_REMEMBERED = 500;

/** By server and document: the ids of two servers mean different documents. */
type Remembered = Readonly<Record<string, ReadBefore>>;

/** Notes that the documents of a page are read now, and says what changed in them since the last time. */
export async function noteReading(matches: readonly PageMatch[], inPrivate: boolean): Promise<ChangedSince[]> {
  const read = matches.filter(({ relation }) => relation === "same").map(({ set }) => set);
  if (read.length === 0 || inPrivate) return [];
  // One after the other: two tabs that open at once must not forget each other, and what is forgotten stays so.
  return alone("last-read", async () => {
    if (!(await readSettings()).rememberRead) return [];
    const source = await currentSource();
    const kept = remembered(await local.get(KEY));
    const now = Date.now();
    const news: ChangedSince[] = [];
    const fresh: Record<string, ReadBefore> = {};
    for (const set of read) {
      const name = `${source.address} ${set.document.id}`;
      const before = afterReading(kept[name] ?? null, { at: now, version: set.document.version ?? null });
      fresh[name] = before;
      const changed = changedSince(set, before);
      if (changed !== null) news.push(changed);
    }
    try {
      await local.set({ [KEY]: youngest({ ...kept, ...fresh }) });
    } catch (error) {
      console.warn("Clauselight: a reading could not be kept", error); // storage is full: the page is shown all the same
    }
    return news;
  });
}

export function forgetReadings(): Promise<void> {
  return alone("last-read", () => local.remove([KEY]));
}

function youngest(all: Remembered): Remembered {
  const entries = Object.entries(all);
  if (entries.length <= MOST_REMEMBERED) return all;
  return Object.fromEntries(entries.sort(([, a], [, b]) => b.latest.at - a.latest.at).slice(0, MOST_REMEMBERED));
}

function remembered(stored: unknown): Remembered {
  if (typeof stored !== "object" || stored === null) return {};
  return Object.fromEntries(Object.entries(stored).filter(([, value]) => isReadBefore(value)));
}

function isReadBefore(value: unknown): value is ReadBefore {
  const { before, latest } = (value ?? {}) as Partial<ReadBefore>;
  return isReading(latest) && (before === null || isReading(before));
}

function isReading(value: unknown): boolean {
  const { at, version } = (value ?? {}) as { at?: unknown; version?: unknown };
  return Number.isFinite(at) && (version === null || Number.isInteger(version));
}
